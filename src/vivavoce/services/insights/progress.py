"""One person's own progress over their sessions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from vivavoce.domain.errors import Invalid
from vivavoce.domain.people.days import Streak
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.reports.progress import Rate, rate, return_rate, trend
from vivavoce.services.container import Services
from vivavoce.services.exchanges.ports import Feedback, FeedbackKind
from vivavoce.services.insights.ports import Attendance, Period, ScoreRow
from vivavoce.services.people.days import own_streak

_FIRST_YEAR: Final = 1970
_LAST_YEAR: Final = 9000  # so that no time zone leads out of what a time can be


@dataclass(frozen=True, slots=True)
class FormatProgress:
    format: str
    sessions: int
    seconds: int


@dataclass(frozen=True, slots=True)
class CriterionProgress:
    """points: oldest first. change: `domain.reports.progress.trend`."""

    criterion: str
    title: str
    format: str
    custom: bool
    latest: int
    change: float | None
    points: tuple[ScoreRow, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """streak: of all one's days, whatever the period. satisfaction: 1 to 5, oldest first. goals: in each state."""

    sessions: int
    seconds: int
    streak: Streak
    returned: Mapping[int, Rate]
    goals: Mapping[str, int]
    satisfaction: tuple[Feedback, ...]
    helpful: Rate
    formats: tuple[FormatProgress, ...] = ()
    criteria: tuple[CriterionProgress, ...] = field(default=())


def period(since: datetime | None, until: datetime | None) -> Period:
    """Raises Invalid for times that no session has."""
    for at in (since, until):
        if at is not None and not _FIRST_YEAR <= at.year <= _LAST_YEAR:
            raise Invalid(f"A time lies in the years {_FIRST_YEAR} to {_LAST_YEAR}.")
    return Period(since, until)


async def progress_of(viewer: Viewer, period: Period, format: str | None = None, *, use: Services) -> Progress:
    """The viewer's own, over sessions that ended in the period; of one format if one is named."""
    now = use.clock.now()
    streak = await own_streak(viewer, use=use)
    async with use.store.reading() as tx:
        attended = await tx.insights.sessions_of(viewer, viewer.account, period)
        scores = await tx.insights.scores_of(viewer, viewer.account, period)
        goals = await tx.insights.goals_of(viewer, viewer.account, period)
        said = await tx.feedback.of_account(viewer, viewer.account)
    attended = [one for one in attended if format in (None, one.format)]
    scores = [one for one in scores if format in (None, one.format)]
    sessions = {one.session for one in attended}
    said = [one for one in said if one.session in sessions] if format is not None else _within(said, period)
    ratings = [one.value for one in said if one.kind is FeedbackKind.REPLY]
    starts = [one.started_s for one in attended]
    until = min(now, period.until or now)
    return Progress(
        sessions=len(attended),
        seconds=sum(one.seconds for one in attended),
        streak=streak,
        returned={days: return_rate(starts, int(until.timestamp()), days) for days in (7, 30)},
        goals=goals,
        satisfaction=tuple(one for one in said if one.kind is FeedbackKind.SESSION),
        helpful=rate(len(ratings), sum(ratings)),
        formats=_by_format(attended),
        criteria=_by_criterion(scores),
    )


def _within(said: Sequence[Feedback], period: Period) -> list[Feedback]:
    def inside(at: datetime) -> bool:
        return (period.since is None or at >= period.since) and (period.until is None or at < period.until)

    return [one for one in said if inside(one.at)]


def _by_format(attended: Sequence[Attendance]) -> tuple[FormatProgress, ...]:
    names = sorted({one.format for one in attended})
    grouped = {name: [one for one in attended if one.format == name] for name in names}
    return tuple(FormatProgress(name, len(those), sum(one.seconds for one in those)) for name, those in grouped.items())


def _by_criterion(scores: Sequence[ScoreRow]) -> tuple[CriterionProgress, ...]:
    grouped: dict[tuple[str, str, bool], list[ScoreRow]] = {}
    for one in scores:
        grouped.setdefault((one.format, one.criterion, one.custom), []).append(one)
    return tuple(
        CriterionProgress(
            criterion,
            those[-1].title,
            format,
            custom,
            those[-1].value,
            trend([one.value for one in those]),
            tuple(those),
        )
        for (format, criterion, custom), those in sorted(grouped.items())
    )
