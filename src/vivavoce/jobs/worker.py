"""Runs durable jobs of the store on this node: claim what is due, run it, report how it ended.

1. A job runs under a lease that outlasts its deadline, so it never runs beside itself. A worker that dies leaves its
   jobs to whoever looks after the lease: a job may run twice, and must be safe to repeat.
2. A failed run is retried later; after enough runs the job is dead and kept with its error (schedule.py). A job that
   takes its worker down each time is dead after as many runs.
3. A worker that is stopped gives its jobs back. One that was killed finds them when it comes up again under the same
   node's name; should it not come up, their leases run out.
4. It does the kinds of work it has handlers for, and leaves the others to other workers.
5. It rests until the next job is due, or until `wake`. It looks at least every `look_s` for what others enqueued.
"""

import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from anyio import CancelScope, Event, create_task_group, fail_after, get_cancelled_exc_class, move_on_after, sleep
from anyio.abc import TaskGroup

from vivavoce.base import metrics
from vivavoce.base.clock import Clock
from vivavoce.base.ids import NodeId
from vivavoce.jobs.schedule import MAX_ATTEMPTS, pause_s, retry_at
from vivavoce.services.ports import Job, JobKind, Store

Handler = Callable[[Job], Awaitable[None]]

log = structlog.get_logger(__name__)

_GIVE_BACK_S: Final = 2.0  # for returning a job while stopping; its lease covers what fails here
_MOST_OF_AN_ERROR: Final = 500  # characters


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """at_once: jobs that run at the same time. deadline_s: a run that takes longer is stopped and has failed.
    lease_s: longer than the deadline, with room for the report. settle_s: what comes in a burst is looked for once.
    """

    at_once: int = 8
    deadline_s: float = 75.0
    lease_s: float = 90.0
    look_s: float = 15.0
    settle_s: float = 0.02
    after_trouble_s: float = 1.0


class Worker:
    def __init__(
        self,
        store: Store,
        handlers: Mapping[JobKind, Handler],
        clock: Clock,
        node: NodeId,
        *,
        settings: WorkerSettings = WorkerSettings(),
        chance: Callable[[], float] = random.random,
    ) -> None:
        if settings.deadline_s >= settings.lease_s:
            raise ValueError("a job's lease must outlast its deadline")
        self._store = store
        self._handlers = handlers
        self._kinds = tuple(handlers)
        self._clock = clock
        self._node = node
        self._settings = settings
        self._chance = chance
        self._woken = Event()
        self._looks_at: datetime | None = None  # when it looks again by itself; None: it looks now
        self._running = 0

    def wake(self, due: datetime | None = None) -> None:
        """A job may be due, then or already. Call it in the worker's event loop; never blocks."""
        if due is None or self._looks_at is None or due < self._looks_at:
            self._woken.set()

    async def run(self) -> None:
        """Work until cancelled."""
        async with create_task_group() as tg:
            await self._reclaim()
            while True:
                self._woken, self._looks_at = Event(), None
                rest_s = await self._look(tg)
                self._looks_at = self._clock.now() + timedelta(seconds=rest_s)
                with move_on_after(rest_s):
                    await self._woken.wait()
                    await sleep(self._settings.settle_s)

    async def _reclaim(self) -> None:
        try:
            await self._store.reclaim_jobs(self._node, self._clock.now())
        except Exception as exc:  # noqa: BLE001 - recorded; their leases run out
            log.warning("jobs.store_failed", error=_reason(exc))

    async def _look(self, tg: TaskGroup) -> float:
        """Start what is due, and give the seconds until there may be more. Trouble of the store is waited out."""
        try:
            return await self._start_due(tg)
        except Exception as exc:  # noqa: BLE001 - recorded, and tried again
            log.warning("jobs.store_failed", error=_reason(exc))
            return self._settings.after_trouble_s

    async def _start_due(self, tg: TaskGroup) -> float:
        free = self._settings.at_once - self._running
        if free <= 0:
            return self._settings.look_s  # the end of a run wakes us
        now = self._clock.now()
        due = await self._store.next_due(self._kinds)
        if due is None or due > now:
            return pause_s(now, due, self._settings.look_s)
        jobs = await self._store.claim_jobs(
            self._node, now, lease_s=self._settings.lease_s, limit=free, kinds=self._kinds
        )
        for job in jobs:
            self._running += 1
            metrics.job_lag_seconds.labels(job.kind).observe(max(0.0, (now - job.due).total_seconds()))
            tg.start_soon(self._run, job)
        # nothing, though something is due: another node was quicker
        return 0.0 if jobs else self._settings.after_trouble_s

    async def _run(self, job: Job) -> None:
        try:
            await self._run_once(job)
        except get_cancelled_exc_class():
            with CancelScope(shield=True), move_on_after(_GIVE_BACK_S):
                await self._give_back(job)
            raise
        except Exception as exc:  # noqa: BLE001 - recorded; the lease runs out, and the job runs again
            log.warning("job.report_failed", job=job.id, kind=job.kind, error=_reason(exc))
        finally:
            self._running -= 1
            self.wake()

    async def _run_once(self, job: Job) -> None:
        if job.attempts > MAX_ATTEMPTS:
            await self._bury(job, "its workers died")
            return
        try:
            with fail_after(self._settings.deadline_s):
                await self._handlers[job.kind](job)
        except Exception as exc:  # noqa: BLE001 - recorded with the job, and ends this run only
            await self._failed(job, exc)
        else:
            await self._store.finish_job(job)
            metrics.jobs.labels(job.kind, "done").inc()

    async def _failed(self, job: Job, exc: Exception) -> None:
        again: datetime | None = retry_at(self._clock.now(), job.attempts, self._chance())
        if again is None:
            await self._bury(job, _reason(exc))
            return
        log.warning("job.failed", job=job.id, kind=job.kind, attempts=job.attempts, exc_info=exc)
        await self._store.retry_job(job, again, _reason(exc))
        metrics.jobs.labels(job.kind, "retried").inc()

    async def _bury(self, job: Job, reason: str) -> None:
        log.error("job.buried", job=job.id, kind=job.kind, attempts=job.attempts, error=reason)
        await self._store.bury_job(job, reason)
        metrics.jobs.labels(job.kind, "buried").inc()

    async def _give_back(self, job: Job) -> None:
        try:
            await self._store.retry_job(job, self._clock.now(), "its worker was stopped")
        except Exception as exc:  # noqa: BLE001 - recorded; the lease runs out, and the job runs again
            log.warning("job.report_failed", job=job.id, kind=job.kind, error=_reason(exc))


def _reason(exc: Exception) -> str:
    """What went wrong; in words only where they are ours, as a library's may quote what people said."""
    name = type(exc).__name__
    if type(exc).__module__.startswith("vivavoce."):
        return f"{name}: {exc}"[:_MOST_OF_AN_ERROR]
    return name
