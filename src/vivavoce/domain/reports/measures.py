"""What can be measured in a conversation without any model: pure arithmetic over its transcript.

Rates, shares of time, monologues and gaps use the time a turn took; typed turns have none and count only as turns and
words. A *gap* is the silence between one speaker's end and another's start, both spoken. A *monologue* is what one
speaker says until another one does. *Balance* is 1 where all speakers have the same share and 0 where one has all: the
entropy of the shares over its greatest value. Words are counted between blanks, and in Han, kana and Thai as two
characters each; fillers are English ones and the hesitation sounds of some other languages.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import log
from typing import Final

from vivavoce.base.ids import SeatId
from vivavoce.domain.sessions.events import Source
from vivavoce.domain.sessions.transcript import Utterance

FILLERS: Final = re.compile(
    r"\b(?:u+m+|u+h+|erm+|hm{2,}|ä+h+m*|ö+h+m*|euh+|heu+|ehm+|you know|i mean|like i said|basically"
    r"|(?<!what )(?<!this )(?<!that )(?<!some )(?<!any )(?<!the )(?<!every )(?<!which )(?<!\ba )(?:sort|kind) of)\b",
    re.I,
)
GAP_STEPS_MS: Final = (500, 1000, 2000, 5000)
"""Gaps are counted in classes: up to each of these, and beyond the last."""
_FASTEST_MS: Final = 60  # for a word: no voice says a thousand a minute
_WORD: Final = re.compile(r"[\w'’-]+")
_SPACELESS: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class SpeakerMeasures:
    """One speaker of a session. seat: None for the AI. Shares are 0..1; a value is None where nothing was spoken.

    response_gap_ms: median silence between the other's end and this speaker's start.
    """

    seat: SeatId | None
    name: str
    turns: int
    words: int
    word_share: float | None
    words_per_turn: float
    questions: int
    fillers: int
    fillers_per_100_words: float | None
    spoken_ms: int
    talk_share: float | None
    words_per_minute: float | None
    longest_monologue_ms: int | None
    response_gap_ms: int | None


@dataclass(frozen=True, slots=True)
class Gaps:
    """The silences between speakers. up_to_ms: how many there were in each class of GAP_STEPS_MS, and beyond."""

    count: int
    median_ms: int
    ninth_tenth_ms: int
    longest_ms: int
    up_to_ms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ConversationMeasures:
    """All speakers together. Balances are 0..1, None with fewer than two speakers; gaps: None where none was heard.

    interrupted: replies of the AI that were broken off.
    """

    speakers: int
    turns: int
    words: int
    questions: int
    spoken_ms: int
    interrupted: int
    turn_balance: float | None
    word_balance: float | None
    talk_balance: float | None
    gaps: Gaps | None


def measure(entries: Sequence[Utterance]) -> tuple[SpeakerMeasures, ...]:
    """The measures of each speaker, in the order they first spoke."""
    counted: dict[SeatId | None, list[_Turn]] = {}
    for entry in entries:
        counted.setdefault(entry.seat, []).append(_counted(entry))
    spoken_ms = sum(turn.spoken_ms for turns in counted.values() for turn in turns)
    words = sum(turn.words for turns in counted.values() for turn in turns)
    gaps, monologues = _gaps(entries), _monologues(entries)
    return tuple(
        replace(
            _of(turns, spoken_ms, words),
            longest_monologue_ms=max((ms for who, ms in monologues if who == seat), default=None),
            response_gap_ms=median(gap for who, gap in gaps if who == seat),
        )
        for seat, turns in counted.items()
    )


def measure_all(entries: Sequence[Utterance]) -> ConversationMeasures:
    """The measures of the conversation as a whole."""
    each = measure(entries)
    gaps = sorted(gap for _, gap in _gaps(entries))
    return ConversationMeasures(
        speakers=len(each),
        turns=len(entries),
        words=sum(one.words for one in each),
        questions=sum(one.questions for one in each),
        spoken_ms=sum(one.spoken_ms for one in each),
        interrupted=sum(entry.interrupted for entry in entries if entry.seat is None),
        turn_balance=balance([one.turns for one in each]),
        word_balance=balance([one.words for one in each]),
        talk_balance=balance([one.spoken_ms for one in each if one.spoken_ms]),
        gaps=_distribution(gaps) if gaps else None,
    )


def balance(shares: Sequence[int]) -> float | None:
    """How evenly something is spread: 0 (one has all) to 1 (all have the same). None for fewer than two."""
    total = sum(shares)
    if len(shares) < 2 or total == 0:
        return None
    entropy = -sum(share / total * log(share / total) for share in shares if share)
    return round(max(0.0, entropy / log(len(shares))), 3)


def count_words(text: str) -> int:
    if text.isascii():
        return len(_WORD.findall(text))
    without = len(_SPACELESS.findall(text))
    return len(_WORD.findall(_SPACELESS.sub(" ", text))) + (without + 1) // 2


def spoken_for_ms(entry: Utterance) -> int:
    """How long the turn sounded; 0 for a typed one, and for a reply that was shown and not spoken."""
    took_ms = max(0, entry.end_ms - entry.start_ms)
    shown = entry.seat is None and took_ms < _FASTEST_MS * count_words(entry.text)
    return 0 if shown or entry.source is Source.TEXT else took_ms


def median(values: Iterable[int]) -> int | None:
    """The middle one; of an even number the mean of the two in the middle, rounded down."""
    ordered = sorted(values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) // 2


@dataclass(frozen=True, slots=True)
class _Turn:
    entry: Utterance
    words: int
    fillers: int
    questions: int
    spoken_ms: int


def _counted(entry: Utterance) -> _Turn:
    text = entry.text
    questions = len(re.findall(r"[?？]+", text))
    return _Turn(entry, count_words(text), len(FILLERS.findall(text)), questions, spoken_for_ms(entry))


def _of(turns: Sequence[_Turn], all_spoken_ms: int, all_words: int) -> SpeakerMeasures:
    """One speaker's, without what others have a part in."""
    words, fillers = sum(turn.words for turn in turns), sum(turn.fillers for turn in turns)
    spoken_words = sum(turn.words for turn in turns if turn.spoken_ms)
    total_ms = sum(turn.spoken_ms for turn in turns)
    return SpeakerMeasures(
        seat=turns[-1].entry.seat,
        name=turns[-1].entry.name,
        turns=len(turns),
        words=words,
        word_share=round(words / all_words, 3) if all_words else None,
        words_per_turn=round(words / len(turns), 1),
        questions=sum(turn.questions for turn in turns),
        fillers=fillers,
        fillers_per_100_words=round(100 * fillers / words, 1) if words else None,
        spoken_ms=total_ms,
        talk_share=round(total_ms / all_spoken_ms, 3) if all_spoken_ms else None,
        words_per_minute=round(spoken_words * 60_000 / total_ms, 1) if total_ms else None,
        longest_monologue_ms=None,
        response_gap_ms=None,
    )


