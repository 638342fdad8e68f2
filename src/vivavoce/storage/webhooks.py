"""Webhook endpoints and their outbox, as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Executable, Select, bindparam, delete, exists, func, insert, select, true, update

from vivavoce.base.ids import CommunityId, DeliveryId, SessionId, WebhookId
from vivavoce.domain.errors import WebhookNotFound
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.webhooks.endpoint import Delivery, DeliveryState, Endpoint, EndpointState
from vivavoce.services.asking import Asking, Cursor
from vivavoce.services.people.ports import Listing
from vivavoce.storage.own_rows import newest_first, page
from vivavoce.storage.sql import Row, Running, who
from vivavoce.storage.tables.webhooks import deliveries, webhooks
from vivavoce.storage.types import AnyText

_MOST_QUEUES: Final = 10_000


@dataclass(frozen=True, slots=True)
class SqlWebhooks:
    db: Running

    async def add(self, endpoint: Endpoint) -> None:
        await self.db.run(_ADD, _endpoint_row(endpoint))

    async def save(self, endpoint: Endpoint) -> None:
        await self.db.run(_SAVE, {**_endpoint_row(endpoint), "by_id": endpoint.id})

    async def get(self, asking: Asking, id: WebhookId) -> Endpoint:
        return await self._one(_get(type(asking)), {**who(asking), "by_id": id})

    async def lock(self, asking: Asking, id: WebhookId) -> Endpoint:
        return await self._one(_lock(type(asking)), {**who(asking), "by_id": id})

    async def of_community(self, asking: Asking, community: CommunityId) -> list[Endpoint]:
        found = await self.db.run(_of_community(type(asking)), {**who(asking), "of_community": community})
        return [_read_endpoint(row) for row in found.mappings()]

    async def remove(self, asking: Asking, id: WebhookId) -> None:
        await self.get(asking, id)
        await self.db.run(_DROP_DELIVERIES, {"of": id})
        await self.db.run(_REMOVE, {"by_id": id})

    async def put(self, waiting: Sequence[Delivery]) -> None:
        if waiting:
            await self.db.run(_PUT, [_delivery_row(one) for one in waiting])

    async def save_delivery(self, delivery: Delivery) -> None:
        await self.db.run(_SAVE_DELIVERY, {**_delivery_row(delivery), "by_id": delivery.id})

    async def delivery(self, asking: Asking, webhook: WebhookId, id: DeliveryId) -> Delivery:
        values = {**who(asking), "by_id": id, "of": webhook}
        found = (await self.db.run(_delivery(type(asking)), values)).mappings().one_or_none()
        if found is None:
            raise WebhookNotFound("There is no such delivery of this webhook.")
        return _read_delivery(found)

    async def next_waiting(self, webhook: WebhookId, queue: str) -> Delivery | None:
        found = (await self.db.run(_NEXT, {"of": webhook, "in_queue": queue})).mappings().one_or_none()
        return None if found is None else _read_delivery(found)

    async def waiting_queues(self, webhook: WebhookId) -> list[str]:
        return list((await self.db.run(_QUEUES, {"of": webhook})).scalars())

    async def page(
        self,
        asking: Asking,
        webhook: WebhookId,
        *,
        state: DeliveryState | None = None,
        after: Cursor | None = None,
        limit: int = 50,
    ) -> Listing[Delivery]:
        query = _page(type(asking), state is not None, after is not None)
        values = {"of": webhook, **({"in_state": state.value} if state is not None else {})}
        return await page(self.db, query, values, _read_listed, asking=asking, after=after, limit=limit)

    async def replay(self, webhook: WebhookId, since: datetime, states: Sequence[DeliveryState], now: datetime) -> int:
        values = {"of": webhook, "from_at": since, "at": now, "in_states": [state.value for state in states]}
        return (await self.db.run(_REPLAY, values)).rowcount

    async def bury_waiting(self, webhook: WebhookId, error: str) -> None:
        await self.db.run(_BURY, {"of": webhook, "why": error})

    async def forget_session(self, session: SessionId) -> None:
        await self.db.run(_FORGET_SESSION, {"of_session": session})

    async def forget_before(self, at: datetime) -> None:
        await self.db.run(_FORGET, {"before": at})

    async def _one(self, query: Executable, values: Row) -> Endpoint:
        found = (await self.db.run(query, values)).mappings().one_or_none()
        if found is None:
            raise WebhookNotFound("There is no such webhook in your community.")
        return _read_endpoint(found)


# --- rows -------------------------------------------------------------------------------------------


def _endpoint_row(endpoint: Endpoint) -> Row:
    return {
        "id": endpoint.id,
        "community": endpoint.community,
        "name": endpoint.name,
        "url": endpoint.url,
        "events": list(endpoint.events),
        "content": endpoint.content,
        "secret": endpoint.secret,
        "previous_secret": endpoint.previous_secret,
        "previous_until": endpoint.previous_until,
        "state": endpoint.state.value,
        "error": endpoint.error,
        "created_at": endpoint.created_at,
    }


def _read_endpoint(row: Mapping[Any, Any]) -> Endpoint:
    return Endpoint(
        id=WebhookId(row["id"]),
        community=CommunityId(row["community"]),
        url=row["url"],
        events=tuple(row["events"]),
        secret=row["secret"],
        created_at=row["created_at"],
        name=row["name"],
        content=row["content"],
        state=EndpointState(row["state"]),
        previous_secret=row["previous_secret"],
        previous_until=row["previous_until"],
        error=row["error"],
    )


def _delivery_row(delivery: Delivery) -> Row:
    return {
        "id": delivery.id,
        "webhook": delivery.webhook,
        "community": delivery.community,
        "queue": delivery.queue,
        "session": delivery.session,
        "seq": delivery.seq,
        "type": delivery.type,
        "body": delivery.body,
        "state": delivery.state.value,
        "attempts": delivery.attempts,
        "due": delivery.due,
        "status": delivery.status,
        "error": delivery.error,
        "created_at": delivery.created_at,
        "since": delivery.since,
        "tried_at": delivery.tried_at,
        "delivered_at": delivery.delivered_at,
    }


def _read_delivery(row: Mapping[Any, Any]) -> Delivery:
    return _delivery_of(row, row["body"])


def _read_listed(row: Mapping[Any, Any]) -> Delivery:
    return _delivery_of(row, "")


def _delivery_of(row: Mapping[Any, Any], body: str) -> Delivery:
    return Delivery(
        id=DeliveryId(row["id"]),
        webhook=WebhookId(row["webhook"]),
        community=CommunityId(row["community"]),
        type=row["type"],
        body=body,
        created_at=row["created_at"],
        since=row["since"],
        session=SessionId(row["session"]) if row["session"] is not None else None,
        seq=row["seq"],
        state=DeliveryState(row["state"]),
        attempts=row["attempts"],
        due=row["due"],
        status=row["status"],
        error=row["error"],
        tried_at=row["tried_at"],
        delivered_at=row["delivered_at"],
    )


# --- statements, built once -------------------------------------------------------------------------


def _seen(asking: type[Asking], community: ColumnElement[Any]) -> ColumnElement[bool]:
    return community == bindparam("by_community", type_=AnyText()) if asking is Viewer else true()


_OF: Final = deliveries.c.webhook == bindparam("of")
_WAITS: Final = deliveries.c.state == DeliveryState.WAITING.value
_LISTED: Final = tuple(column for column in deliveries.c if column.name != "body")

_ADD = insert(webhooks)
_SAVE = update(webhooks).where(webhooks.c.id == bindparam("by_id"))
_REMOVE = delete(webhooks).where(webhooks.c.id == bindparam("by_id"))
_PUT = insert(deliveries)
_SAVE_DELIVERY = update(deliveries).where(deliveries.c.id == bindparam("by_id"))
_DROP_DELIVERIES = delete(deliveries).where(_OF)
_NEXT = (
    select(deliveries)
    .where(_OF, deliveries.c.queue == bindparam("in_queue"), _WAITS)
    .order_by(deliveries.c.seq, deliveries.c.id)
    .limit(1)
)
_QUEUES = (
    select(deliveries.c.queue)
    .where(_OF, _WAITS)
    .group_by(deliveries.c.queue)
    .order_by(func.min(deliveries.c.created_at))
    .limit(_MOST_QUEUES)
)
_REPLAY = (
    update(deliveries)
    .where(
        _OF,
        deliveries.c.created_at >= bindparam("from_at", type_=deliveries.c.created_at.type),
        deliveries.c.state.in_(bindparam("in_states", expanding=True)),
    )
    .values(
        state=DeliveryState.WAITING.value,
        attempts=0,
        due=bindparam("at", type_=deliveries.c.created_at.type),
        since=bindparam("at", type_=deliveries.c.created_at.type),
        delivered_at=None,
        error="",
    )
)
_BURY = update(deliveries).where(_OF, _WAITS).values(state=DeliveryState.DEAD.value, due=None, error=bindparam("why"))
_FORGET_SESSION = delete(deliveries).where(deliveries.c.session == bindparam("of_session"))
_FORGET = delete(deliveries).where(
    (deliveries.c.created_at < bindparam("before", type_=deliveries.c.created_at.type))
    | ~exists().where(webhooks.c.id == deliveries.c.webhook)
)


@cache
def _get(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    return select(webhooks).where(webhooks.c.id == bindparam("by_id"), _seen(asking, webhooks.c.community))


@cache
def _lock(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    return _get(asking).with_for_update()


@cache
def _of_community(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    theirs = webhooks.c.community == bindparam("of_community")
    query = select(webhooks).where(theirs, _seen(asking, webhooks.c.community))
    return query.order_by(webhooks.c.created_at, webhooks.c.id)


@cache
def _delivery(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    return select(deliveries).where(deliveries.c.id == bindparam("by_id"), _OF, _seen(asking, deliveries.c.community))


@cache
def _page(asking: type[Asking], in_state: bool, after: bool) -> Select[*tuple[Any, ...]]:
    query = select(*_LISTED).where(_OF, _seen(asking, deliveries.c.community))
    if in_state:
        query = query.where(deliveries.c.state == bindparam("in_state"))
    return newest_first(query, deliveries, after=after)
