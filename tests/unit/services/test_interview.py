"""An interview's rules as services keep them: its time, its plan in every prompt, its answers, its charge."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import anyio
import pytest
from tests.unit.services.site import Site, a_device, opened, running_site

from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import IllegalTransition, Invalid
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.sessions.events import Noticed, ReplyKind
from vivavoce.domain.sessions.session import EndReason, Phase
from vivavoce.engine.ports import Prompt
from vivavoce.formats.interview import FORMAT
from vivavoce.providers.guide.scripts import speak
from vivavoce.providers.scripted import Answer
from vivavoce.services.end_session import end_session
from vivavoce.services.live import LiveHello, attach
from vivavoce.services.prepare_session import setup_session
from vivavoce.services.send_message import send_text
from vivavoce.services.start_session import start_session

pytestmark = pytest.mark.anyio
ADVERT = (Path(__file__).parents[1] / "domain" / "interviews" / "adverts" / "nurse.txt").read_text()
FREE = replace(FORMAT, price=None, idle=None)  # what it costs is proven with the money


@asynccontextmanager
async def an_interview(**variables: str) -> AsyncGenerator[tuple[Site, SessionId]]:
    """One that is ready, led by the guide's script."""
    async with running_site(format=FREE) as site:
        site.script.answer = lambda prompt: Answer(speak(prompt))
        id = await opened(site, format="interview", variables=variables)
        await setup_session(LOCAL, id, {"description": ADVERT}, use=site.use)
        await anyio.sleep(1)
        yield site, id


async def notices(site: Site, id: SessionId) -> list[int | None]:
    return [fact.value for fact in await site.facts(id, Noticed) if fact.kind == "time_left"]


async def test_a_live_interview_ends_at_15_minutes_announced_at_two_minutes_and_30_seconds() -> None:
    async with an_interview() as (site, id):
        device, _ = a_device()
        async with attach(LOCAL, id, LiveHello(), device, use=site.use):
            await anyio.sleep(15 * 60 - 31)
            before = await notices(site, id)
            await anyio.sleep(60)
            session = await site.session(id)
        assert (before, await notices(site, id)) == ([120], [120, 30])
        assert session.end_reason is EndReason.TIME_LIMIT
        assert ReplyKind.GOODBYE in await site.replies(id)


async def test_a_written_interview_ends_at_15_minutes_announced_too() -> None:
    async with an_interview() as (site, id):
        await start_session(LOCAL, id, use=site.use)
        await anyio.sleep(15 * 60 + 30)
        session = await site.session(id)
        assert await notices(site, id) == [120, 30]
    assert (session.end_reason, session.phase) == (EndReason.TIME_LIMIT, Phase.COMPLETE)


async def test_the_interviewer_is_told_the_plan_the_mode_and_the_time_left() -> None:
    asked: list[Prompt] = []
    async with an_interview(mode="study") as (site, id):
        site.script.answer = lambda prompt: (asked.append(prompt), Answer("Well."))[1]
        await send_text(LOCAL, id, "Hello.", use=site.use)
        questions = (await site.session(id)).plan["questions"]
        await anyio.sleep(600)
        await send_text(LOCAL, id, "I am back.", use=site.use)
    first, second = asked[0], asked[-1]
    assert 'in the mode "study"' in first.instructions
    assert all(question["text"] in first.instructions for question in questions)  # pyright: ignore
    assert first.facts["mode"] == "study"
    assert (int(first.facts["seconds_left"]), int(second.facts["seconds_left"])) == (900, 300)


async def test_what_was_given_last_is_what_the_interview_is_about() -> None:
    async with running_site(format=FREE) as site:
        id = await opened(site, format="interview", variables={"description": "la la la"})
        await anyio.sleep(1)
        failed = await site.session(id)
        await setup_session(LOCAL, id, {"document": ADVERT}, use=site.use)
        await anyio.sleep(1)
        session = await site.session(id)
    assert failed.error is not None
    assert (session.phase, session.plan["title"]) == (Phase.READY, "Registered Nurse")
    assert "description" not in session.variables


async def test_an_interview_waits_for_a_description() -> None:
    async with running_site(format=FREE) as site:
        id = await opened(site, format="interview")
        await anyio.sleep(60)
        session = await site.session(id)
    assert (session.phase, session.error) == (Phase.PREPARING, None)


async def test_what_an_interview_lacks_to_begin_is_told_at_once() -> None:
    async with running_site(format=FREE) as site:
        id = await opened(site, format="interview")
        with pytest.raises(IllegalTransition, match="set up first, with one of these: description, document, url"):
            await start_session(LOCAL, id, use=site.use)
        with pytest.raises(Invalid, match="description, document, url"):
            await setup_session(LOCAL, id, {"level": "senior", "description": " "}, use=site.use)


async def test_a_planned_interview_can_be_set_up_long_before_its_time() -> None:
    async with running_site(format=FREE) as site:
        later = site.use.clock.now() + timedelta(days=3)
        id = await opened(site, format="interview", scheduled_for=later)
        with pytest.raises(IllegalTransition, match="set it up first"):
            await start_session(LOCAL, id, use=site.use)
        assert (await setup_session(LOCAL, id, {"description": ADVERT}, use=site.use)).phase is Phase.PREPARING
        await anyio.sleep(2 * 24 * 3600)
        assert (await site.session(id)).phase is Phase.READY
        assert (await start_session(LOCAL, id, use=site.use)).phase is Phase.ACTIVE


async def test_an_interview_is_called_after_the_job_unless_it_was_given_a_title() -> None:
    async with running_site(format=FREE) as site:
        titles: list[str] = []
        for title in ("", "For the ward in Leeds"):
            id = await opened(site, format="interview", title=title, variables={"description": ADVERT})
            await anyio.sleep(1)
            titles.append((await site.session(id)).title)
            await end_session(LOCAL, id, use=site.use)
    assert titles == ["Mock interview: Registered Nurse at St. Brigid's Hospital", "For the ward in Leeds"]


async def test_a_long_description_does_not_stay_with_the_session() -> None:
    async with running_site(format=FREE) as site:
        id = await opened(site, format="interview")
        await setup_session(LOCAL, id, {"description": ADVERT + " Words." * 1000}, use=site.use)
        await anyio.sleep(1)
        assert "description" not in (await site.session(id)).variables


async def test_a_choice_that_there_is_not_is_refused_at_the_set_up_too() -> None:
    async with running_site(format=FREE) as site:
        id = await opened(site, format="interview")
        with pytest.raises(Invalid, match="level"):
            await setup_session(LOCAL, id, {"level": "wizard"}, use=site.use)