def _monologues(entries: Sequence[Utterance]) -> list[tuple[SeatId | None, int]]:
    """Who spoke how long until another did. Pauses within count as silence."""
    runs = [(who, sum(spoken_for_ms(entry) for entry in run)) for who, run in groupby(entries, lambda one: one.seat)]
    return [(who, ms) for who, ms in runs if ms]


def _gaps(entries: Sequence[Utterance]) -> list[tuple[SeatId | None, int]]:
    """After each change of speaker: who then spoke, and after how long a silence. Talking over one another is 0."""
    return [
        (then.seat, max(0, then.start_ms - before.end_ms))
        for before, then in pairwise(entries)
        if then.seat != before.seat and spoken_for_ms(before) and spoken_for_ms(then)
    ]


def _distribution(gaps: Sequence[int]) -> Gaps:
    """gaps: sorted, at least one."""
    steps = (0, *(step + 1 for step in GAP_STEPS_MS), gaps[-1] + max(GAP_STEPS_MS) + 2)
    return Gaps(
        count=len(gaps),
        median_ms=median(gaps) or 0,
        ninth_tenth_ms=gaps[min(len(gaps) - 1, (9 * len(gaps)) // 10)],
        longest_ms=gaps[-1],
        up_to_ms=tuple(sum(low <= gap < high for gap in gaps) for low, high in pairwise(steps)),
    )
