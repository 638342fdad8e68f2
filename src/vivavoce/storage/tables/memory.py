"""What is kept about a person between sessions."""

from typing import Final

from sqlalchemy import Boolean, Column, Index, Table

from vivavoce.storage.tables.metadata import metadata
from vivavoce.storage.types import AnyText, UtcTime

memories: Final = Table(
    "memories",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("account", AnyText, nullable=False),
    Column("kind", AnyText, nullable=False),
    Column("text", AnyText, nullable=False),
    Column("session", AnyText),
    Column("turn", AnyText),
    Column("quote", AnyText, nullable=False),
    Column("pinned", Boolean, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("replaced_by", AnyText),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Index("ix_memories_account", "community", "account", "updated_at"),
)
