"""Links that were sent to people, what they are signed with, and invitations to a session, as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import Executable, Select, bindparam, delete, insert, or_, select, update

from vivavoce.base.ids import AccountId, CommunityId, InvitationId, SessionId
from vivavoce.domain.errors import InvitationNotFound
from vivavoce.domain.people.invitation import Invitation
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.session import Role
from vivavoce.services.access.ports import Secret
from vivavoce.services.asking import Asking, System
from vivavoce.storage.sql import InsertInto, Row, Running
from vivavoce.storage.tables.people import invitations, secrets, tickets, used_links

_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class SqlLinks:
    db: Running

    async def add_ticket(
        self, hash: str, community: CommunityId, account: AccountId, kind: str, expires_at: datetime
    ) -> None:
        row = {"hash": hash, "community": community, "account": account, "kind": kind, "expires_at": expires_at}
        await self.db.run(insert(tickets), row)

    async def take_ticket(self, asking: System, hash: str, kinds: Sequence[str], now: datetime) -> AccountId | None:
        taken = await self.db.run(_TAKE, {"by_hash": hash, "of_kinds": list(kinds)})
        row = taken.one_or_none()
        return AccountId(row.account) if row is not None and now < row.expires_at else None

    async def drop_tickets(self, account: AccountId) -> None:
        await self.db.run(delete(tickets).where(tickets.c.account == account))

    async def use_once(self, community: CommunityId, nonce: str, expires_at: datetime) -> bool:
        row = {"community": community, "nonce": nonce, "expires_at": expires_at}
        return (await self.db.run(_use(self.db.insert), row)).one_or_none() is not None

    async def add_secret(self, secret: Secret) -> None:
        row = {
            "id": secret.id,
            "community": secret.community,
            "kind": secret.kind,
            "secret": secret.secret,
            "created_at": secret.created_at,
            "expires_at": secret.expires_at,
        }
        await self.db.run(insert(secrets), row)

    async def secrets(self, asking: System, community: CommunityId, kind: str, now: datetime) -> list[Secret]:
        rows = await self.db.run(_SECRETS, {"of_community": community, "of_kind": kind, "now": now})
        return [_secret(row) for row in rows.mappings()]

    async def expire_secrets(self, community: CommunityId, kind: str, at: datetime) -> None:
        await self.db.run(_EXPIRE, {"of_community": community, "of_kind": kind, "at": at})

    async def forget_before(self, at: datetime) -> None:
        for table in (tickets, used_links, secrets):
            await self.db.run(delete(table).where(table.c.expires_at < at))


@dataclass(frozen=True, slots=True)
class SqlInvitations:
    db: Running

    async def add(self, invitation: Invitation, hash: str) -> None:
        await self.db.run(insert(invitations), {**_row(invitation), "hash": hash})

    async def by_hash(self, asking: System, hash: str) -> Invitation | None:
        found = (await self.db.run(_INVITATION_BY_HASH, {"by_hash": hash})).mappings().one_or_none()
        return None if found is None else _read(found)

    async def get(self, asking: Asking, session: SessionId, id: InvitationId) -> Invitation:
        found = await self.db.run(_one(type(asking)), {"by_id": id, "of_session": session, **_community_of(asking)})
        row = found.mappings().one_or_none()
        if row is None:
            raise InvitationNotFound("There is no such invitation to this session.")
        return _read(row)

    async def of(self, asking: Asking, session: SessionId) -> list[Invitation]:
        rows = await self.db.run(_of(type(asking)), {"of_session": session, **_community_of(asking)})
        return [_read(row) for row in rows.mappings()]

    async def save(self, invitation: Invitation) -> None:
        values = {"by_id": invitation.id, "uses": invitation.uses, "revoked_at": invitation.revoked_at}
        await self.db.run(_SAVE, values)


def _community_of(asking: Asking) -> Mapping[str, str]:
    return {"by_community": asking.community} if isinstance(asking, Viewer) else {}


# --- statements -------------------------------------------------------------------------------------

_TAKE = (
    delete(tickets)
    .where(tickets.c.hash == bindparam("by_hash"), tickets.c.kind.in_(bindparam("of_kinds", expanding=True)))
    .returning(tickets.c.account, tickets.c.expires_at)
)
_OF_KIND = (secrets.c.community == bindparam("of_community"), secrets.c.kind == bindparam("of_kind"))
_SECRETS = (
    select(secrets)
    .where(*_OF_KIND, or_(secrets.c.expires_at.is_(None), secrets.c.expires_at > bindparam("now")))
    .order_by(secrets.c.created_at.desc(), secrets.c.id.desc())
)
_EXPIRE = (
    update(secrets)
    .where(*_OF_KIND, or_(secrets.c.expires_at.is_(None), secrets.c.expires_at > bindparam("at")))
    .values(expires_at=bindparam("at"))
)
_INVITATION_BY_HASH = select(invitations).where(invitations.c.hash == bindparam("by_hash")).with_for_update()
_SAVE = update(invitations).where(invitations.c.id == bindparam("by_id"))  # sets the columns it is given


@cache
def _use(insert: InsertInto) -> Executable:
    return insert(used_links).on_conflict_do_nothing().returning(used_links.c.nonce)


@cache
def _of(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    newest = (invitations.c.created_at.desc(), invitations.c.id.desc())
    return _in_session(asking).order_by(*newest).limit(_MOST)


@cache
def _one(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    return _in_session(asking).where(invitations.c.id == bindparam("by_id"))


def _in_session(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    query = select(invitations).where(invitations.c.session == bindparam("of_session"))
    return query.where(invitations.c.community == bindparam("by_community")) if asking is Viewer else query


# --- rows -------------------------------------------------------------------------------------------


def _secret(row: Mapping[Any, Any]) -> Secret:
    return Secret(
        id=row["id"],
        community=CommunityId(row["community"]),
        kind=row["kind"],
        secret=row["secret"],
        created_at=row["created_at"],
        expires_at=row["expires_at"],
    )


def _row(invitation: Invitation) -> Row:
    return {
        "id": invitation.id,
        "community": invitation.community,
        "session": invitation.session,
        "role": invitation.role.value,
        "name": invitation.name,
        "created_by": invitation.created_by,
        "created_at": invitation.created_at,
        "expires_at": invitation.expires_at,
        "most_uses": invitation.most_uses,
        "uses": invitation.uses,
        "anyone_coaches": invitation.anyone_coaches,
        "revoked_at": invitation.revoked_at,
    }


def _read(row: Mapping[Any, Any]) -> Invitation:
    return Invitation(
        id=InvitationId(row["id"]),
        community=CommunityId(row["community"]),
        session=SessionId(row["session"]),
        role=Role(row["role"]),
        name=row["name"],
        created_by=AccountId(row["created_by"]),
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        most_uses=row["most_uses"],
        uses=row["uses"],
        anyone_coaches=row["anyone_coaches"],
        revoked_at=row["revoked_at"],
    )
