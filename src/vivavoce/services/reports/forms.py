"""The forms a language model fills in: names and docstrings tell what is wanted, the rules of the domain check it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuoteForm:
    """Words that somebody said, copied exactly from one turn of the transcript.

    turn: the turn's label, such as T12. quote: 4 to 40 consecutive words of that turn, letter for letter, without
    leaving anything out. why: in at most twelve words, what it shows.
    """

    turn: str
    quote: str
    why: str


@dataclass(frozen=True, slots=True)
class ScoreForm:
    """The score of one criterion.

    criterion: its id. value: a whole number from 0 to 100 (0 to 39: little of it was there, 40 to 69: some, 70 to 100:
    much), or null where the transcript does not allow a judgement. reason: one to three sentences that name what was
    said or done. quotes: one to three that the score rests on.
    """

    criterion: str
    value: int | None
    reason: str
    quotes: tuple[QuoteForm, ...]


@dataclass(frozen=True, slots=True)
class AdviceForm:
    """Something to try next time. text: one or two sentences to the person. criterion: its id, or null."""

    text: str
    criterion: str | None


@dataclass(frozen=True, slots=True)
class TaskForm:
    """Something a person said they would do. quote: their own words. due: their own words for when, or null."""

    quote: QuoteForm
    due: str | None


@dataclass(frozen=True, slots=True)
class ReportForm:
    """What a session showed.

    summary: three to six sentences on what it was about, what was found and what was agreed; no praise, no advice.
    scores: one for each criterion. highlights: three to six moments that matter most. recommendations: two to four.
    tasks: every commitment a person made; none that the AI proposed.
    """

    summary: str
    scores: tuple[ScoreForm, ...]
    highlights: tuple[QuoteForm, ...]
    recommendations: tuple[AdviceForm, ...]
    tasks: tuple[TaskForm, ...]


@dataclass(frozen=True, slots=True)
class CorrectionForm:
    """What was wrong in a report, done again.

    scores: those that were asked for again. highlights: quotes in place of those that nobody said.
    """

    scores: tuple[ScoreForm, ...]
    highlights: tuple[QuoteForm, ...]


@dataclass(frozen=True, slots=True)
class NotesForm:
    """Notes on one part of a long transcript, from which the whole report is written later.

    points: up to twenty facts: what was said, by whom, with the turn's label. quotes: up to ten that matter most.
    """

    points: tuple[str, ...]
    quotes: tuple[QuoteForm, ...]
