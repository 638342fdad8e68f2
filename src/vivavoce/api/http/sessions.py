"""Sessions: open, find, prepare, start, join, leave, steer and end them."""

from typing import Annotated, Final

from fastapi import APIRouter, Body, Query, Response

from vivavoce.api.access import Asker, Parts
from vivavoce.api.errors import problems
from vivavoce.api.http.cursors import read_cursor, write_cursor
from vivavoce.api.http.parameters import Id
from vivavoce.api.http.shapes import (
    AssistantIn,
    JoinIn,
    JoinOut,
    LeaveIn,
    SeatOut,
    SessionIn,
    SessionOut,
    SessionPage,
    StartIn,
)
from vivavoce.api.idempotency import HEADER, IdempotentRoute
from vivavoce.base.ids import ProjectId, SeatId
from vivavoce.domain.errors import (
    Conflict,
    FormatNotFound,
    IdempotencyMismatch,
    IllegalTransition,
    Invalid,
    NotAllowed,
    PersonaNotFound,
    ProjectNotFound,
    SessionFull,
    SessionNotFound,
    SessionOpen,
)
from vivavoce.domain.money.pricing import NotEnoughCredits
from vivavoce.domain.sessions.session import Phase
from vivavoce.services.open_session import NewSession

router = APIRouter(prefix="/api/sessions", tags=["sessions"], route_class=IdempotentRoute)
_ONCE: Final = {"parameters": [HEADER]}
_KEYED: Final = (IdempotencyMismatch, Conflict)


@router.post(
    "",
    status_code=201,
    operation_id="openSession",
    openapi_extra=_ONCE,
    responses={201: {"headers": {"Location": {"description": "The session's path.", "schema": {"type": "string"}}}}}
    | problems(FormatNotFound, PersonaNotFound, ProjectNotFound, Invalid, SessionOpen, *_KEYED),
)
async def open_session(new: SessionIn, response: Response, viewer: Asker, wiring: Parts) -> SessionOut:
    """Open a session.

    Without a planned time it is for now: `ready` at once where the format needs no set-up. Of some formats a person
    has one open at a time: `session_open` brings its id as `session`.
    """
    session = await wiring.use.open_session(
        viewer,
        NewSession(
            format=new.format,
            persona=new.persona,
            project=ProjectId(new.project) if new.project else None,
            title=new.title,
            scheduled_for=new.scheduled_for,
            max_participants=new.max_participants,
            variables=new.variables,
        ),
    )
    response.headers["Location"] = f"/api/sessions/{session.id}"
    return SessionOut.of(session, wiring.clock.now())


@router.get("", operation_id="listSessions", responses=problems(Invalid))
async def list_sessions(
    viewer: Asker,
    wiring: Parts,
    *,
    cursor: Annotated[str | None, Query(description="`next_cursor` of the page before.", max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="Sessions on a page.")] = 50,
    phase: Annotated[list[Phase] | None, Query(description="Only these; may be given several times.")] = None,
    listed: Annotated[bool, Query(description="Those that the whole community may find, not one's own.")] = False,
) -> SessionPage:
    """List one's sessions, newest first."""
    page = await wiring.use.list_sessions(
        viewer,
        after=read_cursor(cursor) if cursor is not None else None,
        limit=limit,
        phases=frozenset(phase) if phase else None,
        listed=listed,
    )
    now = wiring.clock.now()
    return SessionPage(
        items=[SessionOut.of(session, now) for session in page.items],
        next_cursor=write_cursor(page.next) if page.next is not None else None,
    )


@router.get("/{id}", operation_id="getSession", responses=problems(SessionNotFound))
async def get_session(id: Id, viewer: Asker, wiring: Parts) -> SessionOut:
    """Look at one session."""
    return SessionOut.of(await wiring.use.get_session(viewer, id), wiring.clock.now())


@router.post(
    "/{id}/start",
    operation_id="startSession",
    openapi_extra=_ONCE,
    responses=problems(SessionNotFound, NotAllowed, IllegalTransition, NotEnoughCredits, *_KEYED),
)
async def start_session(
    id: Id, viewer: Asker, wiring: Parts, how: Annotated[StartIn, Body(default_factory=StartIn)]
) -> SessionOut:
    """Start a session that is ready. Safe to repeat. The first message or live connection does it as well.

    What it costs is held from now on. 402 says how many credits are missing (`missing`, `balance`, `price`) and what
    can be bought (`packs`).
    """
    return SessionOut.of(await wiring.use.start_session(viewer, id, how.mic_on_at), wiring.clock.now())


@router.post(
    "/{id}/join",
    operation_id="joinSession",
    openapi_extra=_ONCE,
    responses=problems(SessionNotFound, SessionFull, IllegalTransition, *_KEYED),
)
async def join(id: Id, viewer: Asker, wiring: Parts, how: Annotated[JoinIn, Body(default_factory=JoinIn)]) -> JoinOut:
    """Take one's seat. Safe to repeat: it then renews the name and the consent to be recorded."""
    session, seat = await wiring.use.join(viewer, id, name=how.name, record=how.record)
    return JoinOut(seat=SeatOut.of(seat), session=SessionOut.of(session, wiring.clock.now()))


@router.post(
    "/{id}/leave",
    operation_id="leaveSession",
    openapi_extra=_ONCE,
    responses=problems(SessionNotFound, NotAllowed, *_KEYED),
)
async def leave(
    id: Id, viewer: Asker, wiring: Parts, which: Annotated[LeaveIn, Body(default_factory=LeaveIn)]
) -> SessionOut:
    """Leave one's seat. Safe to repeat. A session that everybody left ends after a while."""
    seat = SeatId(which.seat) if which.seat else None
    return SessionOut.of(await wiring.use.leave(viewer, id, seat), wiring.clock.now())


@router.post(
    "/{id}/end",
    operation_id="endSession",
    openapi_extra=_ONCE,
    responses=problems(SessionNotFound, NotAllowed, *_KEYED),
)
async def end_session(id: Id, viewer: Asker, wiring: Parts) -> SessionOut:
    """End a session at once, without asking; one that was not started is cancelled. Safe to repeat."""
    return SessionOut.of(await wiring.use.end_session(viewer, id), wiring.clock.now())


@router.post(
    "/{id}/assistant",
    operation_id="steerAssistant",
    openapi_extra=_ONCE,
    responses=problems(SessionNotFound, IllegalTransition, NotAllowed, *_KEYED),
)
async def steer_assistant(id: Id, wanted: AssistantIn, viewer: Asker, wiring: Parts) -> SessionOut:
    """Change who may address the AI, or switch it off and on. It hears everyone in every case. Safe to repeat."""
    if wanted.address is not None:
        return SessionOut.of(await wiring.use.set_address(viewer, id, wanted.address), wiring.clock.now())
    on = wanted.on is True
    return SessionOut.of(await wiring.use.switch_assistant(viewer, id, on=on), wiring.clock.now())
