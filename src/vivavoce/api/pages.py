"""The web pages that come with the package.

The folder is listed once, at the start, and only what was listed is served: no path can lead out of it. Files under
`assets/` carry a hash of their content in their name and never change. Any other path that looks like a page is the
single-page application's own, and gets its index.
"""

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

CSP: Final = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob: mediastream:",
        "worker-src 'self' blob:",
        "connect-src 'self'",  # ws: and wss: of the same host included (CSP 3)
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
HEADERS: Final = {
    "Content-Security-Policy": CSP,
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=()",
}
_NEVER_CHANGES: Final = "public, max-age=31536000, immutable"
_ASK_AGAIN: Final = "no-cache"
_MISSING: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Vivavoce: the pages are not built</title></head>
<body><main><h1>The pages are not built</h1>
<p>The server runs, but this copy of Vivavoce holds no web pages. Build them once and start again:</p>
<pre>cd web &amp;&amp; npm ci &amp;&amp; npm run build</pre>
<p>The interface for programs works without them: <a href="/api/docs">/api/docs</a>.</p>
</main></body></html>
"""


@dataclass(frozen=True, slots=True)
class PageFile:
    path: Path
    media_type: str
    etag: str
    cache: str


def listed(folder: Path) -> Mapping[str, PageFile]:
    """The folder's files by their path below it; none if it is not there."""
    found: dict[str, PageFile] = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        name = path.relative_to(folder).as_posix()
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        etag = f'"{hashlib.sha256(path.read_bytes()).hexdigest()[:24]}"'
        found[name] = PageFile(path, media_type, etag, _NEVER_CHANGES if name.startswith("assets/") else _ASK_AGAIN)
    return found


def pages(folder: Path) -> APIRouter:
    """Routes for everything that no other route took. Must come last."""
    files = listed(folder)
    router = APIRouter(include_in_schema=False)

    @router.api_route("/{path:path}", methods=["GET", "HEAD"])
    async def page(path: str, request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        if path == "api" or path.startswith("api/"):
            raise HTTPException(404)
        file = files.get(path)
        if file is None and ("." in path.rpartition("/")[2] or path.startswith("assets/")):
            raise HTTPException(404)
        return await _answer(file or files.get("index.html"), request.headers.get("if-none-match"))

    return router


async def _answer(file: PageFile | None, known_etag: str | None) -> Response:
    if file is None:
        return HTMLResponse(_MISSING, 503, HEADERS | {"Cache-Control": "no-store"})
    headers = HEADERS | {"ETag": file.etag, "Cache-Control": file.cache}
    if known_etag == file.etag:
        return Response(status_code=304, headers=headers)
    content = await to_thread.run_sync(file.path.read_bytes)
    return Response(content, media_type=file.media_type, headers=headers)
