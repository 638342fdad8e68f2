"""Sign-ins, API keys and who other providers know people as, as rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import Delete, Select, Table, bindparam, delete, insert, or_, select, update

from vivavoce.base.ids import AccountId, CommunityId, KeyId, SignInId
from vivavoce.domain.errors import KeyNotFound, SignInNotFound
from vivavoce.domain.people.account import Account
from vivavoce.domain.people.sign_ins import ApiKey, SignIn, Way
from vivavoce.services.asking import Asking, System
from vivavoce.storage.own_rows import own
from vivavoce.storage.people import read_account
from vivavoce.storage.sql import Row, Running, who
from vivavoce.storage.tables.people import accounts, api_keys, identities, sign_ins

_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class SqlSignIns:
    db: Running

    async def add(self, sign_in: SignIn, hash: str) -> None:
        await self.db.run(insert(sign_ins), {**_sign_in_row(sign_in), "hash": hash})

    async def by_hash(self, asking: System, hash: str) -> tuple[SignIn, Account] | None:
        found = (await self.db.run(_BY_HASH, {"by_hash": hash})).mappings().one_or_none()
        if found is None:
            return None
        account = await _account(self.db, found["account"])
        return None if account is None else (_sign_in(found), account)

    async def seen(self, id: SignInId, at: datetime) -> None:
        await self.db.run(_SEEN, {"by_id": id, "at": at})

    async def of(self, asking: Asking, account: AccountId) -> list[SignIn]:
        rows = await self.db.run(_of(sign_ins, type(asking)), {"of_account": account, **who(asking)})
        return [_sign_in(row) for row in rows.mappings()]

    async def end(self, asking: Asking, id: SignInId) -> None:
        gone = await self.db.run(_remove(sign_ins, type(asking)), {"by_id": id, **who(asking)})
        if gone.rowcount == 0:
            raise SignInNotFound("There is no such sign-in of yours.")

    async def end_all(self, account: AccountId, *, but: SignInId | None = None) -> None:
        await self.db.run(delete(sign_ins).where(sign_ins.c.account == account, sign_ins.c.id != (but or "")))

    async def forget_before(self, seen: datetime, now: datetime) -> None:
        await self.db.run(delete(sign_ins).where(or_(sign_ins.c.seen_at < seen, sign_ins.c.expires_at < now)))

    async def known_as(self, asking: System, community: CommunityId, issuer: str, subject: str) -> AccountId | None:
        of = {"of_community": community, "by_issuer": issuer, "by_subject": subject}
        found = (await self.db.run(_KNOWN_AS, of)).scalar_one_or_none()
        return None if found is None else AccountId(found)

    async def link(self, community: CommunityId, issuer: str, subject: str, account: AccountId) -> None:
        row = {"community": community, "issuer": issuer, "subject": subject, "account": account}
        await self.db.run(insert(identities), row)


@dataclass(frozen=True, slots=True)
class SqlKeys:
    db: Running

    async def add(self, key: ApiKey, hash: str) -> None:
        await self.db.run(insert(api_keys), {**_key_row(key), "hash": hash})

    async def by_hash(self, asking: System, hash: str) -> tuple[ApiKey, Account] | None:
        found = (await self.db.run(_KEY_BY_HASH, {"by_hash": hash})).mappings().one_or_none()
        if found is None:
            return None
        account = await _account(self.db, found["account"])
        return None if account is None else (_key(found), account)

    async def used(self, id: KeyId, at: datetime) -> None:
        await self.db.run(_USED, {"by_id": id, "at": at})

    async def of(self, asking: Asking, account: AccountId) -> list[ApiKey]:
        rows = await self.db.run(_of(api_keys, type(asking)), {"of_account": account, **who(asking)})
        return [_key(row) for row in rows.mappings()]

    async def remove(self, asking: Asking, id: KeyId) -> None:
        gone = await self.db.run(_remove(api_keys, type(asking)), {"by_id": id, **who(asking)})
        if gone.rowcount == 0:
            raise KeyNotFound("There is no such key of yours.")

    async def remove_all(self, account: AccountId) -> None:
        await self.db.run(delete(api_keys).where(api_keys.c.account == account))


async def _account(db: Running, id: str) -> Account | None:
    found = (await db.run(_ACCOUNT, {"by_id": id})).mappings().one_or_none()
    return None if found is None else read_account(found)


# --- statements -------------------------------------------------------------------------------------

_BY_HASH = select(sign_ins).where(sign_ins.c.hash == bindparam("by_hash"))
_SEEN = update(sign_ins).where(sign_ins.c.id == bindparam("by_id")).values(seen_at=bindparam("at"))
_KEY_BY_HASH = select(api_keys).where(api_keys.c.hash == bindparam("by_hash"))
_USED = update(api_keys).where(api_keys.c.id == bindparam("by_id")).values(used_at=bindparam("at"))
_ACCOUNT = select(accounts).where(accounts.c.id == bindparam("by_id"))
_KNOWN_AS = select(identities.c.account).where(
    identities.c.community == bindparam("of_community"),
    identities.c.issuer == bindparam("by_issuer"),
    identities.c.subject == bindparam("by_subject"),
)


@cache
def _of(table: Table, asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    newest = (table.c["created_at"].desc(), table.c["id"].desc())
    query = select(table).where(table.c["account"] == bindparam("of_account"), own(asking, table))
    return query.order_by(*newest).limit(_MOST)


@cache
def _remove(table: Table, asking: type[Asking]) -> Delete:
    return delete(table).where(table.c["id"] == bindparam("by_id"), own(asking, table))


# --- rows -------------------------------------------------------------------------------------------


def _sign_in_row(sign_in: SignIn) -> Row:
    return {
        "id": sign_in.id,
        "community": sign_in.community,
        "account": sign_in.account,
        "way": sign_in.way.value,
        "device": sign_in.device,
        "created_at": sign_in.created_at,
        "seen_at": sign_in.seen_at,
        "expires_at": sign_in.expires_at,
    }


def _sign_in(row: Mapping[Any, Any]) -> SignIn:
    return SignIn(
        id=SignInId(row["id"]),
        community=CommunityId(row["community"]),
        account=AccountId(row["account"]),
        way=Way(row["way"]),
        device=row["device"],
        created_at=row["created_at"],
        seen_at=row["seen_at"],
        expires_at=row["expires_at"],
    )


def _key_row(key: ApiKey) -> Row:
    return {
        "id": key.id,
        "community": key.community,
        "account": key.account,
        "name": key.name,
        "start": key.start,
        "scopes": None if key.scopes is None else sorted(key.scopes),
        "created_at": key.created_at,
        "used_at": key.used_at,
        "expires_at": key.expires_at,
    }


def _key(row: Mapping[Any, Any]) -> ApiKey:
    return ApiKey(
        id=KeyId(row["id"]),
        community=CommunityId(row["community"]),
        account=AccountId(row["account"]),
        name=row["name"],
        start=row["start"],
        scopes=None if row["scopes"] is None else frozenset(row["scopes"]),
        created_at=row["created_at"],
        used_at=row["used_at"],
        expires_at=row["expires_at"],
    )
