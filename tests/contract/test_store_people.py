"""What every store promises about profiles, goals and projects."""

from dataclasses import replace

import pytest
from tests.contract.samples import ANA, BEN, EVE, NOW, a_session, add, later

from vivavoce.base.ids import GoalId, ProjectId, SessionId
from vivavoce.domain.errors import GoalNotFound, ProjectNotFound
from vivavoce.domain.people.goals import Goal, GoalState
from vivavoce.domain.people.profile import Profile
from vivavoce.domain.people.projects import Link, Project
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.asking import SYSTEM
from vivavoce.services.ports import Store

OTHERS = [BEN, EVE]


def a_goal(number: int, *, of: Viewer = ANA, state: GoalState = GoalState.OPEN) -> Goal:
    id = GoalId(f"goa_{of.community}_{number}")
    return Goal(id, of.community, of.account, f"Goal {number}", state, later(number))


def a_project(number: int, *, of: Viewer = ANA) -> Project:
    links = (Link("https://example.org/a?b=c", "Plan"), Link("http://localhost:8000/"))
    id = ProjectId(f"pro_{of.community}_{number}")
    return Project(id, of.community, of.account, f"Project {number}", "odd \0 and \ud800", links, later(number), NOW)


async def add_goals(store: Store, *goals: Goal) -> None:
    async with store.transaction() as tx:
        for goal in goals:
            await tx.goals.add(goal)


async def add_projects(store: Store, *projects: Project) -> None:
    async with store.transaction() as tx:
        for project in projects:
            await tx.projects.add(project)


# --- profiles ---------------------------------------------------------------------------------------


async def test_a_person_who_saved_nothing_has_an_empty_profile(store: Store) -> None:
    async with store.reading() as tx:
        assert await tx.profiles.get(ANA, ANA.account) == Profile(ANA.account)


async def test_a_profile_comes_back_as_it_was_saved_last(store: Store) -> None:
    first = Profile(ANA.account, {"role": "nurse"}, {"tone": "direct"}, ("nights",), "fern", memory=True)
    second = replace(first, challenges=(), avatar="", memory=False)
    for profile in (first, second):
        async with store.transaction() as tx:
            await tx.profiles.save(ANA, profile)
        async with store.reading() as tx:
            assert await tx.profiles.get(ANA, ANA.account) == profile
            assert await tx.profiles.get(SYSTEM, ANA.account) == profile


@pytest.mark.parametrize("by", OTHERS)
async def test_nobody_else_sees_a_profile_or_takes_its_place(store: Store, by: Viewer) -> None:
    mine = Profile(ANA.account, {"role": "nurse"})
    async with store.transaction() as tx:
        await tx.profiles.save(ANA, mine)
        assert await tx.profiles.get(by, ANA.account) == Profile(ANA.account)
        await tx.profiles.save(by, Profile(by.account, {"role": "thief"}))
        await tx.profiles.forget(by, by.account)
        assert await tx.profiles.get(ANA, ANA.account) == mine


async def test_a_profile_can_be_forgotten(store: Store) -> None:
    async with store.transaction() as tx:
        await tx.profiles.save(ANA, Profile(ANA.account, {"role": "nurse"}))
        await tx.profiles.forget(SYSTEM, ANA.account)
        assert await tx.profiles.get(ANA, ANA.account) == Profile(ANA.account)


# --- goals ------------------------------------------------------------------------------------------


async def test_goals_come_newest_first_by_pages_and_by_state(store: Store) -> None:
    goals = [a_goal(1), a_goal(2, state=GoalState.MET), a_goal(3)]
    await add_goals(store, *goals, a_goal(4, of=EVE))
    async with store.reading() as tx:
        first = await tx.goals.page(ANA, ANA.account, limit=2)
        assert first.items == (goals[2], goals[1])
        rest = await tx.goals.page(ANA, ANA.account, limit=2, after=first.next)
        assert (rest.items, rest.next) == ((goals[0],), None)
        assert (await tx.goals.page(ANA, ANA.account, state=GoalState.OPEN)).items == (goals[2], goals[0])


async def test_a_goal_that_was_met_stays_met(store: Store) -> None:
    await add(store, a_session())
    goal = replace(a_goal(1), session=SessionId("ses_1"))
    await add_goals(store, goal)
    met = replace(goal, state=GoalState.MET, closed_at=later(5), text="done")
    async with store.transaction() as tx:
        await tx.goals.save(met)
        assert await tx.goals.get(ANA, goal.id) == met


@pytest.mark.parametrize("by", OTHERS)
async def test_nobody_else_sees_a_goal(store: Store, by: Viewer) -> None:
    await add_goals(store, a_goal(1))
    async with store.transaction() as tx:
        with pytest.raises(GoalNotFound):
            await tx.goals.get(by, a_goal(1).id)
        assert (await tx.goals.page(by, ANA.account)).items == ()
        await tx.goals.forget(by, ANA.account)
        assert await tx.goals.get(ANA, a_goal(1).id) == a_goal(1)


# --- projects ---------------------------------------------------------------------------------------


async def test_a_project_comes_back_as_it_was_saved_last(store: Store) -> None:
    project = replace(a_project(1), notes="notes")
    await add_projects(store, project)
    changed = replace(project, title="Another", links=(), updated_at=later(9))
    async with store.transaction() as tx:
        assert await tx.projects.get(ANA, project.id) == project
        await tx.projects.save(changed)
        assert await tx.projects.get(ANA, project.id) == changed


async def test_projects_come_newest_first_by_pages(store: Store) -> None:
    projects = [replace(a_project(number), notes="") for number in (1, 2, 3)]
    await add_projects(store, *projects)
    async with store.reading() as tx:
        first = await tx.projects.page(ANA, ANA.account, limit=2)
        assert first.items == (projects[2], projects[1])
        assert (await tx.projects.page(ANA, ANA.account, after=first.next)).items == (projects[0],)


@pytest.mark.parametrize("by", OTHERS)
async def test_nobody_else_sees_or_removes_a_project(store: Store, by: Viewer) -> None:
    await add_projects(store, a_project(1))
    async with store.transaction() as tx:
        with pytest.raises(ProjectNotFound):
            await tx.projects.get(by, a_project(1).id)
        with pytest.raises(ProjectNotFound):
            await tx.projects.remove(by, a_project(1).id)
        assert (await tx.projects.page(by, ANA.account)).items == ()
        await tx.projects.forget(by, ANA.account)
        assert (await tx.projects.get(ANA, a_project(1).id)).title == "Project 1"


async def test_a_removed_project_is_gone(store: Store) -> None:
    await add_projects(store, a_project(1), a_project(2))
    async with store.transaction() as tx:
        await tx.projects.remove(ANA, a_project(1).id)
        with pytest.raises(ProjectNotFound):
            await tx.projects.get(ANA, a_project(1).id)
        await tx.projects.forget(ANA, ANA.account)
        assert (await tx.projects.page(ANA, ANA.account)).items == ()
