"""Transcripts to report on, written as lines."""

import re
from collections.abc import Sequence

from vivavoce.base.ids import ReplyId, SeatId, TurnId
from vivavoce.domain.reports.report import Material, Task
from vivavoce.domain.sessions.events import Source
from vivavoce.domain.sessions.session import EndReason
from vivavoce.domain.sessions.transcript import Utterance

_LINE = re.compile(r"(?P<name>[^:]+): (?P<text>.+)")
_PER_WORD_MS = 400
_PAUSE_MS = 700


def entries(lines: Sequence[str], *, spoken: bool = True, ai: str = "AI") -> tuple[Utterance, ...]:
    """Turns from lines such as `Ana: I will call.`; who is called `AI` is the AI. Each word takes 0.4 s."""
    found: list[Utterance] = []
    at_ms = 0
    for number, line in enumerate(lines, 1):
        match = _LINE.fullmatch(line.strip())
        assert match is not None, line
        name, text = match["name"], match["text"]
        end_ms = at_ms + (_PER_WORD_MS * len(text.split()) if spoken else 0)
        seat = None if name == ai else SeatId(f"sea_{name.lower()}")
        id = ReplyId(f"reply_{number}") if seat is None else TurnId(f"turn_{number}")
        source = None if seat is None else Source.VOICE if spoken else Source.TEXT
        found.append(Utterance(id, seat, name, text, at_ms, end_ms, source=source))
        at_ms = end_ms + _PAUSE_MS
    return tuple(found)


def material(*lines: str, title: str = "Coaching", spoken: bool = True, declared: tuple[Task, ...] = ()) -> Material:
    turns = entries(lines, spoken=spoken)
    length_s = turns[-1].end_ms // 1000 if turns else 0
    return Material(title, turns, length_s, declared=declared, end_reason=EndReason.WRAPPED_UP)
