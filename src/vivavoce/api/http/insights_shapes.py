"""What goes over the wire of one's own progress, and of a community's figures."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel, Field

from vivavoce.api.http.records_shapes import StreakOut
from vivavoce.api.http.shapes import shown
from vivavoce.domain.reports.progress import Rate
from vivavoce.services.insights.community import LEAST_PEOPLE, CommunityInsights, Spread
from vivavoce.services.insights.progress import CriterionProgress, Progress


class RateOut(BaseModel):
    """A share of so many."""

    counted: int
    share: float | None = Field(description="0..1; null where nothing could be counted.")

    @classmethod
    def of(cls, rate: Rate) -> Self:
        return cls(counted=rate.counted, share=rate.share)


class ReturnOut(BaseModel):
    within_days: int
    counted: int = Field(description="Sessions that began at least so many days ago.")
    share: float | None = Field(description="Of them, how many the same person followed by another within that time.")


class FormatProgressOut(BaseModel):
    format: str
    sessions: int
    minutes: float


class PointOut(BaseModel):
    session: str
    at: datetime
    value: int
    written_by: str


class TrendOut(BaseModel):
    """One criterion over sessions, oldest first."""

    criterion: str
    title: str
    format: str
    custom: bool = Field(description="The criterion was given by hand.")
    latest: int
    change: float | None = Field(description="Mean of the last scores less that of the first (at most three each).")
    points: list[PointOut]

    @classmethod
    def of(cls, found: CriterionProgress) -> Self:
        return cls(
            criterion=found.criterion,
            title=found.title,
            format=found.format,
            custom=found.custom,
            latest=found.latest,
            change=found.change,
            points=[
                PointOut(session=one.session, at=one.at, value=one.value, written_by=one.written_by)
                for one in found.points
            ],
        )


class SatisfactionOut(BaseModel):
    session: str
    at: datetime
    value: int


class GoalsOut(BaseModel):
    set: int
    met: int
    open: int
    dropped: int

    @classmethod
    def counted(cls, states: dict[str, int]) -> Self:
        known = {name: states.get(name, 0) for name in ("met", "open", "dropped")}
        return cls(set=sum(states.values()), **known)


class ProgressOut(BaseModel):
    """One's own progress over the sessions that ended in a period."""

    model_config = shown(
        {
            "sessions": 6,
            "minutes": 142.5,
            "streak": {"current": 2, "longest": 4, "today_done": True},
            "returned": [{"within_days": 7, "counted": 5, "share": 0.6}],
            "goals": {"set": 3, "met": 1, "open": 2, "dropped": 0},
            "satisfaction": [{"session": "ses_01k9z0c0v5g2m4q8r1t3w6y9b0", "at": "2026-03-02T09:25:00Z", "value": 4}],
            "satisfaction_mean": 4.0,
            "helpful": {"counted": 4, "share": 0.75},
            "formats": [{"format": "coaching", "sessions": 6, "minutes": 142.5}],
            "criteria": [
                {
                    "criterion": "commitment",
                    "title": "The next step",
                    "format": "coaching",
                    "custom": False,
                    "latest": 80,
                    "change": 12.5,
                    "points": [
                        {
                            "session": "ses_01k9z0c0v5g2m4q8r1t3w6y9b0",
                            "at": "2026-03-02T09:20:31Z",
                            "value": 80,
                            "written_by": "rules",
                        }
                    ],
                }
            ],
        }
    )

    sessions: int
    minutes: float
    streak: StreakOut = Field(description="Of all one's days, whatever the period.")
    returned: list[ReturnOut]
    goals: GoalsOut = Field(description="Set in the period.")
    satisfaction: list[SatisfactionOut]
    satisfaction_mean: float | None
    helpful: RateOut = Field(description="Of the replies one rated.")
    formats: list[FormatProgressOut]
    criteria: list[TrendOut]

    @classmethod
    def of(cls, found: Progress) -> Self:
        rated = [one.value for one in found.satisfaction]
        return cls(
            sessions=found.sessions,
            minutes=round(found.seconds / 60, 1),
            streak=StreakOut.of(found.streak),
            returned=[
                ReturnOut(within_days=days, counted=one.counted, share=one.share)
                for days, one in found.returned.items()
            ],
            goals=GoalsOut.counted(dict(found.goals)),
            satisfaction=[
                SatisfactionOut(session=one.session, at=one.at, value=one.value) for one in found.satisfaction
            ],
            satisfaction_mean=round(sum(rated) / len(rated), 2) if rated else None,
            helpful=RateOut.of(found.helpful),
            formats=[
                FormatProgressOut(format=one.format, sessions=one.sessions, minutes=round(one.seconds / 60, 1))
                for one in found.formats
            ],
            criteria=[TrendOut.of(one) for one in found.criteria],
        )


