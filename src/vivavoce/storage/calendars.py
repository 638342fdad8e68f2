"""Calendar feeds as rows, and the sessions that stand in them."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from sqlalchemy import Executable, bindparam, delete, select

from vivavoce.base.ids import AccountId, CommunityId
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.session import Session
from vivavoce.services.asking import Asking, System
from vivavoce.services.scheduling.ports import Feed
from vivavoce.storage.own_rows import own
from vivavoce.storage.sessions import read_session
from vivavoce.storage.sql import InsertInto, Running, seen_by, who
from vivavoce.storage.tables import sessions
from vivavoce.storage.tables.scheduling import calendar_feeds

_MOST: Final = 500


@dataclass(frozen=True, slots=True)
class SqlCalendars:
    db: Running

    async def feed(self, viewer: Viewer) -> Feed | None:
        found = (await self.db.run(_OWN, who(viewer))).one_or_none()
        return None if found is None else Feed(found.community, found.account, found.created_at)

    async def by_hash(self, asking: System, hash: str) -> Feed | None:
        found = (await self.db.run(_BY_HASH, {"by_hash": hash})).one_or_none()
        if found is None:
            return None
        return Feed(CommunityId(found.community), AccountId(found.account), found.created_at)

    async def save(self, feed: Feed, hash: str) -> None:
        row = {"community": feed.community, "account": feed.account, "hash": hash, "created_at": feed.created_at}
        await self.db.run(_save(self.db.insert), row)

    async def forget(self, asking: Asking, account: AccountId) -> None:
        await self.db.run(_forget(type(asking)), {**who(asking), "of_account": account})

    async def planned(self, viewer: Viewer, since: datetime) -> list[Session]:
        found = await self.db.run(_PLANNED, {**who(viewer), "since": since})
        return [read_session(row) for row in found.mappings()]


_OWN = select(calendar_feeds).where(own(Viewer, calendar_feeds))
_BY_HASH = select(calendar_feeds).where(calendar_feeds.c.hash == bindparam("by_hash"))
_PLANNED = (
    select(sessions)
    .where(sessions.c.scheduled_for >= bindparam("since"), seen_by(Viewer, listed=False))
    .order_by(sessions.c.scheduled_for, sessions.c.id)
    .limit(_MOST)
)


@cache
def _save(insert: InsertInto) -> Executable:
    wanted = insert(calendar_feeds)
    new = wanted.excluded
    return wanted.on_conflict_do_update(
        index_elements=[calendar_feeds.c.community, calendar_feeds.c.account],
        set_={"hash": new.hash, "created_at": new.created_at},
    )


@cache
def _forget(asking: type[Asking]) -> Executable:
    return delete(calendar_feeds).where(
        calendar_feeds.c.account == bindparam("of_account"), own(asking, calendar_feeds)
    )
