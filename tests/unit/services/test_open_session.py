from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import anyio
import pytest
from tests.unit.services.site import CALM, opened, running_site

from vivavoce.domain.errors import FormatNotFound, IllegalTransition, Invalid, PersonaNotFound
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.sessions.session import EndReason, Phase
from vivavoce.services.end_session import end_session
from vivavoce.services.format import Preparation, PreparedPlan
from vivavoce.services.prepare_session import setup_session
from vivavoce.services.start_session import start_session
from vivavoce.services.steer_assistant import set_address
from vivavoce.simulator.virtual_time import EPOCH

pytestmark = pytest.mark.anyio
HOUR_S = 3600.0


def at(seconds: float) -> datetime:
    return EPOCH + timedelta(seconds=seconds)


async def test_a_session_for_now_is_ready_at_once() -> None:
    async with running_site() as site:
        session = await site.session(await opened(site))
    assert session.phase is Phase.READY


async def test_a_new_session_has_a_title_and_its_host_s_seat() -> None:
    async with running_site() as site:
        session = await site.session(await opened(site))
    assert (session.title, [seat.name for seat in session.seats]) == ("Coaching with Ada", ["You"])


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"format": "juggling"}, FormatNotFound),
        ({"persona": "nobody"}, PersonaNotFound),
        ({"title": "x" * 201}, Invalid),
        ({"max_participants": 2}, Invalid),
        ({"variables": {"goal": "x" * 4001}}, Invalid),
        ({"variables": {str(n): "" for n in range(51)}}, Invalid),
        ({"scheduled_for": datetime(2026, 5, 1)}, Invalid),
        ({"scheduled_for": at(-3 * 24 * HOUR_S)}, Invalid),
        ({"scheduled_for": datetime.max.replace(tzinfo=EPOCH.tzinfo)}, Invalid),
    ],
)
async def test_what_makes_no_sense_is_refused(fields: Mapping[str, object], error: type[Exception]) -> None:
    async with running_site() as site:
        with pytest.raises(error):
            await opened(site, **fields)


async def test_a_planned_session_waits() -> None:
    async with running_site() as site:
        id = await opened(site, scheduled_for=at(HOUR_S))
        await anyio.sleep(HOUR_S - 601)
        assert (await site.session(id)).phase is Phase.SCHEDULED


async def test_a_planned_session_opens_ten_minutes_before_its_time() -> None:
    async with running_site() as site:
        id = await opened(site, scheduled_for=at(HOUR_S))
        await anyio.sleep(HOUR_S - 599)
        assert (await site.session(id)).phase is Phase.READY


@pytest.mark.parametrize("in_s", [HOUR_S, 300.0])
async def test_a_planned_session_nobody_came_to_is_cancelled_five_minutes_after_its_time(in_s: float) -> None:
    async with running_site() as site:
        id = await opened(site, scheduled_for=at(in_s))
        await anyio.sleep(in_s + 299)
        before = (await site.session(id)).phase
        await anyio.sleep(2)
        session = await site.session(id)
    assert (before, session.phase, session.end_reason) == (Phase.READY, Phase.CANCELLED, EndReason.NO_SHOW)


async def test_a_session_for_a_moment_ago_is_for_now() -> None:
    async with running_site() as site:
        id = await opened(site, scheduled_for=at(-200))
        await anyio.sleep(HOUR_S)
        assert (await site.session(id)).phase is Phase.READY


async def test_a_session_that_is_never_started_expires_after_a_day() -> None:
    async with running_site() as site:
        id = await opened(site)
        await anyio.sleep(24 * HOUR_S + 1)
        assert (await site.session(id)).phase is Phase.CANCELLED


async def test_a_planned_session_can_be_started_early() -> None:
    async with running_site() as site:
        id = await opened(site, scheduled_for=at(HOUR_S))
        assert (await start_session(LOCAL, id, use=site.use)).phase is Phase.ACTIVE


async def test_a_planned_session_that_was_started_early_is_no_no_show() -> None:
    async with running_site(format=replace(CALM, time_limit_s=None)) as site:
        id = await opened(site, scheduled_for=at(HOUR_S))
        await start_session(LOCAL, id, use=site.use)
        await anyio.sleep(3 * HOUR_S)
        assert (await site.session(id)).phase is Phase.ACTIVE


async def test_starting_twice_is_starting_once() -> None:
    async with running_site() as site:
        id = await opened(site)
        await start_session(LOCAL, id, use=site.use)
        await start_session(LOCAL, id, use=site.use)
        assert (await site.phases(id)).count("active") == 1


async def test_a_session_that_is_over_cannot_be_started() -> None:
    async with running_site() as site:
        id = await opened(site)
        await end_session(LOCAL, id, use=site.use)
        with pytest.raises(IllegalTransition):
            await start_session(LOCAL, id, use=site.use)


async def test_ending_a_session_that_was_not_started_cancels_it() -> None:
    async with running_site() as site:
        session = await end_session(LOCAL, await opened(site), use=site.use)
    assert (session.phase, session.end_reason) == (Phase.CANCELLED, EndReason.CANCELLED)


async def test_who_may_address_the_ai_cannot_be_changed_after_the_end() -> None:
    async with running_site() as site:
        session = await end_session(LOCAL, await opened(site), use=site.use)
        with pytest.raises(IllegalTransition):
            await set_address(LOCAL, session.id, session.address, use=site.use)


# --- set-up -----------------------------------------------------------------------------------------


async def needs_goal(given: Preparation) -> PreparedPlan:
    await anyio.sleep(10)
    if not given.answers.get("goal"):
        raise Invalid("Tell me your goal.")
    return PreparedPlan({"plan": f"plan for {given.answers['goal']}"}, {"goal": given.answers["goal"]})


SET_UP = replace(CALM, set_up=needs_goal)


async def test_set_up_runs_before_a_session_is_ready() -> None:
    async with running_site(format=SET_UP) as site:
        id = await opened(site, variables={"goal": "rest"})
        await anyio.sleep(11)
        session = await site.session(id)
    assert (session.phase, session.variables["plan"]) == (Phase.READY, "plan for rest")


async def test_a_failed_set_up_says_why_and_can_be_tried_again() -> None:
    async with running_site(format=SET_UP) as site:
        id = await opened(site)
        await anyio.sleep(11)
        failed = await site.session(id)
        await setup_session(LOCAL, id, {"goal": "rest"}, use=site.use)
        await anyio.sleep(11)
        ready = await site.session(id)
    assert (failed.phase, failed.error, ready.phase) == (Phase.PREPARING, "Tell me your goal.", Phase.READY)


async def test_a_set_up_that_was_answered_anew_while_it_ran_uses_the_new_answers() -> None:
    async with running_site(format=SET_UP) as site:
        id = await opened(site, variables={"goal": "rest"})
        await anyio.sleep(5)
        await setup_session(LOCAL, id, {"goal": "speed"}, use=site.use)
        await anyio.sleep(30)
        assert (await site.session(id)).variables["plan"] == "plan for speed"


async def test_a_session_that_is_being_prepared_cannot_be_started() -> None:
    async with running_site(format=SET_UP) as site:
        id = await opened(site)
        with pytest.raises(IllegalTransition):
            await start_session(LOCAL, id, use=site.use)


async def test_a_format_without_set_up_takes_no_answers() -> None:
    async with running_site() as site:
        id = await opened(site)
        with pytest.raises(IllegalTransition):
            await setup_session(LOCAL, id, {"goal": "rest"}, use=site.use)
