"""Speech models in processes of their own: a crash, a lock or a licence in there stays in there.

A pool keeps up to `size` workers of one program, started when first needed or ahead by `start()`. A job takes a free
worker, waits a bounded time for one, and gives it back; a worker that died or hung is replaced at the next job. The
pool has no tasks of its own: whoever runs a job reads its worker meanwhile.

What goes wrong is a ProviderError: Unavailable for a dead, hung or busy worker, Rejected where it says that trying
again is useless, MalformedReply for a broken stream.
"""

import sys
from collections import deque
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from subprocess import DEVNULL, PIPE
from typing import Any, Final

import anyio
from anyio.abc import ByteReceiveStream, ByteSendStream, Process, TaskGroup

from vivavoce.engine.ports import MalformedReply, ProviderError, ProviderRejected, ProviderUnavailable
from vivavoce.providers.messages import BrokenStream, Decoder, Kind, Message, encode, to_json

MAX_BEHIND_BYTES: Final = 30 * 32_000  # 30 s of audio on its way to a recogniser; beyond that it will not catch up
_READ_BYTES: Final = 65_536
_LEAVE_S: Final = 1.0  # to tell a worker that its job is off, or to see it exit


@dataclass(frozen=True, slots=True)
class WorkerProgram:
    """name: for people. module: run with this Python. options: JSON for it. start_s: to be ready. answer_s: to the
    next sign of life while it works; then it hangs and is killed."""

    name: str
    module: str
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])
    start_s: float = 30.0
    answer_s: float = 15.0


@contextmanager
def plain_errors() -> Generator[None]:
    """Let out the exception of a task group inside as it is, not as a group; of several ProviderErrors, the first."""
    try:
        yield
    except BaseExceptionGroup as group:
        alike = all(isinstance(reason, ProviderError) for reason in group.exceptions)
        if alike or len(group.exceptions) == 1:
            raise group.exceptions[0] from None
        raise


@asynccontextmanager
async def plain_task_group() -> AsyncGenerator[TaskGroup]:
    """A task group that is cancelled at the end of its block and lets out plain errors."""
    with plain_errors():
        async with anyio.create_task_group() as tg:
            yield tg
            tg.cancel_scope.cancel()


class Worker:
    """One running process. `fault` is set once it is of no further use."""

    def __init__(self, program: WorkerProgram, process: Process) -> None:
        assert process.stdin is not None and process.stdout is not None
        self._program = program
        self._process = process
        self._stdin: ByteSendStream = process.stdin
        self._stdout: ByteReceiveStream = process.stdout
        self._decoder = Decoder()
        self._messages: deque[Message] = deque()
        self.jobs = 0
        self.fault: str | None = None
        self.ready: Any = None  # what it said of itself when ready

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def usable(self) -> bool:
        return self.fault is None and self._process.returncode is None

    async def send(self, message: Message) -> None:
        """Hand a message over, whole even if cancelled while waiting. Raises ProviderUnavailable."""
        try:
            await self._stdin.send(encode(message))
        except (anyio.BrokenResourceError, anyio.ClosedResourceError, OSError):
            raise self.broken("ended unexpectedly") from None

    async def receive(self) -> Message:
        """The next message; nothing is lost if cancelled. Raises ProviderError."""
        while not self._messages:
            try:
                data = await self._stdout.receive(_READ_BYTES)
                self._messages.extend(self._decoder.feed(data))
            except (anyio.EndOfStream, anyio.BrokenResourceError, anyio.ClosedResourceError, OSError):
                raise self.broken("ended unexpectedly") from None
            except BrokenStream as reason:
                self.broken("spoke nonsense")
                raise MalformedReply(f"{self._program.name}: {reason}") from None
        return self._messages.popleft()

    def broken(self, what: str) -> ProviderUnavailable:
        """The error to raise; the worker is not used again."""
        self.fault = f"the {self._program.name} worker {what}"
        return ProviderUnavailable(self.fault)

    async def close(self) -> None:
        """End it: ask, then kill. Waits at most about a second."""
        with anyio.move_on_after(_LEAVE_S, shield=True):
            with suppress(anyio.BrokenResourceError, anyio.ClosedResourceError, OSError):
                await self._stdin.aclose()
            await self._process.wait()
        await self.kill()

    async def kill(self) -> None:
        self.fault = self.fault or f"the {self._program.name} worker was ended"
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()
        with anyio.move_on_after(_LEAVE_S, shield=True):
            await self._process.aclose()

    async def wait_ready(self) -> None:
        """Wait until its model is loaded. Raises ProviderError."""
        message = await self.receive()
        if message.kind is not Kind.READY:
            raise self.failure(message)
        self.ready = message.json()

    def failure(self, message: Message) -> ProviderRejected | ProviderUnavailable:
        """The error that a FAILED message stands for."""
        match message.json():
            case {"text": str(text), "retry": False}:
                return ProviderRejected(f"{self._program.name}: {text}")
            case {"text": str(text)}:
                return self.broken(f"failed: {text}")
            case _:
                return self.broken("failed")


