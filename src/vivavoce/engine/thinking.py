"""What the model is told for one reply: who it is, what was heard, and what this reply is for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.domain.sessions.session import EndReason
from vivavoce.domain.sessions.transcript import Utterance
from vivavoce.engine.ports import Line, Prompt, ToolUse

TASKS: Final[Mapping[ReplyKind, str]] = {
    ReplyKind.GREETING: "The session begins. Greet whoever is there by name, in one or two sentences, and open the "
    "conversation with one question.",
    ReplyKind.ANSWER: "",
    ReplyKind.WRAP_UP_ASK: "Ask in one sentence whether to close the session here.",
    ReplyKind.GOODBYE: "The session ends now. Sum up in two or three short sentences what was said and what was "
    "agreed, name commitments as they were made, and say goodbye. Do not ask anything.",
    ReplyKind.NUDGE: "It has been quiet for a while. Help the person to go on, in one short sentence, without "
    "pressing.",
    ReplyKind.IDLE_ASK: "It is still quiet. Ask in one short sentence whether the person is still there.",
    ReplyKind.NOTICE: "",
    ReplyKind.PICK_UP: "A technical interruption cut you off in the middle of what you were saying. Say so in half a "
    "sentence, and go on where you were. Do not greet again and do not repeat what was heard.",
}
_TIME_IS_UP: Final = " The time is up: two short sentences at most."
_NOBODY_THERE: Final = " Nobody has answered for a while: say that you end here, in one sentence."

FALLBACKS: Final[Mapping[ReplyKind, str]] = {
    ReplyKind.GREETING: "Hello! It is good to have you here. What would you like to talk about?",
    ReplyKind.ANSWER: "I lost my thread for a moment. Could you say that again?",
    ReplyKind.WRAP_UP_ASK: "Shall we close here?",
    ReplyKind.GOODBYE: "Thank you for this conversation. Goodbye!",
    ReplyKind.NUDGE: "Take your time. I am listening.",
    ReplyKind.IDLE_ASK: "Are you still there?",
    ReplyKind.NOTICE: "",
    ReplyKind.PICK_UP: "There was a short interruption. Please go on.",
}

MAY_CALL_TOOLS: Final = frozenset({ReplyKind.GREETING, ReplyKind.ANSWER, ReplyKind.PICK_UP})
FILLER: Final = "One moment, I'm looking that up."


@dataclass(frozen=True, slots=True)
class Setting:
    """What stays the same in all prompts of a room."""

    persona_name: str
    instructions: str
    language: str
    script: str
    facts: Mapping[str, str]


def line_of(entry: Utterance) -> Line:
    """A transcript's entry as the model sees it."""
    if entry.seat is None:
        return Line(None, entry.text, entry.interrupted, entry.kind)
    return Line(entry.name, entry.text)


def prompt(
    setting: Setting,
    history: Sequence[Line],
    kind: ReplyKind,
    *,
    names: Iterable[str] = (),
    speaker: str | None = None,
    closing: EndReason | None = None,
    left_s: int | None = None,
    tools: ToolUse | None = None,
) -> Prompt:
    """names: the people who are there. speaker: whom this reply answers. left_s: seconds until the time limit."""
    people = [name for name in names if name]
    facts = {
        **setting.facts,
        "persona_name": setting.persona_name,
        "language": setting.language,
        "script": setting.script,
        "person_name": speaker or (people[0] if people else ""),
        "person_names": ", ".join(people),
    }
    if left_s is not None:
        facts["seconds_left"] = str(max(0, left_s))
    if closing is not None:
        facts["closing"] = str(closing)
    task = TASKS[kind]
    if kind is ReplyKind.GOODBYE and closing is EndReason.TIME_LIMIT:
        task += _TIME_IS_UP
    if kind is ReplyKind.GOODBYE and closing is EndReason.IDLE:
        task += _NOBODY_THERE
    if kind is ReplyKind.ANSWER and speaker is not None and len(people) > 1:
        task = f"Several people are here: {', '.join(people)}. Answer {speaker}."
    return Prompt(setting.instructions, tuple(history), kind, task, facts, tools)
