"""Start a session: from ready to active, with the timers that end it by themselves."""

from datetime import datetime

from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import IllegalTransition
from vivavoce.domain.money.charging import microphone_time
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.lifecycle import OVER, Opened, Started
from vivavoce.domain.sessions.rights import Right, require
from vivavoce.domain.sessions.session import Phase, Session
from vivavoce.services.changes import Change
from vivavoce.services.container import Services
from vivavoce.services.format import Format
from vivavoce.services.money.charging import hold_price, microphone_on
from vivavoce.services.moves import move, start_timers
from vivavoce.services.prepare_session import advance, can_be_set_up
from vivavoce.services.take_seat import own_seat


async def start_session(viewer: Viewer, id: SessionId, *, use: Services, mic_on_at: datetime | None = None) -> Session:
    """The session, active. Safe to repeat. mic_on_at: since when a microphone is on, if one is.

    Raises SessionNotFound, NotAllowed, IllegalTransition, NotEnoughCredits, Invalid for a `mic_on_at` that cannot be.
    """
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(viewer, id)
        require(viewer, session, Right.START)
        session = await started(change, session, use=use)
        if mic_on_at is not None:
            at = microphone_time(mic_on_at, session.started_at or change.at, change.at)
            session = await microphone_on(change, session, own_seat(viewer, session, None).id, at)
    return session


async def started(change: Change, session: Session, *, use: Services) -> Session:
    """The locked session, active, what it costs held; a planned one that needs no set-up is opened early.

    Raises IllegalTransition, NotEnoughCredits.
    """
    format = use.format(session.format)
    if session.phase is Phase.ACTIVE:
        return session
    if session.phase in OVER:
        raise IllegalTransition(f"The session is {session.phase}: nothing more can be said in it.")
    if session.phase is Phase.SCHEDULED:
        if format.set_up is not None:
            raise IllegalTransition("The session is prepared near its time. To begin earlier, set it up first.")
        session = await advance(change, await move(change, session, Opened(change.at)), format)
    if session.phase is Phase.PREPARING:
        raise IllegalTransition(session.error or _not_ready(session, format))
    await hold_price(change, session, format, use.config.money)
    active = await move(change, session, Started(change.at))
    await start_timers(change, active, format)
    return active


def _not_ready(session: Session, format: Format) -> str:
    if can_be_set_up(session, format):
        return "The session is still being prepared: try again in a moment."
    return f"The session has to be set up first, with one of these: {', '.join(format.needs)}."
