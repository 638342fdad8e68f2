"""The tables, the same on SQLite and PostgreSQL, one module per subject. What belongs to a community carries it.

A change here needs a revision in `migrations/versions` and a new `HEAD` in `migrate.py`; a test compares the two.
"""

from vivavoce.storage.tables import insights, memory, money, people, review, scheduling, webhooks
from vivavoce.storage.tables.metadata import metadata
from vivavoce.storage.tables.sessions import (
    UNFINISHED,
    events,
    idempotency,
    jobs,
    leases,
    open_sessions,
    report_versions,
    reports,
    seat_holders,
    sessions,
)

__all__ = [
    "UNFINISHED",
    "events",
    "idempotency",
    "insights",
    "jobs",
    "leases",
    "memory",
    "metadata",
    "money",
    "open_sessions",
    "people",
    "report_versions",
    "reports",
    "review",
    "scheduling",
    "seat_holders",
    "sessions",
    "webhooks",
]
