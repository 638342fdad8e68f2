"""Webhooks to a real receiver on loopback: it answers, fails, redirects, hangs, breaks off, and is away."""

import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import anyio
import pytest
from anyio.abc import ByteStream, SocketAttribute
from standardwebhooks.webhooks import Webhook
from tests.unit.access.conftest import MovedClock
from tests.unit.services.site import running_site

from vivavoce.base.config_outside import OutsideConfig
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.webhooks.endpoint import Delivery, DeliveryState, Endpoint, EndpointState
from vivavoce.outside.web import SafeWeb
from vivavoce.services.container import Outside, Services
from vivavoce.services.webhooks import endpoints
from vivavoce.services.webhooks.deliver import deliver
from vivavoce.services.webhooks.endpoints import Wanted

pytestmark = pytest.mark.integration


@dataclass
class Receiver:
    """answers: what it says next: a status, `hang` or `break`; then 204."""

    port: int = 0
    answers: list[int | str] = field(default_factory=list[int | str])
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list[tuple[dict[str, str], bytes]])

    async def answer(self, stream: ByteStream) -> None:
        async with stream:
            headers, body = await _request(stream)
            self.came.append((headers, body))
            match self.answers.pop(0) if self.answers else 204:
                case "hang":
                    await anyio.sleep(30)
                case "break":
                    return
                case 302:
                    await stream.send(b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")
                case status:
                    await stream.send(f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n".encode())


async def _request(stream: ByteStream) -> tuple[dict[str, str], bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        data += await stream.receive()
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")[1:]
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers["content-length"]):
        body += await stream.receive()
    return headers, body


@asynccontextmanager
async def receiving() -> AsyncGenerator[Receiver]:
    receiver = Receiver()
    async with (
        await anyio.create_tcp_listener(local_host="127.0.0.1") as listener,
        anyio.create_task_group() as tasks,
    ):
        receiver.port = listener.extra(SocketAttribute.local_port)
        tasks.start_soon(listener.serve, receiver.answer)
        yield receiver
        tasks.cancel_scope.cancel()


@dataclass
class Scene:
    use: Services
    clock: MovedClock
    receiver: Receiver
    hook: Endpoint

    async def ping(self) -> Delivery:
        return await endpoints.ping(LOCAL, self.hook.id, use=self.use)

    async def sent(self, ping: Delivery, *, ahead_s: float = 0) -> Delivery:
        """The delivery after one more run, that much later."""
        self.clock.ahead_s += ahead_s
        await deliver(self.hook.id, ping.queue, use=self.use, try_s=1)
        async with self.use.store.reading() as tx:
            return await tx.webhooks.delivery(LOCAL, self.hook.id, ping.id)


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    clock = MovedClock()
    async with receiving() as receiver, running_site(jobs=False, clock=clock) as site:
        web = SafeWeb(OutsideConfig(private_addresses=True, other_ports=True))
        use = replace(site.use, outside=Outside(web=web))
        url = f"http://127.0.0.1:{receiver.port}/hooks?from=vivavoce"
        yield Scene(use, clock, receiver, await endpoints.add_endpoint(LOCAL, Wanted(url), use=use))
        await web.aclose()


async def test_what_arrives_is_verified_by_the_standardwebhooks_library(scene: Scene) -> None:
    ping = await scene.ping()
    assert (await scene.sent(ping)).state is DeliveryState.DELIVERED
    [(headers, body)] = scene.receiver.came
    assert Webhook(scene.hook.secret).verify(body, headers) == json.loads(body)
    assert headers["content-type"] == "application/json"
    assert headers["webhook-id"] == ping.id


@pytest.mark.parametrize(
    ("trouble", "status", "said"),
    [
        (500, 500, "It answered 500."),
        (302, 302, "It answered 302; redirects are not followed."),
        ("break", None, "The connection to this address broke off."),
        ("hang", None, "did not answer within"),
    ],
)
async def test_what_goes_wrong_is_recorded_and_tried_again(
    scene: Scene, trouble: int | str, status: int | None, said: str
) -> None:
    scene.receiver.answers = [trouble]
    ping = await scene.ping()
    failed = await scene.sent(ping)
    assert (failed.state, failed.attempts, failed.status) == (DeliveryState.WAITING, 1, status)
    assert said in failed.error
    assert (await scene.sent(ping)).attempts == 1  # not before its time
    again = await scene.sent(ping, ahead_s=10)
    assert (again.state, again.attempts) == (DeliveryState.DELIVERED, 2)
    assert len({headers["webhook-id"] for headers, _ in scene.receiver.came}) == 1


async def test_a_receiver_that_is_away_is_waited_for(scene: Scene) -> None:
    gone = f"http://127.0.0.1:{scene.receiver.port}/hooks"
    async with receiving() as other:
        port = other.port
    await endpoints.change_endpoint(LOCAL, scene.hook.id, Wanted(f"http://127.0.0.1:{port}/"), use=scene.use)
    ping = await scene.ping()
    assert (await scene.sent(ping)).error == "Nothing answers at this address."
    await endpoints.change_endpoint(LOCAL, scene.hook.id, Wanted(gone), use=scene.use)
    assert (await scene.sent(ping, ahead_s=10)).state is DeliveryState.DELIVERED


async def test_a_receiver_that_wants_no_more_is_switched_off(scene: Scene) -> None:
    scene.receiver.answers = [410]
    assert (await scene.sent(await scene.ping())).state is DeliveryState.DEAD
    assert (await endpoints.get_endpoint(LOCAL, scene.hook.id, use=scene.use)).state is EndpointState.OFF


async def test_a_private_address_is_refused_unless_configured(scene: Scene) -> None:
    careful = SafeWeb(OutsideConfig(other_ports=True))
    use = replace(scene.use, outside=Outside(web=careful))
    failed = await replace(scene, use=use).sent(await scene.ping())
    assert (failed.state, failed.status) == (DeliveryState.WAITING, None)
    assert "private network" in failed.error
    assert scene.receiver.came == []
    await careful.aclose()
