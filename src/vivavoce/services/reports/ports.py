"""What reports need of the store, and of whoever sets them in type."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from vivavoce.base.ids import SessionId
from vivavoce.services.asking import Asking


@dataclass(frozen=True, slots=True)
class StoredReport:
    """status: ready or failed. document: JSON. version: 1 for the first of its session; set by the store."""

    status: str
    document: Mapping[str, object]
    at: datetime
    version: int = field(default=0, compare=False)


class Reports(Protocol):
    """Every report that was written is kept; the last one is the session's."""

    async def save(self, session: SessionId, report: StoredReport) -> int:
        """Its version. Raises SessionNotFound."""
        ...

    async def get(self, asking: Asking, session: SessionId, version: int | None = None) -> StoredReport | None:
        """The last one, or that version."""
        ...

    async def versions(self, asking: Asking, session: SessionId) -> Sequence[StoredReport]:
        """Newest first, at most 50."""
        ...


class Typesetter(Protocol):
    async def report(self, content: Mapping[str, object]) -> bytes:
        """A PDF of what `printing.py` made. Raises Unavailable when it cannot be set."""
        ...
