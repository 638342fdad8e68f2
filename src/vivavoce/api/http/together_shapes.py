"""What goes over the wire of working side by side, and of a human coach beside the AI."""

from datetime import datetime
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from vivavoce.api.http.shapes import PLAIN, SESSION_EXAMPLE, SeatOut, Slug, shown
from vivavoce.domain.sessions.session import Phase, Role, Session
from vivavoce.domain.sessions.work import Focus, Task, Work
from vivavoce.services.format import Format
from vivavoce.services.guiding.lead import MAX_WORDS
from vivavoce.services.together.focus import MAX_MINUTES
from vivavoce.services.together.rooms import seats_left
from vivavoce.services.together.tasks import MAX_TEXT

_TASK: Final[JsonValue] = {
    "id": "task_01k9z0c0v5g2m4q8r1t3w6y9b7",
    "seat": "sea_01k9z0c0v5g2m4q8r1t3w6y9b2",
    "name": "Sam",
    "text": "Finish the tests of the importer",
    "done": "partly",
    "report": "All but one.",
}
_FOCUS: Final[JsonValue] = {
    "seconds": 1500,
    "ends_ms": 1_812_000,
    "left_s": 780,
    "seat": "sea_01k9z0c0v5g2m4q8r1t3w6y9b2",
}
_ROOM: Final[JsonValue] = {
    "id": "ses_01k9z0c0v5g2m4q8r1t3w6y9b0",
    "format": "lock_in",
    "title": "Thursday evening",
    "phase": "active",
    "persona": "kit",
    "choices": {"type": "coding"},
    "scheduled_for": None,
    "started_at": "2026-03-02T09:00:04Z",
    "host": "Sam",
    "people": [{"name": "Sam", "role": "host"}],
    "max_participants": 12,
    "seats_left": 11,
}

ShortText = Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT, strip_whitespace=True, pattern=PLAIN)]
Done = Literal["yes", "partly", "no"]


def taken(*values: JsonValue) -> ConfigDict:
    """Of what is sent to us: no other fields."""
    return ConfigDict(extra="forbid", json_schema_extra={"examples": list(values)})


# --- rooms ------------------------------------------------------------------------------------------


class PersonOut(BaseModel):
    name: str
    role: Role


class RoomOut(BaseModel):
    """A session that everybody of the community may find and join."""

    model_config = shown(_ROOM)

    id: str
    format: str
    title: str
    phase: Phase
    persona: str
    choices: dict[str, str] = Field(description="What was chosen when it was opened, such as its `type`.")
    scheduled_for: datetime | None
    started_at: datetime | None
    host: str = Field(description="Who opened it.")
    people: list[PersonOut] = Field(description="Who is there now.")
    max_participants: int
    seats_left: int

    @classmethod
    def of(cls, session: Session, format: Format | None) -> Self:
        """format: None where its package is gone."""
        chosen = {choice.name for choice in format.choices} if format is not None else set[str]()
        return cls(
            id=session.id,
            format=session.format,
            title=session.title,
            phase=session.phase,
            persona=session.persona_id,
            choices={name: value for name, value in session.variables.items() if name in chosen},
            scheduled_for=session.scheduled_for,
            started_at=session.started_at,
            host=next((seat.name for seat in session.seats if seat.account == session.owner), ""),
            people=[PersonOut(name=seat.name, role=seat.role) for seat in session.seats if seat.present],
            max_participants=session.max_participants,
            seats_left=seats_left(session),
        )


class RoomPage(BaseModel):
    """Rooms, newest first."""

    model_config = shown({"items": [_ROOM], "next_cursor": None})

    items: list[RoomOut]
    next_cursor: str | None = Field(description="For `cursor` of the next page; null on the last one.")


class ParticipantsOut(BaseModel):
    """Who has a seat, and how many more there are."""

    model_config = shown(
        {
            "items": [SESSION_EXAMPLE["seats"][0]],
            "max_participants": 12,
            "seats_left": 11,
            "led_by": None,
            "next_cursor": None,
        }
    )

    items: list[SeatOut]
    max_participants: int
    seats_left: int
    led_by: str | None = Field(description="The seat of the human coach who leads.")
    next_cursor: None = None

    @classmethod
    def of(cls, session: Session) -> Self:
        return cls(
            items=[SeatOut.of(seat) for seat in session.seats],
            max_participants=session.max_participants,
            seats_left=seats_left(session),
            led_by=session.led_by,
        )


# --- tasks and timer --------------------------------------------------------------------------------


class TaskIn(BaseModel):
    """What one means to do."""

    model_config = taken({"text": "Finish the tests of the importer"})

    text: ShortText
    task: Slug | None = Field(default=None, description="One of one's own, to put it in other words.")


class TaskReportIn(BaseModel):
    """How it went."""

    model_config = taken({"done": "partly", "text": "All but one."}, {"done": "yes"})

    done: Done
    text: Annotated[str, StringConstraints(max_length=MAX_TEXT, pattern=PLAIN)] = ""


class TaskOut(BaseModel):
    """Somebody's task, and how it went."""

    model_config = shown(_TASK)

    id: str
    seat: str
    name: str
    text: str
    done: Done | None = Field(description="Null until it is reported.")
    report: str

    @classmethod
    def of(cls, task: Task) -> Self:
        values = {"id": task.id, "seat": task.seat, "name": task.name, "text": task.text, "report": task.report}
        return cls.model_validate({**values, "done": task.done or None})


class FocusIn(BaseModel):
    """How long the timer runs."""

    model_config = taken({"minutes": 25})

    minutes: int = Field(ge=1, le=MAX_MINUTES)


class FocusOut(BaseModel):
    """The timer that runs."""

    model_config = shown(_FOCUS)

    seconds: int
    ends_ms: int = Field(description="Since the session became active.")
    left_s: int
    seat: str | None = Field(description="Who started it.")

    @classmethod
    def of(cls, focus: Focus, now_ms: int) -> Self:
        left_s = max(0, focus.ends_ms - now_ms) // 1000
        return cls(seconds=focus.seconds, ends_ms=focus.ends_ms, left_s=left_s, seat=focus.seat)


class WorkOut(BaseModel):
    """Everybody's tasks, and the timer."""

    model_config = shown({"items": [_TASK], "focus": _FOCUS, "next_cursor": None})

    items: list[TaskOut]
    focus: FocusOut | None = Field(description="Null while no timer runs.")
    next_cursor: None = None

    @classmethod
    def of(cls, work: Work, now_ms: int) -> Self:
        focus = FocusOut.of(work.focus, now_ms) if work.focus is not None else None
        return cls(items=[TaskOut.of(task) for task in work.tasks], focus=focus)


# --- a human coach ----------------------------------------------------------------------------------


class WhisperIn(BaseModel):
    """What the AI is told, and nobody else."""

    model_config = taken({"text": "Ask about her sister."})

    text: Annotated[str, StringConstraints(min_length=1, max_length=MAX_WORDS, strip_whitespace=True, pattern=PLAIN)]


class HandBackIn(BaseModel):
    """What the AI is to know when it goes on."""

    model_config = taken({"briefing": "We agreed that she calls him on Friday. Stay with how that feels."}, {})

    briefing: Annotated[str, StringConstraints(max_length=MAX_WORDS, pattern=PLAIN)] = Field(
        default="", description="Shown to coaches only."
    )
