"""The shapes of events, for the interface's description and for clients' generated types.

Events are written by `domain.sessions.codec`, not by these models; a test holds the two together.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from vivavoce.api.http.review_shapes import WordOut
from vivavoce.domain.sessions.events import ReplyKind, ReplyStatus, Source, ToolPlace
from vivavoce.domain.sessions.session import Address, EndReason, Phase, Role, WrapUp


class _Event(BaseModel):
    seq: int = Field(description="Counts from 1 without gaps in each session.")
    at: datetime


class SessionCreatedEvent(_Event):
    type: Literal["session.created"]
    format: str
    persona: str
    title: str


class PhaseEvent(_Event):
    type: Literal["session.phase"]
    phase: Phase
    previous: Phase
    reason: EndReason | None = None
    error: str | None = None


class RescheduledEvent(_Event):
    """The session was planned for another time."""

    type: Literal["session.rescheduled"]
    scheduled_for: datetime


class SeatJoinedEvent(_Event):
    type: Literal["seat.joined"]
    seat: str
    name: str
    role: Role
    record: bool


class SeatLeftEvent(_Event):
    type: Literal["seat.left"]
    seat: str
    cause: str = Field(description="`left`, `lost` (the connection) or `removed`.")


class TurnHeardEvent(_Event):
    """What one seat said, start to end."""

    type: Literal["turn.heard"]
    turn: str
    seat: str
    name: str
    text: str
    source: Source
    start_ms: int = Field(description="Since the session became active.")
    end_ms: int
    words: list[WordOut] = Field(description="With times from the start of the turn.")
    addressed: bool = Field(description="False: heard by the AI, which is not to answer it.")


class ReplyStartedEvent(_Event):
    type: Literal["reply.started"]
    reply: str
    kind: ReplyKind
    answers: str | None = Field(default=None, description="The turn that it answers.")
    start_ms: int


class ReplySentenceEvent(_Event):
    """A sentence of a reply begins to be played, or is delivered as text."""

    type: Literal["reply.sentence"]
    reply: str
    index: int
    text: str
    start_ms: int


class ReplyEndedEvent(_Event):
    type: Literal["reply.ended"]
    reply: str
    status: ReplyStatus
    heard: str = Field(description="What was played: the truth of transcript and memory.")
    unheard: str = Field(description="The rest, cut off.")
    end_ms: int
    words: list[WordOut] = Field(description="Of what was heard, with times from the start of the reply.")
    cause: str | None = None
    model: str = Field(default="", description="Which language model wrote it; empty: the platform itself.")


class WrapUpEvent(_Event):
    type: Literal["wrap_up.changed"]
    state: WrapUp
    turn: str | None = None


class NoticeEvent(_Event):
    """The people were told something by the platform."""

    type: Literal["notice"]
    kind: str = Field(
        description="`time_left` (`value` in seconds), `idle` (`value` is the stage), `provider_lost`, `report_back`."
    )
    value: int | None = None
    text: str
    seat: str | None = Field(default=None, description="Whom it is for, where it is for one.")


class HelpLineOut(BaseModel):
    """Where help is to be found. Each of `number`, `text` and `chat` may be empty."""

    name: str
    number: str
    source: str = Field(description="The official site.")
    hours: str
    languages: list[str]
    text: str = Field(description="What to text, and where to.")
    chat: str
    for_abuse: bool


class CrisisEvent(_Event):
    """The crisis protocol begins (`danger`, with help to show), goes on or ends (`over`). See docs/safety.md."""

    type: Literal["crisis.noticed"]
    state: Literal["danger", "safe", "wants_on", "over"]
    kind: str
    turn: str | None = None
    again: bool = Field(description="Danger was said once more.")
    language: str
    country: str
    emergency: str = Field(description="The emergency number of the country.")
    lines: list[HelpLineOut]


class AssistantEvent(_Event):
    type: Literal["assistant.changed"]
    address: Address


class ProviderFailedEvent(_Event):
    type: Literal["provider.failed"]
    port: str
    provider: str
    fault: str
    replaced_by: str | None = None


class ToolCalledEvent(_Event):
    """The AI called a tool. What it asked and was answered is not kept."""

    type: Literal["tool.called"]
    name: str
    ok: bool
    ms: int
    where: ToolPlace


class MicOnEvent(_Event):
    """The first microphone of the session went on."""

    type: Literal["microphone.on"]
    seat: str


class CreditsEvent(_Event):
    """The session's price was held, taken or given back."""

    type: Literal["credits.moved"]
    state: Literal["held", "settled", "released", "refunded"]
    credits: int


class WhisperedEvent(_Event):
    """A human coach told the AI something. Others get `withheld` in its place."""

    type: Literal["assistant.whispered"]
    seat: str
    name: str
    text: str


class LedEvent(_Event):
    """A human coach took over; without `seat`: handed back to the AI. `briefing` is shown to coaches only."""

    type: Literal["session.led"]
    seat: str | None = None
    name: str = ""
    briefing: str = ""


class TaskDeclaredEvent(_Event):
    type: Literal["task.declared"]
    task: str
    seat: str
    name: str
    text: str


class TaskReportedEvent(_Event):
    type: Literal["task.reported"]
    task: str
    seat: str
    done: Literal["yes", "partly", "no"]
    text: str = ""


class FocusEvent(_Event):
    """The shared timer. `over` is the chime."""

    type: Literal["focus.changed"]
    state: Literal["started", "over", "stopped"]
    seconds: int
    ends_ms: int
    seat: str | None = None


class NoteKeptEvent(_Event):
    type: Literal["note.kept"]
    seat: str


class WithheldEvent(_Event):
    """An event that you may not see."""

    type: Literal["withheld"]


class ReportReadyEvent(_Event):
    type: Literal["report.ready"]
    status: str


StoredEvent = Annotated[
    SessionCreatedEvent
    | PhaseEvent
    | RescheduledEvent
    | SeatJoinedEvent
    | SeatLeftEvent
    | TurnHeardEvent
    | ReplyStartedEvent
    | ReplySentenceEvent
    | ReplyEndedEvent
    | WrapUpEvent
    | NoticeEvent
    | CrisisEvent
    | AssistantEvent
    | ProviderFailedEvent
    | ToolCalledEvent
    | MicOnEvent
    | CreditsEvent
    | WhisperedEvent
    | LedEvent
    | TaskDeclaredEvent
    | TaskReportedEvent
    | FocusEvent
    | NoteKeptEvent
    | WithheldEvent
    | ReportReadyEvent,
    Field(discriminator="type"),
]


class EventPage(BaseModel):
    """Events behind `after`, in order."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "items": [
                        {
                            "seq": 7,
                            "type": "turn.heard",
                            "at": "2026-03-02T09:00:12.120000Z",
                            "turn": "turn_01k9z0c0v5g2m4q8r1t3w6y9b4",
                            "seat": "sea_01k9z0c0v5g2m4q8r1t3w6y9b2",
                            "name": "You",
                            "text": "I keep putting it off.",
                            "source": "voice",
                            "start_ms": 5200,
                            "end_ms": 6900,
                            "words": [{"text": "I", "start_ms": 0, "end_ms": 120}],
                            "addressed": True,
                        }
                    ],
                    "next_after": 7,
                }
            ]
        }
    )

    items: list[StoredEvent]
    next_after: int = Field(description="For `after` of the next request.")
