"""Webhooks: endpoints, and what is to be delivered to them."""

from typing import Final

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Integer, Table

from vivavoce.storage.tables.metadata import metadata
from vivavoce.storage.types import AnyText, UtcTime

webhooks: Final = Table(
    "webhooks",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("url", AnyText, nullable=False),
    Column("events", JSON, nullable=False),
    Column("secret", AnyText, nullable=False),
    Column("state", AnyText, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index("ix_webhooks_community", "community"),
)

deliveries: Final = Table(
    "deliveries",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("webhook", AnyText, ForeignKey("webhooks.id", ondelete="CASCADE"), nullable=False),
    Column("community", AnyText, nullable=False),
    Column("session", AnyText),
    Column("seq", BigInteger),
    Column("type", AnyText, nullable=False),
    Column("body", AnyText, nullable=False),
    Column("state", AnyText, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due", UtcTime),
    Column("status", Integer),
    Column("error", AnyText, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("delivered_at", UtcTime),
    Index("ix_deliveries_webhook", "webhook", "created_at"),
    Index("ix_deliveries_due", "state", "due"),
)
