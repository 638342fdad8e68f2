"""What a language model wrote, held against the transcript: quotes nobody said are dropped, scores out of range too."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vivavoce.base.ids import TurnId
from vivavoce.domain.reports.criteria import LEAST, MOST, Criterion
from vivavoce.domain.reports.quoting import Quote, find_anywhere, find_quote, unmarked
from vivavoce.domain.reports.report import Score, Task
from vivavoce.domain.sessions.transcript import Utterance

_MOST_QUOTES: Final = 3  # under one score
_MOST_WHY: Final = 120  # characters
_MOST_REASON: Final = 800


@dataclass(frozen=True, slots=True)
class Claimed:
    """A quote as it was written down. turn: a label (labels.py)."""

    turn: str
    text: str
    why: str = ""


def verified(
    claims: Iterable[Claimed], turns: Mapping[str, Utterance]
) -> tuple[tuple[Quote, ...], tuple[Claimed, ...]]:
    """The quotes that were said word for word in the turn they name, each once, in the order of the session; and the
    claims that were not."""
    found: dict[tuple[str, str], Quote] = {}
    wrong: list[Claimed] = []
    for claim in claims:
        entry = turns.get(claim.turn.strip().upper())
        quote = find_quote(claim.text, entry, claim.why.strip()[:_MOST_WHY]) if entry is not None else None
        if quote is None:
            wrong.append(claim)
        else:
            found.setdefault((quote.turn, quote.text), quote)
    places = {entry.id: number for number, entry in enumerate(turns.values())}
    return tuple(sorted(found.values(), key=lambda quote: places[quote.turn])), tuple(wrong)


def judged(
    criterion: Criterion, value: int | None, reason: str, claims: Sequence[Claimed], turns: Mapping[str, Utterance]
) -> Score | None:
    """The score, or None: it is out of range, gives no reason, or rests on quotes of which nobody said one."""
    quotes, wrong = verified(claims, turns)
    outside = value is not None and not LEAST <= value <= MOST
    if outside or not reason.strip() or (wrong and not quotes):
        return None
    told = unmarked(" ".join(reason.split())[:_MOST_REASON], list(turns.values()))
    return Score(criterion.id, criterion.title, criterion.description, value, told, quotes[:_MOST_QUOTES])


def unjudged(criterion: Criterion) -> Score:
    reason = "The language model gave no judgement that could be held against the transcript."
    return Score(criterion.id, criterion.title, criterion.description, None, reason)


def promised(claim: Claimed, due: str | None, turns: Mapping[str, Utterance]) -> Task | None:
    """A task in somebody's own words; None: nobody said it, or the AI did."""
    quotes, _ = verified([claim], turns)
    if not quotes or quotes[0].seat is None:
        return None
    quote = quotes[0]
    when = find_anywhere(due, list(turns.values())) if due else None
    return Task(quote.text, quote.name, quote.seat, TurnId(quote.turn), quote.start_ms, when.text if when else None)
