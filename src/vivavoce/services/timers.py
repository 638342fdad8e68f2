"""What happens by itself. Every function may run twice and does nothing when its time is past."""

from datetime import timedelta
from typing import Final

from vivavoce.base.ids import SessionId
from vivavoce.domain.sessions.dialogue import time_left_text
from vivavoce.domain.sessions.events import Noticed
from vivavoce.domain.sessions.session import EndReason, Phase
from vivavoce.services.container import Services
from vivavoce.services.end_session import end_at_once
from vivavoce.services.ports import SYSTEM, JobKind
from vivavoce.services.safety.holding import held_open_s
from vivavoce.services.send_message import say_goodbye
from vivavoce.services.take_seat import stand_up

_GOODBYE_S: Final = 25  # a live room says goodbye at the limit by itself; this long after, the limit holds anyway


async def tell_time_left(id: SessionId, seconds: int, *, use: Services) -> None:
    """Record how much time is left, where no live room tells it by voice."""
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(SYSTEM, id)
        owner = await change.tx.leases.owner(id, change.at)
        quiet = bool(await held_open_s(change, id))  # nobody in danger is hurried
        if session.phase is Phase.ACTIVE and owner is None and not quiet:
            await change.record(id, Noticed("time_left", seconds, time_left_text(seconds)))


async def enforce_limit(id: SessionId, last: bool, *, use: Services) -> None:
    """End a session at its time limit. A live room has `_GOODBYE_S` to do it itself, with a goodbye."""
    async with use.records.change() as change:
        wait_s = await held_open_s(change, id)
        if wait_s:
            key = f"{JobKind.TIME_LIMIT}:{id}:yes" if last else f"{JobKind.TIME_LIMIT}:{id}"
            await change.tx.jobs.reschedule(key, change.at + timedelta(seconds=wait_s))
            return
        owner = await change.tx.leases.owner(id, change.at)
        if owner is not None and not last:
            await change.timer(JobKind.TIME_LIMIT, id, _GOODBYE_S, last="yes")
            return
    if owner is None:
        await say_goodbye(id, EndReason.TIME_LIMIT, use=use)
    else:
        await end_at_once(SYSTEM, id, EndReason.TIME_LIMIT, use=use)


async def end_idle(id: SessionId, *, use: Services) -> None:
    """Nothing was said for the format's `idle_s`. A live room has its own, shorter stages of silence."""
    if await _is_held_open(id, JobKind.IDLE, use):
        return
    await end_at_once(SYSTEM, id, EndReason.IDLE, use=use)


async def end_empty(id: SessionId, *, use: Services) -> None:
    """Everybody was away for the format's `empty_s`."""
    live = use.rooms.find(id)
    if live is not None and live.connections:
        return
    async with use.store.reading() as tx:
        session = await tx.sessions.get(SYSTEM, id)
        if await tx.leases.owner(id, use.clock.now()) not in (None, use.node):
            return  # somebody is connected to another node
    if session.phase is not Phase.ACTIVE or await _is_held_open(id, JobKind.EMPTY, use):
        return
    for seat in session.seats:
        if seat.present:
            await stand_up(id, seat.id, "lost", use=use)
    await end_at_once(SYSTEM, id, EndReason.EVERYONE_LEFT, use=use)


async def _is_held_open(id: SessionId, timer: JobKind, use: Services) -> bool:
    """Somebody in it was in danger a moment ago: the timer that would end it strikes again later."""
    async with use.records.change() as change:
        wait_s = await held_open_s(change, id)
        if wait_s:
            await change.push_back(timer, id, wait_s)
    return bool(wait_s)
