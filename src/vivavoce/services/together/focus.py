"""The timer that all in a session share: started by anybody in it, with a chime when it runs down."""

from typing import Final

from vivavoce.base.ids import SeatId, SessionId
from vivavoce.domain.errors import Conflict, IllegalTransition, Invalid, NotAllowed
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.events import FocusChanged
from vivavoce.domain.sessions.rights import Right, require
from vivavoce.domain.sessions.session import Role, Session
from vivavoce.domain.sessions.work import Focus
from vivavoce.services.container import Services
from vivavoce.services.ports import SYSTEM, JobKind
from vivavoce.services.take_seat import own_seat, speak_up
from vivavoce.services.together.report_back import ask_how_it_went
from vivavoce.services.together.tasks import has_tasks, is_running, work_of

MAX_MINUTES: Final = 240


class FocusRunning(Conflict):
    """The timer runs already: stop it first."""

    code = "focus_running"


async def start_focus(viewer: Viewer, id: SessionId, minutes: int, *, use: Services) -> tuple[Session, Focus]:
    """The timer, running.

    Raises SessionNotFound, NotAllowed, FocusRunning, IllegalTransition unless the session is active and its format has
    a timer, Invalid.
    """
    if not 1 <= minutes <= MAX_MINUTES:
        raise Invalid(f"The timer runs for 1 to {MAX_MINUTES} minutes.")
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(viewer, id)
        require(viewer, session, Right.SPEAK)
        has_tasks(use.format(session.format))
        if not is_running(session):
            raise IllegalTransition(f"A session that is {session.phase} has no timer: start the session first.")
        if (await work_of(session, change.tx)).focus is not None:
            raise FocusRunning("The timer runs already: stop it first.")
        session, seat = await speak_up(change, session, own_seat(viewer, session, None))
        focus = Focus(minutes * 60, session.clock_ms(change.at) + minutes * 60_000, seat.id)
        await change.record(id, FocusChanged("started", focus.seconds, focus.ends_ms, seat.id))
        await change.timer(JobKind.FOCUS, id, focus.seconds, ends_ms=str(focus.ends_ms))
    return change.current(session), focus


async def stop_focus(viewer: Viewer, id: SessionId, *, use: Services) -> Session:
    """No timer runs: who started it may stop it, and who opened the session. Safe to repeat.

    Raises SessionNotFound, NotAllowed.
    """
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(viewer, id)
        require(viewer, session, Right.SPEAK)
        focus = (await work_of(session, change.tx)).focus
        if focus is None:
            return session
        seat = own_seat(viewer, session, None)
        if seat.id != focus.seat and seat.role is not Role.HOST:
            raise NotAllowed("Only who started the timer may stop it, and who opened the session.")
        await change.record(id, FocusChanged("stopped", focus.seconds, focus.ends_ms, seat.id))
        await change.no_timer(JobKind.FOCUS, id, ends_ms=str(focus.ends_ms))
    return change.current(session)


async def focus_over(id: SessionId, ends_ms: int, *, use: Services) -> None:
    """The timer has run down: the chime, and everybody is asked how it went. Safe to repeat."""
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(SYSTEM, id)
        if not is_running(session):
            return
        focus = (await work_of(session, change.tx)).focus
        if focus is None or focus.ends_ms != ends_ms:
            return  # stopped, or started anew
        by: SeatId | None = focus.seat
        await change.record(id, FocusChanged("over", focus.seconds, ends_ms, by))
        await ask_how_it_went(change, id)
