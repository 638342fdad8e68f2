"""The durable record: all that happens in a session, as facts stored in order before anyone is told.

A fact becomes an `Event` when the store gives it the session's next sequence number and a time. Transcript, live
screens, reconnecting clients, webhooks and recovery all read this one log. Short-lived signals (partial words,
levels, mouth shapes) are not facts and travel beside it.

On the wire a fact is a flat JSON object whose `type` is the name in `TYPES`; docs/protocol.md lists them.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from vivavoce.base.ids import ReplyId, SeatId, SessionId, TurnId
from vivavoce.domain.safety.help_lines import HelpLine
from vivavoce.domain.sessions.session import Address, EndReason, Phase, Role, WrapUp


class Source(StrEnum):
    VOICE = "voice"  # spoken in the live room
    TEXT = "text"  # typed
    AUDIO = "audio"  # an uploaded audio message


class ReplyKind(StrEnum):
    """Why the AI speaks."""

    GREETING = "greeting"
    ANSWER = "answer"
    WRAP_UP_ASK = "wrap_up_ask"  # "Shall we close here?"
    GOODBYE = "goodbye"  # short summary and goodbye, after a yes or at the time limit
    NUDGE = "nudge"  # first stage of silence
    IDLE_ASK = "idle_ask"  # second stage: "Are you still there?"
    NOTICE = "notice"  # time left, something was lost: the platform's own sentence
    CRISIS = "crisis"  # the crisis protocol: fixed sentences
    PICK_UP = "pick_up"  # goes on after the server was interrupted in mid-reply


class ReplyStatus(StrEnum):
    FINISHED = "finished"
    INTERRUPTED = "interrupted"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Word:
    """A word and when it sounded, in milliseconds from the start of its turn or reply."""

    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class SessionCreated:
    format: str
    persona: str
    title: str


@dataclass(frozen=True, slots=True)
class PhaseChanged:
    phase: Phase
    previous: Phase
    reason: EndReason | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Rescheduled:
    """The session was planned for another time."""

    scheduled_for: datetime


@dataclass(frozen=True, slots=True)
class SeatJoined:
    seat: SeatId
    name: str
    role: Role
    record: bool = False


@dataclass(frozen=True, slots=True)
class SeatLeft:
    seat: SeatId
    cause: str = "left"  # left, lost (connection dropped for good), removed


@dataclass(frozen=True, slots=True)
class TurnHeard:
    """What one seat said, start to end. Times are on the session's clock: ms since it became active."""

    turn: TurnId
    seat: SeatId
    name: str
    text: str
    source: Source
    start_ms: int
    end_ms: int
    words: tuple[Word, ...] = ()
    addressed: bool = True  # False: heard by the AI, which is not to answer it


@dataclass(frozen=True, slots=True)
class ReplyStarted:
    reply: ReplyId
    kind: ReplyKind
    answers: TurnId | None
    start_ms: int


@dataclass(frozen=True, slots=True)
class ReplySentence:
    """A sentence of a reply begins to be played (or, in text, is delivered)."""

    reply: ReplyId
    index: int
    text: str
    start_ms: int


@dataclass(frozen=True, slots=True)
class ReplyEnded:
    """`heard` is what was played, to the word where the voice gives word times; `unheard` is the rest."""

    reply: ReplyId
    status: ReplyStatus
    heard: str
    unheard: str
    end_ms: int
    words: tuple[Word, ...] = ()
    cause: str | None = None  # interrupted: barge_in, host, ended, restart; failed: the provider's fault class
    model: str = ""  # which language model wrote it; empty: the platform's own sentence


@dataclass(frozen=True, slots=True)
class WrapUpChanged:
    state: WrapUp
    turn: TurnId | None = None


@dataclass(frozen=True, slots=True)
class Noticed:
    """The people were told something by the platform: `time_left` (value in s), `idle` (stage), `provider_lost`,
    `report_back` (how did the task go). seat: whom it is for, where it is for one."""

    kind: str
    value: int | None = None
    text: str = ""
    seat: SeatId | None = None


@dataclass(frozen=True, slots=True)
class CrisisNoticed:
    """The crisis protocol begins, goes on or ends. Never what was said, nor whose sign it was but by `turn`.

    state: danger (with help to show), safe (the person says so, and was asked whether to go on), wants_on (the other
    way round), over. again: danger was said once more. country: ISO 3166-1; emergency: the number to call there.
    """

    state: str
    kind: str = ""
    turn: TurnId | None = None
    again: bool = False
    language: str = "en"
    country: str = ""
    emergency: str = ""
    lines: tuple[HelpLine, ...] = ()


