"""Reports as rows: one per session, the last one written."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Executable, Select, bindparam, select

from vivavoce.base.ids import SessionId
from vivavoce.services.ports import Asking, StoredReport
from vivavoce.storage.answers import no_session
from vivavoce.storage.sql import InsertInto, Running, seen_by, who
from vivavoce.storage.tables import reports, sessions


@dataclass(frozen=True, slots=True)
class SqlReports:
    db: Running

    async def save(self, session: SessionId, report: StoredReport) -> None:
        community = (await self.db.run(_COMMUNITY, {"by_id": session})).scalar_one_or_none()
        if community is None:
            raise no_session(session)
        row = {
            "session": session,
            "community": community,
            "status": report.status,
            "document": dict(report.document),
            "at": report.at,
        }
        await self.db.run(_save(self.db.insert), row)

    async def get(self, asking: Asking, session: SessionId) -> StoredReport | None:
        found = (await self.db.run(_get(type(asking)), {"by_id": session, **who(asking)})).one_or_none()
        return None if found is None else StoredReport(found.status, found.document, found.at)


_COMMUNITY = select(sessions.c.community).where(sessions.c.id == bindparam("by_id"))


@cache
def _save(insert: InsertInto) -> Executable:
    wanted = insert(reports)
    new = wanted.excluded
    return wanted.on_conflict_do_update(
        index_elements=[reports.c.session],
        set_={"status": new.status, "document": new.document, "at": new.at},
    )


@cache
def _get(asking: type[Asking]) -> Select[Any, Any, Any]:
    return (
        select(reports.c.status, reports.c.document, reports.c.at)
        .select_from(reports.join(sessions, reports.c.session == sessions.c.id))
        .where(reports.c.session == bindparam("by_id"), seen_by(asking, listed=False))
    )
