"""The tables, the same on SQLite and PostgreSQL, one module per subject. What belongs to a community carries it.

A change here needs a revision in `migrations/versions` and a new `HEAD` in `migrate.py`; a test compares the two.
"""

from vivavoce.storage.tables import memory, money, people, review, webhooks
from vivavoce.storage.tables.metadata import metadata
from vivavoce.storage.tables.sessions import (
    UNFINISHED,
    events,
    idempotency,
    jobs,
    leases,
    reports,
    seat_holders,
    sessions,
)

__all__ = [
    "UNFINISHED",
    "events",
    "idempotency",
    "jobs",
    "leases",
    "memory",
    "metadata",
    "money",
    "people",
    "reports",
    "review",
    "seat_holders",
    "sessions",
    "webhooks",
]
