"""The figures that a score can rest on, of those whose words count taken together."""

from collections.abc import Mapping, Sequence
from typing import Final

from vivavoce.domain.reports.criteria import Figure, Whose
from vivavoce.domain.reports.measures import SpeakerMeasures, balance, measure
from vivavoce.domain.reports.report import Done, Material
from vivavoce.domain.reports.tasks import commitments
from vivavoce.domain.sessions.transcript import Utterance

_DONE: Final = {Done.YES: 1.0, Done.PARTLY: 0.5, Done.NO: 0.0}
_SHOWN: Final[Mapping[Figure, str]] = {
    Figure.WORDS: "{:.0f} words",
    Figure.WORDS_PER_TURN: "{:.0f} words a turn",
    Figure.WORDS_PER_MINUTE: "{:.0f} words a minute",
    Figure.FILLERS_PER_100_WORDS: "{:.1f} fillers in a hundred words",
    Figure.WORD_SHARE: "{:.0%} of all words",
    Figure.TALK_SHARE: "{:.0%} of the time that was spoken",
    Figure.QUESTIONS: "{:.0f} questions",
    Figure.LONGEST_MONOLOGUE_S: "{:.0f} s without a break at most",
    Figure.RESPONSE_GAP_S: "{:.1f} s until an answer began",
    Figure.WORD_BALANCE: "a balance of {:.2f} between those who took part",
    Figure.TASKS_DECLARED: "{:.0f} tasks declared",
    Figure.TASKS_DONE_SHARE: "{:.0%} of the reported tasks done",
    Figure.DATED_STEPS: "{:.0f} steps with a day",
}
_COUNTS: Final = frozenset({Figure.QUESTIONS, Figure.TASKS_DECLARED, Figure.WORDS, Figure.DATED_STEPS})


def shown(figure: Figure, value: float) -> str:
    """The figure for people to read."""
    text = _SHOWN[figure].format(value)
    one = value == 1 and figure in _COUNTS
    return (
        text.replace("questions", "question").replace("tasks", "task").replace("words", "word").replace("steps", "step")
        if one
        else text
    )


def turns_of(material: Material, whose: Whose) -> tuple[Utterance, ...]:
    match whose:
        case Whose.PEOPLE:
            return material.people
        case Whose.AI:
            return tuple(entry for entry in material.entries if entry.seat is None)
        case Whose.ALL:
            return material.entries


def figures(material: Material, whose: Whose) -> Mapping[Figure, float]:
    """Those that can be measured here."""
    seats = {entry.seat for entry in turns_of(material, whose)}
    speakers = [one for one in measure(material.entries) if one.seat in seats]
    found = _counted(speakers) | _timed(speakers) | _tasks(material) | _steps(material)
    even = balance([one.words for one in speakers])
    return found | ({Figure.WORD_BALANCE: even} if even is not None else {})


def _counted(speakers: Sequence[SpeakerMeasures]) -> dict[Figure, float]:
    words, turns = sum(one.words for one in speakers), sum(one.turns for one in speakers)
    if not words:
        return {}
    return {
        Figure.WORDS: words,
        Figure.WORDS_PER_TURN: words / turns,
        Figure.WORD_SHARE: sum(one.word_share or 0 for one in speakers),
        Figure.QUESTIONS: sum(one.questions for one in speakers),
    }


def _timed(speakers: Sequence[SpeakerMeasures]) -> dict[Figure, float]:
    spoken_ms = sum(one.spoken_ms for one in speakers)
    if not spoken_ms:
        return {}
    found: dict[Figure, float] = {
        Figure.WORDS_PER_MINUTE: sum((one.words_per_minute or 0) * one.spoken_ms for one in speakers) / spoken_ms,
        Figure.FILLERS_PER_100_WORDS: 100
        * sum(one.fillers for one in speakers)
        / max(1, sum(s.words for s in speakers)),
        Figure.TALK_SHARE: sum(one.talk_share or 0 for one in speakers),
        Figure.LONGEST_MONOLOGUE_S: max(one.longest_monologue_ms or 0 for one in speakers) / 1000,
    }
    gaps = [one.response_gap_ms for one in speakers if one.response_gap_ms is not None]
    return found | ({Figure.RESPONSE_GAP_S: sum(gaps) / len(gaps) / 1000} if gaps else {})


def _tasks(material: Material) -> dict[Figure, float]:
    if not material.declared:
        return {}
    told = [_DONE[task.done] for task in material.declared if task.done is not None]
    declared: dict[Figure, float] = {Figure.TASKS_DECLARED: len(material.declared)}
    return declared | ({Figure.TASKS_DONE_SHARE: sum(told) / len(told)} if told else {})


def _steps(material: Material) -> dict[Figure, float]:
    said = commitments(material.entries, material.coaches)
    return {Figure.DATED_STEPS: sum(one.due is not None for one in said)} if said else {}
