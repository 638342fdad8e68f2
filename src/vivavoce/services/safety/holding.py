"""Nobody in danger is hung up on: what would end their session by itself waits."""

from vivavoce.base.ids import SessionId
from vivavoce.domain.sessions.crisis import FRESH_S
from vivavoce.domain.sessions.transcript import Transcript, extend
from vivavoce.services.changes import Change
from vivavoce.services.ports import SYSTEM
from vivavoce.services.stored_log import whole_log


async def held_open_s(change: Change, id: SessionId) -> float:
    """For how many seconds yet nothing but its people may end this session; 0: there is no fresh danger in it."""
    session = await change.tx.sessions.get(SYSTEM, id)
    if session.started_at is None:
        return 0.0
    told = extend(Transcript(""), await whole_log(SYSTEM, id, change.tx))
    if told.danger_ms is None:
        return 0.0
    ago_s = (change.at - session.started_at).total_seconds() - told.danger_ms / 1000
    return max(0.0, FRESH_S - ago_s)
