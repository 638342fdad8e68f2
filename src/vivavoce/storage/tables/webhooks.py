"""Webhooks: endpoints, and what is to be delivered to them."""

from typing import Final

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table

from vivavoce.storage.tables.metadata import metadata
from vivavoce.storage.types import AnyText, UtcTime

webhooks: Final = Table(
    "webhooks",
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("name", AnyText, nullable=False),
    Column("url", AnyText, nullable=False),
    Column("events", JSON, nullable=False),
    Column("content", Boolean, nullable=False),
    Column("secret", AnyText, nullable=False),
    Column("previous_secret", AnyText),
    Column("previous_until", UtcTime),
    Column("state", AnyText, nullable=False),
    Column("error", AnyText, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index("ix_webhooks_community", "community"),
)

deliveries: Final = Table(
    "deliveries",  # no key to webhooks: one that was just removed must not fail what happens in a session
    metadata,
    Column("id", AnyText, primary_key=True),
    Column("webhook", AnyText, nullable=False),
    Column("community", AnyText, nullable=False),
    Column("queue", AnyText, nullable=False),  # the session, or the delivery's own id: one is sent after the other
    Column("session", AnyText, ForeignKey("sessions.id", ondelete="CASCADE")),
    Column("seq", BigInteger),
    Column("type", AnyText, nullable=False),
    Column("body", AnyText, nullable=False),
    Column("state", AnyText, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due", UtcTime),
    Column("status", Integer),
    Column("error", AnyText, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("tried_at", UtcTime),
    Column("delivered_at", UtcTime),
    Index("ix_deliveries_webhook", "webhook", "created_at"),
    Index("ix_deliveries_queue", "webhook", "queue", "state", "seq"),
    Index("ix_deliveries_session", "session"),
)
