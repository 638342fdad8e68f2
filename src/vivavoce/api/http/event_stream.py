"""Server-Sent Events (WHATWG HTML, 9.2): a session's log as a stream that a browser resumes by itself.

The stream ends when the session is complete or cancelled. A client that connects again after that, having all, is
answered with 204, upon which browsers stop asking.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Final

import anyio
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from vivavoce.domain.sessions.codec import WireTexts
from vivavoce.domain.sessions.events import NAMES, Event
from vivavoce.services.ports import Signal

_RETRY_MS: Final = 1000
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",  # nginx would hold events back
}


def event_text(event: Event, texts: WireTexts) -> str:
    """One stored event as a message of the stream; its `id` is what `Last-Event-ID` brings back."""
    return f"id: {event.seq}\nevent: {NAMES[type(event.fact)]}\ndata: {texts.of(event)}\n\n"


def signal_text(signal: Signal) -> str:
    return f"event: signal\ndata: {signal.text}\n\n"


@dataclass(frozen=True, slots=True)
class Feed:
    """What a stream reads. last: the `seq` at which it is complete, as far as is known now; None: not yet.
    unwelcome: returns once who reads it may do so no longer."""

    follow: Callable[[], AbstractAsyncContextManager[AsyncIterator[Event | Signal]]]
    last: Callable[[], Awaitable[int | None]]
    unwelcome: Callable[[], Awaitable[None]]
    texts: WireTexts
    after: int
    keepalive_s: float


class EventStream(Response):
    """Sends a feed until its session is over or the client is gone."""

    media_type = "text/event-stream"

    def __init__(self, feed: Feed) -> None:
        super().__init__(headers=_HEADERS)
        del self.headers["content-length"]
        self._feed = feed
        self._sent_s = 0.0  # when something was last sent, by the event loop's clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        await _chunk(send, f"retry: {_RETRY_MS}\n\n")
        async with anyio.create_task_group() as tasks:

            async def stop_when_gone() -> None:
                while (await receive())["type"] != "http.disconnect":
                    pass
                tasks.cancel_scope.cancel()

            async def stop_when_unwelcome() -> None:
                await self._feed.unwelcome()
                await send({"type": "http.response.body", "body": b"", "more_body": False})
                tasks.cancel_scope.cancel()

            tasks.start_soon(stop_when_gone)
            tasks.start_soon(stop_when_unwelcome)
            tasks.start_soon(self._keep_alive, send)
            await self._write(send)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            tasks.cancel_scope.cancel()

    async def _write(self, send: Send) -> None:
        feed = self._feed
        seq, last = feed.after, await feed.last()
        if last is not None and seq >= last:
            return
        async with feed.follow() as items:
            async for item in items:
                match item:
                    case Event():
                        await _chunk(send, event_text(item, feed.texts))
                        seq = item.seq
                        if last is None and NAMES[type(item.fact)] in ("session.phase", "report.ready"):
                            last = await feed.last()
                        if last is not None and seq >= last:
                            return
                    case Signal():
                        await _chunk(send, signal_text(item))
                self._sent_s = anyio.current_time()

    async def _keep_alive(self, send: Send) -> None:
        """A comment whenever nothing was sent for a while: proxies close silent connections.

        Sleeps past events rather than being woken by each: a session can have a thousand streams.
        """
        self._sent_s = anyio.current_time()
        while True:
            due_s = self._sent_s + self._feed.keepalive_s
            if anyio.current_time() >= due_s:
                await _chunk(send, ": keepalive\n\n")
                self._sent_s = anyio.current_time()
            else:
                await anyio.sleep_until(due_s)


async def _chunk(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})
