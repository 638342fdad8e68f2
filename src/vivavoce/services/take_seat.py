"""Join and leave a session."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Final

import anyio

from vivavoce.base.ids import SeatId, SessionId
from vivavoce.base.new_id import new_id
from vivavoce.domain.errors import IllegalTransition, Invalid, NotAllowed, SessionFull
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.safety.is_ai import is_ai_text
from vivavoce.domain.sessions.events import Noticed, SeatJoined, SeatLeft
from vivavoce.domain.sessions.lifecycle import OVER
from vivavoce.domain.sessions.rights import Right, require
from vivavoce.domain.sessions.session import Phase, Role, Seat, Session
from vivavoce.services.changes import Change
from vivavoce.services.container import Services
from vivavoce.services.moves import LEADER_GONE_S
from vivavoce.services.ports import SYSTEM, JobKind

UNCONNECTED_S: Final = 600.0  # so long a seat is kept, where others may want it, for somebody who does nothing there
_MAX_NAME: Final = 80
_CLOSE_S: Final = 2.0  # for telling the devices of a seat that it was left


async def join(
    viewer: Viewer, id: SessionId, *, use: Services, name: str | None = None, record: bool = False
) -> tuple[Session, Seat]:
    """Take one's seat. Safe to repeat: it then renews the name and the consent to be recorded.

    Raises SessionNotFound, SessionFull, IllegalTransition when the session is over, Invalid for a name too long.
    """
    if name is not None and not 1 <= len(name.strip()) <= _MAX_NAME:
        raise Invalid(f"A name has 1 to {_MAX_NAME} characters.")
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(viewer, id)
        seat = seat_for(viewer, session)
        seat = replace(seat, name=name.strip() if name else seat.name, record=record)
        session, seat = await sit_down(change, session, seat)
        if session.max_participants > 1:  # nobody waits for the only seat
            await change.timer(JobKind.AWAY, id, UNCONNECTED_S, seat=seat.id)
    live = use.rooms.find(id)
    if live is not None:
        live.welcome_back(seat)
    return session, seat


def seat_for(viewer: Viewer, session: Session) -> Seat:
    """The viewer's seat, or a new one for who may join. Raises NotAllowed."""
    require(viewer, session, Right.JOIN)
    known = next((seat for seat in session.seats if seat.account == viewer.account), None)
    return known or Seat(SeatId(new_id("sea")), viewer.name or "Guest", Role.MEMBER, viewer.account)


async def speak_up(change: Change, session: Session, seat: Seat) -> tuple[Session, Seat]:
    """Somebody does something in the locked session without a device: who left, or was invited and never came, takes
    their seat, and it is kept for them anew. Raises SessionFull, IllegalTransition."""
    if seat.left_at is not None or (not seat.present and seat.role is not Role.HOST):
        session, seat = await sit_down(change, session, seat)
        await change.no_timer(JobKind.EMPTY, session.id)
        if session.max_participants > 1:
            await change.timer(JobKind.AWAY, session.id, UNCONNECTED_S, seat=seat.id)
    due = change.at + timedelta(seconds=UNCONNECTED_S)
    await change.tx.jobs.reschedule(f"{JobKind.AWAY}:{session.id}:{seat.id}", due)
    return session, seat


async def sit_down(change: Change, session: Session, seat: Seat) -> tuple[Session, Seat]:
    """The locked session with `seat` present; who opened it always finds theirs.

    Raises SessionFull, IllegalTransition.
    """
    if session.phase in OVER:
        raise IllegalTransition(f"A session that is {session.phase} cannot be joined.")
    before = next((known for known in session.seats if known.id == seat.id), None)
    others = (known for known in session.seats if known.id != seat.id)
    if seats_taken(others) >= session.max_participants:
        raise SessionFull(
            f"All {session.max_participants} seats of this session are taken. Try again when one is free."
        )
    if before == seat and seat.present:
        return session, seat
    seat = replace(seat, joined_at=seat.joined_at if seat.present else change.at, left_at=None)
    session = replace(session, seats=_with_seat(session, seat), version=session.version + 1)
    await change.tx.sessions.save(session)
    await change.record(session.id, SeatJoined(seat.id, seat.name, seat.role, seat.record))
    if before is None or before.joined_at is None:
        await change.record(session.id, Noticed("is_ai", text=is_ai_text(), seat=seat.id))
    return change.current(session), seat


async def leave(viewer: Viewer, id: SessionId, seat: SeatId | None = None, *, use: Services) -> Session:
    """Leave one's seat (left out: one's own), with all its devices. Safe to repeat.

    Raises SessionNotFound, NotAllowed.
    """
    async with use.store.reading() as tx:
        session = await tx.sessions.get(viewer, id)
    mine = own_seat(viewer, session, seat)
    session = await stand_up(id, mine.id, "left", use=use)
    live = use.rooms.find(id)
    if live is not None:
        with anyio.move_on_after(_CLOSE_S):
            for connection in live.leave(mine.id, "left"):
                await connection.close(1000, "you left")
    return session


async def stand_up(id: SessionId, seat: SeatId, cause: str, *, use: Services) -> Session:
    """Mark a seat as left. When nobody is present any more, the session ends after the format's `empty_s`."""
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(SYSTEM, id)
        found = next((known for known in session.seats if known.id == seat), None)
        if found is None or not found.present or session.phase in OVER:
            return session
        gone = replace(found, left_at=change.at)
        session = replace(session, seats=_with_seat(session, gone), version=session.version + 1)
        await change.tx.sessions.save(session)
        await change.record(id, SeatLeft(seat, cause))
        await change.no_timer(JobKind.AWAY, id, seat=seat)
        if session.led_by == seat:
            await change.timer(JobKind.HAND_BACK, id, LEADER_GONE_S)
        if session.phase is Phase.ACTIVE and not any(known.present for known in session.seats):
            await change.timer(JobKind.EMPTY, id, use.format(session.format).empty_s)
    return session


def seats_taken(seats: Iterable[Seat]) -> int:
    """How many nobody else can have: those of who is there, and the one of who opened the session."""
    return sum(1 for seat in seats if seat.present or seat.role is Role.HOST)


def own_seat(viewer: Viewer, session: Session, seat: SeatId | None) -> Seat:
    """The viewer's seat, the one named if any. Raises NotAllowed."""
    for known in session.seats:
        if known.account == viewer.account and seat in (None, known.id):
            return known
    raise NotAllowed("You have no such seat in this session: join it first.")


def _with_seat(session: Session, seat: Seat) -> tuple[Seat, ...]:
    others = any(known.id == seat.id for known in session.seats)
    if not others:
        return (*session.seats, seat)
    return tuple(seat if known.id == seat.id else known for known in session.seats)
