"""Progress of a person, and a community's figures in which nobody can be found."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

import anyio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.contract.samples import NOW, a_session
from tests.unit.services.site import Site, opened, running_site

from vivavoce.base.ids import AccountId, CommunityId, SessionId
from vivavoce.domain.errors import IllegalTransition, Invalid, NotAllowed, SessionNotFound
from vivavoce.domain.people.viewer import LOCAL, Standing, Viewer
from vivavoce.services.end_session import end_session
from vivavoce.services.exchanges.ports import Feedback, FeedbackKind
from vivavoce.services.feedback.give import own_feedback, rate_session
from vivavoce.services.insights.community import LEAST_PEOPLE, OTHER, insights, months
from vivavoce.services.insights.ports import Attendance, Period, ScoreRow
from vivavoce.services.insights.progress import progress_of
from vivavoce.services.ports import SYSTEM
from vivavoce.services.reports.analysis import analyze, run_again
from vivavoce.services.send_message import send_text

pytestmark = pytest.mark.anyio
ADMIN = Viewer(AccountId("acc_admin"), CommunityId("com_1"), "Admin", Standing.ADMIN)
EVER = Period()


LONG = (
    "I want to sleep more, and I keep looking at my phone until late at night, each and every day of the week.",
    "In the morning I am tired, and at noon I am angry with myself and with everybody who talks to me.",
)


async def coached(site: Site, *texts: str) -> SessionId:
    id = await opened(site)
    for text in texts or LONG:
        await send_text(LOCAL, id, text, use=site.use)
    await anyio.sleep(120)
    await end_session(LOCAL, id, use=site.use)
    await analyze(id, use=site.use)
    return id


# --- progress ---------------------------------------------------------------------------------------


async def test_sessions_minutes_scores_and_satisfaction_come_together() -> None:
    async with running_site(jobs=False) as site:
        first = await coached(site)
        await anyio.sleep(24 * 3600)
        second = await coached(
            site, "I want to sleep more. My goal is that I am in bed by eleven, " * 3, "I realised it."
        )
        await rate_session(LOCAL, first, 3, use=site.use)
        await rate_session(LOCAL, second, 5, " It helped. ", use=site.use)
        await anyio.sleep(10 * 24 * 3600)
        found = await progress_of(LOCAL, EVER, use=site.use)
    assert (found.sessions, [one.format for one in found.formats]) == (2, ["coaching"])
    assert found.seconds == pytest.approx(240, abs=5)
    assert found.streak.longest == 2
    assert (found.returned[7].counted, found.returned[7].share) == (2, 0.5)
    assert found.returned[30].counted == 0
    assert [one.value for one in found.satisfaction] == [3, 5]
    goal = next(one for one in found.criteria if one.criterion == "goal")
    assert [point.session for point in goal.points] == [first, second]
    assert goal.change == goal.points[1].value - goal.points[0].value


async def test_progress_is_of_a_period_and_of_a_format() -> None:
    async with running_site(jobs=False) as site:
        await coached(site)
        now = site.use.clock.now()
        later, before = Period(since=now + timedelta(days=1)), Period(until=now + timedelta(days=1))
        assert (await progress_of(LOCAL, later, use=site.use)).sessions == 0
        assert (await progress_of(LOCAL, before, use=site.use)).sessions == 1
        other = await progress_of(LOCAL, EVER, "interview", use=site.use)
    assert (other.sessions, other.criteria, other.satisfaction) == (0, (), ())


async def test_a_report_run_again_is_no_second_session() -> None:
    async with running_site(jobs=False) as site:
        id = await coached(site)
        await run_again(LOCAL, id, use=site.use)
        found = await progress_of(LOCAL, EVER, use=site.use)
    assert found.sessions == 1
    assert all(len(one.points) == 1 for one in found.criteria)


async def test_nobody_elses_sessions_are_in_ones_progress() -> None:
    async with running_site(jobs=False) as site:
        await coached(site)
        other = replace(LOCAL, account=AccountId("acc_other"))
        assert (await progress_of(other, EVER, use=site.use)).sessions == 0


# --- feedback ---------------------------------------------------------------------------------------


async def test_the_last_word_on_a_session_counts_and_is_ones_own() -> None:
    async with running_site(jobs=False) as site:
        id = await coached(site)
        await rate_session(LOCAL, id, 2, "Too long.", use=site.use)
        await rate_session(LOCAL, id, 4, "On second thoughts.", use=site.use)
        (said,) = await own_feedback(LOCAL, id, use=site.use)
        assert (said.value, said.text) == (4, "On second thoughts.")
        with pytest.raises(SessionNotFound):
            await rate_session(replace(LOCAL, account=AccountId("acc_x")), id, 1, use=site.use)


async def test_a_session_that_did_not_begin_is_not_rated() -> None:
    async with running_site(jobs=False) as site:
        with pytest.raises(IllegalTransition):
            await rate_session(LOCAL, await opened(site), 4, use=site.use)


@pytest.mark.parametrize(("satisfaction", "text"), [(0, ""), (6, ""), (3, "x" * 2001)])
async def test_satisfaction_is_one_to_five_with_a_short_text(satisfaction: int, text: str) -> None:
    async with running_site(jobs=False) as site:
        id = await coached(site)
        with pytest.raises(Invalid):
            await rate_session(LOCAL, id, satisfaction, text, use=site.use)


# --- a community ------------------------------------------------------------------------------------

SECRET = "Swordfish"


async def fill(site: Site, formats: dict[str, list[int]]) -> None:
    """By format: the numbers of the people, one session for each."""
    async with site.store.transaction() as tx:
        for format, people in formats.items():
            for place, number in enumerate(people):
                id, account = SessionId(f"ses_{format}_{place}"), AccountId(f"acc_{SECRET}_{number}")
                owner = Viewer(account, ADMIN.community, SECRET)
                await tx.sessions.add(replace(a_session(id, of=owner), title=SECRET))
                row = Attendance(id, account, ADMIN.community, format, NOW, int(NOW.timestamp()) - 600, 600, 4)
                await tx.insights.attended([row])
                await tx.insights.scored(ADMIN.community, [ScoreRow(id, "goal", SECRET, 70, "rules", NOW)])
                await tx.insights.scored(ADMIN.community, [ScoreRow(id, "x", SECRET, 70, "rules", NOW, custom=True)])
                await tx.feedback.save(Feedback(id, account, FeedbackKind.SESSION, id, 4, NOW, SECRET))


async def test_admins_alone_see_insights() -> None:
    async with running_site(jobs=False) as site:
        for standing in (Standing.GUEST, Standing.MEMBER, Standing.COACH, Standing.HOST):
            with pytest.raises(NotAllowed):
                await insights(replace(ADMIN, standing=standing), EVER, use=site.use)


async def test_insights_hold_nobodys_name_or_words() -> None:
    async with running_site(jobs=False) as site:
        await fill(site, {"coaching": [1, 2, 3, 4, 5, 5]})
        found = await insights(ADMIN, EVER, use=site.use)
    assert (found.people, found.sessions, found.seconds) == (5, 6, 3600)
    assert SECRET not in json.dumps(asdict(found), default=str)
    assert [(one.criterion, one.people, one.scores.median) for one in found.criteria] == [("goal", 5, 70.0)]
    assert found.satisfaction is not None
    assert (found.satisfaction.median, found.satisfaction.counts) == (4.0, (0, 0, 0, 6, 0))


async def test_fewer_than_five_people_are_not_told_of() -> None:
    async with running_site(jobs=False) as site:
        await fill(site, {"coaching": [1, 2, 3, 4, 4]})
        found = await insights(ADMIN, EVER, use=site.use)
    assert (found.people, found.sessions, found.formats, found.criteria, found.minutes) == (None, 0, (), (), None)


async def test_a_small_format_is_counted_with_another_so_that_it_cannot_be_worked_out() -> None:
    async with running_site(jobs=False) as site:
        await fill(site, {"coaching": [1, 2, 3, 4, 5, 6], "lock_in": [1, 2, 3, 4, 5], "interview": [1]})
        found = await insights(ADMIN, EVER, use=site.use)
    assert [(row.format, row.people, row.sessions) for row in found.formats] == [("coaching", 6, 6), (OTHER, 5, 6)]


@settings(max_examples=8, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["coaching", "a", "b", "c"]), st.lists(st.integers(1, 8), max_size=9), max_size=4)
)
def test_every_group_that_is_shown_has_five_people(formats: dict[str, list[int]]) -> None:
    anyio.run(_every_group_has_five, formats)


async def _every_group_has_five(formats: dict[str, list[int]]) -> None:
    async with running_site(jobs=False) as site:
        await fill(site, formats)
        found = await insights(ADMIN, EVER, use=site.use)
    everybody = {number for people in formats.values() for number in people}
    assert (found.people is not None) == (len(everybody) >= LEAST_PEOPLE)
    assert all(row.people >= LEAST_PEOPLE for row in (*found.formats, *found.criteria))
    assert sum(row.sessions for row in found.formats) == found.sessions


async def test_another_community_is_not_counted() -> None:
    async with running_site(jobs=False) as site:
        await fill(site, {"coaching": [1, 2, 3, 4, 5]})
        elsewhere = await insights(replace(ADMIN, community=CommunityId("com_2")), EVER, use=site.use)
    assert elsewhere.people is None


def test_periods_are_whole_months() -> None:
    now = datetime(2026, 3, 15, tzinfo=UTC)
    assert months("2026-01", "2026-02", now) == Period(
        datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)
    )
    assert months(None, None, now) == Period(datetime(2025, 4, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
    assert months(None, "2025-12", now).until == datetime(2026, 1, 1, tzinfo=UTC)
    for since, until in (
        ("2026-02", "2026-01"),
        ("1990-01", "2026-01"),
        ("March", None),
        (None, "0000-01"),
        ("9999-12", "9999-12"),
    ):
        with pytest.raises(Invalid):
            months(since, until, now)


async def test_what_is_counted_is_of_the_system_too() -> None:
    async with running_site(jobs=False) as site:
        await coached(site)
        async with site.store.reading() as tx:
            assert len(await tx.insights.sessions_of(SYSTEM, LOCAL.account, EVER)) == 1
