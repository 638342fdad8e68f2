"""What the AI does next: the rules of a session's conversation, the same by voice and by message.

1. It greets once, when the first person is there.
2. An addressed turn is answered. When the person wants to stop, it asks back once: "Shall we close here?"
3. After that question a yes (or a second wish to stop) closes with a short summary and a goodbye; a no goes on;
   anything else goes on *and* is answered. A later wish to stop asks again. There is no loop.
4. Silence is met in stages: nudge, ask, end. Time left is told; when time is up it says goodbye.
5. A goodbye is said to its end; what people say meanwhile is recorded but not answered. Then the session ends.
6. Danger comes before all of this, also before a goodbye: the crisis protocol begins (crisis.py). While it is on, what
   the AI says is fixed, and neither silence nor time left is spoken of.
Pure: events in, the next state and commands out. Floor and voice are not its business.
"""

from dataclasses import dataclass, replace
from typing import Final

from vivavoce.base.ids import TurnId
from vivavoce.domain.safety.texts import Line
from vivavoce.domain.sessions.crisis import Crisis, Danger, Stage, answer, crisis_after, first_text, noticed
from vivavoce.domain.sessions.events import CrisisNoticed, Fact, Noticed, ReplyKind, WrapUpChanged
from vivavoce.domain.sessions.intents import Intent
from vivavoce.domain.sessions.session import EndReason, WrapUp


@dataclass(frozen=True, slots=True)
class Dialogue:
    wrap_up: WrapUp = WrapUp.NONE
    opened: bool = False  # the greeting was started, in this process or an earlier one
    closing: EndReason | None = None  # a goodbye is due or being said; the session then ends with this
    crisis: Crisis | None = None  # the crisis protocol is on


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody is there."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An addressed turn, or one in which danger was noticed. intent: read with `wrap_up` in mind (see intents.py).

    text: what was said; it is looked at only while the crisis protocol is on.
    """

    turn: TurnId
    intent: Intent = Intent.NONE
    danger: Danger | None = None
    text: str = ""


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


@dataclass(frozen=True, slots=True)
class Warned:
    """Danger was noticed elsewhere, in a note, and is recorded: the crisis protocol begins here too."""

    fact: CrisisNoticed


DialogueEvent = Opened | Heard | FellSilent | TimeLeft | Closing | Said | Warned


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
        case Heard(turn, danger=Danger() as danger):
            return _protect(dialogue, turn, danger)
        case Warned(fact):
            return _careful(dialogue, None, fact)
        case Said(ReplyKind.GOODBYE) if dialogue.closing is not None:
            return dialogue, [End(dialogue.closing)]
        case _ if dialogue.closing is not None:
            return dialogue, []  # rule 5
        case _ if dialogue.crisis is not None:
            return _with_care(dialogue, dialogue.crisis, event)
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


def _protect(dialogue: Dialogue, turn: TurnId, danger: Danger) -> tuple[Dialogue, list[Command]]:
    """Rule 6: danger was noticed, for the first time or again."""
    fact = noticed(danger, turn, again=dialogue.crisis is not None)
    careful, commands = _careful(dialogue, turn, fact)
    return careful, [Record(fact), *commands]


def _careful(dialogue: Dialogue, turn: TurnId | None, fact: CrisisNoticed) -> tuple[Dialogue, list[Command]]:
    crisis = crisis_after(dialogue.crisis, fact)
    assert crisis is not None, "this fact begins it"
    commands: list[Command] = []
    if dialogue.wrap_up is not WrapUp.NONE:
        commands.append(Record(WrapUpChanged(WrapUp.NONE, turn)))
    commands.append(_care(turn, first_text(crisis, again=fact.again)))
    return Dialogue(opened=True, crisis=_spoken(crisis)), commands


def _with_care(dialogue: Dialogue, crisis: Crisis, event: DialogueEvent) -> tuple[Dialogue, list[Command]]:
    match event:
        case Heard(turn, intent, text=text):
            return _answer_with_care(dialogue, crisis, turn, intent, text)
        case FellSilent(stage) if stage in _STAGES:
            return replace(dialogue, crisis=_spoken(crisis)), [check_in(crisis)]
        case Closing(reason):
            return replace(dialogue, closing=reason), [Say(ReplyKind.GOODBYE, text=crisis.text(Line.GOODBYE))]
        case _:
            return dialogue, []


def _answer_with_care(
    dialogue: Dialogue, crisis: Crisis, turn: TurnId, intent: Intent, text: str
) -> tuple[Dialogue, list[Command]]:
    match dialogue.wrap_up, intent:
        case WrapUp.NONE, Intent.STOP:
            ask = Say(ReplyKind.WRAP_UP_ASK, turn, crisis.text(Line.CLOSE))
            return replace(dialogue, wrap_up=WrapUp.ASKED), [Record(WrapUpChanged(WrapUp.ASKED, turn)), ask]
        case WrapUp.ASKED, Intent.YES | Intent.STOP:
            agreed = replace(dialogue, wrap_up=WrapUp.CONFIRMED, closing=EndReason.WRAPPED_UP)
            goodbye = Say(ReplyKind.GOODBYE, turn, crisis.text(Line.GOODBYE))
            return agreed, [Record(WrapUpChanged(WrapUp.CONFIRMED, turn)), goodbye]
        case _:
            pass
    commands: list[Command] = []
    if dialogue.wrap_up is WrapUp.ASKED:
        commands.append(Record(WrapUpChanged(WrapUp.NONE, turn)))
    stage, said = answer(crisis, text)
    if stage is not crisis.stage:
        commands.append(Record(CrisisNoticed(stage, turn=turn)))
    after = None if stage is Stage.OVER else _spoken(replace(crisis, stage=stage))
    return replace(dialogue, wrap_up=WrapUp.NONE, crisis=after), [*commands, _care(turn, said)]


def check_in(crisis: Crisis) -> Say:
    """A sign that the AI is there, which asks for nothing."""
    return _care(None, crisis.text(Line.CHECK))


def _care(turn: TurnId | None, text: str) -> Say:
    return Say(ReplyKind.CRISIS, turn, text)


def _spoken(crisis: Crisis) -> Crisis:
    return replace(crisis, said=crisis.said + 1)


def time_left_text(seconds: int) -> str:
    """How the time left is told: `Two minutes left.`"""
    minutes, rest = divmod(seconds, 60)
    numbers = {1: "One", 2: "Two", 3: "Three", 5: "Five", 10: "Ten"}
    if minutes and not rest:
        unit = "minute" if minutes == 1 else "minutes"
        return f"{numbers.get(minutes, str(minutes))} {unit} left."
    return f"{seconds} seconds left."
