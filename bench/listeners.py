"""How long one event takes to everybody who listens to a session.

    python -m bench.listeners [--listeners 100,1000] [--kinds sse,ws] [--events 20]

The server has the second core, all listeners share one process on the first. `sse`: streams of
GET /api/sessions/{id}/events; `ws`: text-only devices in the live room, each with its heartbeat every 2 s. Every
half-second the host changes who may address the AI, which is one stored event. A time is from the moment the event
carries (`at`: before its transaction begins) to when a listener has read it, on the same machine's clock; the last
listener's reading waits for that of the others, which one process does one after the other.
"""

import argparse
import asyncio
import json
import os
import resource
import sys
import time
import urllib.request
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final, cast

import anyio
import anyio.to_thread
from bench._running import SCRIPTED, Served, cpu_s, load, percentile, prefer, scratch, serving

_CALLER_CORE: Final = 0
_SERVER_CORE: Final = 1
_EVERY_S: Final = 0.5
_AT_ONCE: Final = 20  # connections being made


class Arrivals:
    """When each event came to each listener, in ms after it happened; counted once `begin` was called."""

    def __init__(self) -> None:
        self.ms: dict[int, list[float]] = {}
        self._from_seq: int | None = None

    def begin(self, after: int) -> None:
        self._from_seq = after + 1

    def take(self, event: dict[str, str]) -> None:
        now = time.time()
        seq = int(event["seq"])
        if self._from_seq is not None and seq >= self._from_seq:
            at = datetime.fromisoformat(event["at"]).timestamp()
            self.ms.setdefault(seq, []).append((now - at) * 1000)


class Listener(asyncio.Protocol):
    """One connection, read by hand: a thousand clients of a real library would take longer than the server."""

    def __init__(self, arrivals: Arrivals, ready: Callable[[], None], opening: bytes) -> None:
        self._arrivals = arrivals
        self._ready = ready
        self._opening = opening
        self._waiting = b""
        self.here = False
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's has its methods, not its name
        self.transport.write(self._opening)

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        if not self.here and b"\r\n\r\n" in self._waiting:
            self.here = True
            self._waiting = self._waiting.partition(b"\r\n\r\n")[2]
            self._opened()
            self._ready()
        if self.here:
            self._waiting = self._read(self._waiting)

    def _opened(self) -> None:
        """The server has answered."""

    def _read(self, waiting: bytes) -> bytes:
        """Take what is whole; what is left."""
        *lines, left = waiting.split(b"\n")
        for line in lines:
            if line.startswith(b"data: "):
                self._arrivals.take(json.loads(line[6:]))
        return left


class LiveListener(Listener):
    """A device that only reads, over WebSocket (RFC 6455)."""

    def _opened(self) -> None:
        self.say('{"type": "hello"}')

    def say(self, text: str) -> None:
        """A short text frame; its mask is zero, which the RFC does not forbid and a benchmark may."""
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(bytes([0x81, 0x80 | len(text), 0, 0, 0, 0]) + text.encode())

    def _read(self, waiting: bytes) -> bytes:
        while len(waiting) >= 2:
            length, start = waiting[1], 2
            if length == 126:
                length, start = int.from_bytes(waiting[2:4]), 4
            if len(waiting) < start + length:
                break
            if waiting[0] == 0x81 and b'"seq"' in waiting[start : start + length]:
                message = json.loads(waiting[start : start + length])
                if "seq" in message:
                    self._arrivals.take(message)
            waiting = waiting[start + length :]
        return waiting


def request(kind: str, port: int, session: str) -> bytes:
    if kind == "sse":
        lines = [f"GET /api/sessions/{session}/events?after=0 HTTP/1.1", "Accept: text/event-stream"]
    else:
        lines = [f"GET /api/sessions/{session}/live HTTP/1.1", "Upgrade: websocket", "Connection: Upgrade"]
        lines += ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
    return "\r\n".join([*lines, f"Host: 127.0.0.1:{port}", "", ""]).encode()


