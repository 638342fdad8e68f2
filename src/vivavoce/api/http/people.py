"""One's own profile, goals and projects."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from vivavoce.api.access import Asker, Use
from vivavoce.api.errors import problems
from vivavoce.api.http.cursors import read_cursor, write_cursor
from vivavoce.api.http.people_shapes import (
    GoalChangeIn,
    GoalIn,
    GoalOut,
    GoalPage,
    ProfileIn,
    ProfileOut,
    ProjectChangeIn,
    ProjectIn,
    ProjectOut,
    ProjectPage,
)
from vivavoce.api.idempotency import HEADER, IdempotentRoute
from vivavoce.base.ids import GoalId, ProjectId, SessionId
from vivavoce.domain.errors import (
    Conflict,
    GoalNotFound,
    IdempotencyMismatch,
    Invalid,
    MediaNotFound,
    ProjectNotFound,
    SessionNotFound,
    TooLarge,
    Unavailable,
    UnsupportedMedia,
)
from vivavoce.domain.people.goals import GoalState
from vivavoce.services.asking import Cursor
from vivavoce.services.people import goals, profiles, projects
from vivavoce.services.people.profiles import ProfileChange
from vivavoce.services.people.projects import ProjectChange

router = APIRouter(prefix="/api", tags=["people"], route_class=IdempotentRoute)
_ONCE: Final = {"parameters": [HEADER]}
_KEYED: Final = (IdempotencyMismatch, Conflict)
_LOCATION: Final[dict[int | str, dict[str, Any]]] = {
    201: {"headers": {"Location": {"description": "Its path.", "schema": {"type": "string"}}}}
}
_PICTURE: Final[dict[str, Any]] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["picture"],
                "properties": {
                    "picture": {
                        "type": "string",
                        "format": "binary",
                        "description": "PNG, JPEG or WebP, told by its content; at most 5 MiB.",
                    }
                },
            },
            "example": {"picture": "(the bytes of a picture)"},
        }
    },
}
_PNG: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The picture.",
        "content": {"image/png": {"schema": {"type": "string", "format": "binary"}, "example": "(the bytes)"}},
    }
}
GoalPath = Annotated[str, Path(description="The goal's id.", examples=["goa_01k9z0c0v5g2m4q8r1t3w6y9c0"])]
ProjectPath = Annotated[str, Path(description="The project's id.", examples=["pro_01k9z0c0v5g2m4q8r1t3w6y9d0"])]
After = Annotated[str | None, Query(description="`next_cursor` of the page before.", max_length=200)]
Limit = Annotated[int, Query(ge=1, le=100, description="How many on a page.")]


# --- profile ----------------------------------------------------------------------------------------


@router.get("/profile", operation_id="getProfile", responses=problems())
async def get_profile(viewer: Asker, use: Use) -> ProfileOut:
    """Look at one's profile: what the AI is told of oneself, besides one's goals."""
    return ProfileOut.of(await profiles.own_profile(viewer, use=use))


@router.patch("/profile", operation_id="changeProfile", responses=problems(Invalid))
async def change_profile(wanted: ProfileIn, viewer: Asker, use: Use) -> ProfileOut:
    """Change one's profile."""
    challenges = None if wanted.challenges is None else tuple(wanted.challenges)
    change = ProfileChange(wanted.onboarding, wanted.preferences, challenges, wanted.avatar, wanted.memory)
    return ProfileOut.of(await profiles.change_profile(viewer, change, use=use))


@router.post(
    "/profile/avatar",
    operation_id="uploadAvatar",
    openapi_extra={"parameters": [HEADER], "requestBody": _PICTURE},
    responses=problems(TooLarge, UnsupportedMedia, Unavailable, *_KEYED),
)
async def upload_avatar(request: Request, viewer: Asker, use: Use) -> ProfileOut:
    """Upload one's picture. It is made small; nothing else that the file holds (place, camera, date) is kept."""
    return ProfileOut.of(await profiles.upload_avatar(viewer, await _picture(request), use=use))


@router.get(
    "/profile/avatar", operation_id="getAvatar", response_class=Response, responses=_PNG | problems(MediaNotFound)
)
async def get_avatar(viewer: Asker, use: Use) -> Response:
    """Fetch the picture one has uploaded."""
    content = await profiles.own_picture(viewer, use=use)
    return Response(content, media_type="image/png", headers={"Cache-Control": "private, max-age=86400"})


