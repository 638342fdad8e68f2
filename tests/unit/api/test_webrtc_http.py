"""WebRTC connections over HTTP."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import anyio
import pytest
from anyio.lowlevel import checkpoint
from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.unit.api.conftest import client_of
from tests.unit.api.fakes import FakeUseCases, wiring

from vivavoce.api.wiring import Wiring
from vivavoce.domain.errors import Invalid, Unavailable
from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.engine.ports import Connection, ConnectionLost, VoiceFrame

OFFER = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n"
HELLO = '{"type":"hello","audio":{}}'


@dataclass(slots=True, eq=False)
class FakePeer:
    """A device that says `says` one after the other, and then nothing."""

    says: list[str]
    name: str = "webrtc"
    sent: list[str] = field(default_factory=list[str])
    closed: tuple[int, str] | None = None
    lost: bool = False

    async def pump(self, *, on_audio: Callable[[AudioFrame], None], on_text: Callable[[str], None]) -> None:
        for text in self.says:
            on_text(text)
            for _ in range(20):
                await checkpoint()
        if self.lost:
            raise ConnectionLost("nothing arrived from the device for 5 s")
        await anyio.sleep_forever()

    def send(self, text: str) -> None:
        self.sent.append(text)

    def play(self, frame: VoiceFrame) -> None: ...

    def flush(self) -> None: ...

    async def close(self, code: int = 1000, reason: str = "") -> None:
        self.closed = (code, reason)


@dataclass(slots=True, eq=False)
class FakeWebRtc:
    peer: FakePeer
    fails: Exception | None = None
    rooms: list[str] = field(default_factory=list[str])

    async def answer(self, offer_sdp: str, *, room: str) -> tuple[str, Connection]:
        if self.fails is not None:
            raise self.fails
        assert offer_sdp == OFFER
        self.rooms.append(room)
        return "v=0 answer", self.peer


@pytest.fixture
def webrtc() -> FakeWebRtc:
    return FakeWebRtc(FakePeer([HELLO]))


@pytest.fixture
def parts(app: FastAPI, use: FakeUseCases, no_pages: Path, webrtc: FakeWebRtc) -> Wiring:
    app.state.wiring = replace(wiring(use, pages=no_pages), webrtc=webrtc)
    return app.state.wiring


def wait_until_done(client: TestClient, done: Callable[[], bool]) -> None:
    """The connection lives on behind the answer: give the server's loop time."""
    assert client.portal is not None

    async def wait() -> None:
        with anyio.fail_after(2):
            while not done():  # noqa: ASYNC110 - fakes tell nobody when they were used
                await anyio.sleep(0.001)

    client.portal.call(wait)


def test_an_offer_is_answered_and_the_connection_lives_on(
    client: TestClient, id: str, webrtc: FakeWebRtc, use: FakeUseCases
) -> None:
    answer = client.post(f"/api/sessions/{id}/webrtc", json={"sdp": OFFER})
    assert (answer.status_code, answer.json()) == (200, {"sdp": "v=0 answer"})
    wait_until_done(client, lambda: len(webrtc.peer.sent) == 3)
    assert [json.loads(text)["type"] for text in webrtc.peer.sent] == ["welcome", "session.created", "session.phase"]
    assert webrtc.rooms == [id]
    assert use.seats[0].connection is webrtc.peer


def test_plain_sdp_is_answered_by_plain_sdp(client: TestClient, id: str) -> None:
    headers = {"content-type": "application/sdp"}
    answer = client.post(f"/api/sessions/{id}/webrtc", content=OFFER, headers=headers)
    assert (answer.text, answer.headers["content-type"]) == ("v=0 answer", "application/sdp")


def test_the_seat_of_the_offer_is_for_a_hello_that_names_none(
    client: TestClient, id: str, webrtc: FakeWebRtc, use: FakeUseCases
) -> None:
    client.post(f"/api/sessions/{id}/webrtc", json={"sdp": OFFER, "seat": "sea_9"})
    wait_until_done(client, lambda: webrtc.peer.closed is not None)
    assert webrtc.peer.closed is not None
    assert webrtc.peer.closed[0] == 4403


def test_a_device_that_is_lost_leaves_the_room(
    client: TestClient, id: str, webrtc: FakeWebRtc, use: FakeUseCases
) -> None:
    webrtc.peer.lost = True
    client.post(f"/api/sessions/{id}/webrtc", json={"sdp": OFFER})
    wait_until_done(client, lambda: webrtc.peer.closed is not None)
    assert webrtc.peer.closed is not None
    assert webrtc.peer.closed[0] == 1006
    assert client.post(f"/api/sessions/{id}/webrtc", json={"sdp": OFFER}).status_code == 200


def test_a_stopping_server_says_so(parts: Wiring, webrtc: FakeWebRtc, id: str) -> None:
    with client_of(parts) as client:
        client.post(f"/api/sessions/{id}/webrtc", json={"sdp": OFFER})
        wait_until_done(client, lambda: len(webrtc.peer.sent) == 3)
    assert webrtc.peer.closed == (1001, "the server is stopping: connect again")


def test_a_fault_in_one_connection_reaches_no_other(
    client: TestClient, id: str, webrtc: FakeWebRtc, use: FakeUseCases
) -> None:
    use.fails["attach"] = ZeroDivisionError("inner workings")
    client.post(f"/api/sessions/{id}/webrtc", json={"sdp": OFFER})
    wait_until_done(client, lambda: webrtc.peer.closed is not None)
    assert webrtc.peer.closed is not None
    assert webrtc.peer.closed[0] == 1011
    assert client.get("/healthz").status_code == 200
    use.fails.clear()
    webrtc.peer.sent.clear()
    client.post(f"/api/sessions/{id}/webrtc", json={"sdp": OFFER})
    wait_until_done(client, lambda: len(webrtc.peer.sent) == 3)


@pytest.mark.parametrize(
    ("fails", "status"), [(Invalid("This is no offer."), 422), (Unavailable("All connections are in use."), 503)]
)
def test_an_offer_that_cannot_be_answered_is_refused(
    client: TestClient, id: str, webrtc: FakeWebRtc, fails: Exception, status: int
) -> None:
    webrtc.fails = fails
    assert client.post(f"/api/sessions/{id}/webrtc", json={"sdp": OFFER}).status_code == status


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{}", "application/json", 422),
        (b"{", "application/json", 422),
        (b"", "application/sdp", 422),
        (b"\xff\xfe", "application/sdp", 422),
        (b"x" * 60_001, "application/sdp", 422),
        (b"v=0", "text/plain", 415),
    ],
)
def test_what_is_no_offer_is_refused(client: TestClient, id: str, content: bytes, kind: str, status: int) -> None:
    answer = client.post(f"/api/sessions/{id}/webrtc", content=content, headers={"content-type": kind})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_session_that_is_over_cannot_be_joined(client: TestClient, id: str) -> None:
    client.post(f"/api/sessions/{id}/start")
    client.post(f"/api/sessions/{id}/end")
    answer = client.post(f"/api/sessions/{id}/webrtc", json={"sdp": OFFER})
    assert (answer.status_code, answer.json()["code"]) == (409, "illegal_transition")
