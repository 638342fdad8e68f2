"""Reports as rows: the last one of each session, and beside it all that were written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import Executable, Select, bindparam, func, insert, select

from vivavoce.base.ids import SessionId
from vivavoce.services.asking import Asking
from vivavoce.services.reports.ports import StoredReport
from vivavoce.storage.answers import no_session
from vivavoce.storage.sql import InsertInto, Running, seen_by, who
from vivavoce.storage.tables import report_versions, reports, sessions

_MOST: Final = 50
_MOST_VERSION: Final = 2**31 - 1


@dataclass(frozen=True, slots=True)
class SqlReports:
    db: Running

    async def save(self, session: SessionId, report: StoredReport) -> int:
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
        version = int((await self.db.run(_LAST, {"by_id": session})).scalar_one()) + 1
        await self.db.run(insert(report_versions), {**row, "version": version})
        return version

    async def get(self, asking: Asking, session: SessionId, version: int | None = None) -> StoredReport | None:
        if version is not None and not 0 < version <= _MOST_VERSION:
            return None
        values = {"by_id": session, **who(asking), "rows": 1}
        if version is not None:
            values["by_version"] = version
        found = (await self.db.run(_versions(type(asking), version is not None), values)).mappings().one_or_none()
        if found is not None or version is not None:
            return _report(found) if found is not None else None
        first = (await self.db.run(_unversioned(type(asking)), {"by_id": session, **who(asking)})).mappings()
        return next((_report(row) for row in first), None)

    async def versions(self, asking: Asking, session: SessionId) -> Sequence[StoredReport]:
        values = {"by_id": session, **who(asking), "rows": _MOST}
        return [_report(row) for row in (await self.db.run(_versions(type(asking), False), values)).mappings()]


_COMMUNITY = select(sessions.c.community).where(sessions.c.id == bindparam("by_id"))
_LAST = select(func.coalesce(func.max(report_versions.c.version), 0)).where(
    report_versions.c.session == bindparam("by_id")
)


@cache
def _save(insert: InsertInto) -> Executable:
    wanted = insert(reports)
    new = wanted.excluded
    return wanted.on_conflict_do_update(
        index_elements=[reports.c.session],
        set_={"status": new.status, "document": new.document, "at": new.at},
    )


@cache
def _versions(asking: type[Asking], one: bool) -> Select[*tuple[Any, ...]]:
    query = (
        select(report_versions)
        .join(sessions, report_versions.c.session == sessions.c.id)
        .where(report_versions.c.session == bindparam("by_id"), seen_by(asking, listed=False))
        .order_by(report_versions.c.version.desc())
        .limit(bindparam("rows"))
    )
    return query.where(report_versions.c.version == bindparam("by_version")) if one else query


@cache
def _unversioned(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    """Of a release that kept the last report only."""
    return (
        select(reports)
        .join(sessions, reports.c.session == sessions.c.id)
        .where(reports.c.session == bindparam("by_id"), seen_by(asking, listed=False))
    )


def _report(row: Mapping[Any, Any]) -> StoredReport:
    return StoredReport(row["status"], row["document"], row["at"], row.get("version", 1))
