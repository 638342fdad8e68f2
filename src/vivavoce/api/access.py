"""Who is asking: found once for each request and each WebSocket, before anything else looks at it.

1. `Authorization: Bearer` (or `?token=`, for what cannot set headers): an API key or a room token. One that is not
   valid is refused, also where nobody would have to be signed in.
2. Else the cookie of a sign-in. One that is over counts as none.
3. Else, in local mode, the one person of this machine.
What changes something and is known by its cookie needs `X-CSRF-Token` too: a page elsewhere can have the cookie sent,
but cannot read the token. Keys are held to their scopes, guests to their session (scopes.py). All that runs for
somebody is confined to their community.
"""

import hashlib
import hmac
from collections.abc import Callable, Coroutine
from typing import Annotated, Any, Final

from fastapi import Depends
from fastapi.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from vivavoce.api.cookies import cookie_of
from vivavoce.api.errors import domain_problem
from vivavoce.api.scopes import NEVER, opens, scope_for
from vivavoce.api.wiring import ApiSettings, Wiring, wiring
from vivavoce.domain.errors import CsrfTokenMissing, DomainError, NotAllowed, NotSignedIn, ScopeMissing
from vivavoce.domain.people.sign_ins import Signed, Way
from vivavoce.domain.people.viewer import LOCAL, Standing, Viewer
from vivavoce.services.access import who
from vivavoce.services.access.entering import Origin
from vivavoce.services.confined import confined
from vivavoce.services.container import Services

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_LOCAL: Final = Signed(None, LOCAL, Way.LOCAL)
_ENTRANCES: Final = ("/api/sign-in", "/api/accounts", "/api/password")
"""Nobody is asked there who they are, so that somebody whose cookie is over can come in again."""


