"""The worker's side of the pipe: one process, one job at a time.

A thread reads the pipe, so that ABANDON is seen while the job's work is still under way; the work itself runs in the
main thread. When the server is gone the pipe ends and so does the worker, at once, whatever it is doing.

The pipe is file descriptor 1; what C libraries print goes to stderr instead. Standard library only.
"""

import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from vivavoce.providers.messages import (
    Decoder,
    Kind,
    Message,
    Piece,
    count_bytes,
    encode,
    encode_piece,
    to_json,
)

_READ_BYTES: Final = 65_536


class Refused(Exception):
    """This can never work: a missing model file, an unknown voice. The text is for the person who runs the server,
    so it never holds what people said."""


class Abandoned(Exception):
    """Nobody wants the job's result any more."""


class _Pipe:
    """Both directions. The reading thread fills the inbox, whose size the server bounds: it never has more than
    `workers.MAX_BEHIND_BYTES` of audio on its way."""

    def __init__(self, read_fd: int, write_fd: int) -> None:
        self._read_fd = read_fd
        self._write_fd = write_fd
        self.inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self.abandoned = 0  # this job and all before it

    def send(self, message: Message) -> None:
        view = memoryview(encode(message))
        while view:
            view = view[os.write(self._write_fd, view) :]

    def read_forever(self) -> None:
        decoder = Decoder()
        while data := os.read(self._read_fd, _READ_BYTES):
            for message in decoder.feed(data):
                if message.kind is Kind.ABANDON:
                    self.abandoned = max(self.abandoned, message.job)
                self.inbox.put(message)
        os._exit(0)  # the server is gone: nothing is left to clean up


class Job:
    """One utterance or sentence, as its worker sees it."""

    def __init__(self, pipe: _Pipe, begin: Message) -> None:
        self._pipe = pipe
        self._number = begin.job
        self.request: Any = begin.json()

    @property
    def abandoned(self) -> bool:
        return self._pipe.abandoned >= self._number

    def audio(self) -> Iterator[bytes]:
        """The utterance's sound as it comes, int16 16 kHz, until all of it was given. Raises Abandoned."""
        heard = 0
        while True:
            message = self._pipe.inbox.get()
            if self.abandoned:
                raise Abandoned
            match message:
                case Message(Kind.AUDIO, job, pcm) if job == self._number:
                    yield pcm
                    heard += len(pcm)
                    self._reply(Kind.HEARD, count_bytes(heard))
                case Message(Kind.FINISH, job) if job == self._number:
                    return
                case _:
                    pass  # late by nature: of a job that was abandoned

    def partial(self, text: str) -> None:
        self._reply(Kind.PARTIAL, text.encode())

    def piece(self, piece: Piece) -> None:
        self._reply(Kind.PIECE, encode_piece(piece))

    def done(self, result: dict[str, Any]) -> None:
        self._reply(Kind.DONE, to_json(result))

    def refuse(self, reason: Refused) -> None:
        self._reply(Kind.FAILED, to_json({"text": str(reason), "retry": False}))

    def _reply(self, kind: Kind, payload: bytes) -> None:
        self._pipe.send(Message(kind, self._number, payload))


Work = Callable[[Job], None]


def serve(load: Callable[[Any], tuple[Work, dict[str, Any]]]) -> None:
    """Load the model with the options of the command line, say READY with the second value, then work until the
    server is gone. `load` and the work may raise Refused; the work also Abandoned. Anything else ends the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is the server's to answer
    pipe = _Pipe(sys.stdin.fileno(), os.dup(1))
    os.dup2(2, 1)
    sys.excepthook = _tell(pipe)
    threading.Thread(target=pipe.read_forever, daemon=True).start()
    try:
        work, ready = load(Message(Kind.BEGIN, 0, sys.argv[1].encode()).json())
    except Refused as reason:
        pipe.send(Message(Kind.FAILED, 0, to_json({"text": str(reason), "retry": False})))
        return
    pipe.send(Message(Kind.READY, 0, to_json(ready)))
    while True:
        message = pipe.inbox.get()
        if message.kind is Kind.BEGIN and message.job > pipe.abandoned:
            _run(work, Job(pipe, message))


def _run(work: Work, job: Job) -> None:
    try:
        work(job)
    except Abandoned:
        pass
    except Refused as reason:
        job.refuse(reason)


def _tell(pipe: _Pipe) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """Say what ended the process, by the fault's class and place only: its text may hold what people said."""

    def tell(kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
        place = ""
        while trace is not None:
            place = f" at {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
            trace = trace.tb_next
        pipe.send(Message(Kind.FAILED, 0, to_json({"text": f"{kind.__name__}{place}", "retry": True})))

    return tell
