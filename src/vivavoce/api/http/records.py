"""What is kept of one's sessions by and for oneself: written notes, and the daily record."""

import datetime as time
import re
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Response
from pydantic import BeforeValidator

from vivavoce.api.access import Asker, Use
from vivavoce.api.errors import problems
from vivavoce.api.http.parameters import Id
from vivavoce.api.http.records_shapes import DayOut, DaysOut, KeptNoteOut, NoteIn, NoteOut, NotesOut, StreakOut
from vivavoce.api.idempotency import HEADER, IdempotentRoute
from vivavoce.base.ids import NoteId
from vivavoce.domain.errors import (
    Conflict,
    IdempotencyMismatch,
    IllegalTransition,
    Invalid,
    NotAllowed,
    NoteNotFound,
    SessionNotFound,
)
from vivavoce.services.people import days, notes
from vivavoce.services.safety.overview import help_shown

router = APIRouter(prefix="/api", tags=["people"], route_class=IdempotentRoute)
_LOCATION: Final[dict[int | str, dict[str, Any]]] = {
    201: {"headers": {"Location": {"description": "Its path.", "schema": {"type": "string"}}}}
}
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _is_date(given: object) -> object:
    """Pydantic would take a number for seconds since 1970."""
    if isinstance(given, str) and _DATE.fullmatch(given) is None:
        raise ValueError("a date looks like 2026-03-31")
    return given


OneDay = Annotated[time.date, BeforeValidator(_is_date)]
NotePath = Annotated[str, Path(description="The note's id.", examples=["not_01k9z0c0v5g2m4q8r1t3w6y9e0"])]


@router.post(
    "/sessions/{id}/notes",
    status_code=201,
    operation_id="keepNote",
    openapi_extra={"parameters": [HEADER]},
    responses=_LOCATION
    | problems(SessionNotFound, NotAllowed, IllegalTransition, Invalid, IdempotencyMismatch, Conflict),
)
async def keep_note(id: Id, new: NoteIn, response: Response, viewer: Asker, use: Use) -> KeptNoteOut:
    """Keep a written note with a session, while it runs or after. Only oneself sees it."""
    note = await notes.keep_note(viewer, id, new.text, use=use)
    response.headers["Location"] = f"/api/sessions/{id}/notes/{note.id}"
    return KeptNoteOut.kept(note, await help_shown(viewer, id, use=use))


@router.get("/sessions/{id}/notes", operation_id="listNotes", responses=problems(SessionNotFound))
async def list_notes(id: Id, viewer: Asker, use: Use) -> NotesOut:
    """List one's own notes in a session, oldest first."""
    return NotesOut(items=[NoteOut.of(note) for note in await notes.own_notes(viewer, id, use=use)])


@router.patch(
    "/sessions/{id}/notes/{note}",
    operation_id="changeNote",
    responses=problems(SessionNotFound, NoteNotFound, Invalid),
)
async def change_note(id: Id, note: NotePath, wanted: NoteIn, viewer: Asker, use: Use) -> KeptNoteOut:
    """Put a note in other words."""
    changed = await notes.change_note(viewer, id, NoteId(note), wanted.text, use=use)
    return KeptNoteOut.kept(changed, await help_shown(viewer, id, use=use))


@router.delete(
    "/sessions/{id}/notes/{note}",
    status_code=204,
    operation_id="removeNote",
    responses=problems(SessionNotFound, NoteNotFound),
)
async def remove_note(id: Id, note: NotePath, viewer: Asker, use: Use) -> None:
    """Throw a note away."""
    await notes.remove_note(viewer, id, NoteId(note), use=use)


@router.get("/days", operation_id="listDays", responses=problems(Invalid))
async def list_days(
    viewer: Asker,
    use: Use,
    first: Annotated[OneDay | None, Query(alias="from", description="The first day; left out: thirty days.")] = None,
    last: Annotated[OneDay | None, Query(alias="to", description="The last day; left out: today.")] = None,
) -> DaysOut:
    """List the days on which one was in a session."""
    return DaysOut(items=[DayOut.of(day) for day in await days.own_days(viewer, first, last, use=use)])


@router.get("/streak", operation_id="getStreak", responses=problems())
async def get_streak(viewer: Asker, use: Use) -> StreakOut:
    """Look at how many days in a row one was in a session."""
    return StreakOut.of(await days.own_streak(viewer, use=use))
