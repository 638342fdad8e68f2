"""A session's log in the store: read whole, and written by its room."""

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import replace
from typing import Final

import anyio

from vivavoce.base.ids import NodeId, SessionId
from vivavoce.domain.sessions.events import AssistantChanged, Event, Fact, TurnHeard, WrapUpChanged
from vivavoce.domain.sessions.session import Phase, Session
from vivavoce.domain.sessions.transcript import Transcript, extend
from vivavoce.services.changes import Records
from vivavoce.services.money.charging import first_words
from vivavoce.services.ports import SYSTEM, Asking, JobKind, Lagged, Transaction
from vivavoce.services.safety.notice import notice

LEASE_S: Final = 2.0  # another node may take a dead node's rooms after this long
_PAGE: Final = 500


async def whole_log(asking: Asking, id: SessionId, tx: Transaction, after: int = 0) -> list[Event]:
    """All of a session's events behind number `after`. Raises SessionNotFound."""
    events: list[Event] = []
    while True:
        page = await tx.log.after(asking, id, events[-1].seq if events else after, _PAGE)
        events.extend(page)
        if len(page) < _PAGE:
            return events


async def transcript_from(asking: Asking, session: Session, persona_name: str, tx: Transaction) -> Transcript:
    """The session as its log tells it. Raises SessionNotFound."""
    return extend(Transcript(persona_name), await whole_log(asking, session.id, tx))


async def following(id: SessionId, seq: int, records: Records) -> AsyncGenerator[Event]:
    """The session's events behind `seq`, in order, each once, then those that happen; until it is closed."""
    while True:
        async with records.bus.listen(id, signals=False) as listener:  # first listen, then read: no gap
            async with records.store.reading() as tx:
                missed = await tx.log.after(SYSTEM, id, seq)
            for event in missed:
                seq = event.seq
                yield event
            try:
                async for item in listener:
                    if not isinstance(item, Event) or item.seq <= seq:
                        continue
                    if item.seq > seq + 1:
                        break  # something is missing in between: read it
                    seq = item.seq
                    yield item
            except Lagged:
                continue


class StoredLog:
    """A room's way to the store: what it says is stored, then told. Implements engine.room.RoomLog.

    A room that lost its lease, or whose session was ended, stores nothing more: another may be writing in its place.
    lost: called then; it cancels the room.
    """

    def __init__(
        self, id: SessionId, records: Records, node: NodeId, idle_s: float, *, lost: Callable[[], None]
    ) -> None:
        self._id = id
        self._records = records
        self._node = node
        self._idle_s = idle_s
        self._lost = lost

    async def record(self, facts: Sequence[Fact]) -> None:
        async with self._records.change() as change:
            session = await change.tx.sessions.lock(SYSTEM, self._id)
            ours = await change.tx.leases.take(self._id, self._node, change.at, LEASE_S)
            if not ours or session.phase is not Phase.ACTIVE:
                self._lost()
                await anyio.sleep_forever()  # until it is cancelled, a moment from now; nothing is committed
            if any(isinstance(fact, TurnHeard | WrapUpChanged | AssistantChanged) for fact in facts):
                session = kept_up(session, facts)
                await change.tx.sessions.save(session)
            if any(isinstance(fact, TurnHeard) for fact in facts):
                await change.push_back(JobKind.IDLE, self._id, self._idle_s)
            await change.record_all(self._id, facts)
            await notice(change, session, facts)
            await first_words(change, session, facts)


def kept_up(session: Session, facts: Sequence[Fact]) -> Session:
    """The session's own columns after `facts`: how many messages, how far the wrap-up, who may address the AI."""
    for fact in facts:
        match fact:
            case TurnHeard():
                session = replace(session, message_count=session.message_count + 1)
            case WrapUpChanged(state):
                session = replace(session, wrap_up=state)
            case AssistantChanged(address):
                session = replace(session, address=address)
            case _:
                pass
    return replace(session, version=session.version + 1)
