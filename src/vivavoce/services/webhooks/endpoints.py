"""A community's admins make, change and look after its webhook endpoints."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from vivavoce.base.ids import DeliveryId, WebhookId
from vivavoce.base.new_id import new_id
from vivavoce.domain.errors import Conflict, Invalid, NotAllowed
from vivavoce.domain.people.viewer import Standing, Viewer
from vivavoce.domain.webhooks.endpoint import (
    LONGEST_NAME,
    MOST_ENDPOINTS,
    Delivery,
    DeliveryState,
    Endpoint,
    EndpointState,
    checked_events,
    checked_url,
)
from vivavoce.domain.webhooks.news import News, check_known
from vivavoce.domain.webhooks.signing import SECRET_BYTES, secret_of
from vivavoce.services.asking import Cursor
from vivavoce.services.container import Services
from vivavoce.services.people.ports import Listing
from vivavoce.services.webhooks.outbox import ALL_QUEUES, hurry, message, put

OLD_SECRET_SIGNS: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an endpoint is to be; None: as it is, or as it usually is."""

    url: str | None = None
    events: tuple[str, ...] | None = None
    name: str | None = None
    content: bool | None = None
    state: EndpointState | None = None


async def add_endpoint(viewer: Viewer, wanted: Wanted, *, use: Services) -> Endpoint:
    """A new endpoint with a secret of its own. Raises NotAllowed, Invalid, Conflict where there are too many."""
    _require_admin(viewer)
    async with use.records.change() as change:
        if len(await change.tx.webhooks.of_community(viewer, viewer.community)) >= MOST_ENDPOINTS:
            raise Conflict(f"A community has at most {MOST_ENDPOINTS} webhooks. Remove one first.")
        bare = Endpoint(WebhookId(new_id("whk")), viewer.community, "", ("*",), _new_secret(), change.at)
        made = _changed(bare, wanted)
        checked_url(made.url)
        await change.tx.webhooks.add(made)
        await change.audit(viewer, "webhook.added", made.id)
    use.records.outbox.changed()
    return made


async def list_endpoints(viewer: Viewer, *, use: Services) -> list[Endpoint]:
    """The community's, oldest first. Raises NotAllowed."""
    _require_admin(viewer)
    async with use.store.reading() as tx:
        return await tx.webhooks.of_community(viewer, viewer.community)


async def get_endpoint(viewer: Viewer, id: WebhookId, *, use: Services) -> Endpoint:
    """Raises NotAllowed, WebhookNotFound."""
    _require_admin(viewer)
    async with use.store.reading() as tx:
        return await tx.webhooks.get(viewer, id)


async def change_endpoint(viewer: Viewer, id: WebhookId, wanted: Wanted, *, use: Services) -> Endpoint:
    """The endpoint as wanted; made active, it is sent what waits. Raises NotAllowed, WebhookNotFound, Invalid."""
    _require_admin(viewer)
    if wanted.state is EndpointState.OFF:
        raise Invalid("A webhook is made active or paused. Only an answer of 410 switches it off.")
    async with use.records.change() as change:
        before = await change.tx.webhooks.lock(viewer, id)
        after = _changed(before, wanted)
        await change.tx.webhooks.save(after)
        await change.audit(viewer, "webhook.changed", id)
        if after.state is EndpointState.ACTIVE:
            use.records.outbox.resting.pop(id, None)
            await hurry(change.tx, id, ALL_QUEUES, change.at)
    use.records.outbox.changed()
    return after


async def remove_endpoint(viewer: Viewer, id: WebhookId, *, use: Services) -> None:
    """The endpoint is gone, and what was to be sent to it. Raises NotAllowed, WebhookNotFound."""
    _require_admin(viewer)
    async with use.records.change() as change:
        await change.tx.webhooks.remove(viewer, id)
        await change.audit(viewer, "webhook.removed", id)
    use.records.outbox.changed()


