"""Planned sessions: move them, and have them in a calendar program."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from vivavoce.api.access import Asker, Use
from vivavoce.api.errors import problems
from vivavoce.api.http.parameters import Id
from vivavoce.api.http.shapes import SessionOut, shown
from vivavoce.api.idempotency import HEADER, IdempotentRoute
from vivavoce.domain.errors import (
    Conflict,
    IdempotencyMismatch,
    IllegalTransition,
    Invalid,
    NotAllowed,
    SessionNotFound,
)
from vivavoce.services.container import Services
from vivavoce.services.scheduling import calendars, planning
from vivavoce.services.scheduling.calendars import FeedNotFound, NotPlanned
from vivavoce.services.scheduling.ics import MEDIA_TYPE
from vivavoce.services.scheduling.ports import Feed

router = APIRouter(tags=["scheduling"])  # a feed's address is secret: answers that hold it are not kept
_keyed: Final = APIRouter(route_class=IdempotentRoute)
_ONCE: Final = {"parameters": [HEADER]}
_KEYED: Final = (IdempotencyMismatch, Conflict)
_ICS: Final = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:ses_01k9z0c0v5g2m4q8r1t3w6y9b0@vivavoce\r\n"
    "DTSTART:20260302T090000Z\r\nSUMMARY:Ask for the promotion\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
_CALENDAR: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "iCalendar (RFC 5545).",
        "content": {"text/calendar": {"schema": {"type": "string"}, "example": _ICS}},
    }
}
_FEED: Final[dict[str, Any]] = {"active": True, "since": "2026-03-02T09:00:00Z", "url": None}


class ScheduleIn(BaseModel):
    """When it is to be."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"scheduled_for": "2026-03-02T10:30:00+01:00"}]}
    )

    scheduled_for: AwareDatetime = Field(description="With any offset, more than ten minutes from now; kept in UTC.")


class FeedOut(BaseModel):
    """One's calendar feed."""

    model_config = shown(_FEED)

    active: bool
    since: str | None = Field(description="When its address was made.")
    url: str | None = Field(description="The address, secret; told only when it is made.")

    @classmethod
    def of(cls, feed: Feed | None, url: str | None = None) -> "FeedOut":
        since = feed.created_at.isoformat() if feed is not None else None
        return cls(active=feed is not None, since=since, url=url)


def _base(request: Request, use: Services) -> str:
    return use.config.access.public_url or str(request.base_url).rstrip("/")


@_keyed.post(
    "/api/sessions/{id}/schedule",
    operation_id="rescheduleSession",
    openapi_extra=_ONCE,
    responses=problems(SessionNotFound, NotAllowed, IllegalTransition, Invalid, *_KEYED),
)
async def reschedule(id: Id, wanted: ScheduleIn, viewer: Asker, use: Use) -> SessionOut:
    """Move a session that is still `scheduled` to another time, with its reminders. For who opened it."""
    return SessionOut.of(await planning.reschedule(viewer, id, wanted.scheduled_for, use=use), use.clock.now())


router.include_router(_keyed)


@router.get(
    "/api/sessions/{id}/calendar.ics",
    operation_id="readSessionCalendar",
    response_class=Response,
    responses=_CALENDAR | problems(SessionNotFound, NotPlanned),
)
async def session_calendar(id: Id, request: Request, viewer: Asker, use: Use) -> Response:
    """Put a planned session into a calendar program: an iCalendar file."""
    content = await calendars.session_calendar(viewer, id, _base(request, use), use=use)
    headers = {"Content-Disposition": 'attachment; filename="session.ics"'}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


@router.get("/api/calendar", operation_id="readCalendarFeed", responses=problems())
async def read_feed(viewer: Asker, use: Use) -> FeedOut:
    """See whether one has a calendar feed."""
    return FeedOut.of(await calendars.own_feed(viewer, use=use))


@router.post(
    "/api/calendar",
    operation_id="makeCalendarFeed",
    responses=problems(NotAllowed),
)
async def make_feed(request: Request, viewer: Asker, use: Use) -> FeedOut:
    """Make the address of one's calendar feed, or replace it: the one before opens nothing any more.

    Whoever knows the address reads when one's sessions are and what they are called.
    """
    secret = await calendars.new_feed(viewer, use=use)
    url = f"{_base(request, use)}/api/calendar/{secret}.ics"
    return FeedOut.of(await calendars.own_feed(viewer, use=use), url)


@router.delete("/api/calendar", operation_id="revokeCalendarFeed", responses=problems())
async def revoke_feed(viewer: Asker, use: Use) -> FeedOut:
    """Take the address of one's feed away. Safe to repeat."""
    await calendars.revoke_feed(viewer, use=use)
    return FeedOut.of(None)


@router.get(
    "/api/calendar/{secret}.ics",
    operation_id="readCalendar",
    response_class=Response,
    responses=_CALENDAR | problems(FeedNotFound),
)
async def read_calendar(
    secret: Annotated[str, Path(description="As `POST /api/calendar` gave it.", max_length=100)],
    request: Request,
    use: Use,
) -> Response:
    """What a calendar program asks for: all planned sessions of whose feed it is. Needs no sign-in."""
    content = await calendars.feed_calendar(secret, _base(request, use), use=use)
    return Response(content, media_type=MEDIA_TYPE, headers={"Cache-Control": "private, no-cache"})
