"""A session moves to its next phase: the move, its record and the timers that go with it, in one transaction."""

from typing import Final

from vivavoce.domain.sessions.events import PhaseChanged
from vivavoce.domain.sessions.lifecycle import Move, PreparationFailed, apply
from vivavoce.domain.sessions.session import Phase, Session
from vivavoce.services.changes import Change
from vivavoce.services.format import Format
from vivavoce.services.money import charging
from vivavoce.services.people.counting import count_day
from vivavoce.services.ports import JobKind
from vivavoce.services.together.report_back import ask_how_it_went

_TIMERS_OF_THE_START = (JobKind.OPEN, JobKind.EXPIRE, JobKind.NO_SHOW, JobKind.PREPARE)
_TIMERS_OF_THE_LIVE = (JobKind.TIME_LIMIT, JobKind.IDLE, JobKind.EMPTY, JobKind.HAND_BACK)
LEADER_GONE_S: Final = 20.0  # so long the AI stays silent for a human coach who is gone


async def move(change: Change, session: Session, step: Move) -> Session:
    """Make the move, store it and record it. Raises IllegalTransition, which changes nothing."""
    moved = apply(session, step)
    await change.tx.sessions.save(moved)
    if moved.phase is Phase.ANALYZING:
        await ask_how_it_went(change, session.id)
    if moved.phase is not session.phase or isinstance(step, PreparationFailed):
        fact = PhaseChanged(moved.phase, session.phase, moved.end_reason, moved.error)
        await change.record(session.id, fact)
    match moved.phase:
        case Phase.ACTIVE:
            await _stop_timers(change, moved, _TIMERS_OF_THE_START)
        case Phase.ANALYZING:
            await _stop_timers(change, moved, _TIMERS_OF_THE_LIVE)
            await charging.close(change, moved)
            if session.phase is Phase.ACTIVE:  # not when a report is run again
                await count_day(change, moved)
            await change.timer(JobKind.ANALYZE, session.id, 0)
            await change.timer(JobKind.REMEMBER, session.id, 0)
        case Phase.CANCELLED:
            await _stop_timers(change, moved, _TIMERS_OF_THE_START)
        case _:
            pass
    return change.current(moved)


async def _stop_timers(change: Change, session: Session, kinds: tuple[JobKind, ...]) -> None:
    for kind in kinds:
        await change.no_timer(kind, session.id)


async def start_timers(change: Change, session: Session, format: Format) -> None:
    """What must happen by itself while the session is active. Timers that run already go on as they are."""
    ran_s = session.elapsed_s(change.at)
    if session.time_limit_s is not None:
        for left_s in format.time_left_s:
            due_s = max(0, session.time_limit_s - left_s - ran_s)
            await change.timer(JobKind.TIME_LEFT, session.id, due_s, seconds=str(left_s))
        await change.timer(JobKind.TIME_LIMIT, session.id, max(0, session.time_limit_s - ran_s))
    await change.timer(JobKind.IDLE, session.id, format.idle_s)
    if session.led_by is not None:
        await change.timer(JobKind.HAND_BACK, session.id, LEADER_GONE_S)
