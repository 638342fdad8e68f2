"""The sessions that everybody of a community may find and join."""

from enum import StrEnum
from typing import Final

from vivavoce.base.ids import SessionId
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.session import Phase, Session
from vivavoce.services.container import Services
from vivavoce.services.ports import Cursor, Page
from vivavoce.services.take_seat import seats_taken


class RoomState(StrEnum):
    ACTIVE = "active"  # people are at it
    UPCOMING = "upcoming"  # planned, or open and not yet begun


_NOT_OVER: Final = frozenset({Phase.SCHEDULED, Phase.PREPARING, Phase.READY, Phase.ACTIVE})


async def rooms(
    viewer: Viewer, *, state: RoomState | None = None, after: Cursor | None = None, limit: int = 50, use: Services
) -> Page:
    """Without those that are over: upcoming ones soonest first, else the newest first. limit: 1 to 100."""
    phases = frozenset({Phase.ACTIVE}) if state is RoomState.ACTIVE else _NOT_OVER
    async with use.store.reading() as tx:
        if state is RoomState.UPCOMING:
            return await tx.sessions.upcoming(viewer, after=after, limit=limit)
        return await tx.sessions.page(viewer, after=after, limit=limit, phases=phases, listed=True)


async def participants(viewer: Viewer, id: SessionId, *, use: Services) -> Session:
    """The session, whose seats say who has one and who is there. Raises SessionNotFound."""
    async with use.store.reading() as tx:
        return await tx.sessions.get(viewer, id)


def seats_left(session: Session) -> int:
    """For others than who opened it: theirs is kept."""
    return max(0, session.max_participants - seats_taken(session.seats))
