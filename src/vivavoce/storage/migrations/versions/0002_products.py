"""People, money, memory, reviews and webhooks; who sits in a session, and what its set-up made."""

import sqlalchemy as sa
from alembic import op

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
        sa.Column("external_id", AnyText, nullable=True),
        sa.Column("language", AnyText, nullable=False),
        sa.Column("country", AnyText, nullable=False),
        sa.Column("time_zone", AnyText, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("community", "email", name=op.f("uq_accounts_community_email")),
        sa.UniqueConstraint("community", "external_id", name=op.f("uq_accounts_community_external_id")),
    )
    op.create_table(
        "api_keys",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("name", AnyText, nullable=False),
        sa.Column("hash", AnyText, nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("used_at", UtcTime, nullable=True),
        sa.Column("expires_at", UtcTime, nullable=True),
        sa.Column("revoked_at", UtcTime, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("hash", name=op.f("uq_api_keys_hash")),
    )
    op.create_table(
        "audit",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("actor", AnyText, nullable=False),
        sa.Column("action", AnyText, nullable=False),
        sa.Column("subject", AnyText, nullable=False),
        sa.Column("session", AnyText, nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_community", ["community", "at"], unique=False)

    op.create_table(
        "communities",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("name", AnyText, nullable=False),
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
        sa.Column("account", AnyText, nullable=False),
        sa.Column("day", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account", "day", name=op.f("pk_days")),
    )
    op.create_table(
        "holds",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("session", AnyText, nullable=True),
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("state", AnyText, nullable=False),
        sa.Column("key", AnyText, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("closed_at", UtcTime, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
        sa.UniqueConstraint("community", "key", name=op.f("uq_holds_community_key")),
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
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("kind", AnyText, nullable=False),
        sa.Column("reason", AnyText, nullable=False),
        sa.Column("key", AnyText, nullable=False),
        sa.Column("session", AnyText, nullable=True),
        sa.Column("hold", AnyText, nullable=True),
        sa.Column("by", AnyText, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
        sa.UniqueConstraint("community", "key", name=op.f("uq_ledger_community_key")),
    )
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_account", ["community", "account", "at"], unique=False)

    op.create_table(
        "memories",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("kind", AnyText, nullable=False),
        sa.Column("text", AnyText, nullable=False),
        sa.Column("session", AnyText, nullable=True),
        sa.Column("turn", AnyText, nullable=True),
        sa.Column("quote", AnyText, nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("replaced_by", AnyText, nullable=True),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("updated_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memories")),
    )
    with op.batch_alter_table("memories", schema=None) as batch_op:
        batch_op.create_index("ix_memories_account", ["community", "account", "updated_at"], unique=False)

    op.create_table(
        "personas",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("owner", AnyText, nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("published", sa.Integer(), nullable=True),
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
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("by", AnyText, nullable=False),
        sa.PrimaryKeyConstraint("community", "format", name=op.f("pk_prices")),
    )
    op.create_table(
        "profiles",
        sa.Column("account", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("onboarding", sa.JSON(), nullable=False),
        sa.Column("preferences", sa.JSON(), nullable=False),
        sa.Column("challenges", sa.JSON(), nullable=False),
        sa.Column("avatar", AnyText, nullable=False),
        sa.Column("memory", sa.Boolean(), nullable=False),
        sa.Column("updated_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_profiles")),
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
        sa.Column("shop", AnyText, nullable=False),
        sa.Column("reference", AnyText, nullable=False),
        sa.Column("state", AnyText, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("closed_at", UtcTime, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchases")),
        sa.UniqueConstraint("shop", "reference", name=op.f("uq_purchases_shop_reference")),
    )
    op.create_table(
        "sign_ins",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.Column("seen_at", UtcTime, nullable=False),
        sa.Column("expires_at", UtcTime, nullable=False),
        sa.Column("revoked_at", UtcTime, nullable=True),
        sa.Column("device", AnyText, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
    )
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.create_index("ix_sign_ins_account", ["community", "account"], unique=False)

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
        sa.Column("url", AnyText, nullable=False),
        sa.Column("events", sa.JSON(), nullable=False),
        sa.Column("secret", AnyText, nullable=False),
        sa.Column("state", AnyText, nullable=False),
        sa.Column("created_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks")),
    )
    with op.batch_alter_table("webhooks", schema=None) as batch_op:
        batch_op.create_index("ix_webhooks_community", ["community"], unique=False)

    op.create_table(
        "deliveries",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("webhook", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
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
        sa.Column("delivered_at", UtcTime, nullable=True),
        sa.ForeignKeyConstraint(["webhook"], ["webhooks.id"], name=op.f("fk_deliveries_webhook"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index("ix_deliveries_due", ["state", "due"], unique=False)
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
        sa.Column("used_at", UtcTime, nullable=True),
        sa.Column("used_by", AnyText, nullable=True),
        sa.Column("revoked_at", UtcTime, nullable=True),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_invitations_session"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("hash", name=op.f("uq_invitations_hash")),
    )
    op.create_table(
        "notes",
        sa.Column("id", AnyText, nullable=False),
        sa.Column("community", AnyText, nullable=False),
        sa.Column("session", AnyText, nullable=False),
        sa.Column("account", AnyText, nullable=False),
        sa.Column("text", AnyText, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["session"], ["sessions.id"], name=op.f("fk_notes_session"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.create_index("ix_notes_session", ["session"], unique=False)

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
        batch_op.add_column(sa.Column("listed", sa.Boolean(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(sa.Column("led_by", AnyText, nullable=True))
        batch_op.add_column(sa.Column("mic_on_at", UtcTime, nullable=True))
        batch_op.add_column(sa.Column("plan", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
        batch_op.create_index("ix_sessions_listed", ["community", "listed", "phase"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index("ix_sessions_listed")
        batch_op.drop_column("plan")
        batch_op.drop_column("mic_on_at")
        batch_op.drop_column("led_by")
        batch_op.drop_column("listed")

    with op.batch_alter_table("seat_holders", schema=None) as batch_op:
        batch_op.drop_index("ix_seat_holders_account")

    op.drop_table("seat_holders")
    op.drop_table("persona_versions")
    with op.batch_alter_table("notes", schema=None) as batch_op:
        batch_op.drop_index("ix_notes_session")

    op.drop_table("notes")
    op.drop_table("invitations")
    with op.batch_alter_table("goals", schema=None) as batch_op:
        batch_op.drop_index("ix_goals_account")

    op.drop_table("goals")
    op.drop_table("feedback")
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index("ix_deliveries_webhook")
        batch_op.drop_index("ix_deliveries_due")

    op.drop_table("deliveries")
    with op.batch_alter_table("webhooks", schema=None) as batch_op:
        batch_op.drop_index("ix_webhooks_community")

    op.drop_table("webhooks")
    op.drop_table("used_links")
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_ins_account")

    op.drop_table("sign_ins")
    op.drop_table("purchases")
    with op.batch_alter_table("projects", schema=None) as batch_op:
        batch_op.drop_index("ix_projects_owner")

    op.drop_table("projects")
    op.drop_table("profiles")
    op.drop_table("prices")
    with op.batch_alter_table("personas", schema=None) as batch_op:
        batch_op.drop_index("ix_personas_community")

    op.drop_table("personas")
    with op.batch_alter_table("memories", schema=None) as batch_op:
        batch_op.drop_index("ix_memories_account")

    op.drop_table("memories")
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_account")

    op.drop_table("ledger")
    op.drop_table("identities")
    with op.batch_alter_table("holds", schema=None) as batch_op:
        batch_op.drop_index("ix_holds_account")

    op.drop_table("holds")
    op.drop_table("days")
    op.drop_table("crisis_counts")
    op.drop_table("communities")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_community")

    op.drop_table("audit")
    op.drop_table("api_keys")
    op.drop_table("accounts")
