"""Every request gets an id, which log, answer and problem carry, and is measured. Bodies are not looked at."""

import re
from time import perf_counter
from typing import Final

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vivavoce.base import metrics
from vivavoce.base.new_id import new_id

_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_OPEN_ENDED: Final = "text/event-stream"
_SECURITY: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Observe:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _ID.fullmatch(given) else new_id("req")
        scope.setdefault("state", {})["request_id"] = request_id
        with structlog.contextvars.bound_contextvars(request=request_id):
            if scope["type"] == "http":
                await self._measured(scope, receive, send, request_id)
            else:
                await self._app(scope, receive, send)

    async def _measured(self, scope: Scope, receive: Receive, send: Send, request_id: str) -> None:
        begun, status, measured = perf_counter(), 500, True

        async def named(message: Message) -> None:
            nonlocal status, measured
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id
                for name, value in _SECURITY.items():
                    headers.setdefault(name, value)
                measured = not headers.get("content-type", "").startswith(_OPEN_ENDED)
            await send(message)

        try:
            await self._app(scope, receive, named)
        finally:
            if measured:  # a stream lasts as long as its reader likes, which would drown the figures
                method = scope["method"] if scope["method"] in _METHODS else "other"
                labels = {"route": _route(scope), "method": method, "status": f"{status // 100}xx"}
                metrics.http_request_seconds.labels(**labels).observe(perf_counter() - begun)


def _route(scope: Scope) -> str:
    """The path's pattern, so that ids make no labels."""
    return getattr(scope.get("route"), "path", "other")
