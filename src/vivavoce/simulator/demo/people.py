"""The people of the demonstration come to be: accounts, profiles, goals, credits."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from vivavoce.base.ids import AccountId, CommunityId
from vivavoce.domain.people.account import Account
from vivavoce.domain.people.goals import GoalState
from vivavoce.domain.people.viewer import LOCAL, Standing, Viewer
from vivavoce.services.access.local import ensure_local
from vivavoce.services.asking import SYSTEM
from vivavoce.services.money.accounts import Grant, grant
from vivavoce.services.people.goals import change_goal, set_goal
from vivavoce.services.people.profiles import ProfileChange, change_profile
from vivavoce.simulator.demo.stage import Stage
from vivavoce.simulator.demo.story import Character

CREDITS: Final = 60
COMMUNITY: Final = CommunityId(LOCAL.community)


def viewer_of(one: Character) -> Viewer:
    if one.id == LOCAL.account:
        return replace(LOCAL, name=one.name)
    return Viewer(AccountId(one.id), COMMUNITY, one.name, Standing(one.standing))


async def bring_people(people: Iterable[Character], play: Stage) -> None:
    """Everybody has an account, a profile, goals and credits. The person of local mode keeps their account."""
    await ensure_local(play.use)
    for one in people:
        viewer = viewer_of(one)
        async with play.use.records.change() as change:
            before = await change.tx.people.account(SYSTEM, LOCAL.account) if viewer.account == LOCAL.account else None
            account = before or Account(
                viewer.account, COMMUNITY, one.name, viewer.standing, f"{one.id}@example.org", created_at=change.at
            )
            known = replace(account, name=one.name, country=one.country, time_zone=one.time_zone)
            await (change.tx.people.save(known) if before else change.tx.people.add(known))
        profile = ProfileChange(onboarding=one.onboarding, preferences=one.preferences, challenges=one.challenges)
        await change_profile(viewer, profile, use=play.use)
        for text in one.goals:
            await set_goal(viewer, text, use=play.use)
        await grant(LOCAL, Grant(one.id, CREDITS, "For the demonstration", key="demo"), use=play.use)


async def meet_goals(people: Iterable[Character], play: Stage) -> None:
    """The goals that their story says were met, are."""
    for one in people:
        viewer = viewer_of(one)
        async with play.use.store.reading() as tx:
            goals = (await tx.goals.page(viewer, viewer.account)).items
        for goal in goals:
            if goal.text in {one.goals[number] for number in one.met}:
                await change_goal(viewer, goal.id, state=GoalState.MET, use=play.use)


def by_id(people: Iterable[Character]) -> Mapping[str, Character]:
    return {one.id: one for one in people}


def first_day(now: datetime, longest_ago: int) -> datetime:
    """The morning before the first session."""
    return (now - timedelta(days=longest_ago + 1)).replace(hour=7, minute=0, second=0, microsecond=0)