class KnowWho:
    """Leaves a `Signed` in the connection's state, or refuses."""

    def __init__(self, app: ASGIApp, settings: ApiSettings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or not scope["path"].startswith("/api/"):
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        try:
            signed = await self._signed(connection)
            if signed is not None:
                _hold(connection, signed)
        except DomainError as error:
            await _refuse(connection, error)(scope, receive, send)
            return
        scope.setdefault("state", {})["signed"] = signed
        with confined(signed.viewer.community if signed is not None else None):
            await self._app(scope, receive, send)

    async def _signed(self, connection: HTTPConnection) -> Signed | None:
        """Raises NotSignedIn, CsrfTokenMissing, Unavailable."""
        use: Services | None = connection.app.state.services
        if use is not None:
            bearer = _bearer(connection)
            if bearer is not None:
                return await who.by_bearer(bearer, use=use)
            cookie = cookie_of(connection, self._settings)
            signed = await who.by_cookie(cookie, use=use) if cookie is not None else None
            if signed is not None and cookie is not None:
                _check_csrf(connection, cookie)
                return signed
        return _LOCAL if self._settings.local else None


def _bearer(connection: HTTPConnection) -> str | None:
    """Raises NotSignedIn for a scheme that is not known here."""
    given = connection.headers.get("authorization")
    if given is None:
        token = connection.query_params.get("token")
        return token if token and not token.startswith(who.KEY_PREFIX) and _takes_token(connection) else None
    scheme, _, token = given.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotSignedIn("Authorization takes `Bearer` and an API key or a room token.")
    return token.strip()


def _takes_token(connection: HTTPConnection) -> bool:
    """Only what is under a session: elsewhere `token` is something else."""
    return connection.scope["path"].startswith("/api/sessions/")


def csrf_token(cookie: str) -> str:
    """What must come back in `X-CSRF-Token`; whoever has it cannot tell the cookie from it."""
    return hashlib.sha256(f"csrf {cookie}".encode("utf-8", "surrogatepass")).hexdigest()[:43]


def _check_csrf(connection: HTTPConnection, cookie: str) -> None:
    if connection.scope["type"] == "websocket" or connection.scope["method"] in _SAFE:
        return  # every WebSocket must come from a page of ours: guard.py
    if connection.scope["method"] == "POST" and connection.scope["path"].startswith(_ENTRANCES):
        return  # they do nothing for who is signed in
    given = connection.headers.get("x-csrf-token", "")
    if not hmac.compare_digest(given.encode(), csrf_token(cookie).encode()):
        raise CsrfTokenMissing("Send `X-CSRF-Token` as `GET /api/me` gives it.")


def _hold(connection: HTTPConnection, signed: Signed) -> None:
    """Raises ScopeMissing, NotAllowed for what a key's scopes or a guest's session do not open."""
    scope, viewer = connection.scope, signed.viewer
    method, path = scope.get("method", "GET"), scope["path"]
    if viewer.only is not None and not opens(viewer.only, method, path):
        raise NotAllowed("This link or token opens one session and nothing else.")
    if signed.way is not Way.KEY:
        return
    # what is done in a live room is more than looking
    needed = scope_for("POST" if scope["type"] == "websocket" else method, path)
    if needed == NEVER:
        raise ScopeMissing("This is not for API keys: sign in for it.")
    if viewer.scopes is None or needed in viewer.scopes or needed == "":
        return
    raise ScopeMissing(f"This key lacks the scope {needed!r}." if needed else "This needs a key with all rights.")


def _refuse(connection: HTTPConnection, error: DomainError) -> ASGIApp:
    """The refusal as an answer. A WebSocket is accepted first, so that a browser can read the close code."""
    if connection.scope["type"] == "http":
        return domain_problem(connection, error)
    code = 4401 if isinstance(error, NotSignedIn) else 4403 if isinstance(error, NotAllowed) else 1013

    async def close(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close", "code": code, "reason": str(error)[:100]})

    return close


# --- dependencies -----------------------------------------------------------------------------------


def signed_of(connection: HTTPConnection) -> Signed | None:
    """Who is signed in, and how; None: nobody."""
    return connection.scope.get("state", {}).get("signed")


def viewer_of(connection: HTTPConnection) -> Viewer:
    """Who sent this request or opened this WebSocket. Raises NotSignedIn."""
    return _some(signed_of(connection)).viewer


def _some(signed: Signed | None) -> Signed:
    if signed is None:
        raise NotSignedIn("Sign in first: docs/access.md says how.")
    return signed


async def viewer(connection: HTTPConnection) -> Viewer:
    """As a dependency; async because FastAPI sends others to a thread."""
    return viewer_of(connection)


async def signed(connection: HTTPConnection) -> Signed:
    """Raises NotSignedIn."""
    return _some(signed_of(connection))


async def perhaps_signed(connection: HTTPConnection) -> Signed | None:
    return signed_of(connection)


async def origin(connection: HTTPConnection) -> Origin:
    """Where the request comes from."""
    client = connection.client
    return Origin(client.host if client is not None else "", connection.headers.get("user-agent", ""))


_WHO: Final = {
    Standing.GUEST: "everybody",
    Standing.MEMBER: "members",
    Standing.COACH: "coaches, hosts and admins",
    Standing.HOST: "hosts and admins",
    Standing.ADMIN: "admins",
}


def at_least(standing: Standing) -> Callable[[HTTPConnection], Coroutine[Any, Any, Viewer]]:
    """A dependency: the viewer, who has this standing or a higher one. Raises NotSignedIn, NotAllowed."""

    async def high_enough(connection: HTTPConnection) -> Viewer:
        viewer = viewer_of(connection)
        if not viewer.standing.covers(standing) or viewer.only is not None:
            raise NotAllowed(f"This is for {_WHO[standing]} of the community.")
        return viewer

    return high_enough


async def services(connection: HTTPConnection) -> Services:
    """What use cases need, for the routers that call them directly."""
    return connection.app.state.services


Asker = Annotated[Viewer, Depends(viewer)]
SignedIn = Annotated[Signed, Depends(signed)]
PerhapsSignedIn = Annotated[Signed | None, Depends(perhaps_signed)]
From = Annotated[Origin, Depends(origin)]
Admin = Annotated[Viewer, Depends(at_least(Standing.ADMIN))]
Host = Annotated[Viewer, Depends(at_least(Standing.HOST))]
Parts = Annotated[Wiring, Depends(wiring)]
Use = Annotated[Services, Depends(services)]
