"""Which requests a browser was tricked into sending, and which came through a borrowed name.

1. In local mode nobody signs in, so the host name must be a loopback one: a page whose own name was made to point at
   127.0.0.1 (DNS rebinding) still sends its own name in `Host`.
2. What changes something, and every WebSocket, must come from our own pages or from no page at all: browsers send
   `Origin` with it, and programs send none. Reading needs no such rule, as other origins cannot see the answer.
Pure; the middleware only carries the decision out.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from vivavoce.api.errors import problem
from vivavoce.api.wiring import LOOPBACK_NAMES, ApiSettings

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_DEFAULT_PORTS: Final = {"http": ":80", "ws": ":80", "https": ":443", "wss": ":443"}


def refusal(scope: Scope, headers: Mapping[str, str], settings: ApiSettings) -> str | None:
    """Why the request is refused, as a sentence; None if it is not."""
    host = headers.get("host", "").lower()
    if not _host_is_ours(host, settings):
        return "This host name is not served here. In local mode, open http://127.0.0.1 or http://localhost."
    origin = headers.get("origin")
    if origin is None or (scope["type"] == "http" and scope["method"] in _SAFE):
        return None
    if origin.lower() in settings.origins or _same(origin.lower(), host):
        return None
    return "This request comes from a page of another origin, which is not allowed to send it."


def _host_is_ours(host: str, settings: ApiSettings) -> bool:
    names = settings.hosts | LOOPBACK_NAMES if settings.local else settings.hosts
    return not names or _without_port(host) in names


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.rpartition(":")[0] if ":" in host else host


def _same(origin: str, host: str) -> bool:
    """By host and port. The scheme may differ: a proxy in front takes TLS off."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    if parts.scheme not in ("http", "https"):
        return False  # also `null`, the origin of sandboxed pages
    default = _DEFAULT_PORTS[parts.scheme]
    return parts.netloc.removesuffix(default) == host.removesuffix(default)


class Guard:
    """Refuses with 403; a WebSocket before it is accepted."""

    def __init__(self, app: ASGIApp, settings: ApiSettings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        why = refusal(scope, Headers(scope=scope), self._settings)
        if why is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await problem(HTTPConnection(scope), 403, why)(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 4403, "reason": "not allowed"})
