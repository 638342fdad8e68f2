"""The worker: runs what is due, once where nothing fails, and never lets a job be lost."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import anyio
import pytest
import structlog

from vivavoce.base.ids import NodeId
from vivavoce.jobs.schedule import MAX_ATTEMPTS
from vivavoce.jobs.worker import Handler, Worker, WorkerSettings
from vivavoce.services.ports import Job, JobKind, Store, Transaction
from vivavoce.storage.memory import MemoryStore

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
HERE, THERE = NodeId("node_here"), NodeId("node_there")
AT_ONCE = WorkerSettings(settle_s=0, after_trouble_s=0, look_s=3600)


@pytest.fixture(autouse=True)
def log() -> Iterator[list[structlog.typing.EventDict]]:
    with structlog.testing.capture_logs() as lines:
        yield lines


class HandClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at

    def monotonic_ms(self) -> int:
        return round((self.at - NOW).total_seconds() * 1000)

    def pass_s(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


async def enqueue(store: Store, key: str = "idle:ses_1", in_s: float = 0, kind: JobKind = JobKind.IDLE) -> None:
    async with store.transaction() as tx:
        await tx.jobs.enqueue(kind, {"session": "ses_1"}, key=key, due=NOW + timedelta(seconds=in_s))


async def settled() -> None:
    """Everything that can happen without time passing has happened."""
    for _ in range(30):
        await anyio.lowlevel.checkpoint()


@asynccontextmanager
async def working(
    store: Store, handler: Handler, clock: HandClock, options: WorkerSettings = AT_ONCE
) -> AsyncGenerator[Worker]:
    worker = Worker(store, dict.fromkeys(JobKind, handler), clock, HERE, settings=options, chance=lambda: 1.0)
    async with anyio.create_task_group() as tg:
        tg.start_soon(worker.run)
        await settled()
        yield worker
        tg.cancel_scope.cancel()


class Recorder:
    """A handler that notes its runs and may fail."""

    def __init__(self, fails: int = 0, exc: Exception | None = None) -> None:
        self.runs: list[Job] = []
        self._fails = fails
        self._exc = exc or ValueError("I live in Springfield")

    async def __call__(self, job: Job) -> None:
        self.runs.append(job)
        if len(self.runs) <= self._fails:
            raise self._exc


async def test_a_due_job_runs_once() -> None:
    store, clock, handler = MemoryStore(), HandClock(), Recorder()
    await enqueue(store)
    async with working(store, handler, clock) as worker:
        clock.pass_s(1_000_000)
        worker.wake()
        await settled()
    assert [job.key for job in handler.runs] == ["idle:ses_1"]


async def test_a_job_runs_when_its_time_comes() -> None:
    store, clock, handler = MemoryStore(), HandClock(), Recorder()
    await enqueue(store, in_s=10)
    async with working(store, handler, clock) as worker:
        clock.pass_s(9)
        worker.wake()
        await settled()
        assert handler.runs == []
        clock.pass_s(1)
        worker.wake()
        await settled()
        assert len(handler.runs) == 1


async def test_a_job_enqueued_meanwhile_runs_when_the_worker_is_woken() -> None:
    store, clock, handler = MemoryStore(), HandClock(), Recorder()
    async with working(store, handler, clock) as worker:
        await enqueue(store)
        worker.wake()
        await settled()
    assert len(handler.runs) == 1


async def test_a_job_due_after_the_worker_looks_again_does_not_wake_it() -> None:
    store, clock, handler = MemoryStore(), HandClock(), Recorder()
    await enqueue(store, in_s=10)
    async with working(store, handler, clock) as worker:
        await enqueue(store, "idle:ses_2", in_s=5)
        clock.pass_s(60)  # so that it would find both
        worker.wake(NOW + timedelta(seconds=10))
        await settled()
        assert handler.runs == []
        worker.wake(NOW + timedelta(seconds=5))
        await settled()
        assert len(handler.runs) == 2


async def test_a_job_that_fails_runs_again_later() -> None:
    store, clock, handler = MemoryStore(), HandClock(), Recorder(fails=2)
    await enqueue(store)
    async with working(store, handler, clock) as worker:
        assert len(handler.runs) == 1
        for wait_s, runs in ((4, 1), (1, 2), (14, 2), (1, 3), (1_000_000, 3)):
            clock.pass_s(wait_s)
            worker.wake()
            await settled()
            assert len(handler.runs) == runs
    assert [job.attempts for job in handler.runs] == [1, 2, 3]


async def test_a_job_that_always_fails_is_given_up() -> None:
    store, clock, handler = MemoryStore(), HandClock(), Recorder(fails=1000)
    await enqueue(store)
    async with working(store, handler, clock) as worker:
        for _ in range(20):
            clock.pass_s(1000)
            worker.wake()
            await settled()
    assert len(handler.runs) == MAX_ATTEMPTS
    assert await store.next_due() is None


async def test_a_job_that_fails_does_not_stop_the_others() -> None:
    store, clock = MemoryStore(), HandClock()
    good = Recorder()

    async def handler(job: Job) -> None:
        if job.key == "bad":
            raise ValueError
        await good(job)

    for key in ("bad", "one", "two"):
        await enqueue(store, key=key)
    async with working(store, handler, clock):
        pass
    assert {job.key for job in good.runs} == {"one", "two"}


async def test_what_a_library_says_about_a_failure_is_not_kept(log: list[structlog.typing.EventDict]) -> None:
    errors: list[str] = []

    class Noting(MemoryStore):
        async def retry_job(self, job: Job, due: datetime, error: str) -> None:
            errors.append(error)
            await super().retry_job(job, due, error)

    store = Noting()
    await enqueue(store)
    async with working(store, Recorder(fails=1), HandClock()):
        pass
    assert errors == ["ValueError"]
    assert [line["event"] for line in log] == ["job.failed"]


async def test_only_so_many_jobs_run_at_the_same_time() -> None:
    store, clock = MemoryStore(), HandClock()
    running, most, gate = 0, 0, anyio.Semaphore(0)

    async def handler(job: Job) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await gate.acquire()
        running -= 1

    for number in range(10):
        await enqueue(store, key=str(number))
    async with working(store, handler, clock, WorkerSettings(at_once=3, settle_s=0, look_s=3600)):
        assert running == 3
        for _ in range(10):
            gate.release()
            await settled()
        assert (running, most) == (0, 3)
    assert await store.next_due() is None


async def test_a_run_that_takes_too_long_is_stopped_and_has_failed() -> None:
    store, clock = MemoryStore(), HandClock()
    stopped: list[str] = []

    async def handler(job: Job) -> None:
        try:
            await anyio.sleep_forever()
        finally:
            stopped.append(job.key)

    await enqueue(store)
    async with working(store, handler, clock, WorkerSettings(deadline_s=0, settle_s=0)):
        pass
    assert stopped == ["idle:ses_1"]
    assert await store.next_due() == NOW + timedelta(seconds=5)


async def test_a_worker_that_is_stopped_gives_its_jobs_back() -> None:
    store, clock = MemoryStore(), HandClock()
    started = anyio.Event()

    async def forever(job: Job) -> None:
        started.set()
        await anyio.sleep_forever()

    await enqueue(store)
    async with working(store, forever, clock):
        await started.wait()
    handler = Recorder()
    async with working(store, handler, clock):
        pass
    assert [job.attempts for job in handler.runs] == [2]


async def test_a_job_whose_worker_was_killed_runs_again_after_the_lease() -> None:
    store, clock, handler = MemoryStore(), HandClock(), Recorder()
    await enqueue(store)
    await store.claim_jobs(THERE, NOW, lease_s=90, limit=1)  # and then it was killed
    async with working(store, handler, clock) as worker:
        clock.pass_s(89)
        worker.wake()
        await settled()
        assert handler.runs == []
        clock.pass_s(1)
        worker.wake()
        await settled()
    assert [job.attempts for job in handler.runs] == [2]


async def test_a_worker_that_comes_up_again_goes_on_with_its_jobs_at_once() -> None:
    store, clock, handler = MemoryStore(), HandClock(), Recorder()
    await enqueue(store)
    await store.claim_jobs(HERE, NOW, lease_s=90, limit=1)  # and then it was killed
    async with working(store, handler, clock):
        pass
    assert [job.attempts for job in handler.runs] == [2]


async def test_a_job_that_kills_its_workers_is_given_up() -> None:
    store, clock, handler = MemoryStore(), HandClock(), Recorder()
    await enqueue(store)
    for _ in range(MAX_ATTEMPTS):
        assert await store.claim_jobs(THERE, clock.now(), lease_s=90, limit=1)
        clock.pass_s(90)
    async with working(store, handler, clock):
        pass
    assert handler.runs == []
    assert await store.next_due() is None


async def test_a_store_in_trouble_is_asked_again() -> None:
    class Troubled(MemoryStore):
        failures = 3

        async def next_due(self, kinds: Collection[JobKind] = ()) -> datetime | None:
            if self.failures:
                self.failures -= 1
                raise ConnectionError
            return await super().next_due(kinds)

    store, handler = Troubled(), Recorder()
    await enqueue(store)
    async with working(store, handler, HandClock()):
        await settled()
    assert len(handler.runs) == 1


def test_a_lease_must_outlast_the_deadline() -> None:
    with pytest.raises(ValueError, match="outlast"):
        Worker(MemoryStore(), {}, HandClock(), HERE, settings=WorkerSettings(deadline_s=90, lease_s=90))


# --- killed between any two steps -------------------------------------------------------------------


class Killed(BaseException):
    """The process is gone: nothing after this is done, nothing is given back."""


class MortalStore(MemoryStore):
    """Dies at the nth step of a worker's dealings with it, before or after the step took effect."""

    def __init__(self) -> None:
        super().__init__()
        self.dies_at: int | None = None
        self.steps = 0
        self.dead = False

    def step(self) -> None:
        if self.dead or self.steps == self.dies_at:
            self.dead = True
            raise Killed
        self.steps += 1

    async def _between(self, work: Callable[[], Awaitable[object]]) -> None:
        self.step()
        await work()
        self.step()

    async def claim_jobs(
        self, node: NodeId, now: datetime, *, lease_s: float, limit: int, kinds: Collection[JobKind] = tuple(JobKind)
    ) -> list[Job]:
        self.step()
        jobs = await super().claim_jobs(node, now, lease_s=lease_s, limit=limit, kinds=kinds)
        self.step()
        return jobs

    async def finish_job(self, job: Job) -> None:
        whole = super().finish_job
        await self._between(lambda: whole(job))

    async def retry_job(self, job: Job, due: datetime, error: str) -> None:
        whole = super().retry_job
        await self._between(lambda: whole(job, due, error))


async def _charge_once(tx: Transaction) -> None:
    """Work that is safe to repeat: it leaves a mark under a key of its own."""
    await tx.jobs.enqueue(JobKind.EXPIRE, {}, key="mark", due=NOW + timedelta(days=9))


@pytest.mark.parametrize("fails", [0, 1, 2])
@pytest.mark.parametrize("dies_at", range(13))
async def test_killed_at_any_step_the_work_is_done_in_the_end_and_left_done(dies_at: int, fails: int) -> None:
    store, clock = MortalStore(), HandClock()
    await enqueue(store)
    failing = Recorder(fails=fails)

    async def handler(job: Job) -> None:
        store.step()
        await failing(job)
        async with store.transaction() as tx:
            await _charge_once(tx)
        store.step()

    store.dies_at = dies_at
    for _ in range(fails + 3):
        try:
            async with working(store, handler, clock) as worker:
                for _ in range(fails + 1):
                    clock.pass_s(100)
                    worker.wake()
                    await settled()
        except BaseExceptionGroup as group:
            assert group.subgroup(Killed) is not None
        store.dead, store.dies_at = False, None  # a new process comes up
        clock.pass_s(90)
    assert await store.next_due() == NOW + timedelta(days=9)  # the mark, once; the job itself is done
