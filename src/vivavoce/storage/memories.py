"""Memories as rows: each is one person's own, in one community, and searched by its words (search.py)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    bindparam,
    column,
    delete,
    func,
    insert,
    literal_column,
    select,
    table,
    text,
    update,
)

from vivavoce.base.ids import AccountId, CommunityId, MemoryId, SessionId, TurnId
from vivavoce.domain.errors import MemoryNotFound
from vivavoce.domain.memory.memory import Memory, MemoryKind
from vivavoce.domain.memory.wording import terms
from vivavoce.services.asking import Asking, Cursor
from vivavoce.services.people.ports import Listing
from vivavoce.storage.own_rows import newest_first, own, page
from vivavoce.storage.sql import InsertInto, Row, Running, who
from vivavoce.storage.tables.memory import forgotten, memories, remembered

_MOST: Final = 1000
_LONGEST_HISTORY: Final = 100
_MOST_TERMS: Final = 32  # of a query


@dataclass(frozen=True, slots=True)
class SqlMemories:
    db: Running

    async def add(self, memory: Memory) -> None:
        await self.db.run(_ADD, _row(memory))

    async def save(self, memory: Memory) -> None:
        await self.db.run(_SAVE, {**_row(memory), "by_id": memory.id})

    async def get(self, asking: Asking, id: MemoryId) -> Memory:
        found = (await self.db.run(_get(type(asking)), {**who(asking), "by_id": id})).mappings().one_or_none()
        if found is None:
            raise MemoryNotFound("There is no such memory of yours.")
        return _read(found)

    async def current(self, asking: Asking, community: CommunityId, account: AccountId) -> list[Memory]:
        values = {**who(asking), **_of(community, account)}
        return [_read(row) for row in (await self.db.run(_current(type(asking)), values)).mappings()]

    async def count(self, asking: Asking, community: CommunityId, account: AccountId) -> int:
        values = {**who(asking), **_of(community, account)}
        return int((await self.db.run(_count(type(asking)), values)).scalar_one())

    async def page(
        self,
        asking: Asking,
        community: CommunityId,
        account: AccountId,
        *,
        query: str = "",
        kind: MemoryKind | None = None,
        after: Cursor | None = None,
        limit: int = 50,
    ) -> Listing[Memory]:
        words = self._words(account, query)
        if query and not words:
            return Listing(())
        statement = _page(type(asking), self._dialect if words else "", kind is not None, after is not None)
        values = {**_of(community, account), **({"of_kind": kind.value} if kind else {}), **words}
        return await page(self.db, statement, values, _read, asking=asking, after=after, limit=limit)

    async def search(
        self, asking: Asking, community: CommunityId, account: AccountId, query: str, limit: int = 50
    ) -> list[MemoryId]:
        words = self._words(account, query)
        if not words:
            return []
        values = {**who(asking), **_of(community, account), **words, "rows": limit}
        found = await self.db.run(_search(type(asking), self._dialect), values)
        return [MemoryId(id) for id in found.scalars()]

    async def history(self, asking: Asking, id: MemoryId) -> list[Memory]:
        found = [await self.get(asking, id)]
        while (newer := found[-1].replaced_by) is not None and len(found) < _LONGEST_HISTORY:
            found.append(await self.get(asking, newer))
        before = await self._replaced(asking, [found[0].id])
        return sorted([*before, *found], key=lambda one: (one.created_at, one.id))

    async def forget(self, asking: Asking, id: MemoryId) -> None:
        memory = await self.get(asking, id)
        for one in [*await self._replaced(asking, [id]), memory]:
            await self._mark(one)
            await self.db.run(_FORGET, {"by_id": one.id})

    async def forget_all(self, asking: Asking, community: CommunityId, account: AccountId) -> int:
        values = {**who(asking), **_of(community, account)}
        gone = [_read(row) for row in (await self.db.run(_all(type(asking)), values)).mappings()]
        for one in gone:
            await self._mark(one)
        await self.db.run(_forget_all(type(asking)), values)
        return len(gone)

    async def is_forgotten(self, memory: Memory) -> bool:
        if memory.turn is None:
            return False
        return (await self.db.run(_MARKED, _mark_of(memory))).first() is not None

    async def erase(self, community: CommunityId, account: AccountId) -> None:
        for statement in _ERASE:
            await self.db.run(statement, _of(community, account))

    async def begin(self, session: SessionId, community: CommunityId, at: datetime) -> bool:
        row = {"session": session, "community": community, "at": at}
        return (await self.db.run(_begin(self.db.insert), row)).first() is not None

    async def of_session(self, asking: Asking, session: SessionId) -> list[Memory]:
        values = {**who(asking), "by_session": session}
        return [_read(row) for row in (await self.db.run(_of_session(type(asking)), values)).mappings()]

    async def _replaced(self, asking: Asking, ids: list[MemoryId]) -> list[Memory]:
        """What these took the place of, and what that had."""
        found: dict[MemoryId, Memory] = {}
        while ids and len(found) < _LONGEST_HISTORY:
            values = {**who(asking), "ids": list(ids)}
            rows = [_read(row) for row in (await self.db.run(_replaced(type(asking)), values)).mappings()]
            ids = [one.id for one in rows if one.id not in found]
            found |= {one.id: one for one in rows}
        return list(found.values())

    async def _mark(self, memory: Memory) -> None:
        if memory.turn is not None:
            await self.db.run(_mark(self.db.insert), _mark_of(memory))

    @property
    def _dialect(self) -> str:
        return self.db.connection.dialect.name

    def _words(self, account: AccountId, query: str) -> dict[str, str]:
        """The query in the database's own syntax. Only letters and digits get into it, whatever people typed."""
        found = terms(query)[:_MOST_TERMS]
        if not found:
            return {}
        quoted = [f'"{term}"' if self._dialect == "sqlite" else f"'{term}'" for term in found]
        if self._dialect != "sqlite":
            return {"query": " | ".join(quoted)}
        whose = account.replace('"', '""')
        return {"query": f'account : "{whose}" AND words : ({" OR ".join(quoted)})'}


