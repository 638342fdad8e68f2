"""What goes over the wire of the daily record and of written notes."""

import datetime as time
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from vivavoce.api.http.rights_shapes import HelpOut
from vivavoce.api.http.shapes import PLAIN, shown
from vivavoce.domain.people.days import Day, Streak
from vivavoce.domain.people.notes import MAX_NOTE, Note
from vivavoce.domain.safety.help_lines import Help

_NOTE: Final[dict[str, Any]] = {
    "id": "not_01k9z0c0v5g2m4q8r1t3w6y9e0",
    "text": "I was calmer than I thought. Ask Lena on Friday.",
    "created_at": "2026-03-02T09:12:00Z",
    "updated_at": "2026-03-02T09:12:00Z",
}


class NoteIn(BaseModel):
    """A note to keep."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"text": _NOTE["text"]}]})

    text: Annotated[str, StringConstraints(min_length=1, max_length=MAX_NOTE, strip_whitespace=True, pattern=PLAIN)]


class NoteOut(BaseModel):
    """A note that its writer keeps with a session. Nobody else sees it."""

    model_config = shown(_NOTE)

    id: str
    text: str
    created_at: time.datetime
    updated_at: time.datetime

    @classmethod
    def of(cls, note: Note) -> Self:
        return cls(id=note.id, text=note.text, created_at=note.created_at, updated_at=note.updated_at)


class KeptNoteOut(NoteOut):
    """A note that was kept or changed."""

    model_config = shown({**_NOTE, "help": None})

    help: HelpOut | None = Field(
        description="Where help is to be found, while the crisis protocol is on, which danger in a note begins. Show"
        " it."
    )

    @classmethod
    def kept(cls, note: Note, help: Help | None) -> Self:
        told = HelpOut.of(help) if help is not None else None
        return cls(id=note.id, text=note.text, created_at=note.created_at, updated_at=note.updated_at, help=told)


class NotesOut(BaseModel):
    """One's notes in a session, oldest first."""

    model_config = shown({"items": [_NOTE], "next_cursor": None})

    items: list[NoteOut]
    next_cursor: None = None


class DayOut(BaseModel):
    """A day on which one was in a session."""

    day: time.date = Field(description="Of one's own calendar, by the time zone of one's account.")
    sessions: int
    seconds: int

    @classmethod
    def of(cls, day: Day) -> Self:
        return cls(day=day.day, sessions=day.sessions, seconds=day.seconds)


class DaysOut(BaseModel):
    """One's days with a session, oldest first. Days without one are left out."""

    model_config = shown({"items": [{"day": "2026-03-02", "sessions": 1, "seconds": 1260}], "next_cursor": None})

    items: list[DayOut]
    next_cursor: None = None


class StreakOut(BaseModel):
    """How many days in a row one was in a session."""

    model_config = shown({"current": 4, "longest": 12, "today_done": False})

    current: int = Field(description="Up to today, or up to yesterday as long as today is not over.")
    longest: int
    today_done: bool

    @classmethod
    def of(cls, streak: Streak) -> Self:
        return cls(current=streak.current, longest=streak.longest, today_done=streak.today_done)
