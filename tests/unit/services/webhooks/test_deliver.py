"""Webhooks: what happens arrives, in order, signed, at least once, until it is taken or given up."""

import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import anyio
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook
from tests.unit.services.site import Site, opened, running_site

from vivavoce.base.ids import NodeId, SessionId, WebhookId
from vivavoce.domain.errors import Conflict, Invalid, NotAllowed, Unavailable, WebhookNotFound
from vivavoce.domain.people.viewer import LOCAL, Standing
from vivavoce.domain.sessions.events import Noticed, TurnHeard, Whispered
from vivavoce.domain.webhooks.endpoint import Delivery, DeliveryState, Endpoint, EndpointState
from vivavoce.domain.webhooks.news import News
from vivavoce.jobs.handlers import handlers
from vivavoce.jobs.worker import Worker, WorkerSettings
from vivavoce.services.container import Outside, Services
from vivavoce.services.end_session import end_session
from vivavoce.services.ports import JobKind
from vivavoce.services.ports_outside import WebAnswer
from vivavoce.services.send_message import send_text
from vivavoce.services.webhooks import endpoints
from vivavoce.services.webhooks.deliver import deliver
from vivavoce.services.webhooks.endpoints import Wanted
from vivavoce.simulator.virtual_time import run_virtually

URL: Final = "https://receiver.example/hooks"
HOUR_S: Final = 3600.0
DAY_S: Final = 24 * HOUR_S

Answers = Callable[[int], int | Exception]


@dataclass
class Sent:
    url: str
    body: bytes
    headers: Mapping[str, str]
    at: datetime

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def told(self) -> dict[str, Any]:
        return json.loads(self.body)

    @property
    def type(self) -> str:
        return self.told["type"]

    @property
    def place(self) -> tuple[str, int]:
        return self.told["data"]["session"], self.told["data"]["seq"]


@dataclass
class Receiver:
    """Implements services.ports.Web: answers as a test says, and takes down what came and what it took."""

    now: Callable[[], datetime]
    answer: Answers = lambda number: 204
    came: list[Sent] = field(default_factory=list[Sent])
    took: list[Sent] = field(default_factory=list[Sent])
    takes_s: float = 0.0

    async def fetch(self, url: str, *, max_bytes: int, timeout_s: float) -> WebAnswer:
        raise Invalid("no pages here")

    async def aclose(self) -> None: ...

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], *, timeout_s: float) -> WebAnswer:
        sent = Sent(url, body, headers, self.now())
        self.came.append(sent)
        said = self.answer(len(self.came) - 1)
        await anyio.sleep(self.takes_s)
        if isinstance(said, Exception):
            raise said
        if 200 <= said < 300:
            self.took.append(sent)
        return WebAnswer(b"", "", said)


@dataclass
class Scene:
    site: Site
    use: Services
    receiver: Receiver
    workers: list[Worker]

    async def endpoint(self, url: str | None = URL, **wanted: Any) -> Endpoint:
        return await endpoints.add_endpoint(LOCAL, Wanted(url, **wanted), use=self.use)

    async def session(self, notices: int = 0) -> SessionId:
        """A session with so many notices in its log besides what opening it records."""
        id = await opened(replace(self.site, use=self.use))
        await self.tell(id, notices)
        return id

    async def tell(self, id: SessionId, notices: int = 1) -> None:
        for number in range(notices):
            async with self.use.records.change() as change:
                await change.record(id, Noticed("time_left", number, "words"))

    async def deliveries(self, id: WebhookId, state: DeliveryState | None = None) -> list[Delivery]:
        return list((await endpoints.list_deliveries(LOCAL, id, use=self.use, state=state, limit=100)).items)

    async def restart(self, answer: Answers) -> None:
        self.receiver.answer = answer


