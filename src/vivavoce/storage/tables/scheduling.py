"""Calendar feeds: the secret address under which a person's calendar program reads their planned sessions."""

from typing import Final

from sqlalchemy import Column, Table, UniqueConstraint

from vivavoce.storage.tables.metadata import metadata
from vivavoce.storage.types import AnyText, UtcTime

calendar_feeds: Final = Table(
    "calendar_feeds",  # one per account; hash: of the secret, which is kept nowhere
    metadata,
    Column("community", AnyText, primary_key=True),
    Column("account", AnyText, primary_key=True),
    Column("hash", AnyText, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("hash"),
)
