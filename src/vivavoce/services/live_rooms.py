"""The live rooms this node runs: each under a lease, built from the log, and given up when nobody is connected.

A room is not the session. It can go and come back: after a crash, on another node, or when the people were away, it
is built again from the log and goes on where the conversation was. Only a reason to end ends the session.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Final, Protocol

import anyio
import structlog
from anyio.abc import TaskGroup

from vivavoce.base import metrics
from vivavoce.base.ids import NodeId, SeatId, SessionId
from vivavoce.domain.errors import Conflict, Unavailable
from vivavoce.domain.sessions.session import EndReason, Seat, Session
from vivavoce.engine.ports import ClientTool, Connection, Samples
from vivavoce.engine.pulse import Pulse
from vivavoce.engine.room import Input, Models, Room
from vivavoce.services.changes import Records
from vivavoce.services.finish import finish
from vivavoce.services.ports import SYSTEM, Format, Personas, Signal
from vivavoce.services.room_settings import room_settings
from vivavoce.services.stored_log import StoredLog, transcript_from

log = structlog.get_logger()

LEASE_S: Final = 2.0  # another node may take a dead node's rooms after this long
_RENEW_S: Final = 0.5
_VACANT_S: Final = 20.0  # a room nobody is connected to is given up after this long; the session goes on
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
    scope: anyio.CancelScope = field(default_factory=anyio.CancelScope)
    over: anyio.Event = field(default_factory=anyio.Event)
    changed: anyio.Event = field(default_factory=anyio.Event)
    ended: bool = False
    seats: dict[SeatId, Seat] = field(default_factory=dict[SeatId, Seat])
    connections: list[tuple[SeatId, Connection]] = field(default_factory=list[tuple[SeatId, Connection]])

    def welcome_back(self, seat: Seat) -> None:
        """A seat is present, or renewed its name or consent."""
        if seat.id in self.seats:
            self.seats[seat.id] = seat
            self.room.join(seat)

    def attach(
        self, seat: Seat, connection: Connection, mode: Input, *, audio: bool, tools: Sequence[ClientTool] = ()
    ) -> None:
        self.seats[seat.id] = seat
        self.room.join(seat)
        self.room.attach(seat.id, connection, input=mode, audio=audio, tools=tools)
        self.connections.append((seat.id, connection))
        self._touch()

    def detach(self, seat: SeatId, connection: Connection) -> None:
        self.connections = [pair for pair in self.connections if pair[1] is not connection]
        self.room.detach(seat, connection)
        self._touch()

    def leave(self, seat: SeatId, cause: str) -> None:
        if self.seats.pop(seat, None) is not None:
            self.room.leave(seat, cause)

    def connected(self, seat: SeatId) -> bool:
        return any(known == seat for known, _ in self.connections)

    def heard(self, who: SeatId | None, samples: Samples, rate_hz: int, at_ms: int) -> None:
        """The room's tap. Only seats that consented are kept; the AI's voice when anybody did."""
        consented = any(seat.record for seat in self.seats.values())
        if consented if who is None else (who in self.seats and self.seats[who].record):
            self.tape.push(who, samples, rate_hz, at_ms)

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
    ) -> None:
        self._node = node
        self._records = records
        self._formats = formats
        self._personas = personas
        self._models = models
        self._pulse = pulse
        self._new_tape = new_tape
        self._rooms: dict[SessionId, LiveRoom] = {}
        self._opening: dict[SessionId, anyio.Lock] = {}
        self._crashes: dict[SessionId, int] = {}
        self._tasks: TaskGroup | None = None
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> "LiveRooms":
        self._tasks = await self._stack.enter_async_context(anyio.create_task_group())
        self._tasks.start_soon(self._keep_leases)
        return self

    async def __aexit__(self, *exc: object) -> None:
        """Give every room up in good order; the log has all that is needed to go on elsewhere."""
        held = list(self._rooms.values())
        for live in held:
            live.scope.cancel()
        try:
            for live in held:
                await live.over.wait()
        finally:
            if self._tasks is not None:
                self._tasks.cancel_scope.cancel()
            await self._stack.aclose()

    def find(self, id: SessionId) -> LiveRoom | None:
        return self._rooms.get(id)

    async def open(self, session: Session) -> LiveRoom:
        """The session's room here, running. Raises LiveElsewhere while another node has it."""
        lock = self._opening.setdefault(session.id, anyio.Lock())
        async with lock:
            live = self._rooms.get(session.id)
            if live is not None and not live.scope.cancel_called:
                return live
            if live is not None:
                await live.over.wait()
            live = await self._build(session)
            self._rooms[session.id] = live
            assert self._tasks is not None, "used outside its context"
            self._tasks.start_soon(self._supervise, live, session)
            return live

    async def _build(self, session: Session) -> LiveRoom:
        now = self._records.clock.now()
        format = self._formats[session.format]
        persona = await self._personas.get(SYSTEM, session.persona)
        async with self._records.store.transaction() as tx:
            if not await tx.leases.take(session.id, self._node, now, LEASE_S):
                raise LiveElsewhere("This session is live on another node: connect there, or try again in a moment.")
            past = await transcript_from(SYSTEM, session, persona.name, tx)
        started_ms_ago = round((now - (session.started_at or now)).total_seconds() * 1000)
        bus = self._records.bus
        room = Room(
            room_settings(session, format, persona),
            past,
            started_ms_ago=started_ms_ago,
            models=self._models,
            pulse=self._pulse,
            log=StoredLog(session.id, self._records, format.idle_s),
            signal=lambda message: bus.publish(session.id, [Signal(json.dumps(message, separators=(",", ":")))]),
            clock_ms=self._records.clock.monotonic_ms,
        )
        live = LiveRoom(session.id, room, self._new_tape(session.id))
        room.tap = live.heard
        return live

    async def _supervise(self, live: LiveRoom, session: Session) -> None:
        """Run one room to its end, whatever that is; nothing that fails in it reaches another."""
        reason: EndReason | None = None
        metrics.rooms_live.inc()
        with structlog.contextvars.bound_contextvars(session=live.id):
            try:
                with live.scope:
                    async with anyio.create_task_group() as tasks:
                        tasks.start_soon(_give_up_when_vacant, live)
                        reason = await live.room.run()
                        tasks.cancel_scope.cancel()
            except Exception as error:  # noqa: BLE001 - the room's supervisor: recorded, and ends this one room
                reason = self._count_crash(live.id, error)
            finally:
                metrics.rooms_live.dec()
                with anyio.CancelScope(shield=True), anyio.move_on_after(5):
                    await self._close(live, reason)

    def _count_crash(self, id: SessionId, error: Exception) -> EndReason | None:
        self._crashes[id] = self._crashes.get(id, 0) + 1
        log.error("room.failed", fault=type(error).__name__, times=self._crashes[id], exc_info=error)
        return EndReason.PLATFORM_FAULT if self._crashes[id] >= _CRASHES else None

    async def _close(self, live: LiveRoom, reason: EndReason | None) -> None:
        try:
            if reason is not None:
                await finish(SYSTEM, live.id, reason, records=self._records)
                self._crashes.pop(live.id, None)
                live.ended = True
            await live.tape.aclose()
            async with self._records.store.transaction() as tx:
                await tx.leases.release(live.id, self._node)
        finally:
            del self._rooms[live.id]
            if live.ended:
                self._opening.pop(live.id, None)
            live.over.set()

    async def _keep_leases(self) -> None:
        """Renew all until cancelled. A lease that was lost, or a session that ended elsewhere, stops its room."""
        while True:
            await anyio.sleep(_RENEW_S)
            held = list(self._rooms.values())
            if not held:
                continue
            try:
                async with self._records.store.transaction() as tx:
                    now = self._records.clock.now()
                    kept = await tx.leases.renew([live.id for live in held], self._node, now, LEASE_S)
                    over = await tx.sessions.ended([live.id for live in held])
            except Unavailable as error:  # tried again; the leases last a little longer than one beat
                log.warning("rooms.leases_not_renewed", error=str(error))
                continue
            for live in held:
                if live.id in over:
                    live.room.end(over[live.id], goodbye=False)
                elif live.id not in kept and not live.over.is_set():
                    log.warning("room.lease_lost", session=live.id)
                    live.scope.cancel()


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
