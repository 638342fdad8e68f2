"""Figures of sessions as rows, and what is counted over them. Nothing here reads what anybody said."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Executable, Select, and_, bindparam, delete, func, select, true

from vivavoce.base.ids import AccountId, CommunityId, SessionId
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.asking import Asking
from vivavoce.services.insights.ports import Attendance, FormatRow, Histogram, Period, ScoreRow
from vivavoce.storage.own_rows import own
from vivavoce.storage.sql import InsertInto, Running, who
from vivavoce.storage.tables.insights import attendances, report_scores
from vivavoce.storage.tables.people import goals
from vivavoce.storage.tables.review import feedback
from vivavoce.storage.types import AnyText, UtcTime

_MOST: Final = 10_000  # rows of one person
Key = tuple[str, str]
Query = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class SqlInsights:
    db: Running

    # --- written down ---

    async def attended(self, rows: Sequence[Attendance]) -> None:
        if rows:
            await self.db.run(_attend(self.db.insert), [asdict(row) for row in rows])

    async def scored(self, community: CommunityId, rows: Sequence[ScoreRow]) -> None:
        if rows:
            columns = [{**asdict(row), "community": community} for row in rows]
            for row in columns:
                del row["format"]
            await self.db.run(_score(self.db.insert), columns)

    async def forget(self, asking: Asking, account: AccountId) -> None:
        await self.db.run(_forget(type(asking)), {**who(asking), "of": account})

    # --- one person's own ---

    async def sessions_of(self, asking: Asking, account: AccountId, period: Period) -> list[Attendance]:
        found = await self.db.run(_sessions_of(type(asking), *_bounds(period)), _of(asking, account, period))
        return [_attendance(row) for row in found.mappings()][::-1]

    async def scores_of(self, asking: Asking, account: AccountId, period: Period) -> list[ScoreRow]:
        found = await self.db.run(_scores_of(type(asking), *_bounds(period)), _of(asking, account, period))
        return [_score_row(row) for row in found.mappings()][::-1]

    async def goals_of(self, asking: Asking, account: AccountId, period: Period) -> Mapping[str, int]:
        found = await self.db.run(_goals_of(type(asking), *_bounds(period)), _of(asking, account, period))
        return {row.state: row.number for row in found}

    # --- a community's, without names ---

    async def formats(self, viewer: Viewer, period: Period) -> list[FormatRow]:
        found = await self.db.run(_formats(*_bounds(period)), _in(viewer, period))
        return [FormatRow(row.format, row.sessions, row.people, int(row.seconds)) for row in found]

    async def people(self, viewer: Viewer, period: Period, formats: Sequence[str]) -> int:
        values = {**_in(viewer, period), "of_formats": list(formats)}
        return int((await self.db.run(_people(*_bounds(period)), values)).scalar_one())

    async def minutes(self, viewer: Viewer, period: Period) -> Histogram:
        return await self._histogram(_minutes(*_bounds(period)), _in(viewer, period))

    async def sessions_a_person(self, viewer: Viewer, period: Period) -> Histogram:
        return await self._histogram(_sessions_a_person(*_bounds(period)), _in(viewer, period))

    async def returns(self, viewer: Viewer, period: Period, now_s: int, within_s: int) -> tuple[int, int]:
        values = {**_in(viewer, period), "latest_s": now_s - within_s, "within_s": within_s}
        found = (await self.db.run(_returns(*_bounds(period)), values)).one()
        return int(found.could), int(found.did or 0)

    async def scores(self, viewer: Viewer, period: Period) -> Mapping[Key, Histogram]:
        found: dict[Key, dict[int, int]] = {}
        for row in await self.db.run(_scores(*_bounds(period)), _in(viewer, period)):
            found.setdefault((row.format, row.criterion), {})[row.value] = row.number
        return found

    async def scored_people(self, viewer: Viewer, period: Period) -> Mapping[Key, int]:
        found = await self.db.run(_scored_people(*_bounds(period)), _in(viewer, period))
        return {(row.format, row.criterion): row.people for row in found}

    async def feedback(self, viewer: Viewer, period: Period, kind: str) -> Histogram:
        return await self._histogram(_feedback(*_bounds(period)), {**_in(viewer, period), "of_kind": kind})

    async def feedback_people(self, viewer: Viewer, period: Period, kind: str) -> int:
        values = {**_in(viewer, period), "of_kind": kind}
        return int((await self.db.run(_feedback_people(*_bounds(period)), values)).scalar_one())

    async def goals(self, viewer: Viewer, period: Period) -> tuple[Mapping[str, int], int]:
        states = await self.db.run(_goals(*_bounds(period)), _in(viewer, period))
        people = (await self.db.run(_goal_people(*_bounds(period)), _in(viewer, period))).scalar_one()
        return {row.state: row.number for row in states}, int(people)

    async def _histogram(self, query: Query, values: Mapping[str, Any]) -> Histogram:
        return {int(row.value): row.number for row in await self.db.run(query, values)}


# --- values and conditions --------------------------------------------------------------------------


def _bounds(period: Period) -> tuple[bool, bool]:
    return period.since is not None, period.until is not None


def _within(column: ColumnElement[Any], since: bool, until: bool) -> ColumnElement[bool]:
    from_on = column >= bindparam("since", type_=UtcTime()) if since else true()
    before = column < bindparam("until", type_=UtcTime()) if until else true()
    return and_(from_on, before)


def _period(period: Period) -> dict[str, Any]:
    bounds = {"since": period.since, "until": period.until}
    return {name: at for name, at in bounds.items() if at is not None}


def _of(asking: Asking, account: AccountId, period: Period) -> dict[str, Any]:
    return {**who(asking), **_period(period), "of": account, "rows": _MOST}


def _in(viewer: Viewer, period: Period) -> dict[str, Any]:
    return {"in_community": viewer.community, **_period(period)}


_COMMUNITY: Final = bindparam("in_community", type_=AnyText())
_SAME_SESSION: Final = attendances.c.session == report_scores.c.session


# --- statements, built once -------------------------------------------------------------------------


@cache
def _attend(insert: InsertInto) -> Executable:
    return insert(attendances).on_conflict_do_nothing()


@cache
def _score(insert: InsertInto) -> Executable:
    wanted = insert(report_scores)
    new, columns = wanted.excluded, report_scores.c
    return wanted.on_conflict_do_update(
        index_elements=[columns.session, columns.criterion, columns.custom],
        set_={"title": new.title, "value": new.value, "written_by": new.written_by, "at": new.at},
    )


@cache
def _forget(asking: type[Asking]) -> Executable:
    return delete(attendances).where(own(asking, attendances), attendances.c.account == bindparam("of"))


@cache
def _sessions_of(asking: type[Asking], since: bool, until: bool) -> Query:
    table = attendances.c
    mine = (own(asking, attendances), table.account == bindparam("of"), _within(table.at, since, until))
    return select(attendances).where(*mine).order_by(table.at.desc(), table.session.desc()).limit(bindparam("rows"))


@cache
def _scores_of(asking: type[Asking], since: bool, until: bool) -> Query:
    table = attendances.c
    return (
        select(report_scores, table.format)
        .join(attendances, _SAME_SESSION)
        .where(own(asking, attendances), table.account == bindparam("of"), _within(report_scores.c.at, since, until))
        .order_by(report_scores.c.at.desc(), report_scores.c.session.desc(), report_scores.c.criterion)
        .limit(bindparam("rows"))
    )


@cache
def _goals_of(asking: type[Asking], since: bool, until: bool) -> Query:
    mine = (own(asking, goals), goals.c.account == bindparam("of"), _within(goals.c.created_at, since, until))
    return select(goals.c.state, func.count().label("number")).where(*mine).group_by(goals.c.state)


@cache
def _formats(since: bool, until: bool) -> Query:
    table = attendances.c
    return (
        select(
            table.format,
            func.count(table.session.distinct()).label("sessions"),
            func.count(table.account.distinct()).label("people"),
            func.sum(table.seconds).label("seconds"),
        )
        .where(table.community == _COMMUNITY, _within(table.at, since, until))
        .group_by(table.format)
        .order_by(table.format)
    )


@cache
def _people(since: bool, until: bool) -> Query:
    table = attendances.c
    those = table.format.in_(bindparam("of_formats", expanding=True))
    return select(func.count(table.account.distinct())).where(
        table.community == _COMMUNITY, _within(table.at, since, until), those
    )


@cache
def _minutes(since: bool, until: bool) -> Query:
    table = attendances.c
    minutes = (table.seconds // 60).label("value")
    lasted = select(minutes).where(table.community == _COMMUNITY, _within(table.at, since, until)).subquery()
    return select(lasted.c.value, func.count().label("number")).group_by(lasted.c.value)


@cache
def _sessions_a_person(since: bool, until: bool) -> Query:
    table = attendances.c
    each = (
        select(func.count().label("value"))
        .where(table.community == _COMMUNITY, _within(table.at, since, until))
        .group_by(table.account)
        .subquery()
    )
    return select(each.c.value, func.count().label("number")).group_by(each.c.value)


@cache
def _returns(since: bool, until: bool) -> Query:
    table = attendances.c
    following = func.lead(table.started_s).over(partition_by=table.account, order_by=(table.started_s, table.session))
    each = select(table.started_s, table.at, following.label("next_s")).where(table.community == _COMMUNITY).subquery()
    came_back = each.c.next_s - each.c.started_s <= bindparam("within_s")
    return select(func.count().label("could"), func.count(each.c.next_s).filter(came_back).label("did")).where(
        each.c.started_s <= bindparam("latest_s"), _within(each.c.at, since, until)
    )


@cache
def _counted_scores(since: bool, until: bool) -> ColumnElement[bool]:
    scores = report_scores.c
    return and_(scores.community == _COMMUNITY, scores.custom.is_(False), _within(scores.at, since, until))


@cache
def _scores(since: bool, until: bool) -> Query:
    scores, table = report_scores.c, attendances.c
    return (
        select(table.format, scores.criterion, scores.value, func.count(scores.session.distinct()).label("number"))
        .join(attendances, _SAME_SESSION)
        .where(_counted_scores(since, until))
        .group_by(table.format, scores.criterion, scores.value)
    )


@cache
def _scored_people(since: bool, until: bool) -> Query:
    scores, table = report_scores.c, attendances.c
    return (
        select(table.format, scores.criterion, func.count(table.account.distinct()).label("people"))
        .select_from(report_scores.join(attendances, _SAME_SESSION))
        .where(_counted_scores(since, until))
        .group_by(table.format, scores.criterion)
    )


@cache
def _given(since: bool, until: bool) -> ColumnElement[bool]:
    columns = feedback.c
    of_kind = columns.kind == bindparam("of_kind", type_=AnyText())
    return and_(columns.community == _COMMUNITY, of_kind, _within(columns.at, since, until))


@cache
def _feedback(since: bool, until: bool) -> Query:
    counted = select(feedback.c.value, func.count().label("number"))
    return counted.where(_given(since, until)).group_by(feedback.c.value)


@cache
def _feedback_people(since: bool, until: bool) -> Query:
    return select(func.count(feedback.c.account.distinct())).where(_given(since, until))


@cache
def _goals(since: bool, until: bool) -> Query:
    ours = (goals.c.community == _COMMUNITY, _within(goals.c.created_at, since, until))
    return select(goals.c.state, func.count().label("number")).where(*ours).group_by(goals.c.state)


@cache
def _goal_people(since: bool, until: bool) -> Query:
    ours = (goals.c.community == _COMMUNITY, _within(goals.c.created_at, since, until))
    return select(func.count(goals.c.account.distinct())).where(*ours)


# --- rows -------------------------------------------------------------------------------------------


def _attendance(row: Mapping[Any, Any]) -> Attendance:
    return Attendance(
        SessionId(row["session"]),
        AccountId(row["account"]),
        CommunityId(row["community"]),
        row["format"],
        row["at"],
        row["started_s"],
        row["seconds"],
        row["turns"],
    )


def _score_row(row: Mapping[Any, Any]) -> ScoreRow:
    return ScoreRow(
        SessionId(row["session"]),
        row["criterion"],
        row["title"],
        row["value"],
        row["written_by"],
        row["at"],
        row["custom"],
        row["format"],
    )
