"""What a session told of one person, read by a language model where one is configured, else by patterns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import anyio.lowlevel
import structlog

from vivavoce.base.ids import MemoryId, TurnId
from vivavoce.domain.memory.memory import Learnt, Memory, MemoryKind, Turn
from vivavoce.domain.memory.patterns import each_once, learn, pieces
from vivavoce.domain.memory.quotes import verified
from vivavoce.engine.ports import Extractor, ProviderError

log = structlog.get_logger()

_MOST_LETTERS: Final = 24_000  # of a session's turns: its end counts most
_MOST_KNOWN: Final = 60
_MOST_LEARNT: Final = 25
_KINDS: Final = frozenset(kind.value for kind in MemoryKind)
_INSTRUCTIONS: Final = """
You keep the memory of a coaching platform. Below are the turns of one person in a session that is over, each with its
id, and what is known about them, each with its number. Pick out what will still matter in later sessions: lasting
facts about the person, goals, commitments (what they said they will do) and preferences.
- Take only what the person says of themselves and means: no questions, no "if", "maybe" or "would", nothing they tell
  of others' words, no small talk, nothing about being in danger or in a crisis.
- text: one short sentence in the first person, as the person would say it ("I live in Bonn").
- quote: the words it comes from, copied letter for letter from one turn. turn: that turn's id.
- about: one or two lower-case words for what there is only one of at a time ("home", "job", "partner", "main goal");
  empty otherwise.
- replaces: the number of a known memory that is no longer true because of it, or that it says in other words; else 0.
Fewer and certain is better than many. Nothing worth keeping is a good answer.
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing worth keeping. kind: fact, goal, commitment or preference."""

    kind: str
    text: str
    turn: str
    quote: str
    about: str = ""
    replaces: int = 0


@dataclass(frozen=True, slots=True)
class Items:
    """What the turns tell that will matter later; empty if nothing does."""

    items: tuple[Item, ...] = ()


async def read_turns(turns: Sequence[Turn], known: Sequence[Memory], extractor: Extractor | None) -> list[Learnt]:
    """What the turns of one person tell. Each has a quote that stands in its turn, word for word."""
    found: list[Learnt] | None = None
    if extractor is not None:
        try:
            found = await _by_model(turns, known[:_MOST_KNOWN], extractor)
        except ProviderError as error:  # the patterns serve
            log.warning("memory.model_failed", model=extractor.name, fault=type(error).__name__)
    if found is None:
        found = await _by_patterns(turns)
    by_id = {turn.id: turn for turn in turns}
    return [replace(one, quote=quote) for one, quote in verified(found, by_id)][:_MOST_LEARNT]


async def _by_patterns(turns: Sequence[Turn]) -> list[Learnt]:
    """Piece by piece, so that live rooms of this process get their turn in between."""
    found: list[Learnt] = []
    for turn in turns:
        for piece in pieces(turn):
            found += learn([piece])
            await anyio.lowlevel.checkpoint()
    return each_once(found)


async def _by_model(turns: Sequence[Turn], known: Sequence[Memory], extractor: Extractor) -> list[Learnt]:
    numbered = dict(enumerate(known, start=1))
    lines = [f"{number}. ({memory.kind}) {memory.text}" for number, memory in numbered.items()]
    said = "\n".join(f"[{turn.id}] {turn.text}" for turn in turns)[-_MOST_LETTERS:]
    text = f"Known so far:\n{chr(10).join(lines) or 'nothing'}\n\nThe person's turns:\n{said}"
    form = await extractor.extract(Items, instructions=_INSTRUCTIONS.strip(), text=text)
    return [learnt for item in form.items if (learnt := _learnt(item, numbered)) is not None]


def _learnt(item: Item, known: Mapping[int, Memory]) -> Learnt | None:
    if item.kind not in _KINDS:
        return None
    replaced: MemoryId | None = known[item.replaces].id if item.replaces in known else None
    about = " ".join(item.about.lower().split())[:60]
    text = " ".join(item.text.split())
    return Learnt(MemoryKind(item.kind), text, TurnId(item.turn), item.quote, about, replaces=replaced)
