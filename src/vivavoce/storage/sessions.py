"""Sessions as rows. Whose they are decides who sees them: for now their owner, in their community."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, Select, bindparam, func, insert, select, tuple_, update

from vivavoce.base.ids import AccountId, CommunityId, ProjectId, SeatId, SessionId
from vivavoce.domain.sessions.codec import from_dict, time_from_text, time_to_text, to_dict
from vivavoce.domain.sessions.session import Address, EndReason, Phase, Seat, Session, WrapUp
from vivavoce.services.ports import Asking, Cursor, Page, System
from vivavoce.storage.answers import SWEEP_LIMIT, changed_meanwhile, check_limit, no_session, page_of
from vivavoce.storage.sql import InsertInto, Row, Running, seen_by, who
from vivavoce.storage.tables import seat_holders, sessions


@dataclass(frozen=True, slots=True)
class SqlSessions:
    db: Running

    async def add(self, session: Session) -> None:
        await self.db.run(_ADD, {**_row(session), "last_seq": session.last_seq})
        await self._seat(session)

    async def get(self, asking: Asking, id: SessionId) -> Session:
        return await self._one(_get(type(asking)), asking, id)

    async def lock(self, asking: Asking, id: SessionId) -> Session:
        return await self._one(_lock(type(asking)), asking, id)

    async def _one(self, query: Select[*tuple[Any, ...]], asking: Asking, id: SessionId) -> Session:
        found = (await self.db.run(query, {"by_id": id, **who(asking)})).mappings().one_or_none()
        if found is None:
            raise no_session(id)
        return read_session(found)

    async def save(self, session: Session) -> None:
        values = {**_row(session), "by_id": session.id, "by_version": session.version}
        written = await self.db.run(_SAVE, values)
        if written.rowcount == 0:
            known = (await self.db.run(_VERSION, {"by_id": session.id})).scalar_one_or_none()
            if known is None:
                raise no_session(session.id)
            raise changed_meanwhile()
        await self._seat(session)

    async def _seat(self, session: Session) -> None:
        """Whoever has a seat of their own may see the session. A seat that was left stays theirs."""
        accounts = {seat.account for seat in session.seats if seat.account not in (None, session.owner)}
        if accounts:
            rows = [{"session": session.id, "account": one, "community": session.community} for one in accounts]
            await self.db.run(_hold_seat(self.db.insert), rows)

    async def page(
        self,
        asking: Asking,
        *,
        after: Cursor | None = None,
        limit: int = 50,
        phases: frozenset[Phase] | None = None,
        listed: bool = False,
    ) -> Page:
        check_limit(limit)
        query = _page(type(asking), after is not None, phases is not None, listed)
        values: dict[str, Any] = {**who(asking), "rows": limit + 1}
        if after is not None:
            values |= {"before_at": after.created_at, "before_id": after.id}
        if phases is not None:
            values["phases"] = sorted(phases)
        found = [read_session(row) for row in (await self.db.run(query, values)).mappings()]
        return page_of(found, limit)

    async def upcoming(self, asking: Asking, *, after: Cursor | None = None, limit: int = 50) -> Page:
        check_limit(limit)
        values: dict[str, Any] = {**who(asking), "rows": limit + 1, "phases": _NOT_BEGUN}
        if after is not None:
            values |= {"after_at": after.created_at, "after_id": after.id}
        found = await self.db.run(_upcoming(type(asking), after is not None), values)
        return page_of([read_session(row) for row in found.mappings()], limit, planned=True)

    async def ended(self, ids: Sequence[SessionId]) -> Mapping[SessionId, EndReason]:
        found = await self.db.run(_ENDED, {"by_ids": list(ids)})
        return {SessionId(row.id): EndReason(row.end_reason) for row in found}

    async def last_seqs(self, ids: Sequence[SessionId]) -> Mapping[SessionId, int]:
        found = await self.db.run(_LAST_SEQS, {"by_ids": list(ids)})
        return {SessionId(row.id): row.last_seq for row in found}

    async def in_phase(self, asking: System, phase: Phase) -> list[Session]:
        found = await self.db.run(_IN_PHASE, {"in_phase": phase.value})
        return [read_session(row) for row in found.mappings()]


# --- statements, built once -------------------------------------------------------------------------

_ADD = insert(sessions)
_SAVE = update(sessions).where(  # sets the columns it is given
    sessions.c.id == bindparam("by_id"), sessions.c.version <= bindparam("by_version")
)
_NOT_BEGUN = [Phase.SCHEDULED.value, Phase.PREPARING.value, Phase.READY.value]
_VERSION = select(sessions.c.version).where(sessions.c.id == bindparam("by_id"))
_ENDED = select(sessions.c.id, sessions.c.end_reason).where(
    sessions.c.id.in_(bindparam("by_ids", expanding=True)), sessions.c.end_reason.is_not(None)
)
_LAST_SEQS = select(sessions.c.id, sessions.c.last_seq).where(sessions.c.id.in_(bindparam("by_ids", expanding=True)))
_IN_PHASE = (
    select(sessions)
    .where(sessions.c.phase == bindparam("in_phase"))
    .order_by(sessions.c.created_at, sessions.c.id)
    .limit(SWEEP_LIMIT)
)


@cache
def _hold_seat(insert: InsertInto) -> Executable:
    return insert(seat_holders).on_conflict_do_nothing()


@cache
def _get(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    return select(sessions).where(sessions.c.id == bindparam("by_id"), seen_by(asking))


@cache
def _lock(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    return _get(asking).with_for_update()  # SQLite has none and needs none: its one writer is us


@cache
def _page(asking: type[Asking], after: bool, phases: bool, listed: bool) -> Select[*tuple[Any, ...]]:
    newest = (sessions.c.created_at.desc(), sessions.c.id.desc())
    query = select(sessions).where(seen_by(asking, listed=listed)).order_by(*newest).limit(bindparam("rows"))
    if listed:
        query = query.where(sessions.c.listed)
    if after:
        place = tuple_(
            bindparam("before_at", type_=sessions.c.created_at.type), bindparam("before_id", type_=sessions.c.id.type)
        )
        query = query.where(tuple_(sessions.c.created_at, sessions.c.id) < place)
    if phases:
        query = query.where(sessions.c.phase.in_(bindparam("phases", expanding=True)))
    return query


@cache
def _upcoming(asking: type[Asking], after: bool) -> Select[*tuple[Any, ...]]:
    at = func.coalesce(sessions.c.scheduled_for, sessions.c.created_at, type_=sessions.c.created_at.type)
    query = (
        select(sessions)
        .where(seen_by(asking), sessions.c.listed, sessions.c.phase.in_(bindparam("phases", expanding=True)))
        .order_by(at, sessions.c.id)
        .limit(bindparam("rows"))
    )
    if after:
        place = tuple_(
            bindparam("after_at", type_=sessions.c.created_at.type), bindparam("after_id", type_=sessions.c.id.type)
        )
        query = query.where(tuple_(at, sessions.c.id) > place)
    return query


# --- rows -------------------------------------------------------------------------------------------


def _row(session: Session) -> Row:
    """All columns but `last_seq`, which belongs to the log."""
    return {
        "id": session.id,
        "community": session.community,
        "owner": session.owner,
        "format": session.format,
        "persona": session.persona,
        "phase": session.phase.value,
        "created_at": session.created_at,
        "title": session.title,
        "project": session.project,
        "scheduled_for": session.scheduled_for,
        "max_participants": session.max_participants,
        "variables": dict(session.variables),
        "time_limit_s": session.time_limit_s,
        "entered": {phase.value: time_to_text(at) for phase, at in session.entered.items()},
        "end_reason": session.end_reason and session.end_reason.value,
        "wrap_up": session.wrap_up.value,
        "address": session.address.value,
        "listed": session.listed,
        "led_by": session.led_by,
        "mic_on_at": session.mic_on_at,
        "rescheduled": session.rescheduled,
        "plan": dict(session.plan),
        "seats": [to_dict(seat) for seat in session.seats],
        "message_count": session.message_count,
        "error": session.error,
        "version": session.version,
    }


def read_session(row: Mapping[Any, Any]) -> Session:
    entered: dict[str, str] = row["entered"]
    at: dict[Phase, datetime] = {Phase(phase): time_from_text(text) for phase, text in entered.items()}
    return Session(
        id=SessionId(row["id"]),
        community=CommunityId(row["community"]),
        owner=AccountId(row["owner"]),
        format=row["format"],
        persona=row["persona"],
        phase=Phase(row["phase"]),
        created_at=row["created_at"],
        title=row["title"],
        project=row["project"] and ProjectId(row["project"]),
        scheduled_for=row["scheduled_for"],
        max_participants=row["max_participants"],
        variables=row["variables"],
        time_limit_s=row["time_limit_s"],
        entered=at,
        end_reason=row["end_reason"] and EndReason(row["end_reason"]),
        wrap_up=WrapUp(row["wrap_up"]),
        address=Address(row["address"]),
        listed=row["listed"],
        led_by=row["led_by"] and SeatId(row["led_by"]),
        mic_on_at=row["mic_on_at"],
        rescheduled=row["rescheduled"],
        plan=row["plan"],
        seats=tuple(from_dict(Seat, seat) for seat in row["seats"]),
        message_count=row["message_count"],
        last_seq=row["last_seq"],
        error=row["error"],
        version=row["version"],
    )
