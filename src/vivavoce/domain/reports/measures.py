"""What can be measured in a conversation without any model: pure arithmetic over its transcript.

Rates and shares use the time a turn took; typed turns have none and count only as turns and words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from vivavoce.base.ids import SeatId
from vivavoce.domain.sessions.events import Source
from vivavoce.domain.sessions.transcript import Utterance

FILLERS: Final = re.compile(r"\b(?:um+|uh+|erm*|hmm+|you know|i mean|sort of|kind of|like i said|basically)\b", re.I)
_WORD: Final = re.compile(r"[\w'’-]+")


@dataclass(frozen=True, slots=True)
class SpeakerMeasures:
    """One speaker of a session. seat: None for the AI. Shares are 0..1; a value is None where nothing was spoken.

    response_gap_ms: median silence between the other's end and this speaker's start.
    """

    seat: SeatId | None
    name: str
    turns: int
    words: int
    questions: int
    fillers: int
    spoken_ms: int
    talk_share: float | None
    words_per_minute: float | None
    longest_monologue_ms: int | None
    response_gap_ms: int | None


def measure(entries: Sequence[Utterance]) -> tuple[SpeakerMeasures, ...]:
    """The measures of each speaker, in the order they first spoke."""
    seats = list(dict.fromkeys(entry.seat for entry in entries))
    spoken_ms = sum(_spoken_ms(entry) for entry in entries)
    return tuple(_of(seat, entries, spoken_ms) for seat in seats)


def _of(seat: SeatId | None, entries: Sequence[Utterance], all_spoken_ms: int) -> SpeakerMeasures:
    mine = [entry for entry in entries if entry.seat == seat]
    words = sum(len(_WORD.findall(entry.text)) for entry in mine)
    spoken = [_spoken_ms(entry) for entry in mine if _spoken_ms(entry)]
    spoken_words = sum(len(_WORD.findall(entry.text)) for entry in mine if _spoken_ms(entry))
    total_ms = sum(spoken)
    return SpeakerMeasures(
        seat=seat,
        name=mine[-1].name,
        turns=len(mine),
        words=words,
        questions=sum(entry.text.count("?") for entry in mine),
        fillers=sum(len(FILLERS.findall(entry.text)) for entry in mine),
        spoken_ms=total_ms,
        talk_share=round(total_ms / all_spoken_ms, 3) if all_spoken_ms else None,
        words_per_minute=round(spoken_words * 60_000 / total_ms, 1) if total_ms else None,
        longest_monologue_ms=max(spoken, default=None),
        response_gap_ms=_median(_gaps(seat, entries)),
    )


def _spoken_ms(entry: Utterance) -> int:
    if entry.source in (Source.TEXT,):
        return 0
    return max(0, entry.end_ms - entry.start_ms)


def _gaps(seat: SeatId | None, entries: Sequence[Utterance]) -> list[int]:
    return [
        max(0, then.start_ms - before.end_ms)
        for before, then in pairwise(entries)
        if then.seat == seat != before.seat and _spoken_ms(before) and _spoken_ms(then)
    ]


def _median(values: Sequence[int]) -> int | None:
    if not values:
        return None
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) // 2
