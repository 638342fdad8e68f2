"""Messages are sent: those of one endpoint and session one after the other, each until it is taken or given up.

1. A message is taken when the answer is 2xx. 410 Gone switches the endpoint off. Redirects are not followed.
2. One that was not taken waits for its next try (domain/webhooks/schedule.py), and all behind it in its session wait
   too. After three days it is given up, kept with its error, and the next one is sent.
3. What was sent is recorded after the answer: who dies in between sends it again, with the same `webhook-id`.
4. An endpoint that failed rests for a while on this node, its other sessions too: it is asked by one of them, not by
   all.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from vivavoce.base.ids import WebhookId
from vivavoce.domain.errors import Invalid, Unavailable, WebhookNotFound
from vivavoce.domain.webhooks.endpoint import Delivery, DeliveryState, Endpoint, EndpointState
from vivavoce.domain.webhooks.schedule import next_try
from vivavoce.domain.webhooks.signing import headers
from vivavoce.services.changes import Change
from vivavoce.services.container import Services
from vivavoce.services.ports import SYSTEM
from vivavoce.services.webhooks.outbox import ALL_QUEUES, hurry, job_key

log = structlog.get_logger()

TRY_S: Final = 15.0  # for one answer
_RUN_S: Final = 45.0  # a run goes on to the next message so long; below a job's deadline with the last try
_LONGEST_REST: Final = timedelta(minutes=5)
_AT_A_TIME: Final = 50
_GONE: Final = 410
_CONTENT: Final = {"content-type": "application/json"}


@dataclass(frozen=True, slots=True)
class _Tried:
    """What one try came to. status: None if there was no answer."""

    status: int | None
    error: str = ""

    @property
    def taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


async def deliver(
    webhook: WebhookId, queue: str, *, use: Services, chance: Callable[[], float] = random.random, try_s: float = TRY_S
) -> None:
    """Send what waits in a queue, in order, until one is not taken or none is left. Safe to repeat.

    try_s: how long an answer may take.
    """
    if queue == ALL_QUEUES:
        await _look_after_all(webhook, use)
        return
    began_ms = use.clock.monotonic_ms()
    while True:
        async with use.store.reading() as tx:
            try:
                endpoint = await tx.webhooks.get(SYSTEM, webhook)
            except WebhookNotFound:
                return
            first = await tx.webhooks.next_waiting(webhook, queue)
        if first is None or endpoint.state is not EndpointState.ACTIVE:
            return
        later = _not_before(first, use)
        if later is None and use.clock.monotonic_ms() - began_ms > _RUN_S * 1000:
            later = use.clock.now()  # others' turn
        if later is not None:
            await _come_back(first, later, use)
            return
        tried = await _try(endpoint, first, try_s, use)
        if not await _record(first, tried, chance(), use):
            return


async def _look_after_all(webhook: WebhookId, use: Services) -> None:
    """Have all queues sent from: the endpoint is active again, or is to be told once more."""
    async with use.store.reading() as tx:
        queues = await tx.webhooks.waiting_queues(webhook)
    for start in range(0, len(queues), _AT_A_TIME):
        async with use.records.change() as change:  # short ones: sessions are stored in between
            for queue in queues[start : start + _AT_A_TIME]:
                await hurry(change.tx, webhook, queue, change.at)


def _not_before(delivery: Delivery, use: Services) -> datetime | None:
    """When the message may be tried; None: now."""
    now = use.clock.now()
    until = max(delivery.due or now, use.records.outbox.resting.get(delivery.webhook, now))
    return until if until > now else None


async def _come_back(delivery: Delivery, at: datetime, use: Services) -> None:
    async with use.records.change() as change:
        await change.tx.jobs.reschedule(job_key(delivery.webhook, delivery.queue), at)


async def _try(endpoint: Endpoint, delivery: Delivery, try_s: float, use: Services) -> _Tried:
    if use.outside.web is None:
        return _Tried(None, "This server does not send requests to others.")
    now, body = use.clock.now(), delivery.body.encode()
    signed = headers(delivery.id, now, body, endpoint.secrets(now))
    try:
        answer = await use.outside.web.post(endpoint.url, body, {**_CONTENT, **signed}, timeout_s=try_s)
    except (Invalid, Unavailable) as error:
        return _Tried(None, str(error))
    if 200 <= answer.status < 300:
        return _Tried(answer.status)
    what = "; redirects are not followed" if 300 <= answer.status < 400 else ""
    return _Tried(answer.status, f"It answered {answer.status}{what}.")


async def _record(delivery: Delivery, tried: _Tried, chance: float, use: Services) -> bool:
    """Write down how a try went. Whether the next message of the queue may be sent now."""
    async with use.records.change() as change:
        now = change.at
        tried_one = replace(
            delivery, attempts=delivery.attempts + 1, status=tried.status, error=tried.error, tried_at=now
        )
        if tried.taken:
            use.records.outbox.resting.pop(delivery.webhook, None)
            done = replace(tried_one, state=DeliveryState.DELIVERED, due=None, delivered_at=now)
            await change.tx.webhooks.save_delivery(done)
            return True
        if tried.status == _GONE:
            await _switch_off(change, delivery, use)
            return False
        due = next_try(delivery.since, now, tried_one.attempts, chance)
        log.info("webhook.not_taken", webhook=delivery.webhook, status=tried.status, attempts=tried_one.attempts)
        if due is None:
            await change.tx.webhooks.save_delivery(replace(tried_one, state=DeliveryState.DEAD, due=None))
            return True
        use.records.outbox.resting[delivery.webhook] = min(due, now + _LONGEST_REST)
        await change.tx.webhooks.save_delivery(replace(tried_one, due=due))
        await change.tx.jobs.reschedule(job_key(delivery.webhook, delivery.queue), due)
        return False


async def _switch_off(change: Change, delivery: Delivery, use: Services) -> None:
    error = "It answered 410: nothing more is wanted there."
    try:
        endpoint = await change.tx.webhooks.lock(SYSTEM, delivery.webhook)
    except WebhookNotFound:
        return
    await change.tx.webhooks.save_delivery(
        replace(delivery, attempts=delivery.attempts + 1, status=_GONE, tried_at=change.at)
    )
    await change.tx.webhooks.bury_waiting(delivery.webhook, error)
    await change.tx.webhooks.save(replace(endpoint, state=EndpointState.OFF, error=error))
    await change.audit(endpoint.community, "webhook.switched_off", endpoint.id)
    use.records.outbox.changed()
