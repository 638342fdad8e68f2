"""Questions to the AI and its answers: of a session, of a person, and whether they helped."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query

from vivavoce.api.access import Asker, Use
from vivavoce.api.errors import problems
from vivavoce.api.http.cursors import read_cursor, write_cursor
from vivavoce.api.http.exchange_shapes import ExchangeLogOut, ExchangeLogPage, RatingIn, RatingOut
from vivavoce.api.http.parameters import Id
from vivavoce.api.idempotency import HEADER, IdempotentRoute
from vivavoce.base.ids import ReplyId
from vivavoce.domain.errors import Conflict, IdempotencyMismatch, Invalid, MediaNotFound, NotAllowed, SessionNotFound
from vivavoce.services.exchanges import log

router = APIRouter(prefix="/api", tags=["exchanges"], route_class=IdempotentRoute)
_ONCE: Final = {"parameters": [HEADER]}


@router.get("/sessions/{id}/exchanges", operation_id="listExchanges", responses=problems(SessionNotFound))
async def list_exchanges(id: Id, viewer: Asker, use: Use) -> ExchangeLogPage:
    """List what was asked and answered in a session, in order."""
    found = await log.exchanges_of(viewer, id, use=use)
    return ExchangeLogPage(items=[ExchangeLogOut.of(each) for each in found], next_cursor=None)


@router.get("/exchanges", operation_id="listOwnExchanges", responses=problems(Invalid))
async def list_own_exchanges(
    viewer: Asker,
    use: Use,
    cursor: Annotated[str | None, Query(description="`next_cursor` of the page before.", max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="About so many on a page: it ends with a session.")] = 50,
) -> ExchangeLogPage:
    """List what one asked the AI in all one's sessions, those of the newest session first."""
    after = read_cursor(cursor) if cursor is not None else None
    found = await log.own_exchanges(viewer, after=after, limit=limit, use=use)
    return ExchangeLogPage(
        items=[ExchangeLogOut.of(each) for each in found.items],
        next_cursor=write_cursor(found.next) if found.next is not None else None,
    )


@router.post(
    "/sessions/{id}/exchanges/{reply}/rating",
    operation_id="rateReply",
    openapi_extra=_ONCE,
    responses=problems(SessionNotFound, MediaNotFound, NotAllowed, Invalid, IdempotencyMismatch, Conflict),
)
async def rate_reply(
    id: Id,
    reply: Annotated[str, Path(description="The reply's id.", pattern=r"^[A-Za-z0-9_.-]{1,64}$")],
    said: RatingIn,
    viewer: Asker,
    use: Use,
) -> RatingOut:
    """Say whether a reply was helpful. The last word counts."""
    await log.rate_reply(viewer, id, ReplyId(reply), helpful=said.helpful, text=said.text, use=use)
    return RatingOut(reply=reply, helpful=said.helpful)
