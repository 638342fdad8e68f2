"""The log over HTTP: pages, waiting, streams."""

import json
from dataclasses import replace

import anyio
import pytest
from starlette.testclient import TestClient
from starlette.types import Message
from tests.unit.api.conftest import client_of
from tests.unit.api.fakes import FakeUseCases

from vivavoce.api.app import build_app
from vivavoce.api.wiring import Wiring
from vivavoce.base.ids import SessionId
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.sessions.events import Noticed
from vivavoce.domain.sessions.session import EndReason
from vivavoce.services.open_session import NewSession
from vivavoce.services.ports import Signal

STREAM = {"accept": "text/event-stream"}


def read_stream(text: str) -> list[dict[str, str]]:
    """The messages of an event stream, comments left out."""
    found: list[dict[str, str]] = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
        if "data" in fields:
            found.append(fields)
    return found


def test_a_page_holds_what_lies_behind_and_says_where_to_go_on(client: TestClient, id: str, use: FakeUseCases) -> None:
    use.tell(SessionId(id), *[Noticed("idle", number) for number in range(5)])
    path = f"/api/sessions/{id}/events"
    page = client.get(path, params={"after": 1, "limit": 3}).json()
    assert [event["seq"] for event in page["items"]] == [2, 3, 4]
    assert page["next_after"] == 4
    assert client.get(path, params={"after": 6}).json() == {"items": [], "next_after": 6}
    first = client.get(path).json()["items"][0]
    assert first == {
        "seq": 1,
        "type": "session.created",
        "at": "2026-03-02T12:00:00Z",
        "format": "coaching",
        "persona": "ada",
        "title": "Coaching with Ada",
    }


def test_the_stream_of_a_session_that_is_over_gives_all_and_ends(
    client: TestClient, id: str, use: FakeUseCases
) -> None:
    client.post(f"/api/sessions/{id}/start")
    client.post(f"/api/sessions/{id}/end")
    answer = client.get(f"/api/sessions/{id}/events", headers=STREAM)
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-store"
    messages = read_stream(answer.text)
    assert [message["id"] for message in messages] == ["1", "2", "3", "4"]
    assert [message["event"] for message in messages] == ["session.created", *["session.phase"] * 3]
    assert json.loads(messages[-1]["data"])["phase"] == "complete"


def test_a_stream_is_resumed_behind_the_last_event_that_arrived(client: TestClient, id: str) -> None:
    client.post(f"/api/sessions/{id}/start")
    client.post(f"/api/sessions/{id}/end")
    path = f"/api/sessions/{id}/events"
    answer = client.get(path, params={"after": 1}, headers=STREAM | {"last-event-id": "3"})
    assert [message["id"] for message in read_stream(answer.text)] == ["4"]
    done = client.get(path, headers=STREAM | {"last-event-id": "4"})
    assert (done.status_code, done.content) == (204, b"")


@pytest.mark.parametrize("last", ["-1", "seven", "1e3", "٣", "9" * 17])
def test_a_last_event_id_that_is_not_ours_is_refused(client: TestClient, id: str, last: str) -> None:
    headers = STREAM | {"last-event-id": last.encode()}
    answer = client.get(f"/api/sessions/{id}/events", headers=headers)  # pyright: ignore[reportArgumentType]
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


class OpenStream:
    """Reads an answer while it goes on, which the usual test client cannot."""

    def __init__(self, parts: Wiring, id: str, query: str = "", accept: str = "text/event-stream") -> None:
        self.status = 0
        self.text = ""
        self.ended = False
        self._more = anyio.Event()
        self._hung_up = anyio.Event()
        self._app = build_app(parts)
        headers = [(b"accept", accept.encode()), (b"host", b"localhost")]
        path = f"/api/sessions/{id}/events"
        self._scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "headers": headers,
            "query_string": query.encode(),
        }

    async def run(self) -> None:
        await self._app(self._scope, self._receive, self._send)

    async def wait_for(self, text: str) -> None:
        with anyio.fail_after(2):
            while text not in self.text:
                more = self._more
                await more.wait()

    def hang_up(self) -> None:
        self._hung_up.set()

    async def _receive(self) -> Message:
        await self._hung_up.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        self.status = message.get("status", self.status)
        self.text += message.get("body", b"").decode()
        self.ended = message["type"] == "http.response.body" and not message.get("more_body", False)
        self._more.set()
        self._more = anyio.Event()


@pytest.fixture
async def ready(use: FakeUseCases) -> SessionId:
    return (await use.open_session(LOCAL, NewSession("coaching"))).id


@pytest.mark.anyio
async def test_a_stream_goes_on_with_what_happens_until_the_session_is_over(
    parts: Wiring, use: FakeUseCases, ready: SessionId
) -> None:
    stream = OpenStream(parts, ready)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(stream.run)
        await stream.wait_for("id: 1\n")
        use.tell(ready, Signal('{"type":"partial"}'), Noticed("idle", 1, "Still there?"))
        await stream.wait_for("id: 2\n")
        await use.end_session_of(ready, EndReason.IDLE)
    assert stream.status == 200
    assert stream.ended
    assert [message.get("id") for message in read_stream(stream.text)] == ["1", "2", "3", "4"]
    assert "partial" not in stream.text


@pytest.mark.anyio
async def test_signals_come_only_when_asked_for_and_without_an_id(
    parts: Wiring, use: FakeUseCases, ready: SessionId
) -> None:
    stream = OpenStream(parts, ready, "signals=1")
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(stream.run)
        await stream.wait_for("id: 1\n")
        use.tell(ready, Signal('{"type":"partial"}'))
        await stream.wait_for("partial")
        stream.hang_up()
    assert read_stream(stream.text)[-1] == {"event": "signal", "data": '{"type":"partial"}'}


@pytest.mark.anyio
async def test_a_silent_stream_is_kept_alive_by_comments(parts: Wiring, ready: SessionId) -> None:
    stream = OpenStream(replace(parts, settings=replace(parts.settings, keepalive_s=0.001)), ready)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(stream.run)
        await stream.wait_for(": keepalive\n\n: keepalive\n\n")
        stream.hang_up()
    assert len(read_stream(stream.text)) == 1


@pytest.mark.anyio
async def test_a_page_that_waits_is_answered_by_the_next_event(
    parts: Wiring, use: FakeUseCases, ready: SessionId
) -> None:
    stream = OpenStream(parts, ready, "after=1&wait=30", "application/json")
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(stream.run)
        await anyio.wait_all_tasks_blocked()
        assert stream.text == ""
        use.tell(ready, Noticed("idle", 1))
    assert [event["seq"] for event in json.loads(stream.text)["items"]] == [2]


def test_a_page_that_waits_in_vain_is_empty(parts: Wiring, id: str) -> None:
    with client_of(parts) as client:
        page = client.get(f"/api/sessions/{id}/events", params={"after": 1, "wait": 0.001})
    assert page.json() == {"items": [], "next_after": 1}