@asynccontextmanager
async def audience(served: Served, session: str, kind: str, count: int) -> AsyncGenerator[Arrivals]:
    """`count` listeners that have all been answered."""
    arrivals, listeners = Arrivals(), list[Listener]()
    answering = anyio.Semaphore(_AT_ONCE)
    opening, made = request(kind, served.port, session), Listener if kind == "sse" else LiveListener
    loop = asyncio.get_running_loop()

    def one() -> Listener:
        return made(arrivals, answering.release, opening)

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_beat, listeners)
        with anyio.fail_after(120):
            for _ in range(count):
                await answering.acquire()
                _, listener = await loop.create_connection(one, "127.0.0.1", served.port)
                listeners.append(listener)
            for _ in range(_AT_ONCE):  # the last ones too
                await answering.acquire()
        await anyio.sleep(2)
        yield arrivals
        tasks.cancel_scope.cancel()
    for listener in listeners:
        if listener.transport is not None:
            listener.transport.close()


async def _beat(listeners: list[Listener]) -> None:
    """Each device's ping every 2 s, spread over them."""
    number = 0
    while True:
        await anyio.sleep(0.02)
        number = (number + 1) % 100
        for one in listeners[number::100]:
            if isinstance(one, LiveListener) and one.here:  # before its hello it would be refused
                one.say('{"type": "ping", "id": "b"}')


async def measured(served: Served, kind: str, listeners: int, events: int) -> tuple[Arrivals, float]:
    """What arrived, and the server's CPU per event, ms."""
    session = (await _post(f"{served.url}/api/sessions", {"format": "coaching"}))["id"]
    await _post(f"{served.url}/api/sessions/{session}/messages", {"text": "Good morning."})
    async with audience(served, session, kind, listeners) as arrivals:
        page = await _get(f"{served.url}/api/sessions/{session}/events?limit=1000")
        arrivals.begin(int(page["next_after"]))
        cpu = cpu_s(served.pid)
        for number in range(events):
            address = "nobody" if number % 2 == 0 else "everyone"
            await _post(f"{served.url}/api/sessions/{session}/assistant", {"address": address})
            await anyio.sleep(_EVERY_S)
        cpu_ms = (cpu_s(served.pid) - cpu) * 1000 / events
        await anyio.sleep(1)
        return arrivals, cpu_ms


async def _post(url: str, body: dict[str, str]) -> dict[str, str]:
    asked = urllib.request.Request(url, json.dumps(body).encode(), {"content-type": "application/json"})
    return await anyio.to_thread.run_sync(_read, asked)


async def _get(url: str) -> dict[str, str]:
    return await anyio.to_thread.run_sync(_read, urllib.request.Request(url))


def _read(asked: urllib.request.Request) -> dict[str, str]:
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return json.load(answer)


def main() -> None:
    parser = argparse.ArgumentParser(prog="vivavoce bench listeners", description="One event to many listeners")
    parser.add_argument("--listeners", default="100,1000")
    parser.add_argument("--kinds", default="sse,ws")
    parser.add_argument("--events", type=int, default=20)
    parser.add_argument("--nice", type=int, help="for example -10 (root), on a machine with other work")
    given = parser.parse_args()
    prefer(given.nice)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    os.sched_setaffinity(0, {_CALLER_CORE})
    out = sys.stdout
    out.write(
        "| listeners | kind | events | arrived | p50 / p95 / max, ms | the last listener, p50, ms | server, ms |\n"
    )
    out.write("|---|---|---|---|---|---|---|\n")
    for kind in given.kinds.split(","):
        for listeners in map(int, given.listeners.split(",")):
            with scratch() as data, serving(data, program=(*SCRIPTED, "--instant"), core=_SERVER_CORE) as served:
                arrivals, cpu_ms = anyio.run(
                    measured, served, kind, listeners, given.events, backend_options={"use_uvloop": True}
                )
            every = [ms for one in arrivals.ms.values() for ms in one]
            last = percentile([max(one) for one in arrivals.ms.values()], 50)
            p50, p95 = percentile(every, 50), percentile(every, 95)
            out.write(
                f"| {listeners} | {kind} | {len(arrivals.ms)} | {len(every)}/{listeners * given.events} "
                f"| {p50:.1f} / {p95:.1f} / {max(every):.1f} | {last:.1f} | {cpu_ms:.1f} |\n"
            )
            out.flush()
    out.write(f"\nThe bar: at most 100 ms p95 at 1,000 listeners. {load()}.\n")


if __name__ == "__main__":
    main()
