"""Credits: an append-only ledger, holds on it, purchases and prices."""

from typing import Final

from sqlalchemy import Column, Index, Integer, Table, UniqueConstraint

from vivavoce.storage.tables.metadata import metadata
from vivavoce.storage.types import AnyText, UtcTime

ledger: Final = Table(
    "ledger",  # rows are only ever added; a balance is their sum
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("account", AnyText, nullable=False),
    Column("credits", Integer, nullable=False),
    Column("kind", AnyText, nullable=False),
    Column("reason", AnyText, nullable=False),
    Column("key", AnyText, nullable=False),
    Column("session", AnyText),
    Column("hold", AnyText),
    Column("by", AnyText, nullable=False),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("community", "key"),
    Index("ix_ledger_account", "community", "account", "at"),
)

holds: Final = Table(
    "holds",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("account", AnyText, nullable=False),
    Column("session", AnyText),
    Column("credits", Integer, nullable=False),
    Column("state", AnyText, nullable=False),
    Column("key", AnyText, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("closed_at", UtcTime),
    UniqueConstraint("community", "key"),
    Index("ix_holds_account", "community", "account", "state"),
)

purchases: Final = Table(
    "purchases",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("account", AnyText, nullable=False),
    Column("pack", AnyText, nullable=False),
    Column("credits", Integer, nullable=False),
    Column("shop", AnyText, nullable=False),
    Column("reference", AnyText, nullable=False),
    Column("state", AnyText, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("closed_at", UtcTime),
    UniqueConstraint("shop", "reference"),
)

prices: Final = Table(
    "prices",
    metadata,
    Column("community", AnyText, primary_key=True),
    Column("format", AnyText, primary_key=True),
    Column("credits", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", AnyText, nullable=False),
)
