"""The audit log as rows. They are only ever added; a person who is erased loses their name in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import Select, bindparam, insert, select, true, update

from vivavoce.base.ids import AccountId, CommunityId, SessionId
from vivavoce.domain.people.audit import AuditEntry
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.asking import Asking, Cursor
from vivavoce.services.people.ports import Listing
from vivavoce.storage.own_rows import newest_first, page
from vivavoce.storage.sql import Running, who
from vivavoce.storage.tables.people import audit
from vivavoce.storage.types import AnyText

_ERASED: Final = "erased"


@dataclass(frozen=True, slots=True)
class SqlAudit:
    db: Running

    async def add(self, entry: AuditEntry) -> None:
        row = {
            "id": entry.id,
            "community": entry.community,
            "created_at": entry.created_at,
            "actor": entry.actor,
            "action": entry.action,
            "subject": entry.subject,
            "session": entry.session,
            "detail": dict(entry.detail),
        }
        await self.db.run(insert(audit), row)

    async def page(
        self,
        asking: Asking,
        community: CommunityId,
        *,
        actor: AccountId | None = None,
        subject: str | None = None,
        after: Cursor | None = None,
        limit: int = 50,
    ) -> Listing[AuditEntry]:
        query = _page(type(asking), actor is not None, subject is not None, after is not None)
        wanted = {"of_community": community, "of_actor": actor, "of_subject": subject}
        values = {**who(asking), **{name: value for name, value in wanted.items() if value is not None}}
        return await page(self.db, query, values, _read, asking=asking, after=after, limit=limit)

    async def forget(self, asking: Asking, account: AccountId) -> None:
        theirs = true() if not isinstance(asking, Viewer) else audit.c.community == asking.community
        for column in (audit.c.actor, audit.c.subject):
            await self.db.run(update(audit).where(column == account, theirs).values({column: _ERASED}))


@cache
def _page(asking: type[Asking], actor: bool, subject: bool, after: bool) -> Select[*tuple[Any, ...]]:
    query = select(audit).where(audit.c.community == bindparam("of_community"))
    if asking is Viewer:
        query = query.where(audit.c.community == bindparam("by_community", type_=AnyText()))
    if actor:
        query = query.where(audit.c.actor == bindparam("of_actor"))
    if subject:
        query = query.where(audit.c.subject == bindparam("of_subject"))
    return newest_first(query, audit, after=after)


def _read(row: Mapping[Any, Any]) -> AuditEntry:
    return AuditEntry(
        id=row["id"],
        community=CommunityId(row["community"]),
        created_at=row["created_at"],
        actor=AccountId(row["actor"]),
        action=row["action"],
        subject=row["subject"],
        session=row["session"] and SessionId(row["session"]),
        detail=row["detail"],
    )
