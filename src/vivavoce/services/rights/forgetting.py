"""How a person is taken out of a session that others were in too: fact by fact. Pure.

Their turns, notes, tasks and whispers are withheld. Their name is replaced. What the AI said in answer to them goes,
for it may repeat them, and elsewhere the AI names them no more. Others' words stay as they are.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from vivavoce.base.ids import ReplyId, SeatId, TurnId
from vivavoce.domain.sessions.events import (
    CrisisNoticed,
    Event,
    Fact,
    LedBy,
    NoteKept,
    ReplyEnded,
    ReplySentence,
    ReplyStarted,
    SeatJoined,
    TaskDeclared,
    TaskReported,
    TurnHeard,
    Whispered,
    Withheld,
)

ERASED: Final = "erased"


@dataclass(slots=True)
class _Known:
    names: set[str]
    turns: set[TurnId] = field(default_factory=set[TurnId])
    replies: set[ReplyId] = field(default_factory=set[ReplyId])


def without(events: Sequence[Event], seats: frozenset[SeatId]) -> tuple[Mapping[int, Fact], frozenset[ReplyId]]:
    """The facts to put in place of others, by their number, and the replies that were emptied. events: a whole log."""
    known = _Known(_names(events, seats))
    found: dict[int, Fact] = {}
    for event in events:
        fact = _without(event.fact, seats, known)
        if fact != event.fact:
            found[event.seq] = fact
    return found, frozenset(known.replies)


def _names(events: Sequence[Event], seats: frozenset[SeatId]) -> set[str]:
    told = (
        fact.name for event in events if isinstance(fact := event.fact, SeatJoined | TurnHeard) and fact.seat in seats
    )
    return {name for name in told if name}


def _without(fact: Fact, seats: frozenset[SeatId], known: _Known) -> Fact:
    match fact:
        case TurnHeard(turn=turn, seat=seat) if seat in seats:
            known.turns.add(turn)
            return Withheld()
        case Whispered(seat=seat) | TaskDeclared(seat=seat) | TaskReported(seat=seat) | NoteKept(seat=seat) if (
            seat in seats
        ):
            return Withheld()
        case CrisisNoticed(turn=turn) if turn in known.turns:
            return Withheld()
        case SeatJoined(seat=seat) if seat in seats:
            return replace(fact, name=ERASED, record=False)
        case LedBy(seat=seat) if seat in seats:
            return replace(fact, name=ERASED, briefing="")
        case ReplyStarted(reply=reply, answers=turn) if turn in known.turns:
            known.replies.add(reply)
            return fact
        case ReplySentence(reply=reply) if reply in known.replies:
            return replace(fact, text="")
        case ReplyEnded(reply=reply) if reply in known.replies:
            return replace(fact, heard="", unheard="", words=())
        case ReplySentence(text=text):
            return replace(fact, text=_unnamed(text, known.names))
        case ReplyEnded(heard=heard, unheard=unheard, words=words):
            spoken = tuple(replace(word, text=_unnamed(word.text, known.names)) for word in words)
            return replace(
                fact, heard=_unnamed(heard, known.names), unheard=_unnamed(unheard, known.names), words=spoken
            )
        case _:
            return fact


def _unnamed(text: str, names: set[str]) -> str:
    for name in names:
        text = re.sub(rf"\b{re.escape(name)}\b", ERASED, text)
    return text
