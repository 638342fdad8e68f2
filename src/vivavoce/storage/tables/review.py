"""What people say of a session afterwards, and what is counted without them."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from vivavoce.storage.tables.metadata import metadata
from vivavoce.storage.types import AnyText, UtcTime

feedback: Final = Table(
    "feedback",  # kind: reply (1 helpful, 0 not), session (1 to 5)
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("session", AnyText, ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("account", AnyText, nullable=False),
    Column("kind", AnyText, nullable=False),
    Column("subject", AnyText, nullable=False),
    Column("value", Integer, nullable=False),
    Column("text", AnyText, nullable=False),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("session", "account", "kind", "subject"),
)

notes: Final = Table(
    "notes",  # what people keep with a session, each for themselves
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("session", AnyText, ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False),
    Column("account", AnyText, nullable=False),
    Column("seat", AnyText, nullable=False),
    Column("text", AnyText, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Index("ix_notes_session", "session", "account", "created_at"),
    Index("ix_notes_account", "community", "account"),
)

crisis_counts: Final = Table(
    "crisis_counts",  # no personal data
    metadata,
    Column("community", AnyText, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
)
