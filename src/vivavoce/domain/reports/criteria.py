"""What a report scores, as data: a criterion says what is looked at, and what speaks for it where no model reads.

A score is 0 to 100: 0 to 39 little of it was there, 40 to 69 some, 70 to 100 much. No score (None): it cannot be
judged.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LEAST: Final = 0
MOST: Final = 100
LOW: Final = 40  # below: little of it was there
HIGH: Final = 70  # from here on: much of it was there


class Whose(StrEnum):
    """Whose words count."""

    PEOPLE = "people"  # those the session is for; not a human coach, not the AI
    AI = "ai"
    ALL = "all"


class Figure(StrEnum):
    """A measured figure that a score can rest on (measures.py), of those whose words count."""

    WORDS = "words"
    WORDS_PER_TURN = "words_per_turn"
    WORDS_PER_MINUTE = "words_per_minute"
    FILLERS_PER_100_WORDS = "fillers_per_100_words"
    WORD_SHARE = "word_share"
    TALK_SHARE = "talk_share"
    QUESTIONS = "questions"
    LONGEST_MONOLOGUE_S = "longest_monologue_s"
    RESPONSE_GAP_S = "response_gap_s"
    WORD_BALANCE = "word_balance"
    TASKS_DECLARED = "tasks_declared"
    TASKS_DONE_SHARE = "tasks_done_share"
    DATED_STEPS = "dated_steps"  # of what people said they will do, how much has a day; not measured where nothing is


@dataclass(frozen=True, slots=True)
class Aim:
    """A figure, and where it is well: from `good[0]` to `good[1]` it counts in full, at `poor[0]` or less and at
    `poor[1]` or more not at all, in between in proportion."""

    figure: Figure
    good: tuple[float, float]
    poor: tuple[float, float]

    def reached(self, value: float) -> float:
        """How well the aim is reached: 0..1."""
        if self.good[0] <= value <= self.good[1]:
            return 1.0
        near, far = (self.good[0], self.poor[0]) if value < self.good[0] else (self.good[1], self.poor[1])
        return 0.0 if near == far else max(0.0, 1 - abs(value - near) / abs(far - near))


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a report scores. evidence: word groups that speak for it where no language model reads the transcript.

    In a word group `*` at a word's end stands for any ending, `<number>` and `<day>` for any number or time, `...` for
    up to four words. against: word groups that speak against it. aims: figures that count. advice: what to try when
    the score is low.
    """

    id: str
    title: str
    description: str
    evidence: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    aims: tuple[Aim, ...] = ()
    advice: str = ""
    whose: Whose = Whose.PEOPLE
