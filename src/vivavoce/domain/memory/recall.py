"""What the next session is told of what is remembered: the most useful first, within a budget of tokens. Pure.

1. Pinned memories come first. Then counts, added up: how well a memory matches what the session is about (its place
   in the full-text search for title, goals, project and the last sessions), its kind (open commitments first, then
   goals), and how fresh it is.
2. They are taken in that order until the budget is used up; one that is too long for the rest is passed over.
3. Tokens are estimated: four letters are one token in scripts with an alphabet, one sign is one in others. Measured on
   English prose the estimate is about a tenth above what common tokenizers give; it never needs to be exact.
"""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from vivavoce.base.ids import MemoryId
from vivavoce.domain.memory.memory import Memory, MemoryKind

BUDGET_TOKENS: Final = 500
_LINE_TOKENS: Final = 8  # for the kind and the date beside a memory
_KINDS: Final[Mapping[MemoryKind, float]] = {
    MemoryKind.COMMITMENT: 1.5,
    MemoryKind.GOAL: 1.0,
    MemoryKind.PREFERENCE: 0.8,
    MemoryKind.FACT: 0.5,
}
_RELEVANCE: Final = 2.0  # of the best match; the n-th counts 1/n of it
_HALF_LIFE_DAYS: Final = 30.0
_COMMITMENT_DAYS: Final = 60  # an older commitment is no longer asked for


def recall(
    memories: Sequence[Memory], found: Sequence[MemoryId], now: datetime, budget_tokens: int = BUDGET_TOKENS
) -> list[Memory]:
    """Which memories to tell, best first. found: those that the search gave, best first."""
    place = {id: number for number, id in enumerate(found, start=1)}
    usable = [memory for memory in memories if memory.current and not memory.paused]
    ranked = sorted(usable, key=lambda one: (one.pinned, _score(one, place.get(one.id), now), one.id), reverse=True)
    told: list[Memory] = []
    left = budget_tokens
    for memory in ranked:
        cost = tokens(memory.text) + _LINE_TOKENS
        if cost <= left:
            told.append(memory)
            left -= cost
    return told


def last_commitment(memories: Sequence[Memory], now: datetime) -> Memory | None:
    """The open commitment to ask for: the newest, if it is not too old."""
    open = [one for one in memories if one.kind is MemoryKind.COMMITMENT and one.current and not one.paused]
    newest = max(open, key=lambda one: (one.updated_at, one.id), default=None)
    return newest if newest is not None and (now - newest.updated_at).days <= _COMMITMENT_DAYS else None


def tokens(text: str) -> int:
    """About how many tokens a language model makes of it."""
    return math.ceil(sum(1.0 if char >= "\u2e80" else 0.25 for char in text))


def _score(memory: Memory, place: int | None, now: datetime) -> float:
    days = max(0.0, (now - memory.updated_at).total_seconds() / 86_400)
    relevance = _RELEVANCE / place if place is not None else 0.0
    return relevance + _KINDS[memory.kind] + math.pow(0.5, days / _HALF_LIFE_DAYS)
