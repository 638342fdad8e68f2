"""Questions to the AI and its answers: a fold over a session's log.

An exchange is a turn that was meant for the AI and the reply that answers it, whether by voice or in writing. An
answer of which nothing was heard is none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from vivavoce.base.ids import ReplyId, SeatId, SessionId, TurnId
from vivavoce.domain.sessions.events import (
    Event,
    ReplyEnded,
    ReplyKind,
    ReplySentence,
    ReplyStarted,
    ReplyStatus,
    TurnHeard,
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """asked_by: the seat and its name. answer: as it was heard. at: when the answer was over.

    latency_ms: from the end of the question to the answer's first sentence. model: which language model wrote it.
    """

    session: SessionId
    reply: ReplyId
    turn: TurnId
    seat: SeatId
    name: str
    question: str
    answer: str
    at: datetime
    latency_ms: int
    model: str
    interrupted: bool


@dataclass(slots=True)
class _Open:
    started: ReplyStarted
    turn: TurnHeard
    first_ms: int | None = None


def exchanges_in(events: Iterable[Event]) -> tuple[Exchange, ...]:
    """All exchanges of a log, in order."""
    turns: dict[TurnId, TurnHeard] = {}
    found: list[Exchange] = []
    current: _Open | None = None
    for event in events:
        match event.fact:
            case TurnHeard(turn=id) as turn:
                turns[id] = turn
            case ReplyStarted() as started:
                asked = turns.get(started.answers) if started.answers is not None else None
                current = _Open(started, asked) if asked is not None and started.kind is ReplyKind.ANSWER else None
            case ReplySentence(start_ms=at_ms) if current is not None and current.first_ms is None:
                current.first_ms = at_ms
            case ReplyEnded(reply=reply) as ended if current is not None and current.started.reply == reply:
                if ended.heard:
                    found.append(_exchange(current, ended, event))
                current = None
            case _:
                pass
    return tuple(found)


def _exchange(current: _Open, ended: ReplyEnded, event: Event) -> Exchange:
    turn = current.turn
    first_ms = current.started.start_ms if current.first_ms is None else current.first_ms
    return Exchange(
        event.session,
        ended.reply,
        turn.turn,
        turn.seat,
        turn.name,
        turn.text,
        ended.heard,
        event.at,
        max(0, first_ms - turn.end_ms),
        ended.model,
        ended.status is ReplyStatus.INTERRUPTED,
    )
