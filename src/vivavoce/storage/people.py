"""Accounts and communities as rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Executable,
    Select,
    and_,
    bindparam,
    delete,
    insert,
    or_,
    select,
    true,
    update,
)

from vivavoce.base.ids import AccountId, CommunityId, SessionId
from vivavoce.domain.errors import AccountNotFound, CommunityNotFound
from vivavoce.domain.people.account import Account, AccountState
from vivavoce.domain.people.community import Community, SignUp
from vivavoce.domain.people.viewer import Standing, Viewer
from vivavoce.services.asking import Asking, Cursor, System
from vivavoce.services.people.ports import Listing
from vivavoce.storage.own_rows import newest_first, page
from vivavoce.storage.sql import InsertInto, Row, Running, who
from vivavoce.storage.tables.people import accounts, api_keys, communities, identities, sign_ins, tickets
from vivavoce.storage.types import AnyText


@dataclass(frozen=True, slots=True)
class SqlPeople:
    db: Running

    async def account(self, asking: Asking, id: AccountId) -> Account:
        query = _account(type(asking))
        found = (await self.db.run(query, {"by_id": id, **_who(asking)})).mappings().one_or_none()
        if found is None:
            raise _no_account(id)
        return read_account(found)

    async def accounts(
        self,
        asking: Asking,
        community: CommunityId,
        *,
        state: AccountState | None = None,
        after: Cursor | None = None,
        limit: int = 50,
    ) -> Listing[Account]:
        query = _accounts(type(asking), state is not None, after is not None)
        values = {**_who(asking), "of_community": community} | ({"in_state": state} if state is not None else {})
        return await page(self.db, query, values, read_account, asking=asking, after=after, limit=limit)

    async def by_email(self, asking: System, community: CommunityId, email: str) -> Account | None:
        return await self._by(_BY_EMAIL, community, email)

    async def by_external_id(self, asking: System, community: CommunityId, external_id: str) -> Account | None:
        return await self._by(_BY_EXTERNAL_ID, community, external_id)

    async def _by(self, query: Select[*tuple[Any, ...]], community: CommunityId, name: str) -> Account | None:
        found = (await self.db.run(query, {"of_community": community, "by_name": name})).mappings().one_or_none()
        return None if found is None else read_account(found)

    async def add(self, account: Account) -> None:
        await self.db.run(insert(accounts), _row(account))

    async def save(self, account: Account) -> None:
        written = await self.db.run(_SAVE, {**_row(account), "by_id": account.id})
        if written.rowcount == 0:
            raise _no_account(account.id)

    async def password(self, asking: System, id: AccountId) -> str | None:
        return (await self.db.run(_PASSWORD, {"by_id": id})).scalar_one_or_none()

    async def set_password(self, id: AccountId, hash: str | None) -> None:
        await self.db.run(_SAVE, {"password": hash, "by_id": id})

    async def forget(self, asking: Asking, id: AccountId) -> None:
        account = await self.account(asking, id)
        for table in (sign_ins, api_keys, identities, tickets):
            await self.db.run(delete(table).where(table.c.account == account.id))
        await self.db.run(delete(accounts).where(accounts.c.id == account.id))


@dataclass(frozen=True, slots=True)
class SqlCommunities:
    db: Running

    async def get(self, asking: Asking, id: CommunityId) -> Community:
        mine = not isinstance(asking, Viewer) or asking.community == id
        found = (await self.db.run(_COMMUNITY, {"by_id": id})).mappings().one_or_none() if mine else None
        if found is None:
            raise CommunityNotFound(f"There is no community {id!r} that you may see.")
        return _community(found)

    async def all(self, asking: System) -> list[Community]:
        found = await self.db.run(select(communities).order_by(communities.c.id))
        return [_community(row) for row in found.mappings()]

    async def save(self, community: Community) -> None:
        row = {
            "id": community.id,
            "name": community.name,
            "sign_up": community.sign_up.value,
            "settings": dict(community.settings),
            "created_at": community.created_at,
        }
        await self.db.run(_save_community(self.db.insert), row)


def _no_account(id: str) -> AccountNotFound:
    return AccountNotFound(f"There is no account {id!r} that you may see.")


# --- statements -------------------------------------------------------------------------------------


def _who(asking: Asking) -> dict[str, Any]:
    if isinstance(asking, Viewer):
        return {**who(asking), "by_others": asking.standing.covers(Standing.HOST) and asking.only is None}
    return {}


def _seen(asking: type[Asking]) -> ColumnElement[bool]:
    if asking is not Viewer:
        return true()
    own = accounts.c.id == bindparam("by_account", type_=AnyText())
    return and_(
        accounts.c.community == bindparam("by_community", type_=AnyText()),
        or_(own, bindparam("by_others", type_=Boolean())),
    )


@cache
def _account(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    return select(accounts).where(accounts.c.id == bindparam("by_id"), _seen(asking))


@cache
def _accounts(asking: type[Asking], state: bool, after: bool) -> Select[*tuple[Any, ...]]:
    query = select(accounts).where(accounts.c.community == bindparam("of_community"), _seen(asking))
    if state:
        query = query.where(accounts.c.state == bindparam("in_state"))
    return newest_first(query, accounts, after=after)


_BY_EMAIL = select(accounts).where(
    accounts.c.community == bindparam("of_community"), accounts.c.email == bindparam("by_name")
)
_BY_EXTERNAL_ID = select(accounts).where(
    accounts.c.community == bindparam("of_community"), accounts.c.external_id == bindparam("by_name")
)
_SAVE = update(accounts).where(accounts.c.id == bindparam("by_id"))  # sets the columns it is given
_PASSWORD = select(accounts.c.password).where(accounts.c.id == bindparam("by_id"))
_COMMUNITY = select(communities).where(communities.c.id == bindparam("by_id"))


@cache
def _save_community(insert: InsertInto) -> Executable:
    wanted = insert(communities)
    new = wanted.excluded
    return wanted.on_conflict_do_update(
        index_elements=[communities.c.id], set_={"name": new.name, "sign_up": new.sign_up, "settings": new.settings}
    )


# --- rows -------------------------------------------------------------------------------------------


def _row(account: Account) -> Row:
    return {
        "id": account.id,
        "community": account.community,
        "email": account.email,
        "name": account.name,
        "standing": account.standing.value,
        "state": account.state.value,
        "email_verified": account.email_verified,
        "external_id": account.external_id,
        "only": account.only,
        "language": account.language,
        "country": account.country,
        "time_zone": account.time_zone,
        "created_at": account.created_at,
    }


def read_account(row: Mapping[Any, Any]) -> Account:
    return Account(
        id=AccountId(row["id"]),
        community=CommunityId(row["community"]),
        name=row["name"],
        standing=Standing(row["standing"]),
        email=row["email"],
        state=AccountState(row["state"]),
        created_at=row["created_at"],
        language=row["language"],
        country=row["country"],
        time_zone=row["time_zone"],
        external_id=row["external_id"],
        email_verified=row["email_verified"],
        only=row["only"] and SessionId(row["only"]),
    )


def _community(row: Mapping[Any, Any]) -> Community:
    return Community(
        id=CommunityId(row["id"]),
        name=row["name"],
        created_at=row["created_at"],
        sign_up=SignUp(row["sign_up"]),
        settings=row["settings"],
    )