async def new_secret(viewer: Viewer, id: WebhookId, *, use: Services) -> Endpoint:
    """The endpoint with a new secret; the old one signs too, for a day. Raises NotAllowed, WebhookNotFound."""
    _require_admin(viewer)
    async with use.records.change() as change:
        before = await change.tx.webhooks.lock(viewer, id)
        after = replace(
            before,
            secret=_new_secret(),
            previous_secret=before.secret,
            previous_until=change.at + OLD_SECRET_SIGNS,
        )
        await change.tx.webhooks.save(after)
        await change.audit(viewer, "webhook.secret_changed", id)
    use.records.outbox.changed()
    return after


async def ping(viewer: Viewer, id: WebhookId, *, use: Services) -> Delivery:
    """A test message, on its way. Raises NotAllowed, WebhookNotFound, Conflict for one that is not active."""
    _require_admin(viewer)
    async with use.records.change() as change:
        endpoint = await change.tx.webhooks.get(viewer, id)
        _require_active(endpoint)
        use.records.outbox.resting.pop(id, None)
        sent = message(endpoint, News.PING, {"webhook": id}, change.at)
        await put(change.tx, endpoint, [sent], change.at)
    return sent


# --- deliveries -------------------------------------------------------------------------------------


async def list_deliveries(
    viewer: Viewer,
    id: WebhookId,
    *,
    use: Services,
    state: DeliveryState | None = None,
    after: Cursor | None = None,
    limit: int = 50,
) -> Listing[Delivery]:
    """What was and is to be sent, newest first, without bodies. limit: 1 to 100. Raises NotAllowed, WebhookNotFound."""
    _require_admin(viewer)
    async with use.store.reading() as tx:
        await tx.webhooks.get(viewer, id)
        return await tx.webhooks.page(viewer, id, state=state, after=after, limit=limit)


async def replay_one(viewer: Viewer, id: WebhookId, delivery: DeliveryId, *, use: Services) -> Delivery:
    """The delivery, to be sent again under the same `webhook-id`. Raises NotAllowed, WebhookNotFound, Conflict."""
    _require_admin(viewer)
    async with use.records.change() as change:
        _require_active(await change.tx.webhooks.get(viewer, id))
        found = await change.tx.webhooks.delivery(viewer, id, delivery)
        again = replace(
            found,
            state=DeliveryState.WAITING,
            attempts=0,
            due=change.at,
            since=change.at,
            delivered_at=None,
            error="",
        )
        await change.tx.webhooks.save_delivery(again)
        await hurry(change.tx, id, found.queue, change.at)
        use.records.outbox.resting.pop(id, None)
    return again


async def replay_since(
    viewer: Viewer, id: WebhookId, since: datetime, states: Sequence[DeliveryState], *, use: Services
) -> int:
    """Send again what was to be told since then and is in one of these states; how many. In order, as ever.

    Raises NotAllowed, WebhookNotFound, Conflict.
    """
    _require_admin(viewer)
    async with use.records.change() as change:
        _require_active(await change.tx.webhooks.get(viewer, id))
        count = await change.tx.webhooks.replay(id, since, states, change.at)
        use.records.outbox.resting.pop(id, None)
        await hurry(change.tx, id, ALL_QUEUES, change.at)
    return count


def _changed(endpoint: Endpoint, wanted: Wanted) -> Endpoint:
    """Raises Invalid."""
    name = endpoint.name if wanted.name is None else " ".join(wanted.name.split())
    if len(name) > LONGEST_NAME:
        raise Invalid(f"A name has at most {LONGEST_NAME} characters.")
    state = wanted.state or endpoint.state
    return replace(
        endpoint,
        name=name,
        url=endpoint.url if wanted.url is None else checked_url(wanted.url),
        events=endpoint.events if wanted.events is None else check_known(checked_events(wanted.events)),
        content=endpoint.content if wanted.content is None else wanted.content,
        state=state,
        error=endpoint.error if state is EndpointState.OFF else "",
    )


def _new_secret() -> str:
    return secret_of(os.urandom(SECRET_BYTES))


def _require_admin(viewer: Viewer) -> None:
    if viewer.standing is not Standing.ADMIN:
        raise NotAllowed("Webhooks are for the admins of a community.")


def _require_active(endpoint: Endpoint) -> None:
    if endpoint.state is not EndpointState.ACTIVE:
        raise Conflict(f"This webhook is {endpoint.state}: make it active first.")
