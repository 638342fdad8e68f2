"""Sessions, their log and reports; jobs, leases and answers to repeated requests.

Facts, seats and the like are JSON in the form of domain/sessions/codec.py.
"""

from typing import Final

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, false, text

from vivavoce.storage.tables.metadata import metadata
from vivavoce.storage.types import AnyText, UtcTime

sessions: Final = Table(
    "sessions",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("owner", AnyText, nullable=False),
    Column("format", AnyText, nullable=False),
    Column("persona", AnyText, nullable=False),
    Column("phase", AnyText, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("title", AnyText, nullable=False),
    Column("project", AnyText),
    Column("scheduled_for", UtcTime),
    Column("max_participants", Integer, nullable=False),
    Column("variables", JSON, nullable=False),
    Column("time_limit_s", Integer),
    Column("entered", JSON, nullable=False),
    Column("end_reason", AnyText),
    Column("wrap_up", AnyText, nullable=False),
    Column("address", AnyText, nullable=False),
    Column("listed", Boolean, nullable=False, server_default=false()),
    Column("led_by", AnyText),
    Column("mic_on_at", UtcTime),
    Column("rescheduled", Integer, nullable=False, server_default=text("0")),
    Column("plan", JSON, nullable=False, server_default=text("'{}'")),
    Column("seats", JSON, nullable=False),
    Column("message_count", Integer, nullable=False),
    Column("last_seq", BigInteger, nullable=False),
    Column("error", AnyText),
    Column("version", BigInteger, nullable=False),
    Index("ix_sessions_owned", "community", "owner", "created_at", "id"),
    Index("ix_sessions_phase", "phase", "created_at"),
    Index("ix_sessions_listed", "community", "listed", "phase"),
)

seat_holders: Final = Table(
    "seat_holders",  # who may see a session besides its owner: kept with `sessions.seats`
    metadata,
    Column("session", AnyText, ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("account", AnyText, primary_key=True),
    Column("community", AnyText, nullable=False),
    Index("ix_seat_holders_account", "community", "account"),
)

open_sessions: Final = Table(
    "open_sessions",  # the last session of a format that a person has one of at a time: it may be over
    metadata,
    Column("community", AnyText, primary_key=True),
    Column("owner", AnyText, primary_key=True),
    Column("format", AnyText, primary_key=True),
    Column("session", AnyText, ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
)

events: Final = Table(
    "events",
    metadata,
    Column("session", AnyText, ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("community", AnyText, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("type", AnyText, nullable=False),
    Column("fact", JSON, nullable=False),
)

jobs: Final = Table(
    "jobs",  # the platform's own: no community
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("kind", AnyText, nullable=False),
    Column("key", AnyText, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("state", AnyText, nullable=False),  # waiting, running, done, dead
    Column("due", UtcTime, nullable=False),
    Column("ready_at", UtcTime),  # from when on it can be claimed: due, or its lease's end; null once finished
    Column("again_at", UtcTime),  # while it runs, somebody asked for one more run
    Column("attempts", Integer, nullable=False),
    Column("node", AnyText),
    Column("error", AnyText),
)
UNFINISHED: Final = text("ready_at IS NOT NULL")
# PostgreSQL learns of the condition in postgres.py: named here, it would load its dialect where nobody needs it
OF_UNFINISHED: Final = (
    Index("uq_jobs_unfinished_key", jobs.c.key, unique=True, sqlite_where=UNFINISHED),
    Index("ix_jobs_ready_at", jobs.c.ready_at, sqlite_where=UNFINISHED),
)

leases: Final = Table(
    "leases",  # the platform's own: no community
    metadata,
    Column("session", AnyText, ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("node", AnyText, nullable=False),
    Column("until", UtcTime, nullable=False),
)

idempotency: Final = Table(
    "idempotency",
    metadata,
    Column("community", AnyText, primary_key=True),
    Column("account", AnyText, primary_key=True),
    Column("key", AnyText, primary_key=True),
    Column("fingerprint", AnyText, nullable=False),
    Column("begun_at", UtcTime, nullable=False, index=True),
    Column("status", Integer),  # null while the request runs
    Column("body", LargeBinary),
    Column("content_type", AnyText),
)

reports: Final = Table(
    "reports",
    metadata,
    Column("session", AnyText, ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("status", AnyText, nullable=False),
    Column("document", JSON, nullable=False),
    Column("at", UtcTime, nullable=False),
)

report_versions: Final = Table(
    "report_versions",  # all that were written; `reports` has the last one
    metadata,
    Column("session", AnyText, ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("community", AnyText, nullable=False),
    Column("status", AnyText, nullable=False),
    Column("document", JSON, nullable=False),
    Column("at", UtcTime, nullable=False),
)
