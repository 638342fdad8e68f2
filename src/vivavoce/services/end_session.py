"""End a session, once, for one of the typed reasons."""

from typing import Final

import anyio

from vivavoce.base.ids import SessionId
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.rights import Right, require
from vivavoce.domain.sessions.session import EndReason, Session
from vivavoce.services.container import Services
from vivavoce.services.finish import finish
from vivavoce.services.ports import Asking

_ROOM_S: Final = 5.0  # for a live room to end by itself; it is ended all the same


async def end_session(viewer: Viewer, id: SessionId, *, use: Services) -> Session:
    """End at once, without asking; a session that was not started is cancelled. Safe to repeat.

    Raises SessionNotFound, NotAllowed.
    """
    async with use.store.reading() as tx:
        session = await tx.sessions.get(viewer, id)
    require(viewer, session, Right.END, ended_by=use.format(session.format).ended_by)
    return await end_at_once(viewer, id, EndReason.ENDED_BY_HOST, use=use)


async def end_at_once(asking: Asking, id: SessionId, reason: EndReason, *, use: Services) -> Session:
    """The session, over; if it was before, for the reason it had. Safe to repeat. Raises SessionNotFound."""
    live = use.rooms.find(id)
    if live is not None:
        live.room.end(reason, goodbye=False)
        with anyio.move_on_after(_ROOM_S):  # the room stops its reply, keeps what was heard and ends the session
            await live.over.wait()
    return await finish(asking, id, reason, records=use.records)
