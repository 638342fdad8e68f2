"""What a human coach does beside the AI: whispers, takes over, hands back. A fold over a session's log.

1. A whisper is fresh until the AI has said something after it that the model wrote. Then it stays known, as told.
2. While a coach leads the AI is silent. Handed back, it picks up once; until it has, that is due.
"""

from dataclasses import dataclass, replace
from typing import Final

from vivavoce.base.ids import ReplyId, SeatId
from vivavoce.domain.sessions.events import Fact, LedBy, ReplyEnded, ReplyKind, ReplyStarted, Whispered

_REMEMBERED: Final = 12  # of what was told; the oldest goes first
_TAKES_UP: Final = frozenset({ReplyKind.GREETING, ReplyKind.ANSWER, ReplyKind.PICK_UP, ReplyKind.GOODBYE})


@dataclass(frozen=True, slots=True)
class Guidance:
    """led_by: the coach's seat while they lead. coach: the name of who led or whispered last.

    told: all that the AI was told and has taken up, oldest first. fresh: what it has not yet. back: it was handed
    back and has not spoken since. reply, taken: the reply being said, and how many of `fresh` it knew.
    """

    led_by: SeatId | None = None
    coach: str = ""
    told: tuple[str, ...] = ()
    fresh: tuple[str, ...] = ()
    back: bool = False
    reply: ReplyId | None = None
    taken: int = 0


def guidance_after(guidance: Guidance, fact: Fact) -> Guidance:
    """The guidance after one more fact."""
    match fact:
        case Whispered(_, name, text):
            return replace(guidance, coach=name or guidance.coach, fresh=(*guidance.fresh, text))
        case LedBy(None, name, briefing):
            if guidance.led_by is None:
                return guidance
            fresh = (*guidance.fresh, briefing) if briefing else guidance.fresh
            return replace(guidance, led_by=None, coach=name or guidance.coach, fresh=fresh, back=True)
        case LedBy(seat, name):
            return replace(guidance, led_by=seat, coach=name or guidance.coach, back=False)
        case ReplyStarted(reply, kind) if kind in _TAKES_UP:
            return replace(guidance, reply=reply, taken=len(guidance.fresh), back=False)
        case ReplyEnded(reply, heard=heard) if reply == guidance.reply:
            return _taken_up(guidance) if heard else replace(guidance, reply=None, taken=0)
        case _:
            return guidance


def _taken_up(guidance: Guidance) -> Guidance:
    told = (*guidance.told, *guidance.fresh[: guidance.taken])[-_REMEMBERED:]
    return replace(guidance, told=told, fresh=guidance.fresh[guidance.taken :], reply=None, taken=0)
