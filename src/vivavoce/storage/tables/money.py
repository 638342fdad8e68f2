"""Credits: an append-only ledger, holds on it, purchases and prices."""

from typing import Final

from sqlalchemy import Column, Index, Integer, Table, UniqueConstraint

from vivavoce.storage.tables.metadata import metadata
from vivavoce.storage.types import AnyText, UtcTime

purses: Final = Table(
    "purses",  # one per account that has to do with credits: its row is locked before they are held or taken
    metadata,
    Column("community", AnyText, primary_key=True),
    Column("account", AnyText, primary_key=True),
    Column("opened_at", UtcTime, nullable=False),
)

ledger: Final = Table(
    "ledger",  # rows are only ever added; a balance is their sum
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("account", AnyText, nullable=False),
    Column("kind", AnyText, nullable=False),
    Column("credits", Integer, nullable=False),
    Column("reason", AnyText, nullable=False),
    Column("key", AnyText, nullable=False),
    Column("by", AnyText, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("session", AnyText),
    Column("charge", AnyText),
    UniqueConstraint("community", "key"),
    Index("ix_ledger_account", "community", "account", "created_at", "id"),
)

holds: Final = Table(
    "holds",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("account", AnyText, nullable=False),
    Column("session", AnyText, nullable=False),
    Column("credits", Integer, nullable=False),
    Column("after_s", Integer, nullable=False),
    Column("key", AnyText, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("state", AnyText, nullable=False),
    Column("closed_at", UtcTime),
    UniqueConstraint("community", "key"),
    UniqueConstraint("session"),
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
    Column("amount", Integer, nullable=False),
    Column("currency", AnyText, nullable=False),
    Column("shop", AnyText, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("state", AnyText, nullable=False),
    Column("closed_at", UtcTime),
    Column("returned", Integer, nullable=False),
)

shop_notices: Final = Table(
    "shop_notices",  # those that were acted on, so that each is once; the platform's own: no community
    metadata,
    Column("shop", AnyText, primary_key=True),
    Column("event", AnyText, primary_key=True),
    Column("at", UtcTime, nullable=False, index=True),
)

prices: Final = Table(
    "prices",
    metadata,
    Column("community", AnyText, primary_key=True),
    Column("format", AnyText, primary_key=True),
    Column("credits", Integer, nullable=False),
    Column("after_s", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("by", AnyText, nullable=False),
)
