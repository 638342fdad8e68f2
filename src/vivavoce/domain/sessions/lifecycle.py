"""A session's life: scheduled → preparing → ready → active → analyzing → complete, and cancelled.

One table holds the legal moves. An illegal one raises and changes nothing. A failed preparation stays in
`preparing` with its error; a failed analysis still moves to `complete` (its report is marked failed).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from vivavoce.domain.errors import IllegalTransition
from vivavoce.domain.sessions.session import EndReason, Phase, Session


@dataclass(frozen=True, slots=True)
class Opened:
    """A planned session's time has come near, or somebody opened it early."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Prepared:
    at: datetime


@dataclass(frozen=True, slots=True)
class PreparationFailed:
    at: datetime
    error: str


@dataclass(frozen=True, slots=True)
class Started:
    at: datetime


@dataclass(frozen=True, slots=True)
class Ended:
    at: datetime
    reason: EndReason


@dataclass(frozen=True, slots=True)
class Analyzed:
    at: datetime


@dataclass(frozen=True, slots=True)
class Cancelled:
    at: datetime
    reason: EndReason = EndReason.CANCELLED


Move = Opened | Prepared | PreparationFailed | Started | Ended | Analyzed | Cancelled

OVER: Final = frozenset({Phase.ANALYZING, Phase.COMPLETE, Phase.CANCELLED})
"""Nothing more can be said in these phases."""

_NEXT: Final[Mapping[tuple[Phase, type[Move]], Phase]] = {
    (Phase.SCHEDULED, Opened): Phase.PREPARING,
    (Phase.PREPARING, Prepared): Phase.READY,
    (Phase.PREPARING, PreparationFailed): Phase.PREPARING,
    (Phase.READY, Started): Phase.ACTIVE,
    (Phase.ACTIVE, Ended): Phase.ANALYZING,
    (Phase.ANALYZING, Analyzed): Phase.COMPLETE,
    **{(phase, Cancelled): Phase.CANCELLED for phase in (Phase.SCHEDULED, Phase.PREPARING, Phase.READY)},
}

_SAYS: Final[Mapping[type[Move], str]] = {
    Opened: "opened",
    Prepared: "made ready",
    PreparationFailed: "prepared",
    Started: "started",
    Ended: "ended",
    Analyzed: "completed",
    Cancelled: "cancelled",
}


def apply(session: Session, move: Move) -> Session:
    """The session after `move`, which also dates its new phase. Raises IllegalTransition."""
    phase = _NEXT.get((session.phase, type(move)))
    if phase is None:
        raise IllegalTransition(f"A session that is {session.phase} cannot be {_SAYS[type(move)]}.")
    entered = dict(session.entered)
    if phase != session.phase:
        entered[phase] = move.at
    reason, error = session.end_reason, None
    match move:
        case Ended(reason=why) | Cancelled(reason=why):
            reason = why
        case PreparationFailed(error=said):
            error = said
        case _:
            pass
    return replace(session, phase=phase, entered=entered, end_reason=reason, error=error, version=session.version + 1)
