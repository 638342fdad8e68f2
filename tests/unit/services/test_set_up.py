"""A set-up's documents, failures and retries, and one open session per person."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import anyio
import pytest
from tests.unit.services.site import CALM, Site, opened, running_site

from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import Invalid, SessionOpen, TooLarge, Unavailable
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.sessions.session import Phase
from vivavoce.services.container import Outside
from vivavoce.services.end_session import end_session
from vivavoce.services.format import Preparation, PreparedPlan
from vivavoce.services.prepare_session import MOST_CHARACTERS, Upload, setup_session

pytestmark = pytest.mark.anyio


@dataclass(slots=True)
class SetUp:
    """Fails with these, one after the other, then succeeds. runs: the answers of each run."""

    failures: list[Exception] = field(default_factory=list[Exception])
    runs: list[dict[str, str]] = field(default_factory=list[dict[str, str]])

    async def __call__(self, given: Preparation) -> PreparedPlan:
        self.runs.append(dict(given.answers))
        if self.failures:
            raise self.failures.pop(0)
        return PreparedPlan({"done": "yes"}, {"questions": 6})


class Texts:
    """Implements Documents: the content is the text."""

    async def text(self, content: bytes, media_type: str) -> str:
        if not content:
            raise Invalid("This document is empty.")
        return content.decode()


@asynccontextmanager
async def a_site(set_up: SetUp) -> AsyncGenerator[Site]:
    async with running_site(format=replace(CALM, set_up=set_up, needs=("description", "document"))) as site:
        yield replace(site, use=replace(site.use, outside=Outside(documents=Texts())))


async def set_up(site: Site, set_up_again: SessionId | None = None, **answers: str) -> SessionId:
    id = set_up_again or await opened(site)
    await setup_session(LOCAL, id, answers or {"description": "a job"}, use=site.use)
    return id


async def test_a_failure_that_may_pass_is_tried_again_by_itself_once() -> None:
    script = SetUp([Unavailable("The page does not answer.")])
    async with a_site(script) as site:
        id = await set_up(site)
        await anyio.sleep(60)
        session = await site.session(id)
    assert (session.phase, session.error, len(script.runs)) == (Phase.READY, None, 2)


async def test_after_the_second_failure_the_session_shows_why_and_waits() -> None:
    script = SetUp([Unavailable("The page does not answer.")] * 2)
    async with a_site(script) as site:
        id = await set_up(site)
        await anyio.sleep(600)
        session = await site.session(id)
    assert (session.phase, session.error, len(script.runs)) == (Phase.PREPARING, "The page does not answer.", 2)


async def test_a_failed_set_up_can_be_run_again_by_hand() -> None:
    script = SetUp([Unavailable("The page does not answer.")] * 2)
    async with a_site(script) as site:
        id = await set_up(site)
        await anyio.sleep(60)
        await set_up(site, id)
        await anyio.sleep(1)
        session = await site.session(id)
    assert (session.phase, session.error) == (Phase.READY, None)


async def test_who_asks_again_need_not_wait_for_the_automatic_retry() -> None:
    script = SetUp([Unavailable("The page does not answer.")])
    async with a_site(script) as site:
        id = await set_up(site)
        await anyio.sleep(0.5)
        await set_up(site, id)
        await anyio.sleep(0.5)
        assert (await site.session(id)).phase is Phase.READY


async def test_an_answer_that_makes_no_sense_is_not_tried_again() -> None:
    script = SetUp([Invalid("Give a job description.")])
    async with a_site(script) as site:
        id = await set_up(site)
        await anyio.sleep(1)
        session = await site.session(id)
    assert (session.error, len(script.runs)) == ("Give a job description.", 1)


async def test_a_set_up_that_crashes_ends_with_an_error_that_can_be_tried_again() -> None:
    script = SetUp([ZeroDivisionError(), ZeroDivisionError()])
    async with a_site(script) as site:
        id = await set_up(site)
        await anyio.sleep(600)
        failed = await site.session(id)
        await set_up(site, id)
        await anyio.sleep(1)
        session = await site.session(id)
    assert (failed.error, session.phase) == ("The set-up failed. You can try it again.", Phase.READY)


async def test_a_document_is_the_answer_of_that_name_until_the_plan_is_made() -> None:
    script = SetUp()
    async with a_site(script) as site:
        id = await opened(site)
        await setup_session(LOCAL, id, {"level": "senior"}, use=site.use, document=Upload(b"the text", "text/plain"))
        await anyio.sleep(1)
        session = await site.session(id)
    assert script.runs == [{"level": "senior", "document": "the text"}]
    assert (dict(session.variables), dict(session.plan)) == ({"level": "senior", "done": "yes"}, {"questions": 6})


@pytest.mark.parametrize(("content", "error"), [(b"", Invalid), (b"x" * (MOST_CHARACTERS + 1), TooLarge)])
async def test_a_document_that_cannot_be_read_is_told_at_once(content: bytes, error: type[Exception]) -> None:
    script = SetUp()
    async with a_site(script) as site:
        id = await opened(site)
        with pytest.raises(error):
            await setup_session(LOCAL, id, {}, use=site.use, document=Upload(content, ""))
    assert script.runs == []


# --- one open ---------------------------------------------------------------------------------------

ONE = replace(CALM, one_open=True)


async def test_a_second_open_session_is_refused_with_the_id_of_the_first() -> None:
    async with running_site(format=ONE) as site:
        first = await opened(site)
        with pytest.raises(SessionOpen) as told:
            await opened(site)
    assert told.value.members == {"session": first}


async def test_after_the_end_the_next_one_can_be_opened() -> None:
    async with running_site(format=ONE) as site:
        await end_session(LOCAL, await opened(site), use=site.use)
        assert (await site.session(await opened(site))).phase is Phase.READY


async def test_of_several_opened_at_once_one_is() -> None:
    told: list[SessionOpen] = []
    async with running_site(format=ONE) as site:
        made: list[SessionId] = []

        async def open_one() -> None:
            try:
                made.append(await opened(site))
            except SessionOpen as error:
                told.append(error)

        async with anyio.create_task_group() as tasks:
            for _ in range(5):
                tasks.start_soon(open_one)
    assert len(made) == 1
    assert [error.members["session"] for error in told] == made * 4
