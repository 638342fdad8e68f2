"""The contract of services.reports.ports.Reports (versions) and services.insights.ports.Insights."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.contract.samples import ANA, BEN, EVE, NOW, a_session, add, later

from vivavoce.base.ids import AccountId, CommunityId, GoalId, SessionId
from vivavoce.domain.people.goals import Goal, GoalState
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.reports.progress import return_rate
from vivavoce.services.exchanges.ports import Feedback, FeedbackKind
from vivavoce.services.insights.ports import Attendance, FormatRow, Period, ScoreRow
from vivavoce.services.ports import SYSTEM, Store
from vivavoce.services.reports.ports import StoredReport

ONE, TWO = SessionId("ses_1"), SessionId("ses_2")
EVER = Period()
DAY = 86_400
HERE = ANA.community


def there(
    session: str, viewer: Viewer = ANA, *, at_s: float = 0, seconds: int = 600, format: str = "coaching"
) -> Attendance:
    at = later(at_s)
    return Attendance(
        SessionId(session), viewer.account, viewer.community, format, at, int(at.timestamp()) - seconds, seconds, 4
    )


def scored(session: str, value: int, criterion: str = "goal", *, custom: bool = False, at_s: float = 0) -> ScoreRow:
    return ScoreRow(SessionId(session), criterion, criterion.title(), value, "rules", later(at_s), custom, "coaching")


async def keep(store: Store, rows: Sequence[Attendance], scores: Sequence[ScoreRow] = ()) -> None:
    """With the sessions they are of."""
    async with store.transaction() as tx:
        for id in dict.fromkeys(row.session for row in rows):
            row = next(row for row in rows if row.session == id)
            owner = Viewer(row.account, row.community)
            await tx.sessions.add(a_session(id, of=owner))
        await tx.insights.attended(rows)
        await tx.insights.scored(rows[0].community, scores)


# --- versions of reports ----------------------------------------------------------------------------


async def test_every_report_of_a_session_is_kept_and_the_last_counts(store: Store) -> None:
    await add(store, a_session("ses_1"))
    made = [StoredReport("failed", {"error": "x"}, NOW), StoredReport("ready", {"summary": "ü"}, later(1))]
    async with store.transaction() as tx:
        assert [await tx.reports.save(ONE, one) for one in made] == [1, 2]
    async with store.reading() as tx:
        last, first = await tx.reports.get(ANA, ONE), await tx.reports.get(ANA, ONE, 1)
        assert (last, first) == (made[1], made[0])
        assert [one.version for one in await tx.reports.versions(ANA, ONE)] == [2, 1]
        for version in (0, -1, 3, 2**40):
            assert await tx.reports.get(ANA, ONE, version) is None


async def test_reports_are_for_who_was_in_the_session(store: Store) -> None:
    await add(store, replace(a_session("ses_1"), listed=True))
    async with store.transaction() as tx:
        await tx.reports.save(ONE, StoredReport("ready", {}, NOW))
    async with store.reading() as tx:
        for viewer in (BEN, EVE):
            assert await tx.reports.get(viewer, ONE) is None
            assert await tx.reports.get(viewer, ONE, 1) is None
            assert await tx.reports.versions(viewer, ONE) == []


# --- one person's own -------------------------------------------------------------------------------


async def test_a_person_sees_their_own_sessions_and_scores_only(store: Store) -> None:
    mine, theirs = there("ses_1"), there("ses_2", BEN, at_s=5)
    await keep(store, [mine, theirs], [scored("ses_1", 40), scored("ses_2", 90, at_s=5)])
    async with store.reading() as tx:
        assert await tx.insights.sessions_of(ANA, ANA.account, EVER) == [mine]
        assert await tx.insights.scores_of(ANA, ANA.account, EVER) == [scored("ses_1", 40)]
        for viewer in (BEN, EVE):
            assert await tx.insights.sessions_of(viewer, ANA.account, EVER) == []
            assert await tx.insights.scores_of(viewer, ANA.account, EVER) == []
        assert await tx.insights.sessions_of(SYSTEM, BEN.account, EVER) == [theirs]


async def test_sessions_come_oldest_first_within_a_period(store: Store) -> None:
    rows = [there(f"ses_{n}", at_s=n * DAY) for n in (3, 1, 2)]
    await keep(store, rows)
    async with store.reading() as tx:
        found = await tx.insights.sessions_of(ANA, ANA.account, EVER)
        assert [row.session for row in found] == ["ses_1", "ses_2", "ses_3"]
        period = Period(since=later(1 * DAY), until=later(3 * DAY))
        assert [row.session for row in await tx.insights.sessions_of(ANA, ANA.account, period)] == ["ses_1", "ses_2"]


async def test_attendance_is_written_once(store: Store) -> None:
    await keep(store, [there("ses_1")])
    async with store.transaction() as tx:
        await tx.insights.attended([there("ses_1", seconds=9), there("ses_1", BEN)])
        await tx.insights.attended([])
        await tx.insights.scored(HERE, [])
    async with store.reading() as tx:
        assert await tx.insights.sessions_of(ANA, ANA.account, EVER) == [there("ses_1")]


async def test_a_later_score_of_the_same_criterion_takes_the_place_of_the_first(store: Store) -> None:
    await keep(store, [there("ses_1")], [scored("ses_1", 40)])
    async with store.transaction() as tx:
        await tx.insights.scored(HERE, [scored("ses_1", 55), scored("ses_1", 70, custom=True)])
    async with store.reading() as tx:
        found = await tx.insights.scores_of(ANA, ANA.account, EVER)
    assert {(row.value, row.custom) for row in found} == {(55, False), (70, True)}


async def test_goals_are_counted_by_their_state(store: Store) -> None:
    async with store.transaction() as tx:
        for number, state in enumerate((GoalState.OPEN, GoalState.MET, GoalState.MET)):
            await tx.goals.add(Goal(GoalId(f"goa_{number}"), HERE, ANA.account, "Write", state, later(number)))
        await tx.goals.add(Goal(GoalId("goa_9"), HERE, BEN.account, "Run", GoalState.OPEN, NOW))
    async with store.reading() as tx:
        assert await tx.insights.goals_of(ANA, ANA.account, EVER) == {"open": 1, "met": 2}
        assert await tx.insights.goals_of(ANA, ANA.account, Period(since=later(2))) == {"met": 1}
        assert await tx.insights.goals_of(BEN, ANA.account, EVER) == {}
        assert await tx.insights.goals(ANA, EVER) == ({"open": 2, "met": 2}, 2)
        assert await tx.insights.goals(EVE, EVER) == ({}, 0)


async def test_a_person_can_be_forgotten(store: Store) -> None:
    await keep(store, [there("ses_1"), there("ses_1", BEN)])
    async with store.transaction() as tx:
        await tx.insights.forget(ANA, BEN.account)
        await tx.insights.forget(ANA, ANA.account)
    async with store.reading() as tx:
        assert await tx.insights.sessions_of(SYSTEM, ANA.account, EVER) == []
        assert len(await tx.insights.sessions_of(SYSTEM, BEN.account, EVER)) == 1


# --- a community's ----------------------------------------------------------------------------------


async def test_formats_are_counted_with_their_people_and_time(store: Store) -> None:
    await keep(
        store,
        [
            there("ses_1"),
            there("ses_2", at_s=9),
            there("ses_3", BEN, format="lock_in"),
            there("ses_3", ANA, format="lock_in", seconds=30),
        ],
    )
    await keep(store, [there("ses_9", EVE)])
    async with store.reading() as tx:
        assert await tx.insights.formats(ANA, EVER) == [
            FormatRow("coaching", 2, 1, 1200),
            FormatRow("lock_in", 1, 2, 630),
        ]
        assert await tx.insights.people(ANA, EVER, ["coaching"]) == 1
        assert await tx.insights.people(ANA, EVER, ["coaching", "lock_in"]) == 2
        assert await tx.insights.people(ANA, EVER, []) == 0
        assert await tx.insights.formats(ANA, Period(until=NOW)) == []


async def test_minutes_and_sessions_of_each_are_spread(store: Store) -> None:
    await keep(store, [there("ses_1", seconds=59), there("ses_2", seconds=60), there("ses_3", BEN, seconds=119)])
    async with store.reading() as tx:
        assert await tx.insights.minutes(ANA, EVER) == {0: 1, 1: 2}
        assert await tx.insights.sessions_a_person(ANA, EVER) == {1: 1, 2: 1}


async def test_scores_are_spread_by_criterion_without_those_given_by_hand(store: Store) -> None:
    await keep(
        store,
        [there("ses_1"), there("ses_1", BEN), there("ses_2", BEN)],
        [scored("ses_1", 40), scored("ses_2", 40), scored("ses_2", 90, "options"), scored("ses_1", 10, custom=True)],
    )
    async with store.reading() as tx:
        found = await tx.insights.scores(ANA, EVER)
        assert found == {("coaching", "goal"): {40: 2}, ("coaching", "options"): {90: 1}}
        people = await tx.insights.scored_people(ANA, EVER)
        assert people == {("coaching", "goal"): 2, ("coaching", "options"): 1}
        assert await tx.insights.scores(EVE, EVER) == {}


async def test_feedback_is_spread(store: Store) -> None:
    await add(store, a_session("ses_1"))
    async with store.transaction() as tx:
        for viewer, value in ((ANA, 4), (BEN, 5)):
            await tx.feedback.save(Feedback(ONE, viewer.account, FeedbackKind.SESSION, ONE, value, NOW))
        await tx.feedback.save(Feedback(ONE, ANA.account, FeedbackKind.REPLY, "reply_1", 1, NOW))
    async with store.reading() as tx:
        assert await tx.insights.feedback(ANA, EVER, "session") == {4: 1, 5: 1}
        assert await tx.insights.feedback_people(ANA, EVER, "session") == 2
        assert await tx.insights.feedback(ANA, EVER, "reply") == {1: 1}
        assert await tx.insights.feedback(EVE, EVER, "session") == {}


@pytest.mark.parametrize("days", [7, 30])
async def test_returns_are_counted_as_the_rule_says(store: Store, days: int) -> None:
    starts = {ANA: [0, 3, 9, 45], BEN: [1, 40], EVE: [0, 1]}
    for viewer, on in starts.items():
        await keep(store, [there(f"ses_{viewer.name}_{day}", viewer, at_s=day * DAY) for day in on])
    now_s = int((NOW + timedelta(days=50)).timestamp())
    async with store.reading() as tx:
        could, did = await tx.insights.returns(ANA, EVER, now_s, days * DAY)
    each = [
        return_rate([int(later(day * DAY).timestamp()) - 600 for day in starts[viewer]], now_s, days)
        for viewer in (ANA, BEN)
    ]
    assert could == sum(rate.counted for rate in each)
    assert did == sum(round((rate.share or 0) * rate.counted) for rate in each)


async def test_where_nobody_was_nothing_is_counted(store: Store) -> None:
    nobody = Viewer(AccountId("acc_x"), CommunityId("com_1"))
    async with store.reading() as tx:
        assert await tx.insights.minutes(nobody, EVER) == {}
        assert await tx.insights.returns(nobody, EVER, 0, DAY) == (0, 0)
