"""A device comes into a session's live room, and goes again."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import anyio

from vivavoce.base import metrics
from vivavoce.base.ids import SeatId, SessionId, TurnId
from vivavoce.domain.errors import SessionNotFound
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.session import Seat, Session
from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.engine.ports import ClientTool, Connection
from vivavoce.engine.room import Input
from vivavoce.services import presence
from vivavoce.services.container import Services
from vivavoce.services.end_session import end_session
from vivavoce.services.format import Modality
from vivavoce.services.guiding import lead
from vivavoce.services.live_rooms import LiveRoom
from vivavoce.services.modalities import require_modality, speaks
from vivavoce.services.persona import Persona
from vivavoce.services.safety.country import country_of
from vivavoce.services.start_session import started
from vivavoce.services.take_seat import leave, own_seat, seat_for, sit_down
from vivavoce.services.together import tasks
from vivavoce.services.together.focus import start_focus, stop_focus


@dataclass(frozen=True, slots=True)
class LiveHello:
    """What a device says first. audio: None for text only. tools: what the AI may have it do."""

    seat: SeatId | None = None
    after: int = 0
    audio: Mapping[str, int] | None = None
    input: Input = "open"
    tools: tuple[ClientTool, ...] = ()


@dataclass(frozen=True, slots=True)
class LiveSeat:
    """A device's hold on its seat in a live room. voiced: it is sent the AI's voice; else the words alone."""

    seat: SeatId
    session: Session
    persona: Persona
    voiced: bool
    _live: LiveRoom
    _viewer: Viewer
    _use: Services

    def hear(self, frame: AudioFrame) -> None:
        self._live.room.hear(self.seat, frame)

    async def say_text(self, text: str, client_id: str | None = None) -> None:
        """A typed turn. The same `client_id` again is the same turn and changes nothing. Raises ModalityNotOffered."""
        require_modality(self._use.format(self.session.format), Modality.TEXT, careful=self._live.room.careful)
        turn = TurnId(f"turn_{self.seat[4:]}_{client_id}") if client_id else None
        await self._live.room.say(self.seat, text, turn=turn)

    def push_to_talk(self, on: bool) -> None:
        self._live.room.push_to_talk(self.seat, on)

    def set_input(self, mode: Input) -> None:
        self._live.room.set_input(self.seat, mode)

    def mute(self, on: bool) -> None:
        self._live.room.mute(self.seat, on)

    def signal(self, to: SeatId, data: object) -> None:
        """For the devices of another seat, as it is. Raises Invalid for a seat that nobody is connected to."""
        self._live.relay(self.seat, to, data)

    async def whisper(self, text: str) -> None:
        await lead.whisper(self._viewer, self.session.id, text, use=self._use)

    async def take_over(self) -> None:
        await lead.take_over(self._viewer, self.session.id, use=self._use)

    async def hand_back(self, briefing: str) -> None:
        await lead.hand_back(self._viewer, self.session.id, briefing, use=self._use)

    async def declare(self, text: str, task: str | None) -> None:
        await tasks.declare(self._viewer, self.session.id, text, task, use=self._use)

    async def report(self, task: str, done: str, text: str) -> None:
        await tasks.report(self._viewer, self.session.id, task, done, text, use=self._use)

    async def focus(self, minutes: int) -> None:
        """0: stop the timer."""
        if minutes:
            await start_focus(self._viewer, self.session.id, minutes, use=self._use)
        else:
            await stop_focus(self._viewer, self.session.id, use=self._use)

    def interrupt(self) -> None:
        self._live.room.interrupt(self.seat)

    async def leave(self) -> None:
        await leave(self._viewer, self.session.id, self.seat, use=self._use)

    async def end(self) -> None:
        await end_session(self._viewer, self.session.id, use=self._use)

    async def wait_over(self) -> bool:
        """Wait until the room no longer runs here. True: the session ended. False: connect again to go on."""
        await self._live.over.wait()
        return self._live.ended


@asynccontextmanager
async def attach(
    viewer: Viewer, id: SessionId, hello: LiveHello, connection: Connection, *, use: Services
) -> AsyncGenerator[LiveSeat]:
    """The device is in the room while the context is open. A session that is ready starts with it.

    Raises SessionNotFound, IllegalTransition, NotAllowed, SessionFull, LiveElsewhere.
    """
    session, seat = await _enter(viewer, id, hello.seat, use)
    try:
        persona = await use.personas.get(viewer, session.persona)
        async with use.message_locks.hold(id):  # a message that is being answered in writing has its answer first
            live = await use.rooms.open(id)
            voiced = hello.audio is not None and speaks(use.format(session.format))
            country = await _country(seat, use)
            live.attach(seat, connection, hello.input, audio=voiced, tools=hello.tools, country=country)
        metrics.connections.labels(transport=connection.name).inc()
        try:
            yield LiveSeat(seat.id, session, persona, voiced, live, viewer, use)
        finally:
            metrics.connections.labels(transport=connection.name).dec()
            live.detach(seat.id, connection)
    finally:
        with anyio.CancelScope(shield=True), anyio.move_on_after(2), suppress(SessionNotFound):  # erased meanwhile
            await presence.went(id, seat.id, use=use)


async def _country(seat: Seat, use: Services) -> str:
    async with use.store.reading() as tx:
        return await country_of(seat.account, tx, use.config.safety.country)


async def _enter(viewer: Viewer, id: SessionId, seat_id: SeatId | None, use: Services) -> tuple[Session, Seat]:
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(viewer, id)
        seat = seat_for(viewer, session) if seat_id is None else own_seat(viewer, session, seat_id)
        session = await started(change, session, use=use)
        session, seat = await sit_down(change, session, seat)
        await presence.came(change, session, seat.id, use=use)
    return session, seat
