"""The live WebSocket `/api/sessions/{id}/live`, as a plain ASGI application."""

import anyio
from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send

from vivavoce.api.access import signed_of
from vivavoce.api.http.parameters import is_session_id
from vivavoce.api.live.link import Device, serve
from vivavoce.api.wiring import wiring_of
from vivavoce.api.ws.connection import WebSocketConnection
from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import Unavailable
from vivavoce.domain.people.sign_ins import Signed, Way
from vivavoce.services.access import who
from vivavoce.services.container import Services

PATH = "/api/sessions/{id}/live"


class LiveSocket:
    """Accepts everybody, so that a browser can read the close code; who may come in is decided after `hello`."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()  # websocket.connect
        await send({"type": "websocket.accept"})
        id = str(scope["path_params"]["id"])
        if not is_session_id(id):
            await send({"type": "websocket.close", "code": 4404, "reason": "there is no such session"})
            return
        http = HTTPConnection(scope)
        signed = signed_of(http)
        if signed is None:
            await send({"type": "websocket.close", "code": 4401, "reason": "sign in first"})
            return
        connection = WebSocketConnection(receive, send)
        device = Device(
            connection,
            hello_first=True,
            configure=connection.configure,
            wait_drained=connection.wait_drained,
        )
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(_watch, connection, signed, http, tasks.cancel_scope)
            await serve(device, signed.viewer, SessionId(id), wiring_of(http))
            tasks.cancel_scope.cancel()


async def _watch(
    connection: WebSocketConnection, signed: Signed, http: HTTPConnection, scope: anyio.CancelScope
) -> None:
    """Who is signed out or disabled meanwhile is disconnected."""
    use: Services | None = http.app.state.services
    if signed.way is Way.LOCAL or use is None:
        return
    while True:
        await anyio.sleep(wiring_of(http).settings.look.total_seconds())
        if not await _welcome(signed, use):
            await connection.close(4401, "you were signed out")
            scope.cancel()


async def _welcome(signed: Signed, use: Services) -> bool:
    try:
        return await who.still_welcome(signed, use=use)
    except Unavailable:
        return True  # the store will answer another time
