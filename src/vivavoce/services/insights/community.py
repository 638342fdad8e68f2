"""What a community's admins may know of its sessions: counts and medians, never a name, never a word.

Nothing is told of fewer than `LEAST_PEOPLE` people. A format with fewer is counted with others of its kind (`other`)
until together they are enough, so that it cannot be worked out from the whole. Periods are whole months, so that two
answers cannot be held against each other to find what one person did in a day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from vivavoce.domain.errors import Invalid, NotAllowed
from vivavoce.domain.people.viewer import Standing, Viewer
from vivavoce.domain.reports.progress import DAY_S, Rate, classes, middle, rate
from vivavoce.services.container import Services
from vivavoce.services.insights.ports import FormatRow, Histogram, Insights, Period

LEAST_PEOPLE: Final = 5
OTHER: Final = "other"
MINUTES: Final = (5, 15, 30, 60)
SCORES: Final = (20, 40, 60, 80)
SESSIONS: Final = (2, 4, 8, 16)
_MOST_MONTHS: Final = 60


@dataclass(frozen=True, slots=True)
class Spread:
    """How values lie. counts: below each of the steps, and beyond the last (`progress.classes`)."""

    count: int
    median: float | None
    steps: tuple[int, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CriterionInsight:
    format: str
    criterion: str
    title: str
    people: int
    scores: Spread


@dataclass(frozen=True, slots=True)
class CommunityInsights:
    """people: None where there are too few to tell anything; then all the rest is empty."""

    period: Period
    people: int | None
    sessions: int = 0
    seconds: int = 0
    formats: tuple[FormatRow, ...] = ()
    minutes: Spread | None = None
    sessions_a_person: Spread | None = None
    returned: Mapping[int, Rate] | None = None
    satisfaction: Spread | None = None
    helpful: Rate | None = None
    goals: Mapping[str, int] | None = None
    criteria: tuple[CriterionInsight, ...] = ()


def months(since: str | None, until: str | None, now: datetime) -> Period:
    """From the first moment of month `since` to the last of month `until` (`2026-03`, UTC); the last twelve if neither
    is given. Raises Invalid."""
    last = _month(until) if until else (now.year, now.month)
    first = _month(since) if since else _months_before(last, 11)
    if not 0 <= _distance(first, last) < _MOST_MONTHS:
        raise Invalid(f"Give months in their order, at most {_MOST_MONTHS} of them, such as 2026-01 and 2026-03.")
    return Period(_first_of(first), _first_of(_months_before(last, -1)))


async def insights(viewer: Viewer, period: Period, *, use: Services) -> CommunityInsights:
    """Raises NotAllowed for everybody but admins."""
    if viewer.standing is not Standing.ADMIN:
        raise NotAllowed("You may not see the insights: only admins of the community may.")
    now_s = int(min(use.clock.now(), period.until or use.clock.now()).timestamp())
    async with use.store.reading() as tx:
        found = tx.insights
        rows = await found.formats(viewer, period)
        people = await found.people(viewer, period, [row.format for row in rows])
        if people < LEAST_PEOPLE:
            return CommunityInsights(period, None)
        goals, goal_people = await found.goals(viewer, period)
        return CommunityInsights(
            period=period,
            people=people,
            sessions=sum(row.sessions for row in rows),
            seconds=sum(row.seconds for row in rows),
            formats=await _grouped(rows, viewer, period, found),
            minutes=_spread(await found.minutes(viewer, period), MINUTES),
            sessions_a_person=_spread(await found.sessions_a_person(viewer, period), SESSIONS),
            returned={days: rate(*await found.returns(viewer, period, now_s, days * DAY_S)) for days in (7, 30)},
            satisfaction=await _satisfaction(viewer, period, found),
            helpful=await _helpful(viewer, period, found),
            goals=goals if goal_people >= LEAST_PEOPLE else None,
            criteria=await _criteria(viewer, period, found, use),
        )


async def _grouped(rows: Sequence[FormatRow], viewer: Viewer, period: Period, found: Insights) -> tuple[FormatRow, ...]:
    """Formats with enough people by themselves; the rest together, with as many others as that takes."""
    shown = sorted(rows, key=lambda row: (row.people, row.format))
    hidden: list[FormatRow] = []
    people = 0
    while shown and (shown[0].people < LEAST_PEOPLE or 0 < people < LEAST_PEOPLE):
        hidden.append(shown.pop(0))
        people = await found.people(viewer, period, [row.format for row in hidden])
    whole = sorted(shown, key=lambda row: row.format)
    if not hidden:
        return tuple(whole)
    sessions, seconds = sum(row.sessions for row in hidden), sum(row.seconds for row in hidden)
    return (*whole, FormatRow(OTHER, sessions, people, seconds))


async def _satisfaction(viewer: Viewer, period: Period, found: Insights) -> Spread | None:
    if await found.feedback_people(viewer, period, "session") < LEAST_PEOPLE:
        return None
    return _spread(await found.feedback(viewer, period, "session"), (2, 3, 4, 5))


async def _helpful(viewer: Viewer, period: Period, found: Insights) -> Rate | None:
    if await found.feedback_people(viewer, period, "reply") < LEAST_PEOPLE:
        return None
    ratings = await found.feedback(viewer, period, "reply")
    return rate(sum(ratings.values()), sum(value * number for value, number in ratings.items()))


async def _criteria(viewer: Viewer, period: Period, found: Insights, use: Services) -> tuple[CriterionInsight, ...]:
    """Those of the formats themselves; what people wrote as criteria are their words."""
    people = await found.scored_people(viewer, period)
    scores = await found.scores(viewer, period)
    titles = {(format.name, one.id): one.title for format in use.formats.values() for one in format.criteria}
    return tuple(
        CriterionInsight(*key, titles[key], people[key], _spread(scores[key], SCORES))
        for key in sorted(scores)
        if key in titles and people.get(key, 0) >= LEAST_PEOPLE
    )


def _spread(histogram: Histogram, steps: tuple[int, ...]) -> Spread:
    return Spread(sum(histogram.values()), middle(histogram), steps, classes(histogram, steps))


def _month(text: str) -> tuple[int, int]:
    try:
        at = datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC)
    except ValueError:
        raise Invalid("A month is written like 2026-03.") from None
    return at.year, at.month


def _months_before(month: tuple[int, int], number: int) -> tuple[int, int]:
    count = month[0] * 12 + month[1] - 1 - number
    return count // 12, count % 12 + 1


def _distance(first: tuple[int, int], last: tuple[int, int]) -> int:
    return (last[0] - first[0]) * 12 + last[1] - first[1]


def _first_of(month: tuple[int, int]) -> datetime:
    try:
        return datetime(month[0], month[1], 1, tzinfo=UTC)
    except ValueError:
        raise Invalid("A month is written like 2026-03.") from None
