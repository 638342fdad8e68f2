"""What happens is put into the outbox in the transaction that records it, and sent afterwards (deliver.py).

1. Which endpoints there are is known to each node and read again every few seconds, so that recording costs nothing
   where a community has none. What this node changes it knows at once; another node's endpoint hears of what happens
   here after at most `REFRESH`.
2. One message per endpoint that wants the event, made whole at once: what is sent later, or again, is the same.
3. One job per endpoint and session sends them one after the other. It is woken after the messages are there, so that
   none is overlooked (`Jobs.run_again`).
4. Which endpoints fail right now is kept here too, per node: the others' messages do not wait for theirs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from vivavoce.base.ids import CommunityId, DeliveryId, SessionId, WebhookId
from vivavoce.base.new_id import new_id
from vivavoce.domain.sessions.events import NAMES, Event
from vivavoce.domain.webhooks.endpoint import Delivery, Endpoint, EndpointState
from vivavoce.domain.webhooks.news import News
from vivavoce.domain.webhooks.payload import NEVER, body, payload
from vivavoce.services.asking import SYSTEM
from vivavoce.services.ports import JobKind, Transaction

REFRESH: Final = timedelta(seconds=10)
ALL_QUEUES: Final = "*"
_MOST_KNOWN: Final = 10_000  # sessions and communities that are kept in mind


@dataclass(frozen=True, slots=True)
class _Known:
    endpoints: tuple[Endpoint, ...]
    at: datetime


@dataclass(slots=True)
class Outbox:
    """One per node. resting: endpoints that failed a moment ago, and until when nothing is sent to them."""

    resting: dict[WebhookId, datetime] = field(default_factory=dict[WebhookId, datetime])
    _endpoints: dict[CommunityId, _Known] = field(default_factory=dict[CommunityId, _Known])
    _communities: dict[SessionId, CommunityId] = field(default_factory=dict[SessionId, CommunityId])

    def changed(self) -> None:
        """An endpoint was added, changed or removed: they are read again."""
        self._endpoints.clear()

    async def put_events(self, tx: Transaction, session: SessionId, events: Sequence[Event], at: datetime) -> None:
        """Have the endpoints that want these events of one session told of them."""
        wanted = [event for event in events if not isinstance(event.fact, NEVER)]
        if not wanted:
            return
        for endpoint in await self._known(tx, await self._community(tx, session), at):
            waiting = [_of_event(endpoint, event, at) for event in wanted if endpoint.wants(NAMES[type(event.fact)])]
            await put(tx, endpoint, waiting, at)

    async def put_other(
        self, tx: Transaction, community: CommunityId, type: News, data: Mapping[str, object], at: datetime
    ) -> None:
        """Tell a community's endpoints of something that stands in no session's log. data: JSON, nobody's words."""
        for endpoint in await self._known(tx, community, at):
            if endpoint.wants(type):
                await put(tx, endpoint, [message(endpoint, type, data, at)], at)

    async def _known(self, tx: Transaction, community: CommunityId, at: datetime) -> tuple[Endpoint, ...]:
        """The community's endpoints that something is kept for."""
        known = self._endpoints.get(community)
        if known is None or abs(at - known.at) > REFRESH:
            if len(self._endpoints) >= _MOST_KNOWN:
                self._endpoints.clear()
            found = await tx.webhooks.of_community(SYSTEM, community)
            known = self._endpoints[community] = _Known(tuple(one for one in found if one.keeps), at)
        return known.endpoints

    async def _community(self, tx: Transaction, session: SessionId) -> CommunityId:
        """It never changes."""
        found = self._communities.get(session)
        if found is None:
            if len(self._communities) >= _MOST_KNOWN:
                self._communities.clear()
            found = self._communities[session] = (await tx.sessions.get(SYSTEM, session)).community
        return found


async def put(tx: Transaction, endpoint: Endpoint, waiting: Sequence[Delivery], at: datetime) -> None:
    """Keep messages of one queue, and have them sent, unless the endpoint is paused."""
    if not waiting:
        return
    await tx.webhooks.put(waiting)
    if endpoint.state is EndpointState.ACTIVE:
        await wake(tx, endpoint.id, waiting[0].queue, at)


async def wake(tx: Transaction, webhook: WebhookId, queue: str, at: datetime) -> None:
    """Have a queue sent from. One that waits for its next try goes on waiting."""
    key = job_key(webhook, queue)
    await tx.jobs.run_again(key, at)  # first, or a run that ends just now would leave the new message lying
    await tx.jobs.enqueue(JobKind.DELIVER, {"webhook": webhook, "queue": queue}, key=key, due=at)


async def hurry(tx: Transaction, webhook: WebhookId, queue: str, at: datetime) -> None:
    """Have a queue looked after now, also if it waits for its next try. `ALL_QUEUES`: each in which something waits."""
    key = job_key(webhook, queue)
    await tx.jobs.reschedule(key, at)
    await tx.jobs.enqueue(JobKind.DELIVER, {"webhook": webhook, "queue": queue}, key=key, due=at)


def job_key(webhook: WebhookId, queue: str) -> str:
    return f"{JobKind.DELIVER}:{webhook}:{queue}"


def message(endpoint: Endpoint, type: News, data: Mapping[str, object], at: datetime) -> Delivery:
    """A message that belongs to no session."""
    return Delivery(
        DeliveryId(new_id("msg")), endpoint.id, endpoint.community, type, body(type, at, data), at, at, due=at
    )


def _of_event(endpoint: Endpoint, event: Event, at: datetime) -> Delivery:
    return Delivery(
        id=DeliveryId(new_id("msg")),
        webhook=endpoint.id,
        community=endpoint.community,
        type=NAMES[type(event.fact)],
        body=payload(event, content=endpoint.content),
        created_at=at,
        since=at,
        session=event.session,
        seq=event.seq,
        due=at,
    )
