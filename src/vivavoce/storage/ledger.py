"""Credits as rows: purses to lock, entries that are only ever added, holds, prices and purchases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Executable, Select, and_, bindparam, func, insert, or_, select, true

from vivavoce.base.ids import AccountId, CommunityId, EntryId, HoldId, SessionId
from vivavoce.domain.errors import Conflict
from vivavoce.domain.money.ledger import Balance, Entry, EntryKind, EntryNotFound, Hold, HoldState
from vivavoce.domain.people.viewer import Standing, Viewer
from vivavoce.services.asking import Asking, Cursor, System
from vivavoce.services.money.ports import Purse
from vivavoce.services.people.ports import Listing
from vivavoce.storage.own_rows import newest_first, page
from vivavoce.storage.shop_rows import SqlShopRows
from vivavoce.storage.sql import InsertInto, Row, who
from vivavoce.storage.tables.money import holds, ledger, purses
from vivavoce.storage.tables.people import accounts
from vivavoce.storage.types import AnyText


@dataclass(frozen=True, slots=True)
class SqlCredits(SqlShopRows):
    """Implements services.money.ports.Credits."""

    async def lock(self, purse: Purse, at: datetime) -> bool:
        row = {"community": purse.community, "account": purse.account, "opened_at": at}
        opened = (await self.db.run(_open(self.db.insert), row)).one_or_none()
        await self.db.run(_LOCK, _of(purse))
        return opened is not None

    async def is_open(self, asking: Asking, purse: Purse) -> bool:
        return (await self.db.run(_is_open(_rank(asking)), _by(asking, purse))).one_or_none() is not None

    async def balance(self, asking: Asking, purse: Purse) -> Balance:
        found = (await self.db.run(_balance(_rank(asking)), _by(asking, purse))).one()
        return Balance(int(found.credits), int(found.held))

    async def add(self, entry: Entry) -> Entry:
        row = {
            "id": entry.id,
            "community": entry.community,
            "account": entry.account,
            "kind": entry.kind.value,
            "credits": entry.credits,
            "reason": entry.reason,
            "key": entry.key,
            "by": entry.by,
            "created_at": entry.at,
            "session": entry.session,
            "charge": entry.charge,
        }
        if (await self.db.run(_add(self.db.insert), row)).one_or_none() is not None:
            return entry
        known = (await self.db.run(_KEYED, {"in_community": entry.community, "by_key": entry.key})).mappings().one()
        return _entry(known)

    async def entry(self, asking: Asking, id: EntryId) -> Entry:
        found = (await self.db.run(_get(_rank(asking)), {**who(asking), "by_id": id})).mappings().one_or_none()
        if found is None:
            raise EntryNotFound(f"There is no entry {id!r} that you may see.")
        return _entry(found)

    async def keyed(self, asking: Asking, community: CommunityId, key: str) -> Entry | None:
        values = {**who(asking), "in_community": community, "by_key": key}
        found = (await self.db.run(_keyed(_rank(asking)), values)).mappings().one_or_none()
        return None if found is None else _entry(found)

    async def entries(
        self, asking: Asking, purse: Purse, *, after: Cursor | None = None, limit: int = 50
    ) -> Listing[Entry]:
        query = _entries(_rank(asking), after is not None)
        return await page(self.db, query, _of(purse), _entry, asking=asking, after=after, limit=limit)

    async def place(self, hold: Hold) -> None:
        await self.db.run(_PLACE, _hold_row(hold))

    async def hold_of(self, asking: System, session: SessionId) -> Hold | None:
        found = (await self.db.run(_HOLD_OF, {"by_session": session})).mappings().one_or_none()
        return None if found is None else _hold(found)

    async def close(self, hold: Hold) -> None:
        values = {"by_id": hold.id, "new_state": hold.state.value, "new_closed_at": hold.closed_at}
        if (await self.db.run(_CLOSE, values)).rowcount == 0:
            raise Conflict("These credits were settled or released meanwhile.")

    async def find(self, asking: Asking, named: str) -> list[Purse]:
        values = {**who(asking), "by_name": named}
        found = await self.db.run(_find(type(asking)), values)
        return [Purse(CommunityId(row.community), AccountId(row.id)) for row in found]


# --- who may see what -------------------------------------------------------------------------------

_ADMIN: Final = "admin"
_SELF: Final = "self"
_ALL: Final = "all"


def _rank(asking: Asking) -> str:
    if not isinstance(asking, Viewer):
        return _ALL
    return _ADMIN if asking.standing is Standing.ADMIN and asking.only is None else _SELF


def _seen(rank: str, table: Any) -> ColumnElement[bool]:
    """A person sees their own rows, an admin those of the community, the platform all."""
    if rank == _ALL:
        return true()
    community = table.c.community == bindparam("by_community", type_=AnyText())
    if rank == _ADMIN:
        return community
    return and_(community, table.c.account == bindparam("by_account", type_=AnyText()))


def _of(purse: Purse) -> Row:
    return {"in_community": purse.community, "of_account": purse.account}


def _by(asking: Asking, purse: Purse) -> Row:
    return {**who(asking), **_of(purse)}


def _in(table: Any) -> ColumnElement[bool]:
    return and_(table.c.community == bindparam("in_community"), table.c.account == bindparam("of_account"))


# --- statements, built once -------------------------------------------------------------------------


@cache
def _open(insert: InsertInto) -> Executable:
    return insert(purses).on_conflict_do_nothing().returning(purses.c.account)


_LOCK = select(purses.c.account).where(_in(purses)).with_for_update()  # SQLite: its one writer is us


@cache
def _is_open(rank: str) -> Executable:
    return select(purses.c.account).where(_in(purses), _seen(rank, purses))


@cache
def _balance(rank: str) -> Executable:
    credits = select(func.coalesce(func.sum(ledger.c.credits), 0)).where(_in(ledger), _seen(rank, ledger))
    open_holds = and_(_in(holds), holds.c.state == HoldState.HELD.value, _seen(rank, holds))
    held = select(func.coalesce(func.sum(holds.c.credits), 0)).where(open_holds)
    return select(credits.scalar_subquery().label("credits"), held.scalar_subquery().label("held"))


@cache
def _add(insert: InsertInto) -> Executable:
    wanted = insert(ledger).on_conflict_do_nothing(index_elements=[ledger.c.community, ledger.c.key])
    return wanted.returning(ledger.c.id)


_IS_KEYED = and_(ledger.c.community == bindparam("in_community"), ledger.c.key == bindparam("by_key"))
_KEYED = select(ledger).where(_IS_KEYED)


@cache
def _keyed(rank: str) -> Executable:
    return _KEYED.where(_seen(rank, ledger))


@cache
def _get(rank: str) -> Executable:
    return select(ledger).where(ledger.c.id == bindparam("by_id"), _seen(rank, ledger))


@cache
def _entries(rank: str, after: bool) -> Select[*tuple[Any, ...]]:
    return newest_first(select(ledger).where(_in(ledger), _seen(rank, ledger)), ledger, after=after)


_PLACE = insert(holds)
_HOLD_OF = select(holds).where(holds.c.session == bindparam("by_session"))
_CLOSE = (
    holds.update()
    .where(holds.c.id == bindparam("by_id"), holds.c.state == HoldState.HELD.value)
    .values(state=bindparam("new_state"), closed_at=bindparam("new_closed_at"))
)


@cache
def _find(asking: type[Asking]) -> Executable:
    named = or_(accounts.c.id == bindparam("by_name"), func.lower(accounts.c.email) == func.lower(bindparam("by_name")))
    query = select(accounts.c.community, accounts.c.id).where(named)
    return query if asking is System else query.where(accounts.c.community == bindparam("by_community"))


# --- rows -------------------------------------------------------------------------------------------


def _entry(row: Mapping[Any, Any]) -> Entry:
    return Entry(
        id=EntryId(row["id"]),
        community=CommunityId(row["community"]),
        account=AccountId(row["account"]),
        kind=EntryKind(row["kind"]),
        credits=row["credits"],
        reason=row["reason"],
        key=row["key"],
        by=row["by"],
        at=row["created_at"],
        session=row["session"] and SessionId(row["session"]),
        charge=row["charge"] and EntryId(row["charge"]),
    )


def _hold_row(hold: Hold) -> Row:
    return {
        "id": hold.id,
        "community": hold.community,
        "account": hold.account,
        "session": hold.session,
        "credits": hold.credits,
        "after_s": hold.after_s,
        "key": hold.key,
        "created_at": hold.created_at,
        "state": hold.state.value,
        "closed_at": hold.closed_at,
    }


def _hold(row: Mapping[Any, Any]) -> Hold:
    return Hold(
        id=HoldId(row["id"]),
        community=CommunityId(row["community"]),
        account=AccountId(row["account"]),
        session=SessionId(row["session"]),
        credits=row["credits"],
        after_s=row["after_s"],
        key=row["key"],
        created_at=row["created_at"],
        state=HoldState(row["state"]),
        closed_at=row["closed_at"],
    )
