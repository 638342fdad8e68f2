"""Repairs what a crash left half-way: the sweep at start-up, and the watch over the rooms of nodes that died."""

from collections.abc import Sequence
from typing import Final

import anyio
import structlog

from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import SessionNotFound, Unavailable
from vivavoce.domain.sessions.session import Phase, Session
from vivavoce.services.changes import Change
from vivavoce.services.container import Services
from vivavoce.services.format import Format
from vivavoce.services.money import charging
from vivavoce.services.moves import start_timers
from vivavoce.services.ports import SYSTEM, JobKind
from vivavoce.services.prepare_session import can_be_set_up, expire, plan
from vivavoce.services.scheduling.planning import remind

log = structlog.get_logger()

_LOOK_S: Final = 30.0  # well below any format's `empty_s`
_TO_COME: Final = (Phase.SCHEDULED, Phase.PREPARING, Phase.READY)
_UNKNOWN_FORMAT_S: Final = 24 * 3600.0  # the package of a format may come back


async def sweep(*, use: Services) -> int:
    """Every session that is not over has the timers that lead it out of its phase. How many were looked at.

    Safe to run at any time, on any node.
    """
    seen = 0
    for phase in (Phase.SCHEDULED, Phase.PREPARING, Phase.READY, Phase.ACTIVE, Phase.ANALYZING):
        async with use.store.reading() as tx:
            found = await tx.sessions.in_phase(SYSTEM, phase)
        seen += len(found)
        if found:
            async with use.records.change() as change:
                for session in found:
                    await _set_timers(change, session, use.formats.get(session.format))
                    if phase in _TO_COME:
                        await remind(change, session, use=use)
    return seen


async def _set_timers(change: Change, session: Session, format: Format | None) -> None:
    """Timers that are there stay as they are; one that is set needlessly does nothing when it strikes."""
    match session.phase:
        case Phase.ANALYZING:
            await change.timer(JobKind.ANALYZE, session.id, 0)
        case Phase.ACTIVE if format is None:
            await charging.arm(change, session)
            await change.timer(JobKind.IDLE, session.id, _UNKNOWN_FORMAT_S)
        case _ if format is None:
            await change.timer(JobKind.EXPIRE, session.id, _UNKNOWN_FORMAT_S)
        case Phase.ACTIVE:
            await charging.arm(change, session)
            await start_timers(change, session, format)
        case Phase.SCHEDULED:
            await plan(change, session, format)
            await change.timer(JobKind.OPEN, session.id, 0)
        case _:
            to_do = session.phase is Phase.PREPARING and session.error is None and can_be_set_up(session, format)
            if to_do and format.set_up is not None:
                await change.timer(JobKind.PREPARE, session.id, 0)
            await plan(change, session, format)
            await expire(change, session, format)


async def watch(*, use: Services) -> None:
    """Until cancelled: where a node died with people in a room, the clock of the empty room starts."""
    while True:
        try:
            await adopt(use=use)
        except Unavailable as error:
            log.warning("recover.store_failed", error=str(error))
        await anyio.sleep(_LOOK_S)


async def adopt(*, use: Services) -> None:
    """Look after the sessions whose node died: they end if nobody comes back to them. Safe to repeat."""
    async with use.store.reading() as tx:
        orphans: Sequence[SessionId] = await tx.leases.expired(use.clock.now())
    for id in orphans:
        async with use.records.change() as change:
            try:
                session = await change.tx.sessions.lock(SYSTEM, id)
            except SessionNotFound:
                continue
            if not await change.tx.leases.take(id, use.node, change.at, 0):
                continue  # its room runs again, elsewhere
            await change.tx.leases.release(id, use.node)
            format = use.formats.get(session.format)
            present = any(seat.present for seat in session.seats)
            if session.phase is Phase.ACTIVE and present and format is not None:
                await change.timer(JobKind.EMPTY, id, format.empty_s)