# --- a community ------------------------------------------------------------------------------------


class ClassOut(BaseModel):
    below: int | None = Field(description="Values below this, from the class before on. Null: all beyond.")
    count: int


class SpreadOut(BaseModel):
    """How values lie."""

    count: int
    median: float | None
    classes: list[ClassOut]

    @classmethod
    def of(cls, spread: Spread) -> Self:
        edges = [*spread.steps, None]
        return cls(
            count=spread.count,
            median=spread.median,
            classes=[ClassOut(below=step, count=count) for step, count in zip(edges, spread.counts, strict=True)],
        )


class FormatInsightOut(BaseModel):
    format: str = Field(description=f"`other`: formats with fewer than {LEAST_PEOPLE} people, counted together.")
    sessions: int
    people: int
    minutes: float


class CriterionInsightOut(BaseModel):
    format: str
    criterion: str
    title: str
    people: int
    scores: SpreadOut


class InsightsOut(BaseModel):
    """A community's figures, without anybody's name or words. What fewer than five people did is not told."""

    model_config = shown(
        {
            "since": "2026-01-01T00:00:00Z",
            "until": "2026-04-01T00:00:00Z",
            "least_people": 5,
            "people": 41,
            "sessions": 212,
            "minutes": 4310.0,
            "formats": [{"format": "coaching", "sessions": 180, "people": 38, "minutes": 3702.0}],
            "session_minutes": {"count": 212, "median": 19.0, "classes": [{"below": 5, "count": 11}]},
            "sessions_a_person": {"count": 41, "median": 4.0, "classes": [{"below": 2, "count": 7}]},
            "returned": [{"within_days": 7, "counted": 190, "share": 0.58}],
            "satisfaction": {"count": 120, "median": 4.0, "classes": [{"below": 2, "count": 3}]},
            "helpful": {"counted": 310, "share": 0.81},
            "goals": {"set": 88, "met": 31, "open": 49, "dropped": 8},
            "criteria": [
                {
                    "format": "coaching",
                    "criterion": "commitment",
                    "title": "The next step",
                    "people": 38,
                    "scores": {"count": 176, "median": 70.0, "classes": [{"below": 20, "count": 4}]},
                }
            ],
        }
    )

    since: datetime | None
    until: datetime | None
    least_people: int
    people: int | None = Field(description="Null: too few to tell anything. Then nothing else is told either.")
    sessions: int
    minutes: float = Field(description="Of all people together.")
    formats: list[FormatInsightOut]
    session_minutes: SpreadOut | None
    sessions_a_person: SpreadOut | None
    returned: list[ReturnOut]
    satisfaction: SpreadOut | None
    helpful: RateOut | None
    goals: GoalsOut | None
    criteria: list[CriterionInsightOut]

    @classmethod
    def of(cls, found: CommunityInsights) -> Self:
        return cls(
            since=found.period.since,
            until=found.period.until,
            least_people=LEAST_PEOPLE,
            people=found.people,
            sessions=found.sessions,
            minutes=round(found.seconds / 60, 1),
            formats=[
                FormatInsightOut(
                    format=one.format, sessions=one.sessions, people=one.people, minutes=round(one.seconds / 60, 1)
                )
                for one in found.formats
            ],
            session_minutes=SpreadOut.of(found.minutes) if found.minutes else None,
            sessions_a_person=SpreadOut.of(found.sessions_a_person) if found.sessions_a_person else None,
            returned=[
                ReturnOut(within_days=days, counted=one.counted, share=one.share)
                for days, one in (found.returned or {}).items()
            ],
            satisfaction=SpreadOut.of(found.satisfaction) if found.satisfaction else None,
            helpful=RateOut.of(found.helpful) if found.helpful else None,
            goals=GoalsOut.counted(dict(found.goals)) if found.goals is not None else None,
            criteria=[
                CriterionInsightOut(
                    format=one.format,
                    criterion=one.criterion,
                    title=one.title,
                    people=one.people,
                    scores=SpreadOut.of(one.scores),
                )
                for one in found.criteria
            ],
        )
