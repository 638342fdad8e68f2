"""End a session, once, for one of the typed reasons."""

import anyio

from vivavoce.base.ids import SessionId
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.session import EndReason, Phase, Session
from vivavoce.services.container import Services
from vivavoce.services.finish import finish
from vivavoce.services.ports import SYSTEM


async def end_session(viewer: Viewer, id: SessionId, *, use: Services) -> Session:
    """End at once, without asking; a session that was not started is cancelled. Safe to repeat.

    Raises SessionNotFound.
    """
    async with use.store.reading() as tx:
        session = await tx.sessions.get(viewer, id)
    live = use.rooms.find(id)
    if live is not None and session.phase is Phase.ACTIVE:
        live.room.end(EndReason.ENDED_BY_HOST, goodbye=False)
        with anyio.move_on_after(5):  # the room stops its reply, keeps what was heard of it and ends the session
            await live.over.wait()
    return await finish(viewer, id, EndReason.ENDED_BY_HOST, records=use.records)


async def end_by_timer(id: SessionId, reason: EndReason, *, use: Services) -> None:
    """A timer struck. Does nothing when the session is over. Safe to repeat."""
    await finish(SYSTEM, id, reason, records=use.records)
