"""Start a session: from ready to active, with the timers that end it by themselves."""

from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import IllegalTransition
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.lifecycle import OVER, Opened, Started
from vivavoce.domain.sessions.rights import Right, require
from vivavoce.domain.sessions.session import Phase, Session
from vivavoce.services.changes import Change
from vivavoce.services.container import Services
from vivavoce.services.moves import move, start_timers
from vivavoce.services.ports import Format
from vivavoce.services.prepare_session import advance


async def start_session(viewer: Viewer, id: SessionId, *, use: Services) -> Session:
    """The session, active. Safe to repeat. Raises SessionNotFound, NotAllowed, IllegalTransition."""
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(viewer, id)
        require(viewer, session, Right.START)
        return await started(change, session, use.format(session.format))


async def started(change: Change, session: Session, format: Format) -> Session:
    """The locked session, active; a planned one that needs no set-up is opened early. Raises IllegalTransition."""
    if session.phase is Phase.ACTIVE:
        return session
    if session.phase in OVER:
        raise IllegalTransition(f"The session is {session.phase}: nothing more can be said in it.")
    if session.phase is Phase.SCHEDULED:
        session = await advance(change, await move(change, session, Opened(change.at)), format)
    if session.phase is Phase.PREPARING:
        raise IllegalTransition(session.error or "The session is still being prepared: try again in a moment.")
    active = await move(change, session, Started(change.at))
    await start_timers(change, active, format)
    return active
