"""What the AI is told of the person: it must reach a language model's instructions and the guide's facts alike."""

from dataclasses import replace

import pytest
from tests.unit.services.site import CALM, Site, opened, running_site

from vivavoce.base.ids import AccountId, ProjectId
from vivavoce.domain.errors import Invalid, ProjectNotFound
from vivavoce.domain.people.goals import GoalState
from vivavoce.domain.people.projects import Link
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.engine.ports import Prompt
from vivavoce.providers.scripted import Answer
from vivavoce.services.open_session import NewSession, open_session
from vivavoce.services.people import goals, profiles, projects
from vivavoce.services.people.profiles import ProfileChange
from vivavoce.services.people.projects import ProjectChange
from vivavoce.services.send_message import send_text

OTHER = replace(LOCAL, account=AccountId("acc_other"))


async def prompt_of(site: Site, **fields: object) -> Prompt:
    """What the model is asked for an answer in a new session."""
    prompts: list[Prompt] = []

    def answer(prompt: Prompt) -> Answer:
        prompts.append(prompt)
        return Answer("Yes.")

    site.script.answer = answer
    await send_text(LOCAL, await opened(site, **fields), "Hello there, my friend", use=site.use)
    return prompts[-1]


async def test_onboarding_preferences_challenges_and_goals_reach_the_ai() -> None:
    async with running_site() as site:
        change = ProfileChange({"What brings you?": "My new team"}, {"tone": "direct"}, ("I avoid conflict",))
        await profiles.change_profile(LOCAL, change, use=site.use)
        await goals.set_goal(LOCAL, "Run ten kilometres", use=site.use)
        dropped = await goals.set_goal(LOCAL, "Learn Latin", use=site.use)
        await goals.change_goal(LOCAL, dropped.id, state=GoalState.DROPPED, use=site.use)
        asked = await prompt_of(site)
        for told in ("My new team", "tone: direct", "I avoid conflict", "Run ten kilometres"):
            assert told in asked.instructions
        assert "Latin" not in asked.instructions
        assert asked.facts["goals"] == "Run ten kilometres"
        assert asked.facts["challenges"] == "I avoid conflict"
        assert asked.facts["preferences"] == "tone: direct"
        assert asked.facts["onboarding"] == "What brings you?: My new team"


async def test_a_linked_project_reaches_the_ai_cut_to_size() -> None:
    async with running_site() as site:
        links = (Link("https://example.org/plan", "The plan"),)
        project = await projects.add_project(LOCAL, "Booking page", "Two developers. " * 1000, links, use=site.use)
        asked = await prompt_of(site, project=project.id)
        assert "Booking page" in asked.instructions
        assert "The plan: https://example.org/plan" in asked.instructions
        assert asked.instructions.count("Two developers.") < 200
        assert asked.facts["project_title"] == "Booking page"


async def test_a_project_thrown_away_since_is_told_no_more() -> None:
    async with running_site() as site:
        project = await projects.add_project(LOCAL, "Booking page", use=site.use)
        id = await opened(site, project=project.id)
        await projects.remove_project(LOCAL, project.id, use=site.use)
        assert (await send_text(LOCAL, id, "Hello there, my friend", use=site.use)).reply_text


async def test_a_session_is_linked_to_ones_own_project_only() -> None:
    async with running_site() as site:
        theirs = await projects.add_project(OTHER, "Theirs", use=site.use)
        for id in (theirs.id, ProjectId("pro_nobody")):
            with pytest.raises(ProjectNotFound):
                await open_session(LOCAL, NewSession("coaching", project=id), use=site.use)


async def test_a_format_that_wants_to_know_nothing_is_told_nothing() -> None:
    async with running_site(format=replace(CALM, told=False)) as site:
        await goals.set_goal(LOCAL, "Run ten kilometres", use=site.use)
        asked = await prompt_of(site)
        assert "Run ten" not in asked.instructions
        assert "goals" not in asked.facts


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://example.org", "https://", "http://a b", "//example.org", "x" * 9]
)
async def test_a_link_that_is_no_web_address_is_refused(url: str) -> None:
    async with running_site() as site:
        with pytest.raises(Invalid):
            await projects.add_project(LOCAL, "Title", "", (Link(url),), use=site.use)


async def test_what_is_not_given_stays_as_it_was() -> None:
    async with running_site() as site:
        await profiles.change_profile(LOCAL, ProfileChange({"a": "b"}, {"tone": "direct"}, avatar="fern"), use=site.use)
        kept = await profiles.change_profile(LOCAL, ProfileChange(preferences={}), use=site.use)
        assert (kept.onboarding, kept.preferences, kept.avatar) == ({"a": "b"}, {}, "fern")
        project = await projects.add_project(LOCAL, "Title", "Notes", use=site.use)
        changed = await projects.change_project(LOCAL, project.id, ProjectChange(title="Other"), use=site.use)
        assert (changed.title, changed.notes) == ("Other", "Notes")


async def test_an_avatar_is_a_known_one_or_an_upload() -> None:
    async with running_site() as site:
        for wrong in ("avatars/other/acc_other/pic.png", "../secret", "unicorn"):
            with pytest.raises(Invalid):
                await profiles.change_profile(LOCAL, ProfileChange(avatar=wrong), use=site.use)
        with pytest.raises(Invalid):
            await profiles.change_profile(LOCAL, ProfileChange(challenges=("x" * 301,)), use=site.use)
