"""Scores by rule: what can honestly be said of a criterion without anybody having read the transcript.

1. Evidence: in how many sentences the criterion's word groups were found, at most two per turn. The first counts most:
   0 give 20 points, 1 gives 50, 2 give 68, 3 give 79, and so on towards 95. Every sentence that speaks against it takes
   10, at most 30.
2. Aims: how well each measured figure lies (criteria.Aim), as a mean of 0 to 100. Figures that could not be measured
   do not count.
3. Both: 60 % evidence, 40 % aims. The score is rounded to 5: the rules are no finer than that.
4. No score where fewer than 40 words were said, where the words are not English and the criterion rests on word
   groups, or where it has neither word groups nor figures to go by.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vivavoce.domain.reports.criteria import LEAST, MOST, Criterion, Figure, Whose
from vivavoce.domain.reports.figures import figures, shown, turns_of
from vivavoce.domain.reports.measures import count_words
from vivavoce.domain.reports.quoting import Quote, find_quote
from vivavoce.domain.reports.report import LEAST_WORDS, Material, Score
from vivavoce.domain.reports.sentences import around, sentences
from vivavoce.domain.reports.wording import FAREWELL, looks_english, word_groups
from vivavoce.domain.sessions.transcript import Utterance

_NONE_FOUND: Final = 20
_MOST_FOUND: Final = 95
_KEEPS: Final = 0.6  # of what is missing to the most, after each place
_AGAINST: Final = 10
_MOST_AGAINST: Final = 30
_EVIDENCE_WEIGHS: Final = 0.6
_PER_TURN: Final = 2
_QUOTES: Final = 3  # under one score
_LONG: Final = 18  # words; a longer sentence says no more
_STEP: Final = 5
_OTHER_LANGUAGE: Final = "The rules know English wordings only, and this was said in another language."
_NOT_MEASURED: Final = "What it rests on could not be measured in this session."


@dataclass(frozen=True, slots=True)
class Said:
    """What those whose words count said, made ready once for all criteria. figures: what was measured of them."""

    turns: tuple[Utterance, ...]
    pieces: tuple[tuple[Utterance, tuple[str, ...]], ...]
    words: int
    english: bool
    figures: Mapping[Figure, float]


def said_by(material: Material, whose: Whose) -> Said:
    turns = turns_of(material, whose)
    pieces = tuple((turn, tuple(sentences(turn.text))) for turn in turns)
    words = sum(count_words(turn.text) for turn in turns)
    english = looks_english(" ".join(turn.text for turn in turns))
    return Said(turns, pieces, words, english, figures(material, whose))


def score(criterion: Criterion, said: Said) -> Score:
    """The criterion's score by rule, with its reason. said: by those whose words it counts."""
    if said.words < LEAST_WORDS:
        return _unjudged(criterion, f"Too little was said to judge it: {_count(said.words, 'word')}.")
    english = said.english
    if criterion.evidence and not english and not criterion.aims:
        return _unjudged(criterion, _OTHER_LANGUAGE)
    if not criterion.evidence and not criterion.aims:
        reason = "No language model read this session, and the criterion names no wordings that rules could look for."
        return _unjudged(criterion, reason)
    by_aims, measured = _aims(criterion, said.figures)
    if not criterion.evidence or not english:
        if by_aims is None:
            return _unjudged(criterion, _NOT_MEASURED if english else _OTHER_LANGUAGE)
        return _scored(criterion, by_aims, f"Measured: {measured}.", ())
    against = _places(criterion.against, said)
    found = [quote for quote in _places(criterion.evidence, said) if quote not in against]
    value = _by_places(len(found), len(against))
    if by_aims is not None:
        value = _EVIDENCE_WEIGHS * value + (1 - _EVIDENCE_WEIGHS) * by_aims
    reason = _reason(found, against, len(said.turns)) + (f" Measured: {measured}." if measured else "")
    return _scored(criterion, value, reason, tuple(found[:_QUOTES]))


def _unjudged(criterion: Criterion, reason: str) -> Score:
    return Score(criterion.id, criterion.title, criterion.description, None, reason)


def _scored(criterion: Criterion, value: float, reason: str, quotes: tuple[Quote, ...]) -> Score:
    rounded = min(MOST, max(LEAST, _STEP * round(value / _STEP)))
    return Score(criterion.id, criterion.title, criterion.description, rounded, reason, quotes)


def _by_places(found: int, against: int) -> float:
    value = _MOST_FOUND - (_MOST_FOUND - _NONE_FOUND) * _KEEPS**found
    return value - min(_MOST_AGAINST, _AGAINST * against)


def _aims(criterion: Criterion, measured: Mapping[Figure, float]) -> tuple[float | None, str]:
    """The mean of the aims, 0 to 100, and the figures in words. None: nothing of it could be measured."""
    known = [(aim, measured[aim.figure]) for aim in criterion.aims if aim.figure in measured]
    if not known:
        return None, ""
    mean = 100 * sum(aim.reached(value) for aim, value in known) / len(known)
    return mean, ", ".join(shown(aim.figure, value) for aim, value in known)


def _places(groups: tuple[str, ...], said: Said) -> list[Quote]:
    """The sentences with one of the word groups, at most `_PER_TURN` of a turn: those that say most go first."""
    if not groups:
        return []
    sign = word_groups(groups)
    quotes = [quote for turn, pieces in said.pieces for quote in _in_turn(sign, turn, pieces)[:_PER_TURN]]
    return sorted(quotes, key=lambda quote: -min(count_words(quote.text), _LONG))


def _in_turn(sign: re.Pattern[str], turn: Utterance, pieces: Sequence[str]) -> list[Quote]:
    found: list[Quote] = []
    for sentence in pieces:
        hit = sign.search(sentence.lower()) if FAREWELL.search(sentence) is None else None
        quote = find_quote(around(sentence, hit.start()), turn) if hit is not None else None
        if quote is not None:
            found.append(quote)
    return found


def _reason(found: Sequence[Quote], against: Sequence[Quote], turns: int) -> str:
    said = _count(turns, "turn")
    if not found and not against:
        return f"In {said} nothing was found that speaks for it."
    speak = "speaks" if len(found or against) == 1 else "speak"
    if not found:
        return f"In {said} {_count(len(against), 'sentence')} {speak} against it, and none for it."
    but = f", {len(against)} against it" if against else ""
    return f"In {said} {_count(len(found), 'sentence')} {speak} for it{but}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
