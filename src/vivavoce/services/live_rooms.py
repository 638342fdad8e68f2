"""The live rooms this node runs: each under a lease, built from the log, and given up when nobody is connected.

A room is not the session. It can go and come back: after a crash, on another node, or when the people were away, it
is built again from the log and goes on where the conversation was. Only a reason to end ends the session.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final, Protocol

import anyio
import structlog

from vivavoce.base import metrics
from vivavoce.base.ids import NodeId, SeatId, SessionId
from vivavoce.base.locks import KeyedLocks
from vivavoce.domain.errors import Conflict, IllegalTransition, Invalid, Unavailable
from vivavoce.domain.sessions.events import Event
from vivavoce.domain.sessions.session import EndReason, Phase, Seat
from vivavoce.engine.brief import held_to
from vivavoce.engine.ports import ClientTool, Connection, Samples
from vivavoce.engine.pulse import Pulse
from vivavoce.engine.room import Input, Models, Room
from vivavoce.services.briefing import briefing
from vivavoce.services.changes import Records
from vivavoce.services.finish import finish
from vivavoce.services.format import Format
from vivavoce.services.money.charging import microphone_on
from vivavoce.services.persona import ModelsOf, Persona, Personas
from vivavoce.services.ports import SYSTEM, Signal, Transaction
from vivavoce.services.room_settings import room_settings
from vivavoce.services.safety.country import country_of
from vivavoce.services.stored_log import LEASE_S, StoredLog, following, transcript_from

log = structlog.get_logger()

_RENEW_S: Final = 0.5
_CLOSE_S: Final = 3.0  # for storing how a room ended and giving its lease back; all rooms close at the same time
_VACANT_S: Final = 20.0  # a room nobody is connected to is given up after this long; the session goes on
_AGAIN_S: Final = 1.0
_CRASHES: Final = 3  # a room that fails so often in one process ends its session as a platform fault


class LiveElsewhere(Conflict):
    code = "live_elsewhere"


class Tape(Protocol):
    """Writes what was consented to. `push` never blocks."""

    def push(self, seat: SeatId | None, samples: Samples, rate_hz: int, at_ms: int) -> None: ...

    async def aclose(self) -> None: ...


@dataclass(slots=True, eq=False)
class LiveRoom:
    """One room that runs here. over: set once it no longer does; `ended` then says whether the session did."""

    id: SessionId
    room: Room
    tape: Tape
    scope: anyio.CancelScope
    over: anyio.Event = field(default_factory=anyio.Event)
    changed: anyio.Event = field(default_factory=anyio.Event)
    sounded: anyio.Event = field(default_factory=anyio.Event)  # a microphone is on
    ended: bool = False
    seen: int = 0  # the last event that the room knows of
    seats: dict[SeatId, Seat] = field(default_factory=dict[SeatId, Seat])
    connections: list[tuple[SeatId, Connection]] = field(default_factory=list[tuple[SeatId, Connection]])
    microphone: SeatId | None = None  # the first one that was on

    def welcome_back(self, seat: Seat) -> None:
        """A seat is present, or renewed its name or consent."""
        if seat.id in self.seats:
            self.seats[seat.id] = seat
            self.room.join(seat)

    def attach(
        self,
        seat: Seat,
        connection: Connection,
        mode: Input,
        *,
        audio: bool,
        tools: Sequence[ClientTool] = (),
        country: str = "",
    ) -> None:
        self.seats[seat.id] = seat
        self.room.join(seat, country)
        self.room.attach(seat.id, connection, input=mode, audio=audio, tools=tools)
        self.connections.append((seat.id, connection))
        self._touch()

    def detach(self, seat: SeatId, connection: Connection) -> None:
        self.connections = [pair for pair in self.connections if pair[1] is not connection]
        self.room.detach(seat, connection)
        self._touch()

    def leave(self, seat: SeatId, cause: str) -> list[Connection]:
        """The seat is empty. Gives its devices, which have no business here any more and are to be closed."""
        if self.seats.pop(seat, None) is not None:
            self.room.leave(seat, cause)
        return [connection for known, connection in self.connections if known == seat]

    def heard(self, who: SeatId | None, samples: Samples, rate_hz: int, at_ms: int) -> None:
        """The room's tap. Only seats that consented are kept; the AI's voice when anybody did."""
        if who is not None and self.microphone is None:
            self.microphone = who
            self.sounded.set()
        consented = any(seat.record for seat in self.seats.values())
        if consented if who is None else (who in self.seats and self.seats[who].record):
            self.tape.push(who, samples, rate_hz, at_ms)

    def relay(self, sender: SeatId, to: SeatId, data: object) -> None:
        """Hand `data` to the devices of a seat, from another. Raises Invalid if nobody is connected there."""
        devices = [connection for known, connection in self.connections if known == to]
        if not devices or to == sender:
            raise Invalid("There is no device of that seat.")
        text = json.dumps({"type": "signal", "from": sender, "data": data}, separators=(",", ":"))
        for device in devices:
            device.send(text)

    def _touch(self) -> None:
        self.changed.set()
        self.changed = anyio.Event()


class LiveRooms:
    """All live rooms of this node. Runs as one task: `async with rooms: ...`."""

    def __init__(
        self,
        *,
        node: NodeId,
        records: Records,
        formats: Mapping[str, Format],
        personas: Personas,
        models: Models,
        pulse: Pulse,
        new_tape: Callable[[SessionId], Tape],
        models_of: ModelsOf | None = None,
    ) -> None:
        self._node = node
        self._records = records
        self._formats = formats
        self._personas = personas
        self._models = models
        self._models_of = models_of
        self._pulse = pulse
        self._new_tape = new_tape
        self._rooms: dict[SessionId, LiveRoom] = {}
        self._opening = KeyedLocks()
        self._crashes: dict[SessionId, int] = {}
        self._first = anyio.Event()  # set when a room opens where there was none
        self._tasks = anyio.create_task_group()

    async def __aenter__(self) -> "LiveRooms":
        await self._tasks.__aenter__()
        self._tasks.start_soon(self._keep_leases)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        """Give every room up in good order; the log has all that is needed to go on elsewhere."""
        held = list(self._rooms.values())
        with anyio.CancelScope(shield=True), anyio.move_on_after(_CLOSE_S):
            for live in held:
                live.scope.cancel()
            for live in held:
                await live.over.wait()
        self._tasks.cancel_scope.cancel()
        return await self._tasks.__aexit__(kind, error, trace)

    def find(self, id: SessionId) -> LiveRoom | None:
        return self._rooms.get(id)

    async def open(self, id: SessionId) -> LiveRoom:
        """The session's room here, running.

        Raises SessionNotFound, IllegalTransition if the session is not active, LiveElsewhere while another node has it.
        """
        async with self._opening.hold(id):
            live = self._rooms.get(id)
            if live is not None and not live.scope.cancel_called:
                return live
            if live is not None:
                await live.over.wait()
            live = await self._build(id)
            self._rooms[id] = live
            self._first.set()
            self._tasks.start_soon(self._supervise, live)
            return live

    async def _build(self, id: SessionId) -> LiveRoom:
        now = self._records.clock.now()
        async with self._records.store.transaction() as tx:
            session = await tx.sessions.lock(SYSTEM, id)
            if session.phase is not Phase.ACTIVE:
                raise IllegalTransition(f"A session that is {session.phase} has no live room.")
            if not await tx.leases.take(id, self._node, now, LEASE_S):
                raise LiveElsewhere("This session is live on another node: connect there, or try again in a moment.")
            persona = await self._personas.get(SYSTEM, session.persona)
            past = await transcript_from(SYSTEM, session, persona.name, tx)
            format, scope = self._formats[session.format], anyio.CancelScope()
            told = await briefing(session, format, tx)
            country = await country_of(session.owner, tx)
        started_ms_ago = round((now - (session.started_at or now)).total_seconds() * 1000)
        bus = self._records.bus
        room = Room(
            room_settings(session, format, persona, told, country),
            past,
            started_ms_ago=started_ms_ago,
            models=self._models_for(persona),
            pulse=self._pulse,
            log=StoredLog(id, self._records, self._node, format.idle_s, lost=scope.cancel),
            signal=lambda message: bus.publish(id, [Signal(json.dumps(message, separators=(",", ":")))]),
            clock_ms=self._records.clock.monotonic_ms,
        )
        live = LiveRoom(id, room, self._new_tape(id), scope)
        live.seen = past.last_seq
        room.tap = live.heard
        return live

    def _models_for(self, persona: Persona) -> Models:
        own = self._models_of(persona.models) if self._models_of is not None and persona.models else self._models
        return held_to(own, persona.reply_words)

    async def _supervise(self, live: LiveRoom) -> None:
        """Run one room to its end, whatever that is; nothing that fails in it reaches another."""
        reason: EndReason | None = None
        metrics.rooms_live.inc()
        with structlog.contextvars.bound_contextvars(session=live.id):
            try:
                with live.scope:
                    async with anyio.create_task_group() as tasks:
                        tasks.start_soon(_give_up_when_vacant, live)
                        tasks.start_soon(self._note_microphone, live)
                        tasks.start_soon(self._tell_room, live)
                        reason = await live.room.run()
                        tasks.cancel_scope.cancel()
            except Exception as error:  # noqa: BLE001 - the room's supervisor: recorded, and ends this one room
                reason = self._count_crash(live.id, error)
            finally:
                metrics.rooms_live.dec()
                await self._close(live, reason)

    async def _tell_room(self, live: LiveRoom) -> None:
        """What others write into the session's log reaches its room."""
        while True:
            try:
                async with aclosing(following(live.id, live.seen, self._records)) as events:
                    async for event in events:
                        live.seen = event.seq
                        live.room.told(event.fact)
            except Unavailable as error:
                log.warning("room.log_not_read", error=str(error))
                await anyio.sleep(_AGAIN_S)

    async def _note_microphone(self, live: LiveRoom) -> None:
        """Record once that a microphone went on. A store that does not answer is asked again."""
        await live.sounded.wait()
        seat, at = live.microphone, self._records.clock.now()
        assert seat is not None
        while True:
            try:
                async with self._records.change() as change:
                    session = await change.tx.sessions.lock(SYSTEM, live.id)
                    await microphone_on(change, session, seat, at)
                return
            except Unavailable as error:
                log.warning("room.microphone_not_noted", error=str(error))
                await anyio.sleep(_AGAIN_S)

    def _count_crash(self, id: SessionId, error: Exception) -> EndReason | None:
        self._crashes[id] = self._crashes.get(id, 0) + 1
        log.error("room.failed", fault=type(error).__name__, times=self._crashes[id], exc_info=error)
        return EndReason.PLATFORM_FAULT if self._crashes[id] >= _CRASHES else None

    async def _close(self, live: LiveRoom, reason: EndReason | None) -> None:
        try:
            with anyio.CancelScope(shield=True), anyio.move_on_after(_CLOSE_S):
                if reason is not None:
                    await finish(SYSTEM, live.id, reason, records=self._records)
                live.ended = await self._let_go(live.id)
                await live.tape.aclose()
        except Exception as error:
            log.error("room.not_closed", fault=type(error).__name__, exc_info=error)
        finally:
            if live.ended:
                self._crashes.pop(live.id, None)
            del self._rooms[live.id]
            live.over.set()

    async def _let_go(self, id: SessionId) -> bool:
        """Give the lease back. True: the session is over. If another node ended it, its end is told here too."""
        async with self._records.store.transaction() as tx:
            await tx.leases.release(id, self._node)
            if id not in await tx.sessions.ended([id]):
                return False
            session = await tx.sessions.get(SYSTEM, id)
            last = await tx.log.after(SYSTEM, id, session.last_seq - 1)
        self._records.bus.publish(id, last)  # who lacks what was before it reads the log
        return True

    async def _keep_leases(self) -> None:
        """Renew all until cancelled. A lease that was lost, or a session that ended elsewhere, stops its room."""
        while True:
            while not self._rooms:
                self._first = anyio.Event()
                await self._first.wait()
            await anyio.sleep(_RENEW_S)
            held = list(self._rooms.values())
            try:
                async with self._records.store.transaction() as tx:
                    now = self._records.clock.now()
                    kept = await tx.leases.renew([live.id for live in held], self._node, now, LEASE_S)
                    over = await tx.sessions.ended([live.id for live in held])
                    missed = await _missed(held, tx)
            except Unavailable as error:  # tried again; the leases last a little longer than one beat
                log.warning("rooms.leases_not_renewed", error=str(error))
                continue
            for live, events in missed:
                self._records.bus.publish(live.id, events)  # who has them already passes them over
            for live in held:
                if live.id in over or live.id not in kept:
                    live.scope.cancel()


async def _missed(held: Sequence[LiveRoom], tx: Transaction) -> list[tuple[LiveRoom, list[Event]]]:
    """What was written into the logs of these rooms by other nodes, whose bus does not reach us."""
    last = await tx.sessions.last_seqs([live.id for live in held])
    behind = [live for live in held if last.get(live.id, 0) > live.seen]
    return [(live, await tx.log.after(SYSTEM, live.id, live.seen)) for live in behind]


async def _give_up_when_vacant(live: LiveRoom) -> None:
    while True:
        changed = live.changed
        if live.connections:
            await changed.wait()
            continue
        with anyio.move_on_after(_VACANT_S) as waited:
            await changed.wait()
        if waited.cancelled_caught and not live.connections:
            live.scope.cancel()
