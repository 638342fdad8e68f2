"""Who is in a live room with a device, and what happens when somebody's last device is gone.

A seat whose devices are gone is kept for a while, and then freed for others; one that leads hands back much sooner.
"""

from datetime import timedelta
from typing import Final

from vivavoce.base.ids import SeatId, SessionId
from vivavoce.domain.sessions.session import Phase, Session
from vivavoce.services.changes import Change
from vivavoce.services.container import Services
from vivavoce.services.moves import LEADER_GONE_S
from vivavoce.services.ports import SYSTEM, JobKind
from vivavoce.services.take_seat import stand_up

AWAY_S: Final = 120.0  # so long a seat is kept for somebody whose devices are gone while others are there


def is_here(id: SessionId, seat: SeatId, use: Services) -> bool:
    """Whether a device of the seat is connected to this node."""
    live = use.rooms.find(id)
    return live is not None and any(known == seat for known, _ in live.connections)


async def came(change: Change, session: Session, seat: SeatId, *, use: Services) -> None:
    """A device of the seat connects: nothing waits for it any more. A leader who is missed is noticed."""
    await change.no_timer(JobKind.EMPTY, session.id)
    await change.no_timer(JobKind.AWAY, session.id, seat=seat)
    if session.led_by == seat:
        await change.no_timer(JobKind.HAND_BACK, session.id)
    elif session.led_by is not None and not is_here(session.id, session.led_by, use):
        await change.timer(JobKind.HAND_BACK, session.id, LEADER_GONE_S)


async def went(id: SessionId, seat: SeatId, *, use: Services) -> None:
    """A device of the seat is gone. If it was the last one, the clock of the seat starts; of the whole room, too."""
    if is_here(id, seat, use):
        return
    live = use.rooms.find(id)
    alone = live is None or not live.connections
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(SYSTEM, id)
        if session.phase is not Phase.ACTIVE:
            return
        if session.led_by == seat:
            await start_anew(change, JobKind.HAND_BACK, id, LEADER_GONE_S)
        if alone:
            await start_anew(change, JobKind.EMPTY, id, use.format(session.format).empty_s)
        elif any(known.id == seat and known.present for known in session.seats):
            await change.timer(JobKind.AWAY, id, AWAY_S, seat=seat)


async def start_anew(change: Change, kind: JobKind, id: SessionId, after_s: float) -> None:
    """Set the timer, also if it is striking at this moment for what was before."""
    await change.timer(kind, id, after_s)
    await change.push_back(kind, id, after_s)


async def free_seat(id: SessionId, seat: SeatId, *, use: Services) -> None:
    """The devices of a seat have been gone for a while: it is left. Safe to repeat."""
    if is_here(id, seat, use):
        return
    async with use.records.change() as change:
        if await change.tx.leases.owner(id, change.at) not in (None, use.node):
            await change.tx.jobs.reschedule(f"{JobKind.AWAY}:{id}:{seat}", change.at + timedelta(seconds=AWAY_S))
            return  # the node that has the room knows better
    await stand_up(id, seat, "lost", use=use)
