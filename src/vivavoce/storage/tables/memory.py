"""What is kept about a person between sessions, what they had forgotten, and which sessions were gone through."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, UniqueConstraint, event

from vivavoce.storage.search import make_search
from vivavoce.storage.tables.metadata import metadata
from vivavoce.storage.types import AnyText, UtcTime

memories: Final = Table(
    "memories",
    metadata,
    Column("nr", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),  # SQLite's full-text rows need it
    Column("id", AnyText, nullable=False),
    Column("community", AnyText, nullable=False),
    Column("account", AnyText, nullable=False),
    Column("kind", AnyText, nullable=False),
    Column("text", AnyText, nullable=False),
    Column("words", AnyText, nullable=False),  # of `text`, as they are searched
    Column("about", AnyText, nullable=False),
    Column("session", AnyText, ForeignKey("sessions.id", ondelete="SET NULL")),
    Column("turn", AnyText),
    Column("quote", AnyText, nullable=False),
    Column("noted", Boolean, nullable=False),
    Column("pinned", Boolean, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("replaced_by", AnyText),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    UniqueConstraint("id"),
    Index("ix_memories_account", "community", "account", "created_at"),
    Index("ix_memories_replaced_by", "replaced_by"),
)
event.listen(memories, "after_create", make_search)

forgotten: Final = Table(
    "forgotten",  # mark: a hash of what is not to be learnt again from this turn
    metadata,
    Column("community", AnyText, primary_key=True),
    Column("account", AnyText, primary_key=True),
    Column("turn", AnyText, primary_key=True),
    Column("mark", AnyText, primary_key=True),
)

remembered: Final = Table(
    "remembered",  # sessions that were gone through for memories
    metadata,
    Column("session", AnyText, ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("at", UtcTime, nullable=False),
)
