"""The daily record and written notes as rows: each is one person's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Executable, Select, bindparam, delete, func, insert, select, update

from vivavoce.base.ids import AccountId, CommunityId, NoteId, SeatId, SessionId
from vivavoce.domain.errors import NoteNotFound
from vivavoce.domain.people.days import Day
from vivavoce.domain.people.notes import Note
from vivavoce.services.asking import Asking
from vivavoce.storage.own_rows import own
from vivavoce.storage.sql import InsertInto, Running, who
from vivavoce.storage.tables.people import days
from vivavoce.storage.tables.review import notes


@dataclass(frozen=True, slots=True)
class SqlDays:
    db: Running

    async def count(self, community: CommunityId, account: AccountId, day: date, seconds: int) -> None:
        row = {
            "community": community,
            "account": account,
            "day": day.isoformat(),
            "sessions": 1,
            "seconds": seconds,
        }
        await self.db.run(_count(self.db.insert), row)

    async def between(self, asking: Asking, account: AccountId, first: date, last: date) -> list[Day]:
        values = {**who(asking), "of": account, "first": first.isoformat(), "last": last.isoformat()}
        found = await self.db.run(_between(type(asking)), values)
        return [Day(date.fromisoformat(row.day), row.sessions, row.seconds) for row in found]

    async def all(self, asking: Asking, account: AccountId) -> list[date]:
        found = await self.db.run(_all(type(asking)), {**who(asking), "of": account})
        return [date.fromisoformat(row.day) for row in found]

    async def forget(self, asking: Asking, account: AccountId) -> None:
        await self.db.run(_forget(type(asking), "days"), {**who(asking), "of": account})


@dataclass(frozen=True, slots=True)
class SqlNotes:
    db: Running

    async def add(self, note: Note) -> None:
        await self.db.run(_ADD, {**_row(note)})

    async def get(self, asking: Asking, session: SessionId, id: NoteId) -> Note:
        values = {**who(asking), "in_session": session, "by_id": id}
        found = (await self.db.run(_get(type(asking)), values)).mappings().one_or_none()
        if found is None:
            raise NoteNotFound("There is no such note of yours in this session.")
        return _note(found)

    async def save(self, note: Note) -> None:
        await self.db.run(_SAVE, {**_row(note), "by_id": note.id})

    async def of(self, asking: Asking, session: SessionId, account: AccountId) -> list[Note]:
        values = {**who(asking), "in_session": session, "of": account}
        return [_note(row) for row in (await self.db.run(_of(type(asking)), values)).mappings()]

    async def count(self, session: SessionId, account: AccountId) -> int:
        return int((await self.db.run(_COUNT, {"in_session": session, "of": account})).scalar_one())

    async def remove(self, asking: Asking, session: SessionId, id: NoteId) -> None:
        await self.get(asking, session, id)
        await self.db.run(_REMOVE, {"by_id": id})

    async def forget(self, asking: Asking, account: AccountId) -> None:
        await self.db.run(_forget(type(asking), "notes"), {**who(asking), "of": account})


# --- statements, built once -------------------------------------------------------------------------

_OWNED = {"days": days, "notes": notes}
_ADD = insert(notes)
_SAVE = update(notes).where(notes.c.id == bindparam("by_id"))
_REMOVE = delete(notes).where(notes.c.id == bindparam("by_id"))
_COUNT = (
    select(func.count())
    .select_from(notes)
    .where(notes.c.session == bindparam("in_session"), notes.c.account == bindparam("of"))
)


@cache
def _forget(asking: type[Asking], name: str) -> Executable:
    table = _OWNED[name]
    return delete(table).where(table.c.account == bindparam("of"), own(asking, table))


@cache
def _count(insert: InsertInto) -> Executable:
    wanted = insert(days)
    new = wanted.excluded
    return wanted.on_conflict_do_update(
        index_elements=[days.c.community, days.c.account, days.c.day],
        set_={"sessions": days.c.sessions + new.sessions, "seconds": days.c.seconds + new.seconds},
    )


@cache
def _between(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    within = days.c.day.between(bindparam("first"), bindparam("last"))
    return select(days).where(days.c.account == bindparam("of"), within, own(asking, days)).order_by(days.c.day)


@cache
def _all(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    return select(days.c.day).where(days.c.account == bindparam("of"), own(asking, days)).order_by(days.c.day)


@cache
def _get(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    return select(notes).where(
        notes.c.id == bindparam("by_id"), notes.c.session == bindparam("in_session"), own(asking, notes)
    )


@cache
def _of(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    return (
        select(notes)
        .where(notes.c.session == bindparam("in_session"), notes.c.account == bindparam("of"), own(asking, notes))
        .order_by(notes.c.created_at, notes.c.id)
    )


# --- rows -------------------------------------------------------------------------------------------


def _row(note: Note) -> dict[str, Any]:
    return {
        "id": note.id,
        "community": note.community,
        "session": note.session,
        "account": note.account,
        "seat": note.seat,
        "text": note.text,
        "created_at": note.created_at,
        "updated_at": note.updated_at,
    }


def _note(row: Mapping[Any, Any]) -> Note:
    return Note(
        NoteId(row["id"]),
        CommunityId(row["community"]),
        SessionId(row["session"]),
        AccountId(row["account"]),
        SeatId(row["seat"]),
        row["text"],
        row["created_at"],
        row["updated_at"],
    )
