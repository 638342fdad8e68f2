"""The sweep at start-up: repairs what a crash left half-way. Safe to run at any time, on any node."""

from vivavoce.domain.sessions.session import Phase
from vivavoce.services.container import Services
from vivavoce.services.moves import start_timers
from vivavoce.services.ports import SYSTEM, JobKind


async def sweep(*, use: Services) -> int:
    """Every session that is not over has the timers that lead it out of its phase. How many were looked at."""
    seen = 0
    for phase in (Phase.SCHEDULED, Phase.PREPARING, Phase.READY, Phase.ACTIVE, Phase.ANALYZING):
        async with use.store.reading() as tx:
            found = await tx.sessions.in_phase(SYSTEM, phase)
        for session in found:
            seen += 1
            format = use.formats.get(session.format)
            async with use.records.change() as change:
                match phase:
                    case _ if format is None:
                        await change.timer(JobKind.EXPIRE, session.id, 24 * 3600)  # its package was removed
                    case Phase.SCHEDULED:
                        due = session.scheduled_for or change.at
                        await change.timer(JobKind.OPEN, session.id, (due - change.at).total_seconds() - 600)
                        wait_s = (due - change.at).total_seconds() + format.no_show_s
                        await change.timer(JobKind.NO_SHOW, session.id, wait_s)
                    case Phase.PREPARING if format.set_up is not None and session.error is None:
                        await change.timer(JobKind.PREPARE, session.id, 0)
                        await change.timer(JobKind.EXPIRE, session.id, format.expire_s)
                    case Phase.PREPARING | Phase.READY:
                        await change.timer(JobKind.EXPIRE, session.id, format.expire_s)
                    case Phase.ACTIVE:
                        await start_timers(change, session, format)
                        if any(seat.present for seat in session.seats):
                            await change.timer(JobKind.EMPTY, session.id, format.empty_s)
                    case _:
                        await change.timer(JobKind.ANALYZE, session.id, 0)
    return seen