@asynccontextmanager
async def playing(answer: Answers = lambda number: 204) -> AsyncGenerator[Scene]:
    """A node whose webhooks go to a receiver, on the virtual clock."""
    async with running_site(jobs=False) as site, anyio.create_task_group() as tasks:
        receiver = Receiver(site.use.clock.now, answer)
        use = replace(site.use, outside=Outside(web=receiver))
        all_kinds = handlers(use)
        only = {JobKind.DELIVER: all_kinds[JobKind.DELIVER]}
        options = WorkerSettings(look_s=5 * HOUR_S)
        worker = Worker(site.store, only, use.clock, NodeId("here"), settings=options)
        use = replace(use, records=replace(use.records, wake_jobs=worker.wake))
        tasks.start_soon(worker.run)
        yield Scene(site, use, receiver, [worker])
        tasks.cancel_scope.cancel()


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with playing() as made:
        yield made


# --- what is told -----------------------------------------------------------------------------------


async def test_what_happens_in_a_session_is_told_in_order_and_signed(scene: Scene) -> None:
    endpoint = await scene.endpoint()
    id = await scene.session()
    await send_text(LOCAL, id, "I live in Springfield.", use=scene.use)
    await end_session(LOCAL, id, use=scene.use)
    await anyio.sleep(60)
    log = await scene.site.log(id)
    assert [sent.place for sent in scene.receiver.took] == [(id, event.seq) for event in log]
    assert all("Springfield" not in sent.body.decode() for sent in scene.receiver.took)
    for sent in scene.receiver.took:
        now = {**sent.headers, "webhook-timestamp": str(int(datetime.now(UTC).timestamp()))}
        assert sent.headers["webhook-timestamp"] == str(int(sent.at.timestamp()))
        assert Webhook(endpoint.secret).sign(sent.id, sent.at, sent.body.decode()) == now["webhook-signature"]


async def test_what_people_said_goes_along_only_where_it_was_asked_for(scene: Scene) -> None:
    await scene.endpoint(events=("turn.*",), content=True)
    await send_text(LOCAL, await scene.session(), "I live in Springfield.", use=scene.use)
    await anyio.sleep(60)
    [sent] = scene.receiver.took
    assert sent.told["data"]["text"] == "I live in Springfield."


async def test_whispers_are_never_told(scene: Scene) -> None:
    await scene.endpoint(content=True)
    id = await scene.session()
    async with scene.use.records.change() as change:
        seat = (await change.tx.sessions.get(LOCAL, id)).seats[0]
        await change.record(id, Whispered(seat.id, "Cora", "ask about Springfield"))
    await anyio.sleep(60)
    assert "assistant.whispered" not in {sent.type for sent in scene.receiver.took}


async def test_an_endpoint_is_told_what_its_filters_name(scene: Scene) -> None:
    await scene.endpoint(events=("notice",))
    await scene.session(notices=2)
    await anyio.sleep(60)
    assert [sent.type for sent in scene.receiver.took] == ["notice", "notice"]


async def test_what_belongs_to_no_session_is_told_too(scene: Scene) -> None:
    await scene.endpoint(events=("account.*",))
    async with scene.use.records.change() as change:
        await change.tell(LOCAL.community, News.ACCOUNT_DISABLED, {"account": "acc_1"})
        await change.tell(LOCAL.community, News.CREDITS_GRANTED, {"account": "acc_1"})
    await anyio.sleep(60)
    [sent] = scene.receiver.took
    assert sent.told["data"] == {"account": "acc_1"}


async def test_nothing_is_kept_where_there_is_no_endpoint(scene: Scene) -> None:
    await scene.session(notices=3)
    assert await scene.site.store.next_due([JobKind.DELIVER]) is None


async def test_what_was_not_committed_is_not_told(scene: Scene) -> None:
    await scene.endpoint(events=("notice",))
    id = await scene.session()
    with pytest.raises(RuntimeError):
        async with scene.use.records.change() as change:
            await change.record(id, Noticed("time_left", 1))
            raise RuntimeError
    await anyio.sleep(60)
    assert scene.receiver.came == []


# --- failures ---------------------------------------------------------------------------------------


