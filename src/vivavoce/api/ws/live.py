"""The live WebSocket `/api/sessions/{id}/live`, as a plain ASGI application."""

from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send

from vivavoce.api.access import signed_of
from vivavoce.api.http.parameters import is_session_id
from vivavoce.api.live.link import Device
from vivavoce.api.live.welcome import serve_while_welcome
from vivavoce.api.ws.connection import WebSocketConnection
from vivavoce.base.ids import SessionId

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
        await serve_while_welcome(device, signed, SessionId(id), http)