async def _picture(request: Request) -> bytes:
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise HTTPException(415, "Send multipart/form-data with a part `picture`.")
    async with request.form(max_files=1, max_fields=8) as form:
        picture = form.get("picture")
        if not isinstance(picture, UploadFile):
            missing = {"type": "missing", "loc": ("body", "picture"), "msg": "A file part of this name is required"}
            raise RequestValidationError([missing])
        return await picture.read()


# --- goals ------------------------------------------------------------------------------------------


@router.post(
    "/goals",
    status_code=201,
    operation_id="setGoal",
    openapi_extra=_ONCE,
    responses=_LOCATION | problems(Invalid, SessionNotFound, *_KEYED),
)
async def set_goal(new: GoalIn, response: Response, viewer: Asker, use: Use) -> GoalOut:
    """Set a goal. Open goals are told to the AI."""
    goal = await goals.set_goal(viewer, new.text, SessionId(new.session) if new.session else None, use=use)
    response.headers["Location"] = f"/api/goals/{goal.id}"
    return GoalOut.of(goal)


@router.get("/goals", operation_id="listGoals", responses=problems(Invalid))
async def list_goals(
    viewer: Asker,
    use: Use,
    state: Annotated[GoalState | None, Query(description="Only goals in this state.")] = None,
    cursor: After = None,
    limit: Limit = 50,
) -> GoalPage:
    """List one's goals, newest first."""
    found = await goals.own_goals(viewer, state=state, after=_place(cursor), limit=limit, use=use)
    return GoalPage(items=[GoalOut.of(goal) for goal in found.items], next_cursor=_next(found.next))


@router.patch("/goals/{goal}", operation_id="changeGoal", responses=problems(GoalNotFound, Invalid))
async def change_goal(goal: GoalPath, wanted: GoalChangeIn, viewer: Asker, use: Use) -> GoalOut:
    """Put a goal in other words, or mark it as met, dropped, or open again."""
    return GoalOut.of(await goals.change_goal(viewer, GoalId(goal), text=wanted.text, state=wanted.state, use=use))


# --- projects ---------------------------------------------------------------------------------------


@router.post(
    "/projects",
    status_code=201,
    operation_id="addProject",
    openapi_extra=_ONCE,
    responses=_LOCATION | problems(Invalid, *_KEYED),
)
async def add_project(new: ProjectIn, response: Response, viewer: Asker, use: Use) -> ProjectOut:
    """Keep a project. A session can be linked to it, and then tells the AI its notes and links."""
    links = tuple(link.link() for link in new.links)
    project = await projects.add_project(viewer, new.title, new.notes, links, use=use)
    response.headers["Location"] = f"/api/projects/{project.id}"
    return ProjectOut.of(project)


@router.get("/projects", operation_id="listProjects", responses=problems(Invalid))
async def list_projects(viewer: Asker, use: Use, cursor: After = None, limit: Limit = 50) -> ProjectPage:
    """List one's projects, newest first."""
    found = await projects.own_projects(viewer, after=_place(cursor), limit=limit, use=use)
    return ProjectPage(items=[ProjectOut.of(project) for project in found.items], next_cursor=_next(found.next))


@router.get("/projects/{project}", operation_id="getProject", responses=problems(ProjectNotFound))
async def get_project(project: ProjectPath, viewer: Asker, use: Use) -> ProjectOut:
    """Look at one project."""
    return ProjectOut.of(await projects.get_project(viewer, ProjectId(project), use=use))


@router.patch("/projects/{project}", operation_id="changeProject", responses=problems(ProjectNotFound, Invalid))
async def change_project(project: ProjectPath, wanted: ProjectChangeIn, viewer: Asker, use: Use) -> ProjectOut:
    """Change a project. A field that is left out stays."""
    links = None if wanted.links is None else tuple(link.link() for link in wanted.links)
    change = ProjectChange(wanted.title, wanted.notes, links)
    return ProjectOut.of(await projects.change_project(viewer, ProjectId(project), change, use=use))


@router.delete(
    "/projects/{project}", status_code=204, operation_id="removeProject", responses=problems(ProjectNotFound)
)
async def remove_project(project: ProjectPath, viewer: Asker, use: Use) -> None:
    """Throw a project away. Sessions that were linked to it stay."""
    await projects.remove_project(viewer, ProjectId(project), use=use)


def _place(cursor: str | None) -> Cursor | None:
    return read_cursor(cursor) if cursor is not None else None


def _next(cursor: Cursor | None) -> str | None:
    return write_cursor(cursor) if cursor is not None else None
