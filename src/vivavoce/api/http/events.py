"""A session's event log: by pages, waiting for more, or as a stream."""

from typing import Annotated, Any, Final

import anyio
from fastapi import APIRouter, Header, Query, Request, Response

from vivavoce.api.access import Parts, SignedIn
from vivavoce.api.errors import problems
from vivavoce.api.http.accept import preferred
from vivavoce.api.http.event_shapes import EventPage
from vivavoce.api.http.event_stream import EventStream, Feed
from vivavoce.api.http.parameters import Id
from vivavoce.api.live.welcome import until_unwelcome
from vivavoce.api.wiring import Wiring
from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import Invalid, SessionNotFound
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.codec import WireTexts
from vivavoce.domain.sessions.events import Event
from vivavoce.domain.sessions.session import Phase, Session

router = APIRouter(prefix="/api/sessions", tags=["events"])
_LAST_SEQ: Final = 2**53 - 1  # what JavaScript can count to
_FINAL: Final = frozenset({Phase.COMPLETE, Phase.CANCELLED})
_STREAM: Final = 'retry: 1000\n\nid: 7\nevent: turn.heard\ndata: {"seq":7,"type":"turn.heard","text":"..."}\n\n'
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Events behind `after`: a page as JSON, or a stream that goes on until the session is over.",
        "content": {"text/event-stream": {"schema": {"type": "string"}, "example": _STREAM}},
    },
    204: {"description": "As a stream: the session is over and there is nothing behind `after`."},
}


@router.get(
    "/{id}/events",
    operation_id="readEvents",
    response_model=EventPage,
    responses=_ANSWERS | problems(SessionNotFound, Invalid),
)
async def read_events(
    *,
    id: Id,
    request: Request,
    signed: SignedIn,
    wiring: Parts,
    after: Annotated[int, Query(ge=0, le=_LAST_SEQ, description="The last `seq` that one has.")] = 0,
    limit: Annotated[int, Query(ge=1, le=1000, description="Events on a page.")] = 200,
    wait: Annotated[float, Query(ge=0, le=60, description="Seconds to wait for an event if there is none.")] = 0,
    signals: Annotated[bool, Query(description="In a stream: also what is not stored, as `event: signal`.")] = False,
    last_event_id: Annotated[str | None, Header(description="As browsers send it; it wins over `after`.")] = None,
) -> Response:
    """Read what happened, in order; by `Accept: text/event-stream` also what goes on to happen."""
    viewer = signed.viewer
    session = await wiring.use.get_session(viewer, id)
    if preferred(request.headers.get("accept"), ["application/json", "text/event-stream"]) == "application/json":
        return await _page(wiring, viewer, session, after=after, limit=limit, wait_s=wait)
    after = _resumed(last_event_id) if last_event_id else after
    if session.phase in _FINAL and after >= session.last_seq:
        return Response(status_code=204)
    return EventStream(
        Feed(
            follow=lambda: wiring.use.follow(viewer, id, after, signals=signals),
            last=lambda: _last(wiring, viewer, id),
            unwelcome=lambda: until_unwelcome(signed, request),
            texts=wiring.texts,
            after=after,
            keepalive_s=wiring.settings.keepalive_s,
        )
    )


def _resumed(last_event_id: str) -> int:
    if not (last_event_id.isascii() and last_event_id.isdigit() and len(last_event_id) <= 16):
        raise Invalid("Last-Event-ID is not one of ours: it is the `id` of the last event that was received.")
    return min(int(last_event_id), _LAST_SEQ)


async def _last(wiring: Wiring, viewer: Viewer, id: SessionId) -> int | None:
    """Where the log of a session that is over ends; None while it goes on."""
    session = await wiring.use.get_session(viewer, id)
    return session.last_seq if session.phase in _FINAL else None


async def _page(wiring: Wiring, viewer: Viewer, session: Session, *, after: int, limit: int, wait_s: float) -> Response:
    events = await wiring.use.events_after(viewer, session.id, after, limit)
    if not events and wait_s and session.phase not in _FINAL:
        with anyio.move_on_after(wait_s):
            await _wait_for_one(wiring, viewer, session.id, after)
        events = await wiring.use.events_after(viewer, session.id, after, limit)
    return Response(page_text(events, after, wiring.texts), media_type="application/json")


async def _wait_for_one(wiring: Wiring, viewer: Viewer, id: SessionId, after: int) -> None:
    async with wiring.use.follow(viewer, id, after, signals=False) as items:
        async for _ in items:
            return


def page_text(events: list[Event], after: int, texts: WireTexts) -> str:
    """An `EventPage`, from texts that were made once for all who ask."""
    items = ",".join(texts.of(event) for event in events)
    return f'{{"items":[{items}],"next_after":{events[-1].seq if events else after}}}'
