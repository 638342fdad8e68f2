"""People, money, memory, reviews and webhooks; who sits in a session, and what its set-up made."""

import sqlalchemy as sa
from alembic import op

from vivavoce.storage.search import search_removal, search_statements
from vivavoce.storage.types import AnyText, UtcTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("email", AnyText, nullable=True),
        sa.Column("name", AnyText, nullable=False),
        sa.Column("standing", AnyText, nullable=False),
        sa.Column("state", AnyText, nullable=False),
        sa.Column("password", AnyText, nullable=True),
        sa.Column("email_verified", sa.Boolean(), nullable=False),
        sa.Column("external_id", AnyText, nullable=True),
        sa.Column("only", AnyText, nullable=True),
        sa.Column("language", AnyText, nullable=False),
        sa.Column("country", AnyText, nullable=False),
        sa.Column("time_zone", AnyText, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("community", "email", name=op.f("uq_accounts_community_email")),
        sa.UniqueConstraint("community", "external_id", name=op.f("uq_accounts_community_external_id")),
    )
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.create_index("ix_accounts_community", ["community", "created_at", "id"], unique=False)

    op.create_table(
        "api_keys",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("name", AnyText, nullable=False),
        sa.Column("start", AnyText, nullable=False),
        sa.Column("hash", AnyText, nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("used_at", UtcTime, nullable=True),
        sa.Column("expires_at", UtcTime, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("hash", name=op.f("uq_api_keys_hash")),
    )
    with op.batch_alter_table("api_keys", schema=None) as batch_op:
        batch_op.create_index("ix_api_keys_account", ["community", "account", "created_at"], unique=False)

    op.create_table(
        "audit",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("actor", AnyText, nullable=False),
        sa.Column("action", AnyText, nullable=False),
        sa.Column("subject", AnyText, nullable=False),
        sa.Column("session", AnyText, nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_community", ["community", "created_at", "id"], unique=False)

    op.create_table(
        "calendar_feeds",
        sa.Column("community", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("hash", AnyText, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("community", "account", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("hash", name=op.f("uq_calendar_feeds_hash")),
    )
    op.create_table(
        "communities",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("name", AnyText, nullable=False),
        sa.Column("sign_up", AnyText, nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_communities")),
    )
    op.create_table(
        "crisis_counts",
        sa.Column("community", AnyText, nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("community", "year", name=op.f("pk_crisis_counts")),
    )
    op.create_table(
        "days",
        sa.Column("community", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("day", AnyText, nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("community", "account", "day", name=op.f("pk_days")),
    )
    op.create_table(
        "forgotten",
        sa.Column("community", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("turn", AnyText, nullable=False),
        sa.Column("mark", AnyText, nullable=False),
        sa.PrimaryKeyConstraint("community", "account", "turn", "mark", name=op.f("pk_forgotten")),
    )
    op.create_table(
        "holds",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("session", AnyText, nullable=False),
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("after_s", sa.Integer(), nullable=False),
        sa.Column("key", AnyText, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("state", AnyText, nullable=False),
        sa.Column("closed_at", UtcTime, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
        sa.UniqueConstraint("community", "key", name=op.f("uq_holds_community_key")),
        sa.UniqueConstraint("session", name=op.f("uq_holds_session")),
    )
    with op.batch_alter_table("holds", schema=None) as batch_op:
        batch_op.create_index("ix_holds_account", ["community", "account", "state"], unique=False)

    op.create_table(
        "identities",
        sa.Column("issuer", AnyText, nullable=False),
        sa.Column("subject", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.PrimaryKeyConstraint("issuer", "subject", "community", name=op.f("pk_identities")),
    )
    op.create_table(
        "ledger",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("kind", AnyText, nullable=False),
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("reason", AnyText, nullable=False),
        sa.Column("key", AnyText, nullable=False),
        sa.Column("by", AnyText, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("session", AnyText, nullable=True),
        sa.Column("charge", AnyText, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
        sa.UniqueConstraint("community", "key", name=op.f("uq_ledger_community_key")),
    )
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_account", ["community", "account", "created_at", "id"], unique=False)

    op.create_table(
        "personas",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("owner", AnyText, nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("published", sa.Integer(), nullable=True),
        sa.Column("archived_at", UtcTime, nullable=True),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("updated_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personas")),
    )
    with op.batch_alter_table("personas", schema=None) as batch_op:
        batch_op.create_index("ix_personas_community", ["community"], unique=False)

    op.create_table(
        "prices",
        sa.Column("community", AnyText, nullable=False),
        sa.Column("format", AnyText, nullable=False),
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("after_s", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("by", AnyText, nullable=False),
        sa.PrimaryKeyConstraint("community", "format", name=op.f("pk_prices")),
    )
    op.create_table(
        "profiles",
        sa.Column("community", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("onboarding", sa.JSON(), nullable=False),
        sa.Column("preferences", sa.JSON(), nullable=False),
        sa.Column("challenges", sa.JSON(), nullable=False),
        sa.Column("avatar", AnyText, nullable=False),
        sa.Column("memory", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("community", "account", name=op.f("pk_profiles")),
    )
    op.create_table(
        "projects",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("owner", AnyText, nullable=False),
        sa.Column("title", AnyText, nullable=False),
        sa.Column("notes", AnyText, nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("updated_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
    )
    with op.batch_alter_table("projects", schema=None) as batch_op:
        batch_op.create_index("ix_projects_owner", ["community", "owner", "created_at"], unique=False)

    op.create_table(
        "purchases",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("pack", AnyText, nullable=False),
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("currency", AnyText, nullable=False),
        sa.Column("shop", AnyText, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("state", AnyText, nullable=False),
        sa.Column("closed_at", UtcTime, nullable=True),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchases")),
    )
    op.create_table(
        "purses",
        sa.Column("community", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("opened_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("community", "account", name=op.f("pk_purses")),
    )
    op.create_table(
        "secrets",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("kind", AnyText, nullable=False),
        sa.Column("secret", AnyText, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("expires_at", UtcTime, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_secrets")),
    )
    with op.batch_alter_table("secrets", schema=None) as batch_op:
        batch_op.create_index("ix_secrets_community", ["community", "kind"], unique=False)

    op.create_table(
        "shop_notices",
        sa.Column("shop", AnyText, nullable=False),
        sa.Column("event", AnyText, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("shop", "event", name=op.f("pk_shop_notices")),
    )
    with op.batch_alter_table("shop_notices", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shop_notices_at"), ["at"], unique=False)

    op.create_table(
        "sign_ins",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("hash", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("seen_at", UtcTime, nullable=False),
        sa.Column("expires_at", UtcTime, nullable=False),
        sa.Column("way", AnyText, nullable=False),
        sa.Column("device", AnyText, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("hash", name=op.f("uq_sign_ins_hash")),
    )
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.create_index("ix_sign_ins_account", ["community", "account", "created_at"], unique=False)

    op.create_table(
        "tickets",
        sa.Column("hash", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("kind", AnyText, nullable=False),
        sa.Column("expires_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_tickets")),
    )
    op.create_table(
        "used_links",
        sa.Column("community", AnyText, nullable=False),
        sa.Column("nonce", AnyText, nullable=False),
        sa.Column("expires_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("community", "nonce", name=op.f("pk_used_links")),
    )
    op.create_table(
        "webhooks",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("name", AnyText, nullable=False),
        sa.Column("url", AnyText, nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("content", sa.Boolean(), nullable=False),
        sa.Column("secret", AnyText, nullable=False),
        sa.Column("previous_secret", AnyText, nullable=True),
        sa.Column("previous_until", UtcTime, nullable=True),
        sa.Column("state", AnyText, nullable=False),
        sa.Column("error", AnyText, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks")),
    )
    with op.batch_alter_table("webhooks", schema=None) as batch_op:
        batch_op.create_index("ix_webhooks_community", ["community"], unique=False)

    op.create_table(
        "attendances",
        sa.Column("session", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("format", AnyText, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("started_s", sa.BigInteger(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("turns", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_attendances_session"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("session", "account", name=op.f("pk_attendances")),
    )
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.create_index("ix_attendances_account", ["community", "account", "at"], unique=False)
        batch_op.create_index("ix_attendances_community", ["community", "at"], unique=False)

    op.create_table(
        "deliveries",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("webhook", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("queue", AnyText, nullable=False),
        sa.Column("session", AnyText, nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("type", AnyText, nullable=False),
        sa.Column("body", AnyText, nullable=False),
        sa.Column("state", AnyText, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due", UtcTime, nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("error", AnyText, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("since", UtcTime, nullable=False),
        sa.Column("tried_at", UtcTime, nullable=True),
        sa.Column("delivered_at", UtcTime, nullable=True),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_deliveries_session"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index("ix_deliveries_queue", ["webhook", "queue", "state", "seq"], unique=False)
        batch_op.create_index("ix_deliveries_session", ["session"], unique=False)
        batch_op.create_index("ix_deliveries_webhook", ["webhook", "created_at"], unique=False)

    op.create_table(
        "feedback",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("session", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("kind", AnyText, nullable=False),
        sa.Column("subject", AnyText, nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("text", AnyText, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_feedback_session"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint(
            "session", "account", "kind", "subject", name=op.f("uq_feedback_session_account_kind_subject")
        ),
    )
    op.create_table(
        "goals",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("text", AnyText, nullable=False),
        sa.Column("state", AnyText, nullable=False),
        sa.Column("session", AnyText, nullable=True),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("closed_at", UtcTime, nullable=True),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_goals_session"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goals")),
    )
    with op.batch_alter_table("goals", schema=None) as batch_op:
        batch_op.create_index("ix_goals_account", ["community", "account", "created_at"], unique=False)

    op.create_table(
        "invitations",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("session", AnyText, nullable=False),
        sa.Column("role", AnyText, nullable=False),
        sa.Column("name", AnyText, nullable=False),
        sa.Column("hash", AnyText, nullable=False),
        sa.Column("created_by", AnyText, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("expires_at", UtcTime, nullable=False),
        sa.Column("most_uses", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("anyone_coaches", sa.Boolean(), nullable=False),
        sa.Column("revoked_at", UtcTime, nullable=True),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_invitations_session"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("hash", name=op.f("uq_invitations_hash")),
    )
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.create_index("ix_invitations_session", ["session", "created_at"], unique=False)

    op.create_table(
        "memories",
        sa.Column("nr", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("kind", AnyText, nullable=False),
        sa.Column("text", AnyText, nullable=False),
        sa.Column("words", AnyText, nullable=False),
        sa.Column("about", AnyText, nullable=False),
        sa.Column("session", AnyText, nullable=True),
        sa.Column("turn", AnyText, nullable=True),
        sa.Column("quote", AnyText, nullable=False),
        sa.Column("noted", sa.Boolean(), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("replaced_by", AnyText, nullable=True),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("updated_at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_memories_session"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("nr", name=op.f("pk_memories")),
        sa.UniqueConstraint("id", name=op.f("uq_memories_id")),
    )
    with op.batch_alter_table("memories", schema=None) as batch_op:
        batch_op.create_index("ix_memories_account", ["community", "account", "created_at"], unique=False)
        batch_op.create_index("ix_memories_replaced_by", ["replaced_by"], unique=False)

    op.create_table(
        "notes",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("session", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("seat", AnyText, nullable=False),
        sa.Column("text", AnyText, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("updated_at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_notes_session"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.create_index("ix_notes_account", ["community", "account"], unique=False)
        batch_op.create_index("ix_notes_session", ["session", "account", "created_at"], unique=False)

    op.create_table(
        "open_sessions",
        sa.Column("community", AnyText, nullable=False),
        sa.Column("owner", AnyText, nullable=False),
        sa.Column("format", AnyText, nullable=False),
        sa.Column("session", AnyText, nullable=False),
        sa.ForeignKeyConstraint(
            ["session"], ["sessions.id"], name=op.f("fk_open_sessions_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("community", "owner", "format", name=op.f("pk_open_sessions")),
    )
    op.create_table(
        "persona_versions",
        sa.Column("persona", AnyText, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("by", AnyText, nullable=False),
        sa.ForeignKeyConstraint(
            ["persona"], ["personas.id"], name=op.f("fk_persona_versions_persona"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("persona", "version", name=op.f("pk_persona_versions")),
    )
    op.create_table(
        "remembered",
        sa.Column("session", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_remembered_session"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("session", name=op.f("pk_remembered")),
    )
    op.create_table(
        "report_scores",
        sa.Column("session", AnyText, nullable=False),
        sa.Column("criterion", AnyText, nullable=False),
        sa.Column("custom", sa.Boolean(), nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("title", AnyText, nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("written_by", AnyText, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["session"], ["sessions.id"], name=op.f("fk_report_scores_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session", "criterion", "custom", name=op.f("pk_report_scores")),
    )
    with op.batch_alter_table("report_scores", schema=None) as batch_op:
        batch_op.create_index("ix_report_scores_community", ["community", "criterion"], unique=False)

    op.create_table(
        "report_versions",
        sa.Column("session", AnyText, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("status", AnyText, nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["session"], ["sessions.id"], name=op.f("fk_report_versions_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session", "version", name=op.f("pk_report_versions")),
    )
    op.create_table(
        "seat_holders",
        sa.Column("session", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_seat_holders_session"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("session", "account", name=op.f("pk_seat_holders")),
    )
    with op.batch_alter_table("seat_holders", schema=None) as batch_op:
        batch_op.create_index("ix_seat_holders_account", ["community", "account"], unique=False)

    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("listed", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("led_by", AnyText, nullable=True))
        batch_op.add_column(sa.Column("mic_on_at", UtcTime, nullable=True))
        batch_op.add_column(sa.Column("rescheduled", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(sa.Column("plan", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
        batch_op.create_index("ix_sessions_listed", ["community", "listed", "phase"], unique=False)
    op.execute(
        "INSERT INTO report_versions (session, version, community, status, document, at) "
        "SELECT session, 1, community, status, document, at FROM reports"
    )
    for statement in search_statements(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    for statement in search_removal(op.get_bind().dialect.name):
        op.execute(statement)
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index("ix_sessions_listed")
        batch_op.drop_column("plan")
        batch_op.drop_column("rescheduled")
        batch_op.drop_column("mic_on_at")
        batch_op.drop_column("led_by")
        batch_op.drop_column("listed")

    with op.batch_alter_table("seat_holders", schema=None) as batch_op:
        batch_op.drop_index("ix_seat_holders_account")

    op.drop_table("seat_holders")
    op.drop_table("report_versions")
    with op.batch_alter_table("report_scores", schema=None) as batch_op:
        batch_op.drop_index("ix_report_scores_community")

    op.drop_table("report_scores")
    op.drop_table("remembered")
    op.drop_table("persona_versions")
    op.drop_table("open_sessions")
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.drop_index("ix_notes_session")
        batch_op.drop_index("ix_notes_account")

    op.drop_table("notes")
    with op.batch_alter_table("memories", schema=None) as batch_op:
        batch_op.drop_index("ix_memories_replaced_by")
        batch_op.drop_index("ix_memories_account")

    op.drop_table("memories")
    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_index("ix_invitations_session")

    op.drop_table("invitations")
    with op.batch_alter_table("goals", schema=None) as batch_op:
        batch_op.drop_index("ix_goals_account")

    op.drop_table("goals")
    op.drop_table("feedback")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index("ix_deliveries_webhook")
        batch_op.drop_index("ix_deliveries_session")
        batch_op.drop_index("ix_deliveries_queue")

    op.drop_table("deliveries")
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.drop_index("ix_attendances_community")
        batch_op.drop_index("ix_attendances_account")

    op.drop_table("attendances")
    with op.batch_alter_table("webhooks", schema=None) as batch_op:
        batch_op.drop_index("ix_webhooks_community")

    op.drop_table("webhooks")
    op.drop_table("used_links")
    op.drop_table("tickets")
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_ins_account")

    op.drop_table("sign_ins")
    with op.batch_alter_table("shop_notices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shop_notices_at"))

    op.drop_table("shop_notices")
    with op.batch_alter_table("secrets", schema=None) as batch_op:
        batch_op.drop_index("ix_secrets_community")

    op.drop_table("secrets")
    op.drop_table("purses")
    op.drop_table("purchases")
    with op.batch_alter_table("projects", schema=None) as batch_op:
        batch_op.drop_index("ix_projects_owner")

    op.drop_table("projects")
    op.drop_table("profiles")
    op.drop_table("prices")
    with op.batch_alter_table("personas", schema=None) as batch_op:
        batch_op.drop_index("ix_personas_community")

    op.drop_table("personas")
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_account")

    op.drop_table("ledger")
    op.drop_table("identities")
    with op.batch_alter_table("holds", schema=None) as batch_op:
        batch_op.drop_index("ix_holds_account")

    op.drop_table("holds")
    op.drop_table("forgotten")
    op.drop_table("days")
    op.drop_table("crisis_counts")
    op.drop_table("communities")
    op.drop_table("calendar_feeds")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_community")

    op.drop_table("audit")
    with op.batch_alter_table("api_keys", schema=None) as batch_op:
        batch_op.drop_index("ix_api_keys_account")

    op.drop_table("api_keys")
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_index("ix_accounts_community")

    op.drop_table("accounts")