class WorkerJob:
    """One job on one worker. `over` becomes true with its last message."""

    def __init__(self, worker: Worker, program: WorkerProgram) -> None:
        worker.jobs += 1
        self._worker = worker
        self._program = program
        self._number = worker.jobs
        self.over = False

    async def send(self, kind: Kind, payload: bytes = b"") -> None:
        """Raises ProviderUnavailable."""
        await self._worker.send(Message(kind, self._number, payload))

    async def receive(self) -> Message:
        """The job's next message; what came too late of earlier jobs is passed over. Raises ProviderError."""
        while True:
            message = await self._worker.receive()
            if message.kind is Kind.FAILED and message.job in (0, self._number):  # 0: the process itself
                self.over = True
                raise self._worker.failure(message)
            if message.job == self._number:
                self.over = message.kind is Kind.DONE
                return message

    async def receive_in_time(self) -> Message:
        """As `receive`, while the worker must be working: ProviderUnavailable if it hangs."""
        try:
            with anyio.fail_after(self._program.answer_s):
                return await self.receive()
        except TimeoutError:
            raise self.hangs() from None

    @property
    def answer_s(self) -> float:
        return self._program.answer_s

    def nonsense(self, what: str) -> MalformedReply:
        """The error to raise when a message makes no sense; the worker will be killed."""
        self._worker.broken("spoke nonsense")
        return MalformedReply(f"{self._program.name}: {what}")

    def hangs(self) -> ProviderUnavailable:
        """The error to raise when no answer came in time; the worker will be killed."""
        return self._worker.broken(f"gave no answer for {self._program.answer_s:g} s")


class WorkerPool:
    def __init__(self, program: WorkerProgram, *, size: int, wait_s: float) -> None:
        """size: workers at most. wait_s: how long a job waits for a free one."""
        self._program = program
        self._size = size
        self._wait_s = wait_s
        self._places = anyio.Semaphore(size)
        self._free: list[Worker] = []
        self._all: set[Worker] = set()
        self._closed = False

    @property
    def workers(self) -> int:
        """How many processes run now."""
        return len(self._all)

    @property
    def pids(self) -> tuple[int, ...]:
        return tuple(worker.pid for worker in self._all)

    async def start(self, count: int = 1) -> None:
        """Have at least `count` workers ready, so that the first job need not wait. Raises ProviderError."""
        missing = min(count, self._size) - len(self._all)
        with plain_errors():
            async with anyio.create_task_group() as tg:
                for _ in range(missing):
                    tg.start_soon(self._start_ahead)

    async def _start_ahead(self) -> None:
        async with self._place():
            self._free.append(await self._new_worker())

    @asynccontextmanager
    async def job(self, request: Mapping[str, Any]) -> AsyncGenerator[WorkerJob]:
        """Have a worker begin on `request`. Leaving the context abandons what is not over, and frees the worker.

        Raises ProviderUnavailable when none is free in time, and what starting one raises.
        """
        async with self._place():
            worker = await self._take()
            job = WorkerJob(worker, self._program)
            try:
                await job.send(Kind.BEGIN, to_json(request))
                yield job
            finally:
                await self._give_back(worker, job)

    @asynccontextmanager
    async def _place(self) -> AsyncGenerator[None]:
        try:
            with anyio.fail_after(self._wait_s):
                await self._places.acquire()
        except TimeoutError:
            text = f"all {self._size} {self._program.name} workers are busy"
            raise ProviderUnavailable(text) from None
        try:
            yield
        finally:
            self._places.release()

    async def _take(self) -> Worker:
        while self._free:
            worker = self._free.pop()
            if worker.usable:
                return worker
            await self._discard(worker)  # it died while idle
        return await self._new_worker()

    async def _give_back(self, worker: Worker, job: WorkerJob) -> None:
        if not job.over and worker.usable:
            with anyio.move_on_after(_LEAVE_S, shield=True) as leaving, suppress(ProviderUnavailable):
                await job.send(Kind.ABANDON)
            if leaving.cancelled_caught:
                worker.broken("does not listen")
        if worker.usable and not self._closed:
            self._free.append(worker)
        else:
            await self._discard(worker)

    async def _discard(self, worker: Worker) -> None:
        self._all.discard(worker)
        await worker.kill()

    async def _new_worker(self) -> Worker:
        if self._closed:
            raise ProviderUnavailable(f"{self._program.name} is shut down")
        options = to_json(self._program.options).decode()
        command = [sys.executable, "-m", self._program.module, options]
        try:
            process = await anyio.open_process(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)
        except OSError as reason:
            text = f"the {self._program.name} worker does not start: {reason.strerror}"
            raise ProviderUnavailable(text) from None
        worker = Worker(self._program, process)
        self._all.add(worker)
        try:
            with anyio.fail_after(self._program.start_s):
                await worker.wait_ready()
        except TimeoutError:
            await self._discard(worker)
            text = f"the {self._program.name} worker was not ready in {self._program.start_s:g} s"
            raise ProviderUnavailable(text) from None
        except BaseException:  # cancelled too: nobody else knows this process
            await self._discard(worker)
            raise
        return worker

    async def aclose(self) -> None:
        """End all workers; jobs under way fail. Safe to repeat."""
        self._closed = True
        async with anyio.create_task_group() as tg:
            for worker in list(self._all):
                tg.start_soon(worker.close)
        self._all.clear()
        self._free.clear()
