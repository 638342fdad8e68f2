"""The event log as rows: numbered without gaps, because the session's own row hands out the numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, insert, select, update

from vivavoce.base.ids import SessionId
from vivavoce.domain.sessions.codec import fact_from_dict, to_dict
from vivavoce.domain.sessions.events import NAMES, Event, Fact
from vivavoce.services.ports import Asking
from vivavoce.storage.answers import no_seat, no_session
from vivavoce.storage.sql import Running, seen_by, who
from vivavoce.storage.tables import events, sessions
from vivavoce.storage.types import MAX_INTEGER


@dataclass(frozen=True, slots=True)
class SqlLog:
    db: Running

    async def append(self, session: SessionId, facts: Sequence[Fact], at: datetime) -> list[Event]:
        """Whoever appends holds the session's row until the transaction ends: numbers are given in commit order."""
        if not facts:
            return []
        taken = (await self.db.run(_NUMBER, {"by_id": session, "more": len(facts)})).one_or_none()
        if taken is None:
            raise no_session(session)
        last, community = taken
        first = last - len(facts) + 1
        stored = [Event(session, first + index, at, fact) for index, fact in enumerate(facts)]
        await self.db.run(
            _APPEND,
            [
                {
                    "session": session,
                    "seq": event.seq,
                    "community": community,
                    "at": at,
                    "type": NAMES[type(event.fact)],
                    "fact": to_dict(event.fact),
                }
                for event in stored
            ],
        )
        return stored

    async def after(self, asking: Asking, session: SessionId, seq: int, limit: int = 1000) -> list[Event]:
        values = {"by_id": session, "behind": min(seq, MAX_INTEGER), "rows": limit, **who(asking)}
        found = (await self.db.run(_after(type(asking)), values)).all()
        if not found:
            raise no_seat(session)
        return [
            Event(session, number, at, fact_from_dict({**fact, "type": type}))
            for number, at, type, fact in found
            if number is not None  # the session without any such event
        ]


_NUMBER = (
    update(sessions)
    .where(sessions.c.id == bindparam("by_id"))
    .values(last_seq=sessions.c.last_seq + bindparam("more"))
    .returning(sessions.c.last_seq, sessions.c.community)
)
_APPEND = insert(events)


@cache
def _after(asking: type[Asking]) -> Select[Any, Any, Any, Any]:
    behind = and_(events.c.session == sessions.c.id, events.c.seq > bindparam("behind"))
    return (
        select(events.c.seq, events.c.at, events.c.type, events.c.fact)
        .select_from(sessions.outerjoin(events, behind))
        .where(sessions.c.id == bindparam("by_id"), seen_by(asking, listed=False))
        .order_by(events.c.seq)
        .limit(bindparam("rows"))
    )
