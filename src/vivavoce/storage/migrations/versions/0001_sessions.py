"""Sessions, their log and reports; jobs, leases and answers to repeated requests."""

import sqlalchemy as sa
from alembic import op

from vivavoce.storage.types import AnyText, UtcTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_UNFINISHED = sa.text("ready_at IS NOT NULL")


def upgrade() -> None:
    _sessions()
    _of_sessions()
    _jobs()
    _idempotency()


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("owner", AnyText, nullable=False),
        sa.Column("format", AnyText, nullable=False),
        sa.Column("persona", AnyText, nullable=False),
        sa.Column("phase", AnyText, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("title", AnyText, nullable=False),
        sa.Column("project", AnyText),
        sa.Column("scheduled_for", UtcTime),
        sa.Column("max_participants", sa.Integer, nullable=False),
        sa.Column("variables", sa.JSON, nullable=False),
        sa.Column("time_limit_s", sa.Integer),
        sa.Column("entered", sa.JSON, nullable=False),
        sa.Column("end_reason", AnyText),
        sa.Column("wrap_up", AnyText, nullable=False),
        sa.Column("address", AnyText, nullable=False),
        sa.Column("seats", sa.JSON, nullable=False),
        sa.Column("message_count", sa.Integer, nullable=False),
        sa.Column("last_seq", sa.BigInteger, nullable=False),
        sa.Column("error", AnyText),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
    )
    op.create_index("ix_sessions_owned", "sessions", ["community", "owner", "created_at", "id"])
    op.create_index("ix_sessions_phase", "sessions", ["phase", "created_at"])


def _of_sessions() -> None:
    op.create_table(
        "events",
        sa.Column("session", AnyText, nullable=False),
        sa.Column("seq", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("type", AnyText, nullable=False),
        sa.Column("fact", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("session", "seq", name=op.f("pk_events")),
        _of_session("fk_events_session"),
    )
    op.create_table(
        "leases",
        sa.Column("session", AnyText, nullable=False),
        sa.Column("node", AnyText, nullable=False),
        sa.Column("until", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("session", name=op.f("pk_leases")),
        _of_session("fk_leases_session"),
    )
    op.create_table(
        "reports",
        sa.Column("session", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("status", AnyText, nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("session", name=op.f("pk_reports")),
        _of_session("fk_reports_session"),
    )


def _of_session(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f(name), ondelete="CASCADE")


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("kind", AnyText, nullable=False),
        sa.Column("key", AnyText, nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("state", AnyText, nullable=False),
        sa.Column("due", UtcTime, nullable=False),
        sa.Column("ready_at", UtcTime),
        sa.Column("again_at", UtcTime),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("node", AnyText),
        sa.Column("error", AnyText),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    for name, column, unique in (("uq_jobs_unfinished_key", "key", True), ("ix_jobs_ready_at", "ready_at", False)):
        op.create_index(name, "jobs", [column], unique=unique, postgresql_where=_UNFINISHED, sqlite_where=_UNFINISHED)


def _idempotency() -> None:
    op.create_table(
        "idempotency",
        sa.Column("community", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("key", AnyText, nullable=False),
        sa.Column("fingerprint", AnyText, nullable=False),
        sa.Column("begun_at", UtcTime, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("body", sa.LargeBinary),
        sa.Column("content_type", AnyText),
        sa.PrimaryKeyConstraint("community", "account", "key", name=op.f("pk_idempotency")),
    )
    op.create_index(op.f("ix_idempotency_begun_at"), "idempotency", ["begun_at"])


def downgrade() -> None:
    for table in ("idempotency", "jobs", "reports", "leases", "events", "sessions"):
        op.drop_table(table)
