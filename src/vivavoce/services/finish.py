"""The one way a session ends: once, from whatever phase it is in."""

from vivavoce.base.ids import SessionId
from vivavoce.domain.sessions.lifecycle import OVER, Cancelled, Ended
from vivavoce.domain.sessions.session import EndReason, Phase, Session
from vivavoce.domain.sessions.transcript import Transcript, broken_off, extend
from vivavoce.services.changes import Records
from vivavoce.services.moves import move
from vivavoce.services.ports import SYSTEM, Asking
from vivavoce.services.stored_log import whole_log


async def finish(asking: Asking, id: SessionId, reason: EndReason, *, records: Records) -> Session:
    """Move the session to its end, or leave it as it is if it ended already. Raises SessionNotFound."""
    async with records.change() as change:
        session = await change.tx.sessions.lock(asking, id)
        match session.phase:
            case phase if phase in OVER:
                return session
            case Phase.ACTIVE:
                told = extend(Transcript(""), await whole_log(SYSTEM, id, change.tx))
                if told.open_reply is not None:  # its room died in the middle of it
                    await change.record(id, broken_off(told.open_reply))
                return await move(change, session, Ended(change.at, reason))
            case _:
                why = EndReason.CANCELLED if reason is EndReason.ENDED_BY_HOST else reason
                return await move(change, session, Cancelled(change.at, why))
