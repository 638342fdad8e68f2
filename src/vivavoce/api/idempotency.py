"""`Idempotency-Key`: the same request sent again has the effect and the answer of the first.

1. The key is one person's; what it stands for is the method, the path and the body.
2. A first request is run, and its answer kept if it succeeded. Sent again, the kept answer is given, with the
   header `Idempotency-Replayed: true`.
3. The key with another request is a mismatch; while the first still runs it is a conflict.
4. A request that failed leaves nothing behind: its key may be used again.
"""

import hashlib
import json
import re
from collections.abc import Callable, Coroutine
from typing import Any, Final

import anyio
from fastapi import Request, Response
from fastapi.routing import APIRoute

from vivavoce.api.access import viewer_of
from vivavoce.api.wiring import Wiring, wiring_of
from vivavoce.domain.errors import Invalid
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.ports import StoredAnswer

_KEY: Final = re.compile(r"[\x21-\x7e]{1,255}")
_Answer = Callable[[Request], Coroutine[Any, Any, Response]]

HEADER: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Makes it safe to send this request again: 1 to 255 visible ASCII characters, new for each intent.",
    "schema": {"type": "string", "pattern": "^[\\x21-\\x7e]{1,255}$"},
    "example": "9f2b7c1e-promotion",
}


class IdempotentRoute(APIRoute):
    """A route that honours the key. Its answers must be whole in memory, not streamed."""

    def get_route_handler(self) -> _Answer:
        answer = super().get_route_handler()

        async def once(request: Request) -> Response:
            key = request.headers.get("idempotency-key")
            if key is None:
                return await answer(request)
            if _KEY.fullmatch(key) is None:
                raise Invalid("Idempotency-Key takes 1 to 255 visible ASCII characters.")
            return await _once(request, key, answer)

        return once


def fingerprint(method: str, path: str, content_type: str, body: bytes) -> str:
    """Tells requests apart. The separator of a multipart body is chosen anew by each client and does not count."""
    boundary = re.search(r'boundary="?([^";,]+)', content_type)
    if boundary is not None:
        body = body.replace(boundary[1].encode("latin-1"), b"")
    return hashlib.sha256(b"\n".join([method.encode(), path.encode(), body])).hexdigest()


async def _once(request: Request, key: str, answer: _Answer) -> Response:
    wiring, viewer = wiring_of(request), viewer_of(request)
    content_type = request.headers.get("content-type", "")
    mark = fingerprint(request.method, request.url.path, content_type, await request.body())
    async with wiring.store.transaction() as tx:
        known = await tx.idempotency.begin(viewer, key, mark, wiring.clock.now())
    if known is not None:
        return _replayed(request, known)
    kept = False
    try:
        response = await answer(request)
        if response.status_code < 300:
            stored = StoredAnswer(response.status_code, bytes(response.body), response.headers.get("content-type", ""))
            async with wiring.store.transaction() as tx:
                await tx.idempotency.finish(viewer, key, stored)
            kept = True
    finally:
        if not kept:
            await _abandon(wiring, viewer, key)
    return response


async def _abandon(wiring: Wiring, viewer: Viewer, key: str) -> None:
    with anyio.CancelScope(shield=True), anyio.move_on_after(2):
        async with wiring.store.transaction() as tx:
            await tx.idempotency.abandon(viewer, key)


def _replayed(request: Request, known: StoredAnswer) -> Response:
    headers = {"Idempotency-Replayed": "true"}
    if known.status == 201:
        headers["Location"] = f"{request.url.path}/{json.loads(known.body)['id']}"
    return Response(known.body, known.status, headers, known.content_type)
