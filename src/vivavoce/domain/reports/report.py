"""A report as values: what a session showed, what it rests on, and who wrote it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vivavoce.base.ids import SeatId, TurnId
from vivavoce.domain.reports.quoting import Quote
from vivavoce.domain.sessions.session import EndReason
from vivavoce.domain.sessions.transcript import Utterance

RULES: Final = "rules"
"""What `written_by` says where no language model read the transcript."""
LEAST_WORDS: Final = 40
"""Of the people together; with fewer nothing is scored."""


class Done(StrEnum):
    """How a task went, as its owner reported."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Task:
    """What somebody said they would do, in their words. due: the words that say when. turn: None for a task that was
    declared and not said. done: None where nothing was reported."""

    text: str
    name: str
    seat: SeatId | None = None
    turn: TurnId | None = None
    start_ms: int | None = None
    due: str | None = None
    done: Done | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """value: 0 to 100, or None where it cannot be judged; the reason says why. quotes: what it rests on."""

    criterion: str
    title: str
    description: str
    value: int | None
    reason: str
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """criterion: the one whose score asks for it, if one does."""

    text: str
    criterion: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """limits: what this report cannot judge, for people to read. overall: the mean of its scores, rounded."""

    written_by: str
    summary: str
    scores: tuple[Score, ...] = ()
    highlights: tuple[Quote, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    tasks: tuple[Task, ...] = ()
    limits: tuple[str, ...] = ()
    nothing_said: bool = False

    @property
    def overall(self) -> int | None:
        return overall([score.value for score in self.scores])


@dataclass(frozen=True, slots=True)
class Material:
    """What a report is written from: what everybody heard, and nothing that was kept from somebody.

    coaches: seats of human coaches, whose words are not scored. declared: tasks of the session's board. in_danger: the
    crisis protocol ran: nothing is scored then. title: of the kind of session, as in "Coaching".
    """

    title: str
    entries: tuple[Utterance, ...]
    duration_s: int
    coaches: frozenset[SeatId] = frozenset()
    declared: tuple[Task, ...] = ()
    end_reason: EndReason | None = None
    in_danger: bool = False

    @property
    def people(self) -> tuple[Utterance, ...]:
        """The turns of those whom the session is for."""
        return tuple(one for one in self.entries if one.seat is not None and one.seat not in self.coaches)


def overall(values: Sequence[int | None]) -> int | None:
    """The mean of the scores there are, rounded; None where there is none."""
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known)) if known else None