async def test_what_is_not_taken_is_sent_again_under_the_same_id() -> None:
    said: list[int | Exception] = [500, Unavailable("Nothing answers."), 302, 404, 204]
    async with playing(lambda number: said[number]) as scene:
        hook = await scene.endpoint(events=("notice",))
        await scene.session(notices=1)
        await anyio.sleep(DAY_S)
        assert len({sent.id for sent in scene.receiver.came}) == 1
        gaps = [
            (after.at - before.at).total_seconds()
            for before, after in zip(scene.receiver.came, scene.receiver.came[1:], strict=False)
        ]
        assert gaps == pytest.approx([5, 30, 120, 600], rel=0.11)
        [delivery] = await scene.deliveries(hook.id)
        assert (delivery.state, delivery.attempts, delivery.status) == (DeliveryState.DELIVERED, 5, 204)


async def test_a_later_message_waits_for_the_earlier_one_and_other_sessions_go_on() -> None:
    def first_fails(number: int) -> int:
        return 500 if number < 2 else 204

    async with playing(first_fails) as scene:
        await scene.endpoint(events=("notice",))
        one = await scene.session(notices=3)
        await anyio.sleep(DAY_S)
        assert [sent.place[0] for sent in scene.receiver.took] == [one] * 3
        assert [sent.place[1] for sent in scene.receiver.took] == sorted(sent.place[1] for sent in scene.receiver.took)


async def test_after_three_days_a_message_is_given_up_and_the_next_is_sent() -> None:
    async with playing(lambda number: 500) as scene:
        hook = await scene.endpoint(events=("notice",))
        id = await scene.session(notices=2)
        await anyio.sleep(4 * DAY_S)
        dead = await scene.deliveries(hook.id, DeliveryState.DEAD)
        assert [one.seq for one in dead] != []
        assert len(dead) == 2
        by_id = [sent.id for sent in scene.receiver.came]
        assert by_id.count(by_id[0]) >= 14
        assert by_id.count(by_id[-1]) < by_id.count(by_id[0])
        assert dead[0].error == "It answered 500."
        last = max(sent.at for sent in scene.receiver.came)
        assert last - scene.receiver.came[0].at <= timedelta(days=3)
        await scene.restart(lambda number: 204)
        await scene.tell(id)
        await anyio.sleep(HOUR_S)
        assert len(scene.receiver.took) == 1


async def test_an_endpoint_that_answers_410_is_switched_off() -> None:
    async with playing(lambda number: 410) as scene:
        hook = await scene.endpoint(events=("notice",))
        id = await scene.session(notices=3)
        await anyio.sleep(HOUR_S)
        await scene.tell(id)
        await anyio.sleep(DAY_S)
        assert len(scene.receiver.came) == 1
        off = await endpoints.get_endpoint(LOCAL, hook.id, use=scene.use)
        assert (off.state, off.error) == (EndpointState.OFF, "It answered 410: nothing more is wanted there.")
        assert {one.state for one in await scene.deliveries(hook.id)} == {DeliveryState.DEAD}
        await scene.restart(lambda number: 204)
        await endpoints.change_endpoint(LOCAL, hook.id, Wanted(state=EndpointState.ACTIVE), use=scene.use)
        await scene.tell(id)
        await anyio.sleep(HOUR_S)
        assert len(scene.receiver.took) == 1


async def test_an_endpoint_that_hangs_is_asked_by_one_session_and_not_by_all() -> None:
    async with playing(lambda number: Unavailable("It took too long.")) as scene:
        scene.receiver.takes_s = 15
        await scene.endpoint(events=("notice",))
        await scene.session(notices=1)
        await anyio.sleep(16)
        before = len(scene.receiver.came)
        for _ in range(20):
            await scene.session(notices=1)
        await anyio.sleep(2)
        assert len(scene.receiver.came) - before <= 1


