"""What progress and insights need of the store: figures of sessions, without anybody's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from vivavoce.base.ids import AccountId, CommunityId, SessionId
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.asking import Asking


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` on, before `until`; None: without a bound."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person in one session that ended. at: its end. started_s: its start, seconds since 1970."""

    session: SessionId
    account: AccountId
    community: CommunityId
    format: str
    at: datetime
    started_s: int
    seconds: int
    turns: int


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A criterion's score in a session's last report that had it."""

    session: SessionId
    criterion: str
    title: str
    value: int
    written_by: str
    at: datetime
    custom: bool = False
    format: str = ""


@dataclass(frozen=True, slots=True)
class FormatRow:
    """people: different ones. seconds: of all of them together."""

    format: str
    sessions: int
    people: int
    seconds: int


Histogram = Mapping[int, int]
"""How often each value occurs."""


class Insights(Protocol):
    """A person reads their own rows; an admin counts those of the community, and never sees whose they are."""

    async def attended(self, rows: Sequence[Attendance]) -> None:
        """Written once per session and person; the same again changes nothing."""
        ...

    async def scored(self, community: CommunityId, rows: Sequence[ScoreRow]) -> None:
        """In place of the scores of the same criteria in the same session."""
        ...

    async def sessions_of(self, asking: Asking, account: AccountId, period: Period) -> list[Attendance]:
        """Oldest first, at most the last 10,000."""
        ...

    async def scores_of(self, asking: Asking, account: AccountId, period: Period) -> list[ScoreRow]:
        """Of the sessions the person was in, oldest first, at most the last 10,000."""
        ...

    async def goals_of(self, asking: Asking, account: AccountId, period: Period) -> Mapping[str, int]:
        """How many of the goals set in the period are in each state."""
        ...

    async def formats(self, viewer: Viewer, period: Period) -> list[FormatRow]: ...

    async def people(self, viewer: Viewer, period: Period, formats: Sequence[str]) -> int:
        """How many different people were in sessions of these formats."""
        ...

    async def minutes(self, viewer: Viewer, period: Period) -> Histogram:
        """How many attendances lasted so many minutes."""
        ...

    async def sessions_a_person(self, viewer: Viewer, period: Period) -> Histogram:
        """How many people were in so many sessions."""
        ...

    async def returns(self, viewer: Viewer, period: Period, now_s: int, within_s: int) -> tuple[int, int]:
        """How many attendances could have been followed by another of the same person by now, and how many were."""
        ...

    async def scores(self, viewer: Viewer, period: Period) -> Mapping[tuple[str, str], Histogram]:
        """By format and criterion; without criteria that were given by hand."""
        ...

    async def scored_people(self, viewer: Viewer, period: Period) -> Mapping[tuple[str, str], int]:
        """How many different people's sessions those scores are of."""
        ...

    async def feedback(self, viewer: Viewer, period: Period, kind: str) -> Histogram: ...

    async def feedback_people(self, viewer: Viewer, period: Period, kind: str) -> int: ...

    async def goals(self, viewer: Viewer, period: Period) -> tuple[Mapping[str, int], int]:
        """How many goals set in the period are in each state, and of how many people."""
        ...

    async def forget(self, asking: Asking, account: AccountId) -> None:
        """Nothing is counted of this person any more."""
        ...
