"""End a session, once, for one of the typed reasons."""

import anyio

from vivavoce.base.ids import SessionId
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.lifecycle import OVER, Cancelled, Ended
from vivavoce.domain.sessions.session import EndReason, Phase, Session
from vivavoce.services.changes import Records
from vivavoce.services.container import Services
from vivavoce.services.moves import move
from vivavoce.services.ports import SYSTEM, Asking


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


async def finish(asking: Asking, id: SessionId, reason: EndReason, *, records: Records) -> Session:
    """Move the session to its end, or leave it as it is if it ended already. Raises SessionNotFound."""
    async with records.change() as change:
        session = await change.tx.sessions.lock(asking, id)
        match session.phase:
            case phase if phase in OVER:
                return session
            case Phase.ACTIVE:
                return await move(change, session, Ended(change.at, reason))
            case _:
                why = EndReason.CANCELLED if reason is EndReason.ENDED_BY_HOST else reason
                return await move(change, session, Cancelled(change.at, why))


async def end_by_timer(id: SessionId, reason: EndReason, *, use: Services) -> None:
    """A timer struck. Does nothing when the session is over. Safe to repeat."""
    await finish(SYSTEM, id, reason, records=use.records)
