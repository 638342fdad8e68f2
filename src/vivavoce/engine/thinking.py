"""What the model is told for one reply: who it is, what was heard, and what this reply is for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.domain.sessions.guidance import Guidance
from vivavoce.domain.sessions.session import EndReason
from vivavoce.domain.sessions.transcript import Utterance
from vivavoce.domain.sessions.work import Task, Work
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
    ReplyKind.CRISIS: "",
    ReplyKind.PICK_UP: "A technical interruption cut you off in the middle of what you were saying. Say so in half a "
    "sentence, and go on where you were. Do not greet again and do not repeat what was heard.",
}
_HANDED_BACK: Final = (
    "{coach} has led the conversation and now hands it back to you. You heard all of it. Go on from what was said "
    "last, in one sentence. Do not greet, do not sum up, do not say that you were away."
)
_WHISPERED: Final = (
    "{coach}, a human coach who listens, has told you, and nobody else: {told} Let it guide what you say now, in your "
    "own words. Never quote it, never mention it, never say that somebody told you anything."
)
_TOLD_BEFORE: Final = "## What the human coach told you earlier\nFor you alone: never quote or mention it."
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
    ReplyKind.CRISIS: "",
    ReplyKind.PICK_UP: "There was a short interruption. Please go on.",
}

MAY_CALL_TOOLS: Final = frozenset({ReplyKind.GREETING, ReplyKind.ANSWER, ReplyKind.PICK_UP})
FILLER: Final = "One moment, I'm looking that up."


@dataclass(frozen=True, slots=True)
class Setting:
    """What stays the same in all prompts of a room. by_name: who is answered is called by name, also when alone."""

    persona_name: str
    instructions: str
    language: str
    script: str
    facts: Mapping[str, str]
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """What the AI knows of beside the conversation: tasks and timer, and what a human coach told it."""

    work: Work = field(default_factory=Work)
    guidance: Guidance = field(default_factory=Guidance)
    now_ms: int = 0


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
    aside: Aside = Aside(),
    written_by: Callable[[str], None] | None = None,
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
    facts.update(_beside(aside))
    task = _HANDED_BACK.format(coach=_coach(aside)) if _takes_over_again(kind, aside) else TASKS[kind]
    if kind is ReplyKind.GOODBYE and closing is EndReason.TIME_LIMIT:
        task += _TIME_IS_UP
    if kind is ReplyKind.GOODBYE and closing is EndReason.IDLE:
        task += _NOBODY_THERE
    if kind is ReplyKind.ANSWER and speaker and (len(people) > 1 or setting.by_name):
        others = f"Several people are here: {', '.join(people)}. " if len(people) > 1 else ""
        task = f"{others}Answer {speaker}{', and begin with their name' if setting.by_name else ''}."
    if aside.guidance.fresh:
        told = " ".join(f'"{each}"' for each in aside.guidance.fresh)
        task = f"{task} {_WHISPERED.format(coach=_coach(aside), told=told)}".strip()
    instructions = "\n\n".join(part for part in (setting.instructions, *_sections(aside)) if part)
    return Prompt(instructions, tuple(history), kind, task, facts, tools, written_by)


def _takes_over_again(kind: ReplyKind, aside: Aside) -> bool:
    return kind is ReplyKind.PICK_UP and aside.guidance.back


def _coach(aside: Aside) -> str:
    return aside.guidance.coach or "The human coach"


def _sections(aside: Aside) -> Iterable[str]:
    """For the instructions: who works on what, the timer, and what was told in confidence before."""
    work = aside.work
    if work.tasks:
        yield "## Tasks that people declared for this session\n" + "\n".join(f"- {_task(each)}" for each in work.tasks)
    if work.focus is not None:
        left_min = max(0, work.focus.ends_ms - aside.now_ms) // 60_000
        yield f"## The shared focus timer\nIt runs; about {left_min} of {work.focus.seconds // 60} minutes are left."
    if aside.guidance.told:
        yield "\n".join([_TOLD_BEFORE, *(f"- {each}" for each in aside.guidance.told)])


def _task(task: Task) -> str:
    went = {"yes": "done", "partly": "partly done", "no": "not done"}.get(task.done, "open")
    said = f": {task.report}" if task.report else ""
    return f"{task.name}: {task.text} ({went}{said})"


def _beside(aside: Aside) -> Iterable[tuple[str, str]]:
    """The same as facts, for a guide that reads no instructions."""
    if aside.work.tasks:
        yield "tasks", "\n".join(_task(each) for each in aside.work.tasks)
    if aside.work.focus is not None:
        yield "focus_left_s", str(max(0, aside.work.focus.ends_ms - aside.now_ms) // 1000)
    if aside.guidance.fresh:
        yield "whispered", "\n".join(aside.guidance.fresh)
    if aside.guidance.back:
        yield "handed_back", aside.guidance.coach or "yes"