@dataclass(frozen=True, slots=True)
class AssistantChanged:
    address: Address


@dataclass(frozen=True, slots=True)
class ProviderFailed:
    port: str
    provider: str
    fault: str
    replaced_by: str | None


class ToolPlace(StrEnum):
    """Where a tool runs."""

    HTTP = "http"
    MCP = "mcp"
    CLIENT = "client"  # in a connected device


@dataclass(frozen=True, slots=True)
class ToolCalled:
    """The AI called a tool. Neither what it was asked nor what it answered: that may be anything people said."""

    name: str
    ok: bool
    ms: int
    where: ToolPlace


@dataclass(frozen=True, slots=True)
class MicOn:
    """The first microphone of the session went on: what a priced session is charged by."""

    seat: SeatId


@dataclass(frozen=True, slots=True)
class CreditsMoved:
    """state: held, settled, released, refunded."""

    state: str
    credits: int


@dataclass(frozen=True, slots=True)
class Whispered:
    """A human coach told the AI something. Shown to coaches only (`shown_to`)."""

    seat: SeatId
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class LedBy:
    """A human coach took over, and the AI is silent; None: it was handed back to the AI.

    briefing: what the coach told the AI at handing back, shown to coaches only.
    """

    seat: SeatId | None
    name: str = ""
    briefing: str = ""


@dataclass(frozen=True, slots=True)
class TaskDeclared:
    """What somebody means to do in this session. The same `task` again replaces it."""

    task: str
    seat: SeatId
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class TaskReported:
    """How it went. done: yes, partly, no."""

    task: str
    seat: SeatId
    done: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class FocusChanged:
    """The shared timer. state: started, over (the chime), stopped. ends_ms: on the session's clock, when started."""

    state: str
    seconds: int
    ends_ms: int
    seat: SeatId | None = None


@dataclass(frozen=True, slots=True)
class NoteKept:
    """Somebody kept a note with the session. Its words are with the notes, not in the log."""

    seat: SeatId


@dataclass(frozen=True, slots=True)
class Withheld:
    """Takes the place of an event that who asks may not see. Never stored."""


@dataclass(frozen=True, slots=True)
class ReportReady:
    status: str  # ready, failed


Fact = (
    SessionCreated
    | PhaseChanged
    | Rescheduled
    | SeatJoined
    | SeatLeft
    | TurnHeard
    | ReplyStarted
    | ReplySentence
    | ReplyEnded
    | WrapUpChanged
    | Noticed
    | CrisisNoticed
    | AssistantChanged
    | ProviderFailed
    | ToolCalled
    | MicOn
    | CreditsMoved
    | Whispered
    | LedBy
    | TaskDeclared
    | TaskReported
    | FocusChanged
    | NoteKept
    | Withheld
    | ReportReady
)

TYPES: Final[dict[str, type[Fact]]] = {
    "session.created": SessionCreated,
    "session.phase": PhaseChanged,
    "session.rescheduled": Rescheduled,
    "seat.joined": SeatJoined,
    "seat.left": SeatLeft,
    "turn.heard": TurnHeard,
    "reply.started": ReplyStarted,
    "reply.sentence": ReplySentence,
    "reply.ended": ReplyEnded,
    "wrap_up.changed": WrapUpChanged,
    "notice": Noticed,
    "crisis.noticed": CrisisNoticed,
    "assistant.changed": AssistantChanged,
    "provider.failed": ProviderFailed,
    "tool.called": ToolCalled,
    "microphone.on": MicOn,
    "credits.moved": CreditsMoved,
    "assistant.whispered": Whispered,
    "session.led": LedBy,
    "task.declared": TaskDeclared,
    "task.reported": TaskReported,
    "focus.changed": FocusChanged,
    "note.kept": NoteKept,
    "withheld": Withheld,
    "report.ready": ReportReady,
}
NAMES: Final[dict[type[Fact], str]] = {fact: name for name, fact in TYPES.items()}


@dataclass(frozen=True, slots=True)
class Event:
    """A fact at its place in one session's log. `seq` counts from 1 without gaps."""

    session: SessionId
    seq: int
    at: datetime
    fact: Fact


def shown_to(event: Event, role: Role | None) -> Event:
    """The event as a seat of that role sees it; None: somebody without a seat."""
    coach = role is Role.COACH
    match event.fact:
        case Whispered() if not coach:
            return replace(event, fact=Withheld())
        case LedBy(briefing=said) if said and not coach:
            return replace(event, fact=replace(event.fact, briefing=""))
        case _:
            return event
