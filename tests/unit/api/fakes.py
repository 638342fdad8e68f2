"""The use cases in a few dictionaries, so that the interface can be tested without engine and providers."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import anyio
from anyio.streams.memory import MemoryObjectSendStream

from vivavoce.api.wiring import ApiSettings, Wiring
from vivavoce.base.ids import ReplyId, SeatId, SessionId
from vivavoce.domain.errors import (
    DomainError,
    FormatNotFound,
    IllegalTransition,
    Invalid,
    MediaNotFound,
    NotAllowed,
    PersonaNotFound,
    SessionNotFound,
)
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.events import (
    Event,
    Fact,
    PhaseChanged,
    SeatJoined,
    SessionCreated,
)
from vivavoce.domain.sessions.session import Address, EndReason, Phase, Role, Seat, Session
from vivavoce.domain.sessions.transcript import Transcript, read
from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.engine.ports import Connection
from vivavoce.engine.room import Input
from vivavoce.services.format import Format, Modality
from vivavoce.services.live import LiveHello
from vivavoce.services.open_session import NewSession
from vivavoce.services.persona import Persona
from vivavoce.services.ports import Asking, Cursor, Page, Signal
from vivavoce.services.prepare_session import Upload
from vivavoce.services.send_message import Exchange
from vivavoce.services.spoken import Kind
from vivavoce.services.transcripts import Recording
from vivavoce.storage.memory import MemoryStore

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
FORMAT = Format(
    name="coaching",
    title="Coaching",
    description="One to one with a coach.",
    modalities=frozenset({Modality.TEXT, Modality.VOICE}),
    persona="ada",
    instructions="Ask.",
    script="coaching",
)
ADA = Persona("ada", "Ada", "Coach", "You are Ada.")


@dataclass(slots=True)
class SetClock:
    at: datetime = NOON

    def now(self) -> datetime:
        return self.at

    def monotonic_ms(self) -> int:
        return 0


class OnePersona:
    async def get(self, asking: Asking, id: str) -> Persona:
        if id != ADA.id:
            raise PersonaNotFound(f"There is no persona called {id!r}.")
        return ADA

    async def all(self, asking: Asking) -> list[Persona]:
        return [ADA]


@dataclass(slots=True, eq=False)
class FakeSeat:
    """Writes down what a device does; `say_text` and the rest raise what `fails` holds for them."""

    seat: SeatId
    session: Session
    persona: Persona
    hello: LiveHello
    connection: Connection
    use: "FakeUseCases"
    did: list[tuple[object, ...]] = field(default_factory=list[tuple[object, ...]])
    frames: list[AudioFrame] = field(default_factory=list[AudioFrame])
    over: anyio.Event = field(default_factory=anyio.Event)
    ended: bool = True
    voiced: bool = True

    def hear(self, frame: AudioFrame) -> None:
        self.frames.append(frame)

    async def say_text(self, text: str, client_id: str | None = None) -> None:
        self.use.raise_if_asked("say_text")
        self.did.append(("say", text, client_id))

    def push_to_talk(self, on: bool) -> None:
        self.did.append(("ptt", on))

    def set_input(self, mode: Input) -> None:
        self.did.append(("input", mode))

    def mute(self, on: bool) -> None:
        self.did.append(("mute", on))

    def interrupt(self) -> None:
        self.did.append(("interrupt",))

    def signal(self, to: SeatId, data: object) -> None:
        if to == self.seat:
            raise Invalid("There is no device of that seat.")
        self.did.append(("signal", to, data))

    async def whisper(self, text: str) -> None:
        self.did.append(("whisper", text))

    async def take_over(self) -> None:
        self.did.append(("take_over",))

    async def hand_back(self, briefing: str) -> None:
        self.did.append(("hand_back", briefing))

    async def declare(self, text: str, task: str | None) -> None:
        self.did.append(("declare", text, task))

    async def report(self, task: str, done: str, text: str) -> None:
        self.did.append(("report", task, done, text))

    async def focus(self, minutes: int) -> None:
        self.did.append(("focus", minutes))

    async def leave(self) -> None:
        self.did.append(("leave",))

    async def end(self) -> None:
        self.use.raise_if_asked("end")
        await self.use.end_session_of(self.session.id, EndReason.ENDED_BY_HOST)
        self.over.set()

    async def wait_over(self) -> bool:
        await self.over.wait()
        return self.ended


@dataclass(slots=True, eq=False)
class FakeUseCases:
    """fails: the error that the use case of this name raises instead of doing its work."""

    clock: SetClock = field(default_factory=SetClock)
    sessions: dict[SessionId, Session] = field(default_factory=dict[SessionId, Session])
    logs: dict[SessionId, list[Event]] = field(default_factory=dict[SessionId, list[Event]])
    fails: dict[str, Exception] = field(default_factory=dict[str, Exception])
    calls: list[tuple[object, ...]] = field(default_factory=list[tuple[object, ...]])
    seats: list[FakeSeat] = field(default_factory=list[FakeSeat])
    failing: list[str] = field(default_factory=list[str])
    attached: anyio.Event = field(default_factory=anyio.Event)
    _listeners: dict[SessionId, list[MemoryObjectSendStream[Event | Signal]]] = field(
        default_factory=dict[SessionId, list[MemoryObjectSendStream[Event | Signal]]]
    )

    def raise_if_asked(self, name: str) -> None:
        if name in self.fails:
            raise self.fails[name]

    # --- what tests do to it ---

    def tell(self, id: SessionId, *items: Fact | Signal) -> None:
        """Store facts, and hand them and signals to all who listen."""
        for item in items:
            if isinstance(item, Signal):
                told: Event | Signal = item
            else:
                session = self.sessions[id]
                told = Event(id, session.last_seq + 1, self.clock.now(), item)
                self.sessions[id] = replace(session, last_seq=told.seq)
                self.logs[id].append(told)
            for listener in self._listeners.get(id, []):
                listener.send_nowait(told)

    async def end_session_of(self, id: SessionId, reason: EndReason) -> None:
        for phase in (Phase.ANALYZING, Phase.COMPLETE):
            session = self.sessions[id]
            entered = {**session.entered, phase: self.clock.now()}
            self.sessions[id] = replace(session, phase=phase, entered=entered, end_reason=reason)
            self.tell(id, PhaseChanged(phase, session.phase, reason))

    # --- UseCases ---

    async def open_session(self, viewer: Viewer, new: NewSession) -> Session:
        self.raise_if_asked("open_session")
        if new.format != FORMAT.name:
            raise FormatNotFound(f"There is no format called {new.format!r}.")
        if new.persona not in (None, ADA.id):
            raise PersonaNotFound(f"There is no persona called {new.persona!r}.")
        number = len(self.sessions) + 1
        id = SessionId(f"ses_{number:026}")
        seat = Seat(SeatId(f"sea_{number:026}"), "You", Role.HOST, viewer.account)
        session = Session(
            id,
            viewer.community,
            viewer.account,
            new.format,
            ADA.id,
            Phase.READY,
            self.clock.now() + timedelta(seconds=number),
            title=new.title or "Coaching with Ada",
            variables=dict(new.variables),
            seats=(seat,),
            project=new.project,
            scheduled_for=new.scheduled_for,
        )
        self.sessions[id] = session
        self.logs[id] = []
        self.tell(id, SessionCreated(new.format, ADA.id, session.title))
        return self.sessions[id]

    async def get_session(self, viewer: Viewer, id: SessionId) -> Session:
        self.raise_if_asked("get_session")
        session = self.sessions.get(id)
        if session is None or session.community != viewer.community:
            raise SessionNotFound("There is no such session, or it is not yours.")
        return session

    async def list_sessions(
        self, viewer: Viewer, *, after: Cursor | None, limit: int, phases: frozenset[Phase] | None, listed: bool
    ) -> Page:
        found = sorted(self.sessions.values(), key=lambda one: (one.created_at, one.id), reverse=True)
        if listed:
            found = [one for one in found if one.listed]
        if phases is not None:
            found = [one for one in found if one.phase in phases]
        if after is not None:
            found = [one for one in found if (one.created_at, one.id) < (after.created_at, after.id)]
        last = found[limit - 1] if len(found) > limit else None
        return Page(tuple(found[:limit]), Cursor(last.created_at, last.id) if last is not None else None)

    async def setup_session(
        self, viewer: Viewer, id: SessionId, answers: Mapping[str, str], document: Upload | None = None
    ) -> Session:
        self.raise_if_asked("setup_session")
        await self.get_session(viewer, id)
        self.calls.append(("setup_session", answers, document))
        raise IllegalTransition("A coaching session needs no set-up: it can be started as it is.")

    async def start_session(self, viewer: Viewer, id: SessionId, mic_on_at: datetime | None = None) -> Session:
        session = await self.get_session(viewer, id)
        if session.phase is Phase.ACTIVE:
            return session
        if session.phase is not Phase.READY:
            raise IllegalTransition(f"A session that is {session.phase} cannot be started.")
        entered = {**session.entered, Phase.ACTIVE: self.clock.now()}
        self.sessions[id] = replace(session, phase=Phase.ACTIVE, entered=entered)
        self.tell(id, PhaseChanged(Phase.ACTIVE, Phase.READY))
        return self.sessions[id]

    async def join(self, viewer: Viewer, id: SessionId, *, name: str | None, record: bool) -> tuple[Session, Seat]:
        session = await self.get_session(viewer, id)
        self.raise_if_asked("join")
        seat = replace(session.seats[0], name=name or "You", record=record, joined_at=self.clock.now())
        self.sessions[id] = replace(session, seats=(seat,))
        self.tell(id, SeatJoined(seat.id, seat.name, seat.role, record))
        return self.sessions[id], seat

    async def leave(self, viewer: Viewer, id: SessionId, seat: SeatId | None) -> Session:
        session = await self.get_session(viewer, id)
        if seat is not None and seat != session.seats[0].id:
            raise NotAllowed("You have no such seat in this session: join it first.")
        return session

    async def end_session(self, viewer: Viewer, id: SessionId) -> Session:
        session = await self.get_session(viewer, id)
        if session.phase is Phase.ACTIVE:
            await self.end_session_of(id, EndReason.ENDED_BY_HOST)
        return self.sessions[id]

    async def set_address(self, viewer: Viewer, id: SessionId, address: Address) -> Session:
        self.sessions[id] = replace(await self.get_session(viewer, id), address=address)
        return self.sessions[id]

    async def switch_assistant(self, viewer: Viewer, id: SessionId, *, on: bool) -> Session:
        return await self.set_address(viewer, id, Address.EVERYONE if on else Address.NOBODY)

    async def send_text(self, viewer: Viewer, id: SessionId, text: str, *, message_id: str | None) -> Exchange:
        session = await self.get_session(viewer, id)
        self.raise_if_asked("send_text")
        self.calls.append(("send_text", text, message_id))
        return Exchange(text, "What else?", ReplyId("rep_1"), session)

    async def send_audio(self, viewer: Viewer, id: SessionId, content: bytes, *, message_id: str | None) -> Exchange:
        session = await self.get_session(viewer, id)
        self.raise_if_asked("send_audio")
        self.calls.append(("send_audio", content, message_id))
        return Exchange("what was understood", "", None, session)

    async def events_after(self, viewer: Viewer, id: SessionId, seq: int, limit: int) -> list[Event]:
        await self.get_session(viewer, id)
        return [event for event in self.logs[id] if event.seq > seq][:limit]

    @asynccontextmanager
    async def follow(
        self, viewer: Viewer, id: SessionId, seq: int, *, signals: bool
    ) -> AsyncGenerator[AsyncIterator[Event | Signal]]:
        await self.get_session(viewer, id)
        send, receive = anyio.create_memory_object_stream[Event | Signal](10_000)
        for event in self.logs[id]:
            if event.seq > seq:
                send.send_nowait(event)
        listeners = self._listeners.setdefault(id, [])
        listeners.append(send)

        async def items() -> AsyncGenerator[Event | Signal]:
            async for item in receive:
                if signals or isinstance(item, Event):
                    yield item

        try:
            yield items()
        finally:
            listeners.remove(send)
            send.close()
            receive.close()

    async def transcript_of(self, viewer: Viewer, id: SessionId) -> Transcript:
        await self.get_session(viewer, id)
        return read(self.logs[id], ADA.name)

    async def recordings(self, viewer: Viewer, id: SessionId) -> list[Recording]:
        await self.get_session(viewer, id)
        return [Recording(None, "assistant-0.ogg", 0)]

    async def recording(self, viewer: Viewer, id: SessionId, name: str) -> bytes:
        await self.get_session(viewer, id)
        if name != "assistant-0.ogg":
            raise MediaNotFound("There is no such recording.")
        return bytes(range(100))

    async def reply_audio(self, viewer: Viewer, id: SessionId, reply: ReplyId, kind: Kind) -> bytes:
        await self.get_session(viewer, id)
        self.raise_if_asked("reply_audio")
        if reply != "rep_1":
            raise MediaNotFound("There is no such reply in this session.")
        return (kind.encode() * 50)[:100]

    @asynccontextmanager
    async def attach(
        self, viewer: Viewer, id: SessionId, hello: LiveHello, connection: Connection
    ) -> AsyncGenerator[FakeSeat]:
        await self.start_session(viewer, id)
        self.raise_if_asked("attach")
        session = self.sessions[id]
        mine = session.seats[0].id
        if hello.seat not in (None, mine):
            raise NotAllowed("You have no such seat in this session: join it first.")
        seat = FakeSeat(mine, session, ADA, hello, connection, self)
        self.seats.append(seat)
        self.attached.set()
        yield seat

    async def status(self) -> Mapping[str, object]:
        part = {"name": "scripted", "offline": True, "note": None}
        return {"language_model": part, "speech_to_text": part, "text_to_speech": part}

    async def readiness(self) -> Sequence[str]:
        return self.failing


def wiring(use: FakeUseCases, **settings: Any) -> Wiring:
    return Wiring(
        use=use,
        store=MemoryStore(),
        clock=use.clock,
        formats={FORMAT.name: FORMAT},
        personas=OnePersona(),
        settings=ApiSettings(**settings),
    )


def domain_error(kind: type[DomainError]) -> DomainError:
    return kind("A sentence that says what to do.")
