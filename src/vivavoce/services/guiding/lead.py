"""A human coach tells the AI something, takes the conversation over, and hands it back.

What is told goes into the session's log, so that it is known wherever the room runs; the room hears it from there.
"""

from dataclasses import replace
from typing import Final

from vivavoce.base.ids import SeatId, SessionId
from vivavoce.domain.errors import Conflict, IllegalTransition, Invalid
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.events import LedBy, Whispered, WrapUpChanged
from vivavoce.domain.sessions.rights import Right, require
from vivavoce.domain.sessions.session import Phase, Seat, Session, WrapUp
from vivavoce.services.changes import Change
from vivavoce.services.container import Services
from vivavoce.services.moves import LEADER_GONE_S
from vivavoce.services.ports import SYSTEM, JobKind
from vivavoce.services.presence import is_here
from vivavoce.services.take_seat import own_seat

MAX_WORDS: Final = 2000  # characters of a whisper or a briefing


async def whisper(viewer: Viewer, id: SessionId, text: str, *, use: Services) -> Session:
    """Tell the AI something that nobody else sees. Its next reply takes it in.

    Raises SessionNotFound, NotAllowed for anybody but the human coach, IllegalTransition unless the session is active,
    Invalid.
    """
    text = _words(text, "A whisper")
    if not text:
        raise Invalid("A whisper has at least one word.")
    async with use.records.change() as change:
        session, seat = await _coached(viewer, id, change)
        await change.record(id, Whispered(seat.id, seat.name, text))
    return change.current(session)


async def take_over(viewer: Viewer, id: SessionId, *, use: Services) -> Session:
    """From now on the human coach leads: the AI falls silent at once. Safe to repeat.

    Raises SessionNotFound, NotAllowed, IllegalTransition; Conflict while another coach leads.
    """
    async with use.records.change() as change:
        session, seat = await _coached(viewer, id, change)
        if session.led_by == seat.id:
            return session
        if session.led_by is not None:
            raise Conflict("Another coach leads this session: they have to hand it back first.")
        asked = session.wrap_up is not WrapUp.NONE
        session = replace(session, led_by=seat.id, wrap_up=WrapUp.NONE, version=session.version + 1)
        await change.tx.sessions.save(session)
        await change.record(id, LedBy(seat.id, seat.name), *([WrapUpChanged(WrapUp.NONE)] if asked else []))
        if not is_here(id, seat.id, use):
            await change.timer(JobKind.HAND_BACK, id, LEADER_GONE_S)
    return change.current(session)


async def hand_back(viewer: Viewer, id: SessionId, briefing: str = "", *, use: Services) -> Session:
    """The AI leads again, knowing what was said and the briefing, which only coaches see. Safe to repeat.

    Raises SessionNotFound, NotAllowed, IllegalTransition, Invalid.
    """
    briefing = _words(briefing, "A briefing")
    async with use.records.change() as change:
        session, seat = await _coached(viewer, id, change)
        session = await _handed_back(change, session, seat.name, briefing)
    return change.current(session)


async def hand_back_by_itself(id: SessionId, *, use: Services) -> None:
    """The human coach who led has been gone for a while: the AI goes on. Safe to repeat."""
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(SYSTEM, id)
        leader = session.led_by
        if session.phase is not Phase.ACTIVE or leader is None or is_here(id, leader, use):
            return
        if await change.tx.leases.owner(id, change.at) not in (None, use.node):
            await change.push_back(JobKind.HAND_BACK, id, LEADER_GONE_S)  # the node that has the room knows better
            return
        await _handed_back(change, session, _name(session, leader), "")


async def _coached(viewer: Viewer, id: SessionId, change: Change) -> tuple[Session, Seat]:
    session = await change.tx.sessions.lock(viewer, id)
    require(viewer, session, Right.COACH)
    if session.phase is not Phase.ACTIVE:
        raise IllegalTransition(f"A session that is {session.phase} cannot be led: it has to be active.")
    return session, own_seat(viewer, session, None)


async def _handed_back(change: Change, session: Session, name: str, briefing: str) -> Session:
    if session.led_by is None:
        return session
    session = replace(session, led_by=None, version=session.version + 1)
    await change.tx.sessions.save(session)
    await change.record(session.id, LedBy(None, name, briefing))
    await change.no_timer(JobKind.HAND_BACK, session.id)
    return session


def _name(session: Session, seat: SeatId) -> str:
    return next((known.name for known in session.seats if known.id == seat), "")


def _words(text: str, what: str) -> str:
    """Raises Invalid."""
    text = text.strip()
    if len(text) > MAX_WORDS:
        raise Invalid(f"{what} has at most {MAX_WORDS} characters.")
    return text
