"""What progress and insights are counted from: who was in which session how long, and how it was scored. No words."""

from typing import Final

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table

from vivavoce.storage.tables.metadata import metadata
from vivavoce.storage.types import AnyText, UtcTime

attendances: Final = Table(
    "attendances",  # one row per session and person it was for; not for human coaches
    metadata,
    Column("session", AnyText, ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("account", AnyText, primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("format", AnyText, nullable=False),
    Column("at", UtcTime, nullable=False),  # when the session ended
    Column("started_s", BigInteger, nullable=False),  # since 1970, for arithmetic that both databases can do
    Column("seconds", Integer, nullable=False),
    Column("turns", Integer, nullable=False),
    Index("ix_attendances_account", "community", "account", "at"),
    Index("ix_attendances_community", "community", "at"),
)

report_scores: Final = Table(
    "report_scores",  # of the last report with each criterion; custom: the criterion was given by hand
    metadata,
    Column("session", AnyText, ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("criterion", AnyText, primary_key=True),
    Column("custom", Boolean, primary_key=True),
    Column("community", AnyText, nullable=False),
    Column("title", AnyText, nullable=False),
    Column("value", Integer, nullable=False),
    Column("written_by", AnyText, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_report_scores_community", "community", "criterion"),
)
