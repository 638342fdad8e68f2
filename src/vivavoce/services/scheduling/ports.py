"""What calendars need of the store."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from vivavoce.base.ids import AccountId, CommunityId
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.session import Session
from vivavoce.services.asking import Asking, System


@dataclass(frozen=True, slots=True)
class Feed:
    """Whose calendar feed it is, and since when its address holds."""

    community: CommunityId
    account: AccountId
    created_at: datetime


class Calendars(Protocol):
    async def feed(self, viewer: Viewer) -> Feed | None:
        """The viewer's own."""
        ...

    async def by_hash(self, asking: System, hash: str) -> Feed | None: ...

    async def save(self, feed: Feed, hash: str) -> None:
        """The account's one feed, in place of the one before."""
        ...

    async def forget(self, asking: Asking, account: AccountId) -> None:
        """The address opens nothing any more. Safe to repeat."""
        ...

    async def planned(self, viewer: Viewer, since: datetime) -> list[Session]:
        """Planned sessions the viewer owns or has a seat in, from that time on, soonest first; at most 500."""
        ...
