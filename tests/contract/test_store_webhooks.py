"""What every store promises about webhooks: whose they are, and in which order messages wait."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from tests.contract.samples import ANA, EVE, NOW, a_session, add, later

from vivavoce.base.ids import DeliveryId, NodeId, SessionId, WebhookId
from vivavoce.domain.errors import WebhookNotFound
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.webhooks.endpoint import Delivery, DeliveryState, Endpoint, EndpointState
from vivavoce.services.asking import Cursor
from vivavoce.services.ports import SYSTEM, Job, JobKind, Store

HOOK = WebhookId("whk_1")
ONE = SessionId("ses_1")


def an_endpoint(id: str = "whk_1", *, of: Viewer = ANA, **fields: Any) -> Endpoint:
    made = Endpoint(WebhookId(id), of.community, "https://a.example/hooks", ("session.*",), "whsec_x", NOW)
    return replace(made, **fields)


def a_delivery(id: str, seq: int | None = None, *, at: datetime = NOW, **fields: Any) -> Delivery:
    made = Delivery(DeliveryId(f"msg_{id}"), HOOK, ANA.community, "session.phase", "{}", at, at, due=at)
    if seq is not None:
        made = replace(made, session=ONE, seq=seq)
    return replace(made, **fields)


async def keep(store: Store, *waiting: Delivery, endpoint: Endpoint | None = None) -> None:
    await add(store, a_session())
    async with store.transaction() as tx:
        await tx.webhooks.add(endpoint or an_endpoint())
        await tx.webhooks.put(waiting)


async def test_an_endpoint_and_a_delivery_come_back_as_they_were_kept(store: Store) -> None:
    whole = an_endpoint(
        name="CRM",
        content=True,
        state=EndpointState.PAUSED,
        previous_secret="whsec_y",
        previous_until=later(9),
        error="why",
    )
    sent = a_delivery(
        "1", 4, attempts=3, status=500, error="It answered 500.", tried_at=later(1), since=later(-5), due=later(60)
    )
    await keep(store, sent, endpoint=whole)
    async with store.transaction() as tx:
        assert await tx.webhooks.get(ANA, HOOK) == whole
        assert await tx.webhooks.lock(SYSTEM, HOOK) == whole
        assert await tx.webhooks.of_community(ANA, ANA.community) == [whole]
        assert await tx.webhooks.delivery(ANA, HOOK, sent.id) == sent
        done = replace(sent, state=DeliveryState.DELIVERED, delivered_at=later(3), due=None)
        await tx.webhooks.save_delivery(done)
        assert await tx.webhooks.delivery(SYSTEM, HOOK, sent.id) == done


async def test_another_community_sees_no_endpoint_and_no_delivery(store: Store) -> None:
    await keep(store, a_delivery("1"))
    async with store.transaction() as tx:
        assert await tx.webhooks.of_community(EVE, ANA.community) == []
        assert (await tx.webhooks.page(EVE, HOOK)).items == ()
        for ask in (tx.webhooks.get, tx.webhooks.lock, tx.webhooks.remove):
            with pytest.raises(WebhookNotFound):
                await ask(EVE, HOOK)
        with pytest.raises(WebhookNotFound):
            await tx.webhooks.delivery(EVE, HOOK, DeliveryId("msg_1"))


async def test_messages_wait_in_the_order_of_their_sessions_log(store: Store) -> None:
    await keep(store, a_delivery("c", 10), a_delivery("a", 2), a_delivery("b", 9), a_delivery("other"))
    order: list[str] = []
    async with store.transaction() as tx:
        assert sorted(await tx.webhooks.waiting_queues(HOOK)) == ["msg_other", "ses_1"]
        while (first := await tx.webhooks.next_waiting(HOOK, "ses_1")) is not None:
            order.append(first.id)
            await tx.webhooks.save_delivery(replace(first, state=DeliveryState.DELIVERED))
        assert await tx.webhooks.waiting_queues(HOOK) == ["msg_other"]
    assert order == ["msg_a", "msg_b", "msg_c"]


async def test_what_was_made_since_a_time_waits_again_as_if_never_tried(store: Store) -> None:
    dead: dict[str, Any] = {"state": DeliveryState.DEAD, "attempts": 15, "due": None, "error": "It answered 500."}
    await keep(
        store,
        a_delivery("old", 1, at=later(-60), **dead),
        a_delivery("dead", 2, **dead),
        a_delivery("done", 3, state=DeliveryState.DELIVERED, delivered_at=NOW),
    )
    async with store.transaction() as tx:
        assert await tx.webhooks.replay(HOOK, NOW, [DeliveryState.DEAD], later(99)) == 1
        again = await tx.webhooks.next_waiting(HOOK, "ses_1")
        assert again == a_delivery("dead", 2, since=later(99), due=later(99))


async def test_the_delivery_log_has_pages_without_bodies(store: Store) -> None:
    await keep(store, *[a_delivery(str(n), n, at=later(n), body='{"x":1}') for n in range(5)])
    seen: list[str] = []
    after: Cursor | None = None
    while True:
        async with store.reading() as tx:
            page = await tx.webhooks.page(ANA, HOOK, after=after, limit=2)
        assert all(one.body == "" for one in page.items)
        seen += [one.id for one in page.items]
        after = page.next
        if after is None:
            break
    assert seen == [f"msg_{n}" for n in (4, 3, 2, 1, 0)]
    async with store.reading() as tx:
        assert (await tx.webhooks.page(ANA, HOOK, state=DeliveryState.DEAD)).items == ()


async def test_an_endpoint_that_is_off_keeps_nothing_and_gives_up_what_waits(store: Store) -> None:
    await keep(store, a_delivery("1", 1), a_delivery("2", 2))
    async with store.transaction() as tx:
        await tx.webhooks.save(an_endpoint(state=EndpointState.OFF))
        await tx.webhooks.bury_waiting(HOOK, "gone")
        assert await tx.webhooks.next_waiting(HOOK, "ses_1") is None
        assert (await tx.webhooks.delivery(ANA, HOOK, DeliveryId("msg_2"))).error == "gone"


async def test_what_is_removed_erased_or_old_leaves_nothing(store: Store) -> None:
    await keep(store, a_delivery("1", 1), a_delivery("2"), a_delivery("old", at=later(-60)))
    async with store.transaction() as tx:
        await tx.webhooks.forget_session(ONE)
        await tx.webhooks.forget_before(NOW)
        assert [one.id for one in (await tx.webhooks.page(ANA, HOOK)).items] == ["msg_2"]
        await tx.webhooks.remove(ANA, HOOK)
        assert (await tx.webhooks.page(SYSTEM, HOOK)).items == ()


async def test_a_message_to_an_endpoint_that_is_gone_fails_nothing(store: Store) -> None:
    async with store.transaction() as tx:
        await tx.webhooks.put([a_delivery("1")])
        await tx.webhooks.forget_before(NOW)
        assert (await tx.webhooks.page(SYSTEM, HOOK)).items == ()


# --- jobs: what delivering needs --------------------------------------------------------------------


async def claim(store: Store, *kinds: JobKind) -> list[Job]:
    return await store.claim_jobs(NodeId("here"), later(1), lease_s=60, limit=9, kinds=kinds or tuple(JobKind))


async def test_a_worker_claims_the_kinds_it_serves(store: Store) -> None:
    async with store.transaction() as tx:
        await tx.jobs.enqueue(JobKind.DELIVER, {}, key="deliver", due=NOW)
        await tx.jobs.enqueue(JobKind.IDLE, {}, key="idle", due=later(-1))
    assert await store.next_due([JobKind.DELIVER]) == NOW
    assert [job.key for job in await claim(store, JobKind.DELIVER)] == ["deliver"]
    assert [job.key for job in await claim(store)] == ["idle"]


async def test_who_asks_for_another_run_leaves_a_waiting_job_where_it_is(store: Store) -> None:
    async with store.transaction() as tx:
        await tx.jobs.enqueue(JobKind.DELIVER, {}, key="deliver", due=later(1))
        await tx.jobs.run_again("deliver", later(-9))
    assert await store.next_due() == later(1)
    [job] = await claim(store)
    async with store.transaction() as tx:
        await tx.jobs.run_again("deliver", later(5))
    await store.finish_job(job)
    assert await store.next_due() == later(5)
