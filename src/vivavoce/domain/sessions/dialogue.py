"""What the AI does next: the rules of a session's conversation, the same by voice and by message.

1. It greets once, when the first person is there.
2. An addressed turn is answered. When the person wants to stop, it asks back once: "Shall we close here?"
3. After that question a yes (or a second wish to stop) closes with a short summary and a goodbye; a no goes on;
   anything else goes on *and* is answered. A later wish to stop asks again. There is no loop.
4. Silence is met in stages: nudge, ask, end. Time left is told; when time is up it says goodbye.
5. A goodbye is said to its end; what people say meanwhile is recorded but not answered. Then the session ends.
Pure: events in, the next state and commands out. Floor and voice are not its business.
"""

from dataclasses import dataclass, replace
from typing import Final

from vivavoce.base.ids import TurnId
from vivavoce.domain.sessions.events import Fact, Noticed, ReplyKind, WrapUpChanged
from vivavoce.domain.sessions.intents import Intent
from vivavoce.domain.sessions.session import EndReason, WrapUp


@dataclass(frozen=True, slots=True)
class Dialogue:
    wrap_up: WrapUp = WrapUp.NONE
    opened: bool = False  # the greeting was started, in this process or an earlier one
    closing: EndReason | None = None  # a goodbye is due or being said; the session then ends with this


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody is there."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An addressed turn. intent: read with `wrap_up` in mind (see intents.py)."""

    turn: TurnId
    intent: Intent = Intent.NONE


@dataclass(frozen=True, slots=True)
class FellSilent:
    """Nobody has said anything for the format's nth stage: 1 nudge, 2 ask, 3 end."""

    stage: int


@dataclass(frozen=True, slots=True)
class TimeLeft:
    seconds: int


@dataclass(frozen=True, slots=True)
class Closing:
    """The session must end, with a goodbye: time is up."""

    reason: EndReason


@dataclass(frozen=True, slots=True)
class Said:
    """A reply of this kind is over, however it ended."""

    kind: ReplyKind


DialogueEvent = Opened | Heard | FellSilent | TimeLeft | Closing | Said


@dataclass(frozen=True, slots=True)
class Say:
    """Have the AI say something. A `text` is said as it is; without one the model writes it."""

    kind: ReplyKind
    answers: TurnId | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    fact: Fact


@dataclass(frozen=True, slots=True)
class End:
    reason: EndReason


Command = Say | Record | End

ASK_TO_CLOSE: Final = "Shall we close here?"
_STAGES: Final = {1: ReplyKind.NUDGE, 2: ReplyKind.IDLE_ASK}


def step(dialogue: Dialogue, event: DialogueEvent) -> tuple[Dialogue, list[Command]]:
    """The dialogue after `event`, and what must now be done, in this order."""
    match event:
        case Said(ReplyKind.GOODBYE) if dialogue.closing is not None:
            return dialogue, [End(dialogue.closing)]
        case _ if dialogue.closing is not None:
            return dialogue, []  # rule 5
        case Opened() if not dialogue.opened:
            return replace(dialogue, opened=True), [Say(ReplyKind.GREETING)]
        case Heard(turn, intent):
            return _answer(replace(dialogue, opened=True), turn, intent)
        case FellSilent(stage) if stage in _STAGES:
            return dialogue, [Record(Noticed("idle", stage)), Say(_STAGES[stage])]
        case FellSilent(stage):
            idle = replace(dialogue, closing=EndReason.IDLE)
            return idle, [Record(Noticed("idle", stage)), Say(ReplyKind.GOODBYE)]
        case TimeLeft(seconds):
            text = time_left_text(seconds)
            return dialogue, [Record(Noticed("time_left", seconds, text)), Say(ReplyKind.NOTICE, text=text)]
        case Closing(reason):
            return replace(dialogue, closing=reason), [Say(ReplyKind.GOODBYE)]
        case _:
            return dialogue, []  # opened before; the end of any other reply


def _answer(dialogue: Dialogue, turn: TurnId, intent: Intent) -> tuple[Dialogue, list[Command]]:
    match dialogue.wrap_up, intent:
        case WrapUp.NONE, Intent.STOP:
            asked = replace(dialogue, wrap_up=WrapUp.ASKED)
            ask = Say(ReplyKind.WRAP_UP_ASK, turn, ASK_TO_CLOSE)
            return asked, [Record(WrapUpChanged(WrapUp.ASKED, turn)), ask]
        case WrapUp.ASKED, Intent.YES | Intent.STOP:
            agreed = replace(dialogue, wrap_up=WrapUp.CONFIRMED, closing=EndReason.WRAPPED_UP)
            return agreed, [Record(WrapUpChanged(WrapUp.CONFIRMED, turn)), Say(ReplyKind.GOODBYE, turn)]
        case WrapUp.ASKED, _:
            go_on = replace(dialogue, wrap_up=WrapUp.NONE)
            return go_on, [Record(WrapUpChanged(WrapUp.NONE, turn)), Say(ReplyKind.ANSWER, turn)]
        case _:
            return dialogue, [Say(ReplyKind.ANSWER, turn)]


def time_left_text(seconds: int) -> str:
    """How the time left is told: `Two minutes left.`"""
    minutes, rest = divmod(seconds, 60)
    numbers = {1: "One", 2: "Two", 3: "Three", 5: "Five", 10: "Ten"}
    if minutes and not rest:
        unit = "minute" if minutes == 1 else "minutes"
        return f"{numbers.get(minutes, str(minutes))} {unit} left."
    return f"{seconds} seconds left."