# --- rows -------------------------------------------------------------------------------------------


def _row(memory: Memory) -> Row:
    return {
        "id": memory.id,
        "community": memory.community,
        "account": memory.account,
        "kind": memory.kind.value,
        "text": memory.text,
        "words": " ".join(terms(memory.text)),
        "about": memory.about,
        "session": memory.session,
        "turn": memory.turn,
        "quote": memory.quote,
        "noted": memory.noted,
        "pinned": memory.pinned,
        "paused": memory.paused,
        "replaced_by": memory.replaced_by,
        "created_at": memory.created_at,
        "updated_at": memory.updated_at,
    }


def _read(row: Mapping[Any, Any]) -> Memory:
    return Memory(
        id=MemoryId(row["id"]),
        community=CommunityId(row["community"]),
        account=AccountId(row["account"]),
        kind=MemoryKind(row["kind"]),
        text=row["text"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        session=SessionId(row["session"]) if row["session"] is not None else None,
        turn=TurnId(row["turn"]) if row["turn"] is not None else None,
        quote=row["quote"],
        about=row["about"],
        noted=row["noted"],
        pinned=row["pinned"],
        paused=row["paused"],
        replaced_by=MemoryId(row["replaced_by"]) if row["replaced_by"] is not None else None,
    )


def _of(community: CommunityId, account: AccountId) -> Row:
    return {"of_community": community, "of_account": account}


def _mark_of(memory: Memory) -> Row:
    """What tells a thing that was said in a turn: its words, as a hash; the words themselves are not kept."""
    said = f"{memory.account}\0{memory.turn}\0{' '.join(memory.quote.casefold().split())}"
    return {
        "community": memory.community,
        "account": memory.account,
        "turn": memory.turn,
        "mark": hashlib.sha256(said.encode(errors="replace")).hexdigest(),
    }


# --- statements, built once -------------------------------------------------------------------------

_ADD = insert(memories)
_SAVE = update(memories).where(memories.c.id == bindparam("by_id"))
_FORGET = delete(memories).where(memories.c.id == bindparam("by_id"))
_MARKED = select(forgotten.c.mark).where(*(column == bindparam(column.name) for column in forgotten.c))
_ERASE = tuple(
    delete(table).where(table.c.community == bindparam("of_community"), table.c.account == bindparam("of_account"))
    for table in (memories, forgotten)
)
_WHOSE: Final = (
    memories.c.community == bindparam("of_community"),
    memories.c.account == bindparam("of_account"),
)
_HOLDS: Final = memories.c.replaced_by.is_(None)


@cache
def _mark(insert_into: InsertInto) -> Executable:
    return insert_into(forgotten).on_conflict_do_nothing()


@cache
def _begin(insert_into: InsertInto) -> Executable:
    return insert_into(remembered).on_conflict_do_nothing().returning(remembered.c.session)


@cache
def _get(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    return select(memories).where(memories.c.id == bindparam("by_id"), own(asking, memories))


@cache
def _all(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    return select(memories).where(*_WHOSE, own(asking, memories))


@cache
def _forget_all(asking: type[Asking]) -> Executable:
    return delete(memories).where(*_WHOSE, own(asking, memories))


@cache
def _current(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    newest = (memories.c.created_at.desc(), memories.c.id.desc())
    return _all(asking).where(_HOLDS).order_by(*newest).limit(_MOST)


@cache
def _count(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    return select(func.count()).select_from(memories).where(*_WHOSE, _HOLDS, own(asking, memories))


@cache
def _of_session(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    ours = select(memories).where(memories.c.session == bindparam("by_session"), own(asking, memories))
    return ours.order_by(memories.c.created_at, memories.c.id)


@cache
def _replaced(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    gave_way = memories.c.replaced_by.in_(bindparam("ids", expanding=True))
    return select(memories).where(gave_way, own(asking, memories))


@cache
def _page(asking: type[Asking], dialect: str, of_kind: bool, after: bool) -> Select[*tuple[Any, ...]]:
    """dialect: of the search; empty for none."""
    query = _all(asking).where(_HOLDS)
    if dialect:
        query = query.where(_matches(dialect))
    if of_kind:
        query = query.where(memories.c.kind == bindparam("of_kind"))
    return newest_first(query, memories, after=after)


@cache
def _search(asking: type[Asking], dialect: str) -> Executable:
    query = select(memories.c.id).where(*_WHOSE, _HOLDS, own(asking, memories))
    if dialect == "sqlite":
        query = query.select_from(memories.join(_FTS, _FTS.c.rowid == memories.c.nr)).where(_FOUND)
        query = query.order_by(text("bm25(memories_fts, 0.0, 1.0)"), memories.c.id.desc())
    else:
        rank = func.ts_rank(_vector(), func.to_tsquery(_ENGLISH, bindparam("query")))
        query = query.where(_matches(dialect)).order_by(rank.desc(), memories.c.id.desc())
    return query.limit(bindparam("rows"))


_FTS: Final = table("memories_fts", column("rowid"))
_FOUND: Final = literal_column("memories_fts").op("MATCH")(bindparam("query"))
_ENGLISH: Final[ColumnElement[Any]] = literal_column("'english'::regconfig")


def _vector() -> ColumnElement[Any]:
    """Made when it is needed: SQLAlchemy knows this function only once PostgreSQL's dialect is loaded."""
    return func.to_tsvector(literal_column("'english'"), memories.c.words)


def _matches(dialect: str) -> ColumnElement[bool]:
    """Whether a memory has any of the words of `query`."""
    if dialect == "sqlite":
        return memories.c.nr.in_(select(_FTS.c.rowid).where(_FOUND))
    return _vector().op("@@")(func.to_tsquery(_ENGLISH, bindparam("query")))
