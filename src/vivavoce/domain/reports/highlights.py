"""The best quotes, chosen by rules: commitments, insights and what is specific go before what is not.

Each sentence of the people gets points: a commitment 4, an insight 4, a number with its unit 3, a day or time 2, a
wish 2, a result 3, a reason 1, a feeling 1; a question, a filler and every word under six cost. Greetings and
goodbyes are passed over. The best are taken, one per turn, and put in the order they were said in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vivavoce.domain.reports.measures import FILLERS, count_words
from vivavoce.domain.reports.quoting import Quote, find_quote
from vivavoce.domain.reports.sentences import around, sentences
from vivavoce.domain.reports.wording import (
    CLOSING,
    COMMITMENT,
    DAY,
    FEELING,
    INSIGHT,
    OUTCOME,
    QUANTITY,
    REASON,
    RETOLD,
    WISH,
)
from vivavoce.domain.sessions.transcript import Utterance

_LOOKED_FOR: Final = (
    (COMMITMENT, 4.0, "A commitment"),
    (INSIGHT, 4.0, "An insight"),
    (OUTCOME, 3.0, "A result"),
    (QUANTITY, 3.0, "Something specific"),
    (WISH, 2.0, "What is wanted"),
    (DAY, 2.0, "Something specific"),
    (REASON, 1.0, "A reason"),
    (FEELING, 1.0, "A feeling"),
)
_LEAST_POINTS: Final = 2.0
_SHORT: Final = 6  # words


@dataclass(frozen=True, slots=True)
class _Candidate:
    points: float
    quote: Quote


def best_quotes(entries: Sequence[Utterance], most: int) -> tuple[Quote, ...]:
    """At most `most` quotes of these turns, in the order they were said in. None is better than a poor one."""
    found = [candidate for entry in entries if (candidate := _best_of(entry)) is not None]
    ranked = sorted(found, key=lambda one: -one.points)[:most]
    chosen = {one.quote.turn: one.quote for one in ranked}
    return tuple(chosen[entry.id] for entry in entries if entry.id in chosen)


def how_many(turns: int) -> int:
    """How many highlights a session of so many turns of its people deserves: 1 to 6."""
    return max(1, min(6, round(turns * 0.75)))


def _best_of(entry: Utterance) -> _Candidate | None:
    found = [candidate for sentence in sentences(entry.text) if (candidate := _judged(sentence, entry)) is not None]
    return max(found, key=lambda one: one.points, default=None)


def _judged(sentence: str, entry: Utterance) -> _Candidate | None:
    if CLOSING.search(sentence):
        return None
    hits = [(points, why, match.start()) for sign, points, why in _LOOKED_FOR if (match := sign.search(sentence))]
    hits = [hit for hit in hits if not (hit[1] == "A commitment" and RETOLD.search(sentence[: hit[2]]))]
    if not hits:
        return None
    strongest = max(hits, key=lambda hit: hit[0])
    text = around(sentence, strongest[2])
    points = sum(points for points, _, _ in hits) - _cost(text)
    quote = find_quote(text, entry, strongest[1])
    return _Candidate(points, quote) if quote is not None and points >= _LEAST_POINTS else None


def _cost(text: str) -> float:
    short = max(0, _SHORT - count_words(text)) * 0.5
    return short + len(FILLERS.findall(text)) + (3 if text.endswith("?") else 0)
