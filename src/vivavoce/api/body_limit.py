"""How long a request's body may be: short for JSON, longer for an upload. Counted while it arrives."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vivavoce.api.errors import problem
from vivavoce.api.wiring import ApiSettings


class BodyLimit:
    """Answers 413 at once to a body that says it is too long, and at the limit to one that does not say."""

    def __init__(self, app: ASGIApp, settings: ApiSettings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        upload = headers.get("content-type", "").lower().startswith("multipart/form-data")
        limit = self._settings.max_upload_bytes if upload else self._settings.max_json_bytes
        why = f"The body is too long: at most {limit} bytes are taken here."
        announced = headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > limit:
            await problem(HTTPConnection(scope), 413, why)(scope, receive, send)
            return
        await self._app(scope, _counted(receive, limit, why), send)


def _counted(receive: Receive, limit: int, why: str) -> Receive:
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise HTTPException(413, why)  # of the kind that FastAPI lets through while it reads a body
        return message

    return counted
