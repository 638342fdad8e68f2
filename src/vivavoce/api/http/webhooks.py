"""Webhooks: a community's admins say who is told what happens, and look whether it arrived."""

from datetime import UTC, datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Response

from vivavoce.api.access import Asker, Use
from vivavoce.api.errors import problems
from vivavoce.api.http.cursors import read_cursor, write_cursor
from vivavoce.api.http.webhooks_shapes import (
    DeliveryOut,
    DeliveryPage,
    ReplayIn,
    ReplayOut,
    WebhookChangeIn,
    WebhookIn,
    WebhookList,
    WebhookOut,
    WebhookSecretOut,
)
from vivavoce.api.idempotency import HEADER, IdempotentRoute
from vivavoce.base.ids import DeliveryId, WebhookId
from vivavoce.domain.errors import Conflict, IdempotencyMismatch, Invalid, NotAllowed, WebhookNotFound
from vivavoce.domain.webhooks.endpoint import DeliveryState, EndpointState
from vivavoce.services.webhooks import endpoints
from vivavoce.services.webhooks.endpoints import Wanted

router = APIRouter(prefix="/api/webhooks", tags=["webhooks"], route_class=IdempotentRoute)

_ONCE: Final = {"parameters": [HEADER]}
_KEYED: Final = (IdempotencyMismatch, Conflict)
_LOCATION: Final[dict[int | str, dict[str, Any]]] = {
    201: {"headers": {"Location": {"description": "Its path.", "schema": {"type": "string"}}}}
}
WebhookPath = Annotated[
    str, Path(description="The webhook's id.", max_length=200, examples=["whk_01k9z0c0v5g2m4q8r1t3w6y9f0"])
]
DeliveryPath = Annotated[
    str, Path(description="The delivery's id.", max_length=200, examples=["msg_01k9z0c0v5g2m4q8r1t3w6y9f1"])
]


@router.post(
    "",
    status_code=201,
    operation_id="addWebhook",
    openapi_extra=_ONCE,
    responses=_LOCATION | problems(NotAllowed, Invalid, *_KEYED),
)
async def add_webhook(new: WebhookIn, response: Response, viewer: Asker, use: Use) -> WebhookSecretOut:
    """Add an address that is told what happens. Its secret is shown in this answer only."""
    wanted = Wanted(new.url, tuple(new.events), new.name, new.content)
    endpoint = await endpoints.add_endpoint(viewer, wanted, use=use)
    response.headers["Location"] = f"/api/webhooks/{endpoint.id}"
    return WebhookSecretOut.of(endpoint)


@router.get("", operation_id="listWebhooks", responses=problems(NotAllowed))
async def list_webhooks(viewer: Asker, use: Use) -> WebhookList:
    """List the community's webhooks, oldest first."""
    return WebhookList(items=[WebhookOut.of(one) for one in await endpoints.list_endpoints(viewer, use=use)])


@router.get("/{id}", operation_id="getWebhook", responses=problems(NotAllowed, WebhookNotFound))
async def get_webhook(id: WebhookPath, viewer: Asker, use: Use) -> WebhookOut:
    """Look at one webhook."""
    return WebhookOut.of(await endpoints.get_endpoint(viewer, WebhookId(id), use=use))


@router.patch("/{id}", operation_id="changeWebhook", responses=problems(NotAllowed, WebhookNotFound, Invalid))
async def change_webhook(id: WebhookPath, changed: WebhookChangeIn, viewer: Asker, use: Use) -> WebhookOut:
    """Change it, pause it, or make it active again: then what was kept meanwhile is sent."""
    wanted = Wanted(
        changed.url,
        None if changed.events is None else tuple(changed.events),
        changed.name,
        changed.content,
        None if changed.state is None else EndpointState(changed.state),
    )
    return WebhookOut.of(await endpoints.change_endpoint(viewer, WebhookId(id), wanted, use=use))


@router.delete("/{id}", status_code=204, operation_id="removeWebhook", responses=problems(NotAllowed, WebhookNotFound))
async def remove_webhook(id: WebhookPath, viewer: Asker, use: Use) -> None:
    """Remove it, with what was to be sent to it."""
    await endpoints.remove_endpoint(viewer, WebhookId(id), use=use)


@router.post(
    "/{id}/rotate",
    operation_id="rotateWebhookSecret",
    openapi_extra=_ONCE,
    responses=problems(NotAllowed, WebhookNotFound, *_KEYED),
)
async def rotate_webhook_secret(id: WebhookPath, viewer: Asker, use: Use) -> WebhookSecretOut:
    """Give it a new secret. For a day messages carry the old signature too."""
    return WebhookSecretOut.of(await endpoints.new_secret(viewer, WebhookId(id), use=use))


@router.post(
    "/{id}/ping",
    status_code=202,
    operation_id="pingWebhook",
    openapi_extra=_ONCE,
    responses=problems(NotAllowed, WebhookNotFound, *_KEYED),
)
async def ping_webhook(id: WebhookPath, viewer: Asker, use: Use) -> DeliveryOut:
    """Send it a test message, `webhook.ping`."""
    return DeliveryOut.of(await endpoints.ping(viewer, WebhookId(id), use=use))


@router.get("/{id}/deliveries", operation_id="listDeliveries", responses=problems(NotAllowed, WebhookNotFound, Invalid))
async def list_deliveries(
    *,
    id: WebhookPath,
    viewer: Asker,
    use: Use,
    state: Annotated[DeliveryState | None, Query(description="Only those in this state.")] = None,
    cursor: Annotated[str | None, Query(max_length=200, description="`next_cursor` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="How many on a page.")] = 50,
) -> DeliveryPage:
    """List what was and is to be sent to it, newest first, and how that went."""
    after = read_cursor(cursor) if cursor is not None else None
    page = await endpoints.list_deliveries(viewer, WebhookId(id), use=use, state=state, after=after, limit=limit)
    next_cursor = write_cursor(page.next) if page.next is not None else None
    return DeliveryPage(items=[DeliveryOut.of(one) for one in page.items], next_cursor=next_cursor)


@router.post(
    "/{id}/deliveries/{delivery}/replay",
    status_code=202,
    operation_id="replayDelivery",
    openapi_extra=_ONCE,
    responses=problems(NotAllowed, WebhookNotFound, *_KEYED),
)
async def replay_delivery(id: WebhookPath, delivery: DeliveryPath, viewer: Asker, use: Use) -> DeliveryOut:
    """Send one message again, whatever became of it. It has the same `webhook-id`."""
    return DeliveryOut.of(await endpoints.replay_one(viewer, WebhookId(id), DeliveryId(delivery), use=use))


@router.post(
    "/{id}/replay",
    status_code=202,
    operation_id="replayWebhook",
    openapi_extra=_ONCE,
    responses=problems(NotAllowed, WebhookNotFound, *_KEYED),
)
async def replay_webhook(id: WebhookPath, wanted: ReplayIn, viewer: Asker, use: Use) -> ReplayOut:
    """Send again what happened since a time and was given up, or all of it."""
    states = [DeliveryState.DEAD, *([DeliveryState.DELIVERED] if wanted.all else [])]
    count = await endpoints.replay_since(viewer, WebhookId(id), _storable(wanted.since), states, use=use)
    return ReplayOut(count=count)


def _storable(at: datetime) -> datetime:
    """The time in UTC; one that has no place there is the earliest or latest there is."""
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return (datetime.min if at.year <= 1 else datetime.max).replace(tzinfo=UTC)