async def test_a_failing_endpoint_does_not_slow_what_happens_in_a_session() -> None:
    async with playing(lambda number: Unavailable("It took too long.")) as scene:
        scene.receiver.takes_s = 15
        await scene.endpoint()
        began = anyio.current_time()
        id = await scene.session(notices=20)
        await send_text(LOCAL, id, "Hello.", use=scene.use)
        assert anyio.current_time() - began < 1
        assert await scene.site.facts(id, TurnHeard)


async def test_who_dies_between_sending_and_recording_sends_it_again_with_the_same_id() -> None:
    async with playing() as scene:
        hook = await scene.endpoint(events=("notice",), state=EndpointState.PAUSED)
        await scene.session(notices=1)
        async with scene.use.records.change() as change:
            found = await change.tx.webhooks.get(LOCAL, hook.id)
            await change.tx.webhooks.save(replace(found, state=EndpointState.ACTIVE))
        [waiting] = await scene.deliveries(hook.id)

        async def killed(number: int) -> None:
            with anyio.move_on_after(1):  # in the middle of the answer, when it was already taken
                await deliver(hook.id, waiting.queue, use=scene.use)

        scene.receiver.takes_s = 5
        for number in range(3):
            await killed(number)
        scene.receiver.takes_s = 0
        await deliver(hook.id, waiting.queue, use=scene.use)
        assert len(scene.receiver.came) == 4
        assert len({sent.id for sent in scene.receiver.came}) == 1
        assert len({sent.body for sent in scene.receiver.came}) == 1
        assert [one.state for one in await scene.deliveries(hook.id)] == [DeliveryState.DELIVERED]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    answers=st.lists(st.sampled_from([204, 204, 200, 500, 302, 404, None]), max_size=40),
    told=st.lists(st.tuples(st.integers(0, 2), st.floats(0, 3000)), min_size=1, max_size=12),
)
def test_each_session_arrives_in_order_whatever_fails(answers: list[int | None], told: list[tuple[int, float]]) -> None:
    """Every message arrives at least once, a first time in the order of its session's log."""

    def answer(number: int) -> int | Exception:
        said = answers[number] if number < len(answers) else 204
        return Unavailable("away") if said is None else said

    async def run() -> None:
        async with playing(answer) as scene:
            await scene.endpoint(events=("notice",))
            sessions = [await scene.session() for _ in range(3)]
            for which, pause_s in told:
                await scene.tell(sessions[which])
                await anyio.sleep(pause_s)
            await anyio.sleep(3 * DAY_S)
            for which, id in enumerate(sessions):
                wanted = [event.seq for event in await scene.site.log(id) if isinstance(event.fact, Noticed)]
                arrived = [sent.place[1] for sent in scene.receiver.took if sent.place[0] == id]
                assert list(dict.fromkeys(arrived)) == wanted
                assert len(wanted) == sum(one == which for one, _ in told)

    run_virtually(run)


# --- admins -----------------------------------------------------------------------------------------


async def test_while_an_endpoint_is_paused_what_happens_is_kept_and_sent_afterwards(scene: Scene) -> None:
    hook = await scene.endpoint(events=("notice",))
    await endpoints.change_endpoint(LOCAL, hook.id, Wanted(state=EndpointState.PAUSED), use=scene.use)
    await scene.session(notices=2)
    await anyio.sleep(DAY_S)
    assert scene.receiver.came == []
    await endpoints.change_endpoint(LOCAL, hook.id, Wanted(state=EndpointState.ACTIVE), use=scene.use)
    await anyio.sleep(60)
    assert len(scene.receiver.took) == 2


async def test_a_delivery_is_sent_again_by_hand_under_the_same_id(scene: Scene) -> None:
    hook = await scene.endpoint(events=("notice",))
    await scene.session(notices=2)
    await anyio.sleep(60)
    [_, first] = await scene.deliveries(hook.id)
    await endpoints.replay_one(LOCAL, hook.id, first.id, use=scene.use)
    await anyio.sleep(60)
    assert [sent.id for sent in scene.receiver.took].count(first.id) == 2


