"""Which node runs a session's live room, as rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Executable, bindparam, delete, or_, select, update

from vivavoce.base.ids import NodeId, SessionId
from vivavoce.domain.errors import Conflict
from vivavoce.storage.answers import no_session
from vivavoce.storage.sql import InsertInto, Running
from vivavoce.storage.tables import leases


@dataclass(frozen=True, slots=True)
class SqlLeases:
    db: Running

    async def take(self, session: SessionId, node: NodeId, now: datetime, ttl_s: float) -> bool:
        row = {"session": session, "node": node, "until": now + timedelta(seconds=ttl_s), "now": now}
        try:
            taken = await self.db.run(_take(self.db.insert), row)
        except Conflict:  # the only thing that can be missing is the session
            raise no_session(session) from None
        return taken.one_or_none() is not None

    async def renew(
        self, sessions: Sequence[SessionId], node: NodeId, now: datetime, ttl_s: float
    ) -> frozenset[SessionId]:
        row = {"by_ids": list(sessions), "by_node": node, "until": now + timedelta(seconds=ttl_s)}
        kept = await self.db.run(_RENEW, row)
        return frozenset(SessionId(row.session) for row in kept)

    async def release(self, session: SessionId, node: NodeId) -> None:
        await self.db.run(_RELEASE, {"by_id": session, "by_node": node})

    async def owner(self, session: SessionId, now: datetime) -> NodeId | None:
        found = (await self.db.run(_OWNER, {"by_id": session, "now": now})).scalar_one_or_none()
        return None if found is None else NodeId(found)

    async def expired(self, now: datetime) -> list[SessionId]:
        return [SessionId(row.session) for row in await self.db.run(_EXPIRED, {"now": now})]


@cache
def _take(insert: InsertInto) -> Executable:
    """Take, renew or take over: one statement, so that of two nodes one gets nothing back."""
    wanted = insert(leases)
    ours = wanted.excluded
    return wanted.on_conflict_do_update(
        index_elements=[leases.c.session],
        set_={"node": ours.node, "until": ours.until},
        where=or_(leases.c.node == ours.node, leases.c.until <= bindparam("now", type_=leases.c.until.type)),
    ).returning(leases.c.node)


_RENEW = (
    update(leases)
    .where(leases.c.session.in_(bindparam("by_ids", expanding=True)), leases.c.node == bindparam("by_node"))
    .values(until=bindparam("until"))
    .returning(leases.c.session)
)
_RELEASE = delete(leases).where(leases.c.session == bindparam("by_id"), leases.c.node == bindparam("by_node"))
_OWNER = select(leases.c.node).where(leases.c.session == bindparam("by_id"), leases.c.until > bindparam("now"))
_EXPIRED = select(leases.c.session).where(leases.c.until <= bindparam("now")).order_by(leases.c.until)
