"""`vivavoce talk`: a whole session in the terminal, by text, on the same rules and store as the server's.

It runs as a node of its own, so that a server on the same store keeps its rooms.
"""

import os
import sys
import threading
from collections.abc import AsyncIterator, Callable
from typing import Final, TextIO

import anyio
import anyio.from_thread
import anyio.lowlevel
from anyio.streams.memory import MemoryObjectReceiveStream

from vivavoce.base.config import Config
from vivavoce.bootstrap import running
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.sessions.events import Event, PhaseChanged, ReplyEnded, ReplySentence, ReplyStatus
from vivavoce.domain.sessions.lifecycle import OVER
from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.engine.ports import VoiceFrame
from vivavoce.services.container import Services
from vivavoce.services.end_session import end_session
from vivavoce.services.live import LiveHello, LiveSeat, attach
from vivavoce.services.open_session import NewSession, open_session
from vivavoce.services.ports import Signal
from vivavoce.services.read_log import follow

HINT: Final = "Type and press Enter. Say goodbye to close with a summary; Ctrl-D or Ctrl-C ends at once."
_ENDING_S: Final = 5.0


class Terminal:
    """The connection of a person who reads and types. What is said reaches the screen through the log."""

    name = "terminal"

    async def pump(self, *, on_audio: Callable[[AudioFrame], None], on_text: Callable[[str], None]) -> None:
        await anyio.sleep_forever()

    def send(self, text: str) -> None:
        """Signals are for livelier screens."""

    def play(self, frame: VoiceFrame) -> None:
        """A terminal has no loudspeaker."""

    def flush(self) -> None: ...

    async def close(self, code: int = 1000, reason: str = "") -> None: ...


async def talk(config: Config, format: str, persona: str | None) -> None:
    """One session from greeting to goodbye, with standard input and output. Raises DomainError."""
    node = f"{config.server.node[:48]}-talk-{os.getpid()}"
    own = config.model_copy(update={"server": config.server.model_copy(update={"node": node})})
    async with running(own) as platform:
        await converse(typed_lines(sys.stdin), sys.stdout, format, persona, use=platform.services)


async def converse(lines: AsyncIterator[str], out: TextIO, format: str, persona: str | None, *, use: Services) -> None:
    """The session, until it is over or `lines` end."""
    session = await open_session(LOCAL, NewSession(format, persona), use=use)
    async with attach(LOCAL, session.id, LiveHello(), Terminal(), use=use) as seat:
        out.write(f"{seat.persona.name}, {seat.persona.title}. {HINT}\n\n")
        try:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(_hand_over, lines, seat, tasks.cancel_scope)
                await _show(seat, out, use)
                tasks.cancel_scope.cancel()
        finally:
            with anyio.CancelScope(shield=True), anyio.move_on_after(_ENDING_S):
                await end_session(LOCAL, session.id, use=use)  # safe to repeat
            out.write("\n")


async def _hand_over(lines: AsyncIterator[str], seat: LiveSeat, over: anyio.CancelScope) -> None:
    async for line in lines:
        if line.strip():
            await seat.say_text(line.strip())
    over.cancel()


async def _show(seat: LiveSeat, out: TextIO, use: Services) -> None:
    """Write what the AI says as it says it; returns when the session is over."""
    name = seat.persona.name
    async with follow(LOCAL, seat.session.id, 0, signals=False, use=use) as happenings:
        async for item in happenings:
            if isinstance(item, Signal):
                continue
            if _is_over(item):
                return
            _write(item, name, out)


def _is_over(event: Event) -> bool:
    return isinstance(event.fact, PhaseChanged) and event.fact.phase in OVER


def _write(event: Event, name: str, out: TextIO) -> None:
    match event.fact:
        case ReplySentence(index=index, text=text):
            out.write(f"{name}: {text}" if index == 0 else f" {text}")
        case ReplyEnded(status=ReplyStatus.FAILED):
            out.write(f"({name} could not answer.)\n\n> ")
        case ReplyEnded():
            out.write("\n\n> ")
        case _:
            return
    out.flush()


def typed_lines(source: TextIO) -> MemoryObjectReceiveStream[str]:
    """The lines of `source` as they come. It ends where `source` does.

    Reading blocks, and cannot be cancelled: it happens in a thread that dies with the process.
    """
    send, receive = anyio.create_memory_object_stream[str](64)  # full: the reader waits
    token = anyio.lowlevel.current_token()

    def read() -> None:
        try:
            for line in source:
                anyio.from_thread.run(send.send, line, token=token)
            anyio.from_thread.run_sync(send.close, token=token)
        except (anyio.BrokenResourceError, anyio.RunFinishedError):
            return  # nobody listens any more

    threading.Thread(target=read, name="stdin", daemon=True).start()
    return receive
