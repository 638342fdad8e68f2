"""One device's live connection, from its hello to its end, whatever carries it.

1. The first message must be `hello`, within 10 s. Nothing else is read before it.
2. Then the device is in the room: its audio and its messages go there; the log behind `after` and all that happens
   come back, without gap or repeat.
3. It ends when the session is over, the device leaves, falls silent, or the server stops; the close code says which.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final

import anyio
import structlog
from anyio.abc import TaskGroup
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

from vivavoce.api.errors import rule_of
from vivavoce.api.http.shapes import SessionOut
from vivavoce.api.live.calls import DeviceCalls
from vivavoce.api.live.messages import (
    AudioChoice,
    ClientMessage,
    DeclareTask,
    DownAudio,
    End,
    Failure,
    FocusTimer,
    HandBack,
    Hello,
    InputSwitch,
    Interrupt,
    Leave,
    LivePersona,
    Mute,
    PeerSignal,
    Ping,
    Pong,
    PushToTalk,
    ReportTask,
    TakeOver,
    Text,
    ToolCall,
    ToolResult,
    Welcome,
    Whisper,
    read_message,
)
from vivavoce.api.wiring import Seated, Wiring
from vivavoce.base.ids import SeatId, SessionId
from vivavoce.domain.errors import DomainError, Invalid
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.events import Event, PhaseChanged
from vivavoce.domain.sessions.lifecycle import OVER
from vivavoce.engine.audio.frame import FRAME_MS, AudioFrame
from vivavoce.engine.ports import Connection, ConnectionLost
from vivavoce.services.live import LiveHello
from vivavoce.services.live_rooms import LiveElsewhere
from vivavoce.services.ports import Signal

log = structlog.get_logger()

_WAITING: Final = 64  # commands of one device that wait for the store; more are refused
_BURST: Final = 64  # events of the log that are sent before the device may catch up
_STUCK_S: Final = 5.0  # a device that takes nothing in for so long is too slow
_LAST_WORDS_S: Final = 2.0  # for the events of the end to reach the device before it is closed
_CODES: Final = {402: 4402, 403: 4403, 404: 4404, 409: 4409, 503: 1013}


Command = Text | Whisper | TakeOver | HandBack | DeclareTask | ReportTask | FocusTimer | Leave | End


@dataclass(slots=True)
class Allowance:
    """How many signals a device may hand on: a burst, which fills up again with time."""

    left: float = 100.0
    at_s: float = 0.0

    def take(self, now_s: float) -> bool:
        self.left = min(100.0, self.left + 20.0 * (now_s - self.at_s))
        self.at_s = now_s
        if self.left < 1.0:
            return False
        self.left -= 1.0
        return True


@dataclass(frozen=True, slots=True)
class Ending:
    """How the connection is closed (docs/protocol.md, Closing)."""

    code: int
    reason: str


_OVER: Final = Ending(1000, "the session is over")
_LEFT: Final = Ending(1000, "you left")
_MOVED: Final = Ending(1001, "connect again to go on")
_STOPPING: Final = Ending(1001, "the server is stopping: connect again")
_FAILED: Final = Ending(1011, "something failed on our side: connect again")
_SILENT: Final = Ending(4408, "the heartbeat is missing")
_NO_HELLO: Final = Ending(4400, "no hello came in time")
_TOO_SLOW: Final = Ending(4429, "too slow for what it was sent: connect again")
_GONE: Final = Ending(1006, "the device is gone")  # nobody is there to be told


async def _breathe() -> None:
    await anyio.sleep(FRAME_MS / 1000)


@dataclass(frozen=True, slots=True)
class Device:
    """A connection, and what only its transport knows.

    seat: for a hello that names none. hello_first: audio before it is an error; else, as media have a way of their own,
    it is not heard. configure: told which audio the hello asks for. wait_drained: returns when the
    device has taken in most of what it was sent, or never will.
    """

    connection: Connection
    seat: SeatId | None = None
    hello_first: bool = False
    configure: Callable[[AudioChoice | None], None] = lambda audio: None
    wait_drained: Callable[[], Awaitable[None]] = _breathe


async def serve(device: Device, viewer: Viewer, id: SessionId, wiring: Wiring) -> None:
    """Carry on one live connection until it is over, then close it. A fault in it ends this one connection."""
    link = Link(device, wiring)
    ending = _FAILED
    with structlog.contextvars.bound_contextvars(session=id, transport=device.connection.name):
        log.info("live.connected")
        try:
            ending = await link.run(viewer, id)
        except anyio.get_cancelled_exc_class():
            ending = _STOPPING
            raise
        except Exception as error:
            log.error("live.failed", fault=type(error).__name__, exc_info=error)
        finally:
            with anyio.CancelScope(shield=True), anyio.move_on_after(2):
                await device.connection.close(ending.code, ending.reason)
            log.info("live.closed", code=ending.code)


@dataclass(slots=True, eq=False)
class Link:
    """What goes on between a device and its room. Owned by one `serve`."""

    device: Device
    wiring: Wiring
    _seat: Seated | None = None
    _alive: bool = False  # something arrived since the heartbeat was last looked at
    _ending: Ending | None = None
    _scope: anyio.CancelScope = field(default_factory=anyio.CancelScope)
    _hello: anyio.Event = field(default_factory=anyio.Event)
    _greeting: Hello | None = None
    _commands: MemoryObjectSendStream[Command] | None = None
    _signals: Allowance = field(default_factory=Allowance)
    _calls: DeviceCalls = field(init=False)

    def __post_init__(self) -> None:
        self._calls = DeviceCalls(self._send)

    async def run(self, viewer: Viewer, id: SessionId) -> Ending:
        """How it ended."""
        with self._scope:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(self._pump)
                hello = await self._wait_hello()
                if hello is not None:
                    await self._be_there(hello, viewer, id)
        return self._ending or _FAILED

    def _finish(self, ending: Ending) -> None:
        """The first reason counts."""
        self._ending = self._ending or ending
        self._scope.cancel()

    async def _pump(self) -> None:
        try:
            await self.device.connection.pump(on_audio=self._on_audio, on_text=self._on_text)
        except ConnectionLost:
            self._finish(_GONE)
        else:
            self._finish(_LEFT)

    # --- what arrives ---

    def _on_audio(self, frame: AudioFrame) -> None:
        self._alive = True
        if self._seat is not None:
            self._seat.hear(frame)
        elif self._greeting is None and self.device.hello_first:
            self._finish(Ending(4400, "audio came before hello"))

    def _on_text(self, text: str) -> None:
        self._alive = True
        try:
            message = read_message(text)
        except Invalid as error:
            if self._greeting is None:
                self._finish(Ending(4400, _short(str(error))))
            else:
                self._tell(error.code, str(error))
            return
        if self._greeting is None:
            self._greet(message)
        elif message is not None:
            self._obey(message)

    def _greet(self, message: ClientMessage | None) -> None:
        if isinstance(message, Hello):
            self._greeting = message
            self.device.configure(message.audio)
            self._hello.set()
        else:
            self._finish(Ending(4400, "the first message must be hello"))

    def _obey(self, message: ClientMessage) -> None:
        seat = self._seat
        match message:
            case Ping(id=id):
                self._send(Pong(id=id))
            case Hello():
                self._tell("invalid", "hello was said already.")
            case _ if seat is None:
                self._tell("not_ready", "Wait for welcome.")
            case PeerSignal():
                self._relay(message, seat)
            case (
                Text()
                | Whisper()
                | TakeOver()
                | HandBack()
                | DeclareTask()
                | ReportTask()
                | FocusTimer()
                | Leave()
                | End()
            ):
                self._queue(message)
            case PushToTalk(on=on):
                seat.push_to_talk(on)
            case InputSwitch(mode=mode):
                seat.set_input(mode)
            case Mute(on=on):
                seat.mute(on)
            case Interrupt():
                seat.interrupt()
            case ToolResult():
                self._calls.answered(message)

    def _relay(self, message: PeerSignal, seat: Seated) -> None:
        if not self._signals.take(anyio.current_time()):
            self._tell("busy", "Too many signals at once: send it again in a moment.")
            return
        try:
            seat.signal(SeatId(message.to), message.data)
        except Invalid as error:
            self._tell(error.code, str(error))

    def _queue(self, command: Command) -> None:
        """For what touches the store: done in order, one at a time, by `_carry_out`."""
        if self._commands is None:
            return
        try:
            self._commands.send_nowait(command)
        except anyio.WouldBlock:
            self._tell("busy", "Too much at once: send it again in a moment.")

    # --- what goes out ---

    def _tell(self, code: str, detail: str) -> None:
        self._send(Failure(code=code, detail=detail))

    def _send(self, message: Pong | Failure | Welcome | ToolCall) -> None:
        self.device.connection.send(message.model_dump_json())

    async def _wait_hello(self) -> Hello | None:
        with anyio.move_on_after(self.wiring.settings.hello.total_seconds()):
            await self._hello.wait()
        if self._greeting is None:
            self._finish(_NO_HELLO)
        return self._greeting

    async def _be_there(self, hello: Hello, viewer: Viewer, id: SessionId) -> None:
        wanted = LiveHello(
            seat=SeatId(hello.seat) if hello.seat else self.device.seat,
            after=hello.after,
            audio=hello.audio.model_dump() if hello.audio is not None else None,
            input=hello.input,
            tools=self._calls.tools(hello.tools),
        )
        try:
            async with self.wiring.use.attach(viewer, id, wanted, self.device.connection) as seat:
                self._welcome(hello, seat)
                async with anyio.create_task_group() as tasks:
                    self._start(tasks, hello, viewer, seat)
        except LiveElsewhere as error:
            self._finish(Ending(1013, _short(str(error))))  # for a while only: the client tries again
        except DomainError as error:
            self._finish(Ending(_CODES.get(rule_of(type(error)).status, 4400), _short(str(error))))
        finally:
            self._calls.close()

    def _welcome(self, hello: Hello, seat: Seated) -> None:
        persona = seat.persona
        wanted = hello.audio if seat.voiced else None  # a format of text alone has none
        audio = DownAudio(down_hz=wanted.down_hz, frame_ms=FRAME_MS) if wanted is not None else None
        self._send(
            Welcome(
                seat=seat.seat,
                session=SessionOut.of(seat.session, self.wiring.clock.now()),
                persona=LivePersona(id=persona.id, name=persona.name, title=persona.title, look=persona.look),
                audio=audio,
                input=hello.input,
            )
        )
        self._seat = seat

    def _start(self, tasks: TaskGroup, hello: Hello, viewer: Viewer, seat: Seated) -> None:
        self._commands, commands = anyio.create_memory_object_stream[Command](_WAITING)
        said_all = anyio.Event()
        tasks.start_soon(self._forward, viewer, seat.session.id, hello.after, said_all)
        tasks.start_soon(self._carry_out, commands, seat)
        tasks.start_soon(self._watch)
        tasks.start_soon(self._wait_over, seat, said_all)

    async def _forward(self, viewer: Viewer, id: SessionId, after: int, said_all: anyio.Event) -> None:
        """The log behind `after`, then what happens. Sets `said_all` once the end of the session was told."""
        connection, texts = self.device.connection, self.wiring.texts
        async with self.wiring.use.follow(viewer, id, after, signals=True) as items:
            async for sent, item in _counted(items):
                match item:
                    case Signal(text):
                        connection.send(text)
                    case Event():
                        connection.send(texts.of(item))
                        if isinstance(item.fact, PhaseChanged) and item.fact.phase in OVER:
                            said_all.set()
                if sent % _BURST == 0:
                    await self._let_catch_up()

    async def _let_catch_up(self) -> None:
        with anyio.move_on_after(_STUCK_S) as stuck:
            await self.device.wait_drained()
        if stuck.cancelled_caught:
            self._finish(_TOO_SLOW)

    async def _carry_out(self, commands: MemoryObjectReceiveStream[Command], seat: Seated) -> None:
        async with commands:
            async for command in commands:
                try:
                    await self._carry_out_one(command, seat)
                except DomainError as error:
                    self._tell(error.code, str(error))

    async def _carry_out_one(self, command: Command, seat: Seated) -> None:
        match command:
            case Text(text=text, id=client_id):
                await seat.say_text(text, client_id)
            case Whisper(text=text):
                await seat.whisper(text)
            case TakeOver():
                await seat.take_over()
            case HandBack(briefing=briefing):
                await seat.hand_back(briefing)
            case DeclareTask(text=text, task=task):
                await seat.declare(text, task)
            case ReportTask(task=task, done=done, text=text):
                await seat.report(task, done, text)
            case FocusTimer(minutes=minutes):
                await seat.focus(minutes)
            case Leave():
                await seat.leave()
                self._finish(_LEFT)
            case End():
                await seat.end()

    async def _watch(self) -> None:
        """Close when nothing arrives any more."""
        limit_s = self.wiring.settings.heartbeat.total_seconds()
        silent = 0
        while silent < 10:
            await anyio.sleep(limit_s / 10)
            silent = 0 if self._alive else silent + 1
            self._alive = False
        self._finish(_SILENT)

    async def _wait_over(self, seat: Seated, said_all: anyio.Event) -> None:
        ended = await seat.wait_over()
        if ended:
            with anyio.move_on_after(_LAST_WORDS_S):
                await said_all.wait()
        self._finish(_OVER if ended else _MOVED)


async def _counted(items: AsyncIterator[Event | Signal]) -> AsyncIterator[tuple[int, Event | Signal]]:
    count = 0
    async for item in items:
        count += 1
        yield count, item


def _short(reason: str) -> str:
    """A close reason has at most 123 bytes (RFC 6455, 5.5)."""
    return reason.encode()[:120].decode(errors="ignore")
