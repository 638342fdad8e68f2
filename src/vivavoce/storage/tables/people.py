"""Communities and their people: accounts, ways to sign in, profiles, goals, projects, personas, audit."""

from typing import Final

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from vivavoce.storage.tables.metadata import metadata
from vivavoce.storage.types import AnyText, UtcTime

communities: Final = Table(
    "communities",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("name", AnyText, nullable=False),
    Column("sign_up", AnyText, nullable=False),
    Column("settings", JSON, nullable=False),
    Column("created_at", UtcTime, nullable=False),
)

accounts: Final = Table(
    "accounts",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("email", AnyText),
    Column("name", AnyText, nullable=False),
    Column("standing", AnyText, nullable=False),
    Column("state", AnyText, nullable=False),
    Column("password", AnyText),
    Column("email_verified", Boolean, nullable=False),
    Column("external_id", AnyText),
    Column("only", AnyText),  # of a guest: the one session
    Column("language", AnyText, nullable=False),
    Column("country", AnyText, nullable=False),
    Column("time_zone", AnyText, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("community", "email"),
    UniqueConstraint("community", "external_id"),
    Index("ix_accounts_community", "community", "created_at", "id"),
)

identities: Final = Table(
    "identities",  # who an OIDC provider knows the account as
    metadata,
    Column("issuer", AnyText, primary_key=True),
    Column("subject", AnyText, primary_key=True),
    Column("community", AnyText, primary_key=True),
    Column("account", AnyText, nullable=False),
)

sign_ins: Final = Table(
    "sign_ins",  # hash: of the cookie's token
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("hash", AnyText, nullable=False),
    Column("community", AnyText, nullable=False),
    Column("account", AnyText, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("way", AnyText, nullable=False),  # how: password, oidc, link, guest
    Column("device", AnyText, nullable=False),
    UniqueConstraint("hash"),
    Index("ix_sign_ins_account", "community", "account", "created_at"),
)

tickets: Final = Table(
    "tickets",  # links sent to somebody, to be used once; kind: reset, invite
    metadata,
    Column("hash", AnyText, primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("account", AnyText, nullable=False),
    Column("kind", AnyText, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
)

secrets: Final = Table(
    "secrets",  # what links and tokens are signed with; kind: link (the community's platform has it too), room
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("kind", AnyText, nullable=False),
    Column("secret", AnyText, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime),
    Index("ix_secrets_community", "community", "kind"),
)

api_keys: Final = Table(
    "api_keys",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("account", AnyText, nullable=False),
    Column("name", AnyText, nullable=False),
    Column("start", AnyText, nullable=False),
    Column("hash", AnyText, nullable=False),
    Column("scopes", JSON, nullable=False),  # null: all
    Column("created_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
    Column("expires_at", UtcTime),
    UniqueConstraint("hash"),
    Index("ix_api_keys_account", "community", "account", "created_at"),
)

used_links: Final = Table(
    "used_links",  # signed links that may be used once
    metadata,
    Column("community", AnyText, primary_key=True),
    Column("nonce", AnyText, primary_key=True),
    Column("expires_at", UtcTime, nullable=False),
)

invitations: Final = Table(
    "invitations",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("session", AnyText, ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("role", AnyText, nullable=False),
    Column("name", AnyText, nullable=False),
    Column("hash", AnyText, nullable=False),
    Column("created_by", AnyText, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("most_uses", Integer, nullable=False),
    Column("uses", Integer, nullable=False),
    Column("anyone_coaches", Boolean, nullable=False),
    Column("revoked_at", UtcTime),
    UniqueConstraint("hash"),
    Index("ix_invitations_session", "session", "created_at"),
)

profiles: Final = Table(
    "profiles",
    metadata,
    Column("community", AnyText, primary_key=True),
    Column("account", AnyText, primary_key=True),
    Column("onboarding", JSON, nullable=False),
    Column("preferences", JSON, nullable=False),
    Column("challenges", JSON, nullable=False),
    Column("avatar", AnyText, nullable=False),
    Column("memory", Boolean, nullable=False),
)

goals: Final = Table(
    "goals",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("account", AnyText, nullable=False),
    Column("text", AnyText, nullable=False),
    Column("state", AnyText, nullable=False),
    Column("session", AnyText, ForeignKey("sessions.id", ondelete="SET NULL")),
    Column("created_at", UtcTime, nullable=False),
    Column("closed_at", UtcTime),
    Index("ix_goals_account", "community", "account", "created_at"),
)

projects: Final = Table(
    "projects",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("owner", AnyText, nullable=False),
    Column("title", AnyText, nullable=False),
    Column("notes", AnyText, nullable=False),
    Column("links", JSON, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Index("ix_projects_owner", "community", "owner", "created_at"),
)

personas: Final = Table(
    "personas",  # people's own; the built-in ones are files
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("owner", AnyText, nullable=False),
    Column("draft", JSON, nullable=False),
    Column("published", Integer),
    Column("archived_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Index("ix_personas_community", "community"),
)

persona_versions: Final = Table(
    "persona_versions",
    metadata,
    Column("persona", AnyText, ForeignKey("personas.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("community", AnyText, nullable=False),
    Column("document", JSON, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", AnyText, nullable=False),
)

days: Final = Table(
    "days",  # the daily record; day: YYYY-MM-DD where the person lives
    metadata,
    Column("community", AnyText, primary_key=True),
    Column("account", AnyText, primary_key=True),
    Column("day", AnyText, primary_key=True),
    Column("sessions", Integer, nullable=False),
    Column("seconds", Integer, nullable=False),
)

audit: Final = Table(
    "audit",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("actor", AnyText, nullable=False),
    Column("action", AnyText, nullable=False),
    Column("subject", AnyText, nullable=False),
    Column("session", AnyText),
    Column("detail", JSON, nullable=False),
    Index("ix_audit_community", "community", "created_at", "id"),
)
