"""Profiles, goals and projects as rows: each is one person's own, in one community."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Executable, Select, bindparam, delete, insert, select, update

from vivavoce.base.ids import AccountId, CommunityId, GoalId, ProjectId, SessionId
from vivavoce.domain.errors import GoalNotFound, ProjectNotFound
from vivavoce.domain.people.goals import Goal, GoalState
from vivavoce.domain.people.profile import Profile
from vivavoce.domain.people.projects import Link, Project
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.asking import Asking, Cursor
from vivavoce.services.people.ports import Listing
from vivavoce.storage.own_rows import newest_first, own, page
from vivavoce.storage.sql import InsertInto, Row, Running, who
from vivavoce.storage.tables.people import goals, profiles, projects


@dataclass(frozen=True, slots=True)
class SqlProfiles:
    db: Running

    async def get(self, asking: Asking, account: AccountId) -> Profile:
        values = {**who(asking), "of": account}
        found = (await self.db.run(_profile(type(asking)), values)).mappings().first()
        if found is None:
            return Profile(account)
        return Profile(
            account,
            found["onboarding"],
            found["preferences"],
            tuple(found["challenges"]),
            found["avatar"],
            found["memory"],
        )

    async def save(self, viewer: Viewer, profile: Profile) -> None:
        row = {
            "account": viewer.account,
            "community": viewer.community,
            "onboarding": dict(profile.onboarding),
            "preferences": dict(profile.preferences),
            "challenges": list(profile.challenges),
            "avatar": profile.avatar,
            "memory": profile.memory,
        }
        await self.db.run(_save_profile(self.db.insert), row)

    async def forget(self, asking: Asking, account: AccountId) -> None:
        await self.db.run(_forget(type(asking), "profiles"), {**who(asking), "of": account})


@dataclass(frozen=True, slots=True)
class SqlGoals:
    db: Running

    async def add(self, goal: Goal) -> None:
        await self.db.run(_ADD_GOAL, _goal_row(goal))

    async def get(self, asking: Asking, id: GoalId) -> Goal:
        found = (await self.db.run(_goal(type(asking)), {**who(asking), "by_id": id})).mappings().one_or_none()
        if found is None:
            raise GoalNotFound("There is no such goal of yours.")
        return _read_goal(found)

    async def save(self, goal: Goal) -> None:
        await self.db.run(_SAVE_GOAL, {**_goal_row(goal), "by_id": goal.id})

    async def page(
        self,
        asking: Asking,
        account: AccountId,
        *,
        state: GoalState | None = None,
        after: Cursor | None = None,
        limit: int = 50,
    ) -> Listing[Goal]:
        query = _goals(type(asking), state is not None, after is not None)
        values = {"of": account} | ({"in_state": state.value} if state is not None else {})
        return await page(self.db, query, values, _read_goal, asking=asking, after=after, limit=limit)

    async def forget(self, asking: Asking, account: AccountId) -> None:
        await self.db.run(_forget(type(asking), "goals"), {**who(asking), "of": account})


@dataclass(frozen=True, slots=True)
class SqlProjects:
    db: Running

    async def add(self, project: Project) -> None:
        await self.db.run(_ADD_PROJECT, _project_row(project))

    async def get(self, asking: Asking, id: ProjectId) -> Project:
        found = (await self.db.run(_project(type(asking)), {**who(asking), "by_id": id})).mappings().one_or_none()
        if found is None:
            raise _no_project()
        return _read_project(found)

    async def save(self, project: Project) -> None:
        await self.db.run(_SAVE_PROJECT, {**_project_row(project), "by_id": project.id})

    async def remove(self, asking: Asking, id: ProjectId) -> None:
        gone = await self.db.run(_remove_project(type(asking)), {**who(asking), "by_id": id})
        if gone.rowcount == 0:
            raise _no_project()

    async def page(
        self, asking: Asking, account: AccountId, *, after: Cursor | None = None, limit: int = 50
    ) -> Listing[Project]:
        query = _projects(type(asking), after is not None)
        return await page(self.db, query, {"of": account}, _read_project, asking=asking, after=after, limit=limit)

    async def forget(self, asking: Asking, account: AccountId) -> None:
        await self.db.run(_forget(type(asking), "projects"), {**who(asking), "of": account})


def _no_project() -> ProjectNotFound:
    return ProjectNotFound("There is no such project of yours.")


# --- statements, built once -------------------------------------------------------------------------

_OWNED = {"profiles": (profiles, "account"), "goals": (goals, "account"), "projects": (projects, "owner")}
_ADD_GOAL = insert(goals)
_SAVE_GOAL = update(goals).where(goals.c.id == bindparam("by_id"))
_ADD_PROJECT = insert(projects)
_SAVE_PROJECT = update(projects).where(projects.c.id == bindparam("by_id"))


@cache
def _forget(asking: type[Asking], name: str) -> Executable:
    table, account = _OWNED[name]
    return delete(table).where(table.c[account] == bindparam("of"), own(asking, table, account))


@cache
def _profile(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    return select(profiles).where(profiles.c.account == bindparam("of"), own(asking, profiles))


@cache
def _save_profile(insert: InsertInto) -> Executable:
    wanted = insert(profiles)
    new = wanted.excluded
    written = ("onboarding", "preferences", "challenges", "avatar", "memory")
    return wanted.on_conflict_do_update(
        index_elements=[profiles.c.community, profiles.c.account], set_={name: new[name] for name in written}
    )


@cache
def _goal(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    return select(goals).where(goals.c.id == bindparam("by_id"), own(asking, goals))


@cache
def _goals(asking: type[Asking], state: bool, after: bool) -> Select[*tuple[Any, ...]]:
    query = select(goals).where(goals.c.account == bindparam("of"), own(asking, goals))
    if state:
        query = query.where(goals.c.state == bindparam("in_state"))
    return newest_first(query, goals, after=after)


@cache
def _project(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    return select(projects).where(projects.c.id == bindparam("by_id"), own(asking, projects, "owner"))


@cache
def _remove_project(asking: type[Asking]) -> Executable:
    return delete(projects).where(projects.c.id == bindparam("by_id"), own(asking, projects, "owner"))


@cache
def _projects(asking: type[Asking], after: bool) -> Select[*tuple[Any, ...]]:
    query = select(projects).where(projects.c.owner == bindparam("of"), own(asking, projects, "owner"))
    return newest_first(query, projects, after=after)


# --- rows -------------------------------------------------------------------------------------------


def _goal_row(goal: Goal) -> Row:
    return {
        "id": goal.id,
        "community": goal.community,
        "account": goal.account,
        "text": goal.text,
        "state": goal.state.value,
        "session": goal.session,
        "created_at": goal.created_at,
        "closed_at": goal.closed_at,
    }


def _read_goal(row: Mapping[Any, Any]) -> Goal:
    return Goal(
        GoalId(row["id"]),
        CommunityId(row["community"]),
        AccountId(row["account"]),
        row["text"],
        GoalState(row["state"]),
        row["created_at"],
        row["session"] and SessionId(row["session"]),
        row["closed_at"],
    )


def _project_row(project: Project) -> Row:
    return {
        "id": project.id,
        "community": project.community,
        "owner": project.owner,
        "title": project.title,
        "notes": project.notes,
        "links": [{"url": link.url, "title": link.title} for link in project.links],
        "created_at": project.created_at,
        "updated_at": project.updated_at,
    }


def _read_project(row: Mapping[Any, Any]) -> Project:
    return Project(
        ProjectId(row["id"]),
        CommunityId(row["community"]),
        AccountId(row["owner"]),
        row["title"],
        row["notes"],
        tuple(Link(link["url"], link["title"]) for link in row["links"]),
        row["created_at"],
        row["updated_at"],
    )
