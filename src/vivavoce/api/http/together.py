"""Working side by side: rooms to find, who is there, tasks, and a timer for all."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query

from vivavoce.api.access import Asker, Use
from vivavoce.api.errors import problems
from vivavoce.api.http.cursors import read_cursor, write_cursor
from vivavoce.api.http.parameters import Id
from vivavoce.api.http.shapes import SessionOut
from vivavoce.api.http.together_shapes import (
    FocusIn,
    FocusOut,
    ParticipantsOut,
    RoomOut,
    RoomPage,
    TaskIn,
    TaskOut,
    TaskReportIn,
    WorkOut,
)
from vivavoce.api.idempotency import HEADER, IdempotentRoute
from vivavoce.domain.errors import (
    Conflict,
    IdempotencyMismatch,
    IllegalTransition,
    Invalid,
    NotAllowed,
    SessionFull,
    SessionNotFound,
    TaskNotFound,
)
from vivavoce.services.together import focus, rooms, tasks
from vivavoce.services.together.focus import FocusRunning
from vivavoce.services.together.rooms import RoomState

router = APIRouter(prefix="/api", tags=["together"], route_class=IdempotentRoute)
_ONCE: Final = {"parameters": [HEADER]}
_KEYED: Final = (IdempotencyMismatch, Conflict)
TaskPath = Annotated[str, Path(description="The task's id.", pattern=r"^[A-Za-z0-9_.-]{1,64}$")]


@router.get("/rooms", operation_id="listRooms", responses=problems(Invalid))
async def list_rooms(
    viewer: Asker,
    use: Use,
    state: Annotated[RoomState | None, Query(description="Only those going on, or only those to come.")] = None,
    cursor: Annotated[str | None, Query(description="`next_cursor` of the page before.", max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="Rooms on a page.")] = 50,
) -> RoomPage:
    """List the sessions of the community that one may join: who is there, and how many seats are left.

    Upcoming ones soonest first; else the newest first.
    """
    after = read_cursor(cursor) if cursor is not None else None
    page = await rooms.rooms(viewer, state=state, after=after, limit=limit, use=use)
    return RoomPage(
        items=[RoomOut.of(session, use.formats.get(session.format)) for session in page.items],
        next_cursor=write_cursor(page.next) if page.next is not None else None,
    )


@router.get("/sessions/{id}/participants", operation_id="listParticipants", responses=problems(SessionNotFound))
async def list_participants(id: Id, viewer: Asker, use: Use) -> ParticipantsOut:
    """List who has a seat, who is there, and how many seats are left."""
    return ParticipantsOut.of(await rooms.participants(viewer, id, use=use))


@router.post(
    "/sessions/{id}/tasks",
    status_code=201,
    operation_id="declareTask",
    openapi_extra=_ONCE,
    responses=problems(SessionNotFound, TaskNotFound, NotAllowed, SessionFull, IllegalTransition, Invalid, *_KEYED),
)
async def declare_task(id: Id, new: TaskIn, viewer: Asker, use: Use) -> TaskOut:
    """Declare what one means to do in this session. With `task`, one of one's own in other words, open again."""
    return TaskOut.of(await tasks.declare(viewer, id, new.text, new.task, use=use))


@router.get("/sessions/{id}/tasks", operation_id="listTasks", responses=problems(SessionNotFound))
async def list_tasks(id: Id, viewer: Asker, use: Use) -> WorkOut:
    """List everybody's tasks, and the timer that runs."""
    session, work = await tasks.tasks_of(viewer, id, use=use)
    return WorkOut.of(work, session.clock_ms(use.clock.now()))


@router.post(
    "/sessions/{id}/tasks/{task}/report",
    operation_id="reportTask",
    openapi_extra=_ONCE,
    responses=problems(SessionNotFound, TaskNotFound, NotAllowed, IllegalTransition, Invalid, *_KEYED),
)
async def report_task(id: Id, task: TaskPath, how: TaskReportIn, viewer: Asker, use: Use) -> TaskOut:
    """Report how one's task went. The last word counts; it can be said after the session's end as well."""
    return TaskOut.of(await tasks.report(viewer, id, task, how.done, how.text, use=use))


@router.post(
    "/sessions/{id}/focus",
    status_code=201,
    operation_id="startFocus",
    openapi_extra=_ONCE,
    responses=problems(SessionNotFound, NotAllowed, SessionFull, FocusRunning, IllegalTransition, Invalid, *_KEYED),
)
async def start_focus(id: Id, wanted: FocusIn, viewer: Asker, use: Use) -> FocusOut:
    """Start the timer of all. When it runs down a chime sounds in the room, and people are asked how it went."""
    session, started = await focus.start_focus(viewer, id, wanted.minutes, use=use)
    return FocusOut.of(started, session.clock_ms(use.clock.now()))


@router.delete("/sessions/{id}/focus", operation_id="stopFocus", responses=problems(SessionNotFound, NotAllowed))
async def stop_focus(id: Id, viewer: Asker, use: Use) -> SessionOut:
    """Stop the timer: who started it may, and who opened the session. Safe to repeat."""
    return SessionOut.of(await focus.stop_focus(viewer, id, use=use), use.clock.now())