async def test_all_since_a_time_are_sent_again_in_order(scene: Scene) -> None:
    hook = await scene.endpoint(events=("notice",))
    await scene.session(notices=1)
    await anyio.sleep(60)
    since = scene.use.clock.now()
    id = await scene.session(notices=3)
    await anyio.sleep(60)
    everything = [DeliveryState.DEAD, DeliveryState.DELIVERED]
    assert await endpoints.replay_since(LOCAL, hook.id, since, [DeliveryState.DEAD], use=scene.use) == 0
    assert await endpoints.replay_since(LOCAL, hook.id, since, everything, use=scene.use) == 3
    await anyio.sleep(60)
    again = scene.receiver.took[4:]
    assert [sent.place[0] for sent in again] == [id] * 3
    assert [sent.id for sent in again] == [sent.id for sent in scene.receiver.took[1:4]]


async def test_what_was_given_up_is_tried_for_three_days_when_sent_again() -> None:
    async with playing(lambda number: 500) as scene:
        hook = await scene.endpoint(events=("notice",))
        await scene.session(notices=1)
        await anyio.sleep(4 * DAY_S)
        [dead] = await scene.deliveries(hook.id, DeliveryState.DEAD)
        before = len(scene.receiver.came)
        await endpoints.replay_one(LOCAL, hook.id, dead.id, use=scene.use)
        await anyio.sleep(HOUR_S)
        assert len(scene.receiver.came) - before >= 4


async def test_a_ping_tests_an_endpoint(scene: Scene) -> None:
    hook = await scene.endpoint(events=("report.ready",))
    ping = await endpoints.ping(LOCAL, hook.id, use=scene.use)
    await anyio.sleep(60)
    [sent] = scene.receiver.took
    assert (sent.id, sent.type, sent.told["data"]) == (ping.id, "webhook.ping", {"webhook": hook.id})


async def test_a_new_secret_signs_together_with_the_old_one_for_a_day(scene: Scene) -> None:
    old = await scene.endpoint(events=("notice",))
    new = await endpoints.new_secret(LOCAL, old.id, use=scene.use)
    assert new.secret != old.secret
    await endpoints.ping(LOCAL, old.id, use=scene.use)
    await anyio.sleep(1.1 * DAY_S)
    await endpoints.ping(LOCAL, old.id, use=scene.use)
    await anyio.sleep(60)
    assert [len(sent.headers["webhook-signature"].split(" ")) for sent in scene.receiver.took] == [2, 1]


async def test_a_removed_endpoint_is_sent_nothing_more(scene: Scene) -> None:
    hook = await scene.endpoint()
    id = await scene.session()
    await endpoints.remove_endpoint(LOCAL, hook.id, use=scene.use)
    await scene.tell(id)
    before = len(scene.receiver.came)
    await anyio.sleep(HOUR_S)
    assert len(scene.receiver.came) == before
    with pytest.raises(WebhookNotFound):
        await endpoints.get_endpoint(LOCAL, hook.id, use=scene.use)


async def test_webhooks_are_for_admins(scene: Scene) -> None:
    hook = await scene.endpoint()
    host = replace(LOCAL, standing=Standing.HOST)
    for ask in (endpoints.get_endpoint, endpoints.remove_endpoint, endpoints.new_secret, endpoints.ping):
        with pytest.raises(NotAllowed):
            await ask(host, hook.id, use=scene.use)
    with pytest.raises(NotAllowed):
        await endpoints.add_endpoint(host, Wanted(url=URL), use=scene.use)
    with pytest.raises(NotAllowed):
        await endpoints.list_endpoints(host, use=scene.use)


async def test_a_community_has_at_most_twenty(scene: Scene) -> None:
    for _ in range(20):
        await scene.endpoint()
    with pytest.raises(Conflict):
        await scene.endpoint()


async def test_a_wrong_address_or_filter_is_refused(scene: Scene) -> None:
    for url in ("ftp://x", None):
        with pytest.raises(Invalid):
            await scene.endpoint(url)
    for events in (("Nope",), ()):
        with pytest.raises(Invalid):
            await scene.endpoint(events=events)
