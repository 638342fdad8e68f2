"""A quote is kept only if it was said: found word for word in the turn it is said to come from. Pure."""

import re
from collections.abc import Iterable, Mapping

from vivavoce.base.ids import TurnId
from vivavoce.domain.memory.memory import LONGEST_QUOTE, LONGEST_TEXT, Learnt, Turn


def found_in(quote: str, turn: str) -> str | None:
    """The quote as it stands in the turn, letter for letter; None if it is not there.

    Blanks, and the case of letters, may differ: recognisers and models write them as they like. It must begin and end
    where words do.
    """
    words = quote.split()
    if not words:
        return None
    wanted = r"\s+".join(re.escape(word) for word in words)
    match = re.search(rf"(?<!\w){wanted}(?!\w)", turn, re.IGNORECASE)
    return match[0] if match else None


def verified(learnt: Iterable[Learnt], turns: Mapping[TurnId, Turn]) -> list[tuple[Learnt, str]]:
    """Those whose quote is in their turn, each with the quote as it was said. The others are rejected."""
    kept: list[tuple[Learnt, str]] = []
    for one in learnt:
        turn = turns.get(one.turn)
        quote = found_in(one.quote, turn.text) if turn is not None else None
        text = one.text.strip()
        if quote is not None and len(quote) <= LONGEST_QUOTE and 0 < len(text) <= LONGEST_TEXT:
            kept.append((one, quote))
    return kept
