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
from vivavoce.services.persona import Persona
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
        screen = Screen(sys.stdout)
        lines = typed_lines(sys.stdin)
        new = NewSession(format, persona)
        await converse(new, lines, screen, in_turn=not sys.stdin.isatty(), use=platform.services)


class Screen:
    """What the AI says, written as it says it."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self.reply_over = anyio.Event()  # of the reply that comes next or is being said

    def greet(self, persona: Persona) -> None:
        self._out.write(f"{persona.name}, {persona.title}. {HINT}\n")

    def show(self, event: Event, name: str) -> None:
        match event.fact:
            case ReplySentence(index=0, text=text):
                self._out.write(f"\n{name}: {text}")
            case ReplySentence(text=text):
                self._out.write(f" {text}")
            case ReplyEnded(status=status):
                lost = f"\n({name} could not answer.)" if status is ReplyStatus.FAILED else ""
                self._out.write(f"{lost}\n\n> ")
                self.reply_over.set()
                self.reply_over = anyio.Event()
            case _:
                return
        self._out.flush()

    def close(self) -> None:
        self._out.write("\n")
        self._out.flush()


async def converse(new: NewSession, lines: AsyncIterator[str], screen: Screen, *, in_turn: bool, use: Services) -> None:
    """A session until it is over or the lines end. in_turn: a line waits for the reply to the one before, as a
    script wants it; people may interrupt. Raises DomainError."""
    session = await open_session(LOCAL, new, use=use)
    async with attach(LOCAL, session.id, LiveHello(), Terminal(), use=use) as seat:
        screen.greet(seat.persona)
        try:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(_hand_over, lines, seat, screen, in_turn, tasks.cancel_scope)
                await _follow(seat, screen, use)
                tasks.cancel_scope.cancel()
        finally:
            with anyio.CancelScope(shield=True), anyio.move_on_after(_ENDING_S):
                await end_session(LOCAL, session.id, use=use)  # safe to repeat
            screen.close()


async def _hand_over(
    lines: AsyncIterator[str], seat: LiveSeat, screen: Screen, in_turn: bool, over: anyio.CancelScope
) -> None:
    reply_over = screen.reply_over  # the greeting's
    async for line in lines:
        if in_turn:
            await reply_over.wait()
        reply_over = screen.reply_over
        if line.strip():
            await seat.say_text(line.strip())
    if in_turn:
        await reply_over.wait()
    over.cancel()


async def _follow(seat: LiveSeat, screen: Screen, use: Services) -> None:
    """Returns when the session is over."""
    async with follow(LOCAL, seat.session.id, 0, signals=False, use=use) as happenings:
        async for item in happenings:
            match item:
                case Event(fact=PhaseChanged(phase=phase)) if phase in OVER:
                    return
                case Event():
                    screen.show(item, seat.persona.name)
                case Signal():
                    pass  # for livelier screens


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
