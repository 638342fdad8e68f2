"""What piles up is thrown away: finished jobs, answers kept for repeated requests, sessions past their time."""

from datetime import timedelta
from typing import Final

import anyio
import structlog

from vivavoce.domain.errors import Unavailable
from vivavoce.services.changes import Records
from vivavoce.services.ports import JobKind

log = structlog.get_logger()

_EVERY_S: Final = 3600.0
_JOBS_KEPT: Final = timedelta(days=7)  # for looking into what happened
_DELIVERIES_KEPT: Final = timedelta(days=30)  # so long they can be looked at and sent again
_UNSEEN_KEPT: Final = timedelta(days=1000)  # of sign-ins: the longest that VIVAVOCE_SIGN_IN_IDLE_DAYS can be
_ANSWERS_KEPT: Final = timedelta(hours=24)  # so long the same Idempotency-Key is the same request


async def keep_tidy(records: Records) -> None:
    """Tidy up at once, and every hour, until cancelled."""
    while True:
        try:
            await tidy(records)
        except Unavailable as error:  # there is time until the next
            log.warning("housekeeping.store_failed", error=str(error))
        await anyio.sleep(_EVERY_S)


async def tidy(records: Records) -> None:
    """Throw away what is old enough. Safe to repeat. Raises Unavailable."""
    now = records.clock.now()
    await records.store.forget_jobs(now - _JOBS_KEPT)
    async with records.store.transaction() as tx:
        await tx.idempotency.forget_before(now - _ANSWERS_KEPT)
        await tx.webhooks.forget_before(now - _DELIVERIES_KEPT)
        await tx.sign_ins.forget_before(now - _UNSEEN_KEPT, now)
        await tx.links.forget_before(now)
        await tx.jobs.enqueue(JobKind.RETAIN, {}, key="retain", due=now)
    records.wake_jobs(now)
