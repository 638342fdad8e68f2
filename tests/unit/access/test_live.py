"""Who may open the live WebSocket."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import anyio
import pytest
from tests.unit.access.conftest import Place, running_place
from tests.unit.api.test_webrtc_http import HELLO, OFFER, FakePeer, FakeWebRtc

from vivavoce.domain.people.account import AccountState
from vivavoce.domain.people.viewer import Standing
from vivavoce.services.access.accounts import Changes, change_account


class Socket:
    """A WebSocket of the application, without a network. sent: what it was sent."""

    def __init__(self, place: Place, path: str, query: str = "", **headers: str) -> None:
        self.sent: list[dict[str, Any]] = []
        self.met, self.over = anyio.Event(), anyio.Event()
        self._place = place
        self._into, self._out = anyio.create_memory_object_stream[dict[str, Any]](100)
        self._scope: dict[str, Any] = {
            "type": "websocket",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "scheme": "ws",
            "query_string": query.encode(),
            "headers": [(b"host", b"live.example"), *((k.encode(), v.encode()) for k, v in headers.items())],
            "client": ("192.0.2.1", 1234),
            "server": ("live.example", 80),
            "subprotocols": [],
            "state": {},
        }

    async def send(self, message: dict[str, Any]) -> None:
        self.sent.append(message)
        if self.welcome:
            self.met.set()
        if message["type"] == "websocket.close":
            self.met.set()
            self.over.set()
            await self._into.send({"type": "websocket.disconnect", "code": message["code"]})

    async def run(self) -> None:
        await self._into.send({"type": "websocket.connect"})
        await self._into.send({"type": "websocket.receive", "text": '{"type": "hello", "after": 0}'})
        await self._place.app(self._scope, self._out.receive, self.send)

    @property
    def closed(self) -> int | None:
        return next((one["code"] for one in self.sent if one["type"] == "websocket.close"), None)

    @property
    def welcome(self) -> bool:
        return any('"welcome"' in one.get("text", "") for one in self.sent)


@asynccontextmanager
async def connected(socket: Socket) -> AsyncGenerator[Socket]:
    """While it is connected and was told what it had to be told."""
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(socket.run)
        with anyio.fail_after(5):
            await socket.met.wait()
        yield socket
        tasks.cancel_scope.cancel()


async def a_session(place: Place, client: Any) -> str:
    return (await client.post("/api/sessions", json={"format": "coaching"})).json()["id"]


@pytest.mark.parametrize("query", ["", "token=nonsense", "token=viv_nonsense"])
async def test_nobody_connects_without_being_known(place: Place, query: str) -> None:
    async with await place.signed_in() as ana:
        id = await a_session(place, ana)
    async with connected(Socket(place, f"/api/sessions/{id}/live", query)) as socket:
        assert (socket.closed, socket.welcome) == (4401, False)


async def test_a_cookie_a_key_and_a_room_token_connect(place: Place) -> None:
    async with await place.signed_in() as ana:
        id = await a_session(place, ana)
        key = (await ana.post("/api/keys", json={"name": "CI", "scopes": ["sessions:write"]})).json()["key"]
        token = (await ana.post(f"/api/sessions/{id}/token")).json()["token"]
        path = f"/api/sessions/{id}/live"
        for socket in (
            Socket(place, path, cookie=f"vivavoce={ana.cookies['vivavoce']}"),
            Socket(place, path, authorization=f"Bearer {key}"),
            Socket(place, path, f"token={token}"),
        ):
            async with connected(socket):
                assert socket.welcome


async def test_a_key_for_looking_only_does_not_connect(place: Place) -> None:
    async with await place.signed_in() as ana:
        id = await a_session(place, ana)
        key = (await ana.post("/api/keys", json={"name": "CI", "scopes": ["sessions:read"]})).json()["key"]
    async with connected(Socket(place, f"/api/sessions/{id}/live", authorization=f"Bearer {key}")) as socket:
        assert socket.closed == 4403


async def test_a_room_token_connects_to_its_own_session_only(place: Place) -> None:
    async with await place.signed_in() as ana:
        id, other = await a_session(place, ana), await a_session(place, ana)
        token = (await ana.post(f"/api/sessions/{id}/token")).json()["token"]
    async with connected(Socket(place, f"/api/sessions/{other}/live", f"token={token}")) as socket:
        assert socket.closed == 4403


async def test_a_page_of_another_origin_does_not_connect(place: Place) -> None:
    async with await place.signed_in() as ana:
        id = await a_session(place, ana)
        socket = Socket(
            place,
            f"/api/sessions/{id}/live",
            cookie=f"vivavoce={ana.cookies['vivavoce']}",
            origin="https://evil.example",
        )
    async with connected(socket):
        assert socket.closed == 4403


async def test_somebody_elses_session_is_not_there(place: Place) -> None:
    async with await place.signed_in() as ana, await place.signed_in("ada@one.example", Standing.ADMIN) as ada:
        id = await a_session(place, ana)
        socket = Socket(place, f"/api/sessions/{id}/live", cookie=f"vivavoce={ada.cookies['vivavoce']}")
    async with connected(socket):
        assert socket.closed == 4404


async def test_who_is_disabled_meanwhile_is_disconnected() -> None:
    async with running_place(look_s=0.02) as place, await place.signed_in() as ana:
        admin = (await place.account("ada@one.example", Standing.ADMIN)).viewer
        id = await a_session(place, ana)
        account = (await ana.get("/api/me")).json()["account"]["id"]
        path = f"/api/sessions/{id}/live"
        async with connected(Socket(place, path, cookie=f"vivavoce={ana.cookies['vivavoce']}")) as socket:
            assert socket.welcome
            await change_account(admin, account, Changes(state=AccountState.DISABLED), use=place.use)
            with anyio.fail_after(5):
                await socket.over.wait()
            assert socket.closed == 4401


class Peer(FakePeer):
    """A device by WebRTC that tells when it was welcomed, and when it was closed."""

    def __init__(self) -> None:
        super().__init__([HELLO])
        self.met, self.over = anyio.Event(), anyio.Event()

    def send(self, text: str) -> None:
        super().send(text)
        if '"welcome"' in text:
            self.met.set()

    async def close(self, code: int = 1000, reason: str = "") -> None:
        if self.closed is None:
            await super().close(code, reason)
        self.over.set()


async def test_who_is_disabled_meanwhile_loses_their_webrtc_connection_too() -> None:
    async with running_place(look_s=0.02) as place, await place.signed_in() as ana, anyio.create_task_group() as tasks:
        peer = Peer()
        place.app.state.wiring = replace(place.app.state.wiring, webrtc=FakeWebRtc(peer))
        place.app.state.tasks = tasks
        admin = (await place.account("ada@one.example", Standing.ADMIN)).viewer
        id = await a_session(place, ana)
        account = (await ana.get("/api/me")).json()["account"]["id"]
        assert (await ana.post(f"/api/sessions/{id}/webrtc", json={"sdp": OFFER})).status_code == 200
        with anyio.fail_after(5):
            await peer.met.wait()
            await change_account(admin, account, Changes(state=AccountState.DISABLED), use=place.use)
            await peer.over.wait()
        assert peer.closed == (4401, "you were signed out")


async def test_a_key_that_is_revoked_loses_its_connections() -> None:
    async with running_place(look_s=0.02) as place, await place.signed_in() as ana:
        id = await a_session(place, ana)
        key = (await ana.post("/api/keys", json={"name": "CI"})).json()
        path = f"/api/sessions/{id}/live"
        async with connected(Socket(place, path, authorization=f"Bearer {key['key']}")) as socket:
            assert socket.welcome
            assert (await ana.delete(f"/api/keys/{key['id']}")).status_code == 204
            with anyio.fail_after(5):
                await socket.over.wait()
            assert socket.closed == 4401


async def test_who_is_disabled_meanwhile_reads_no_more_of_an_event_stream() -> None:
    async with running_place(look_s=0.02) as place, await place.signed_in() as ana:
        admin = (await place.account("ada@one.example", Standing.ADMIN)).viewer
        id = await a_session(place, ana)
        account = (await ana.get("/api/me")).json()["account"]["id"]
        async with anyio.create_task_group() as tasks:

            async def read() -> None:
                with anyio.fail_after(5):
                    answer = await ana.get(f"/api/sessions/{id}/events", headers={"Accept": "text/event-stream"})
                assert "session.created" in answer.text

            tasks.start_soon(read)
            await anyio.sleep(0.05)
            await change_account(admin, account, Changes(state=AccountState.DISABLED), use=place.use)
