"""A program's side of the live protocol over WebSocket, for tests."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import anyio
import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

Message = dict[str, Any]


@dataclass(slots=True)
class LiveClient:
    """A connected device. events: stored ones, as they came; voice: the AI's PCM16."""

    socket: ClientConnection
    welcome: Message
    events: list[Message] = field(default_factory=list[Message])
    signals: list[Message] = field(default_factory=list[Message])
    voice: bytearray = field(default_factory=bytearray)

    @property
    def last_seq(self) -> int:
        return self.events[-1]["seq"] if self.events else 0

    async def send(self, **message: object) -> None:
        await self.socket.send(json.dumps(message))

    async def next(self) -> Message | None:
        """The next text message, kept too; None for a binary one. Raises ConnectionClosed."""
        raw = await self.socket.recv()
        if isinstance(raw, bytes):
            self.voice += raw
            return None
        message: Message = json.loads(raw)
        (self.events if "seq" in message else self.signals).append(message)
        return message

    async def until_lost(self) -> None:
        """Read until the connection is gone."""
        with suppress(ConnectionClosed):
            while True:
                await self.next()

    async def until(self, type: str, within_s: float = 30, **fields: object) -> Message:
        """Read until a message of this type with these fields."""
        with anyio.fail_after(within_s):
            while True:
                message = await self.next()
                wanted = {"type": type, **fields}
                if message is not None and all(message.get(name) == value for name, value in wanted.items()):
                    return message


@asynccontextmanager
async def live(ws_url: str, session: str, *, key: str | None = None, **hello: object) -> AsyncGenerator[LiveClient]:
    """A device in the session's room, welcomed. key: of an account; None in local mode."""
    headers = {"Authorization": f"Bearer {key}"} if key is not None else {}
    url = f"{ws_url}/api/sessions/{session}/live"
    async with connect(url, compression=None, max_size=None, additional_headers=headers) as socket:
        await socket.send(json.dumps({"type": "hello", **hello}))
        welcome: Message = json.loads(await socket.recv())
        assert welcome["type"] == "welcome", welcome
        async with anyio.create_task_group() as tasks:
            client = LiveClient(socket, welcome)
            tasks.start_soon(_beat, client, float(welcome["heartbeat_s"]))
            yield client
            tasks.cancel_scope.cancel()


async def _beat(client: LiveClient, every_s: float) -> None:
    with suppress(ConnectionClosed):
        while True:
            await anyio.sleep(every_s)
            await client.send(type="ping", id="beat")


async def new_session(url: str, **fields: object) -> Message:
    async with httpx2.AsyncClient(base_url=url) as http:
        answer = await http.post("/api/sessions", json={"format": "coaching", **fields})
        assert answer.status_code == 201, answer.text
        return answer.json()
