"""One big file over HTTP, resumed where it broke off.

What has arrived waits as `NAME.part`, with the server's mark of the file's version (ETag) in `NAME.part.etag`. A later
call asks for the rest of that same version; a server that cannot give it sends all, and we begin again.
"""

import hashlib
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

import anyio
import anyio.to_thread
import httpx2

_TRIES: Final = 5  # in one call; each goes on where the last broke off
_CONNECT_S: Final = 15.0
_READ_S: Final = 60.0


class PullFailed(Exception):
    """A model was not fetched. The text is for the person who asked."""


@dataclass(frozen=True, slots=True)
class Progress:
    """total_bytes: None where the server does not say."""

    done_bytes: int
    total_bytes: int | None


@dataclass(frozen=True, slots=True)
class Partial:
    """A file on its way."""

    path: Path

    @property
    def etag_path(self) -> Path:
        return self.path.with_name(self.path.name + ".etag")

    def length_bytes(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def resume_headers(self) -> dict[str, str]:
        """What to ask for: the rest if we know of which version, else all."""
        if not self.length_bytes() or not self.etag_path.exists():
            return {}
        return {"Range": f"bytes={self.length_bytes()}-", "If-Range": self.etag_path.read_text()}

    def begin(self, etag: str | None) -> None:
        self.forget()
        self.path.touch()
        if etag and not etag.startswith("W/"):  # a weak mark cannot vouch for bytes (RFC 9110, 13.1.5)
            self.etag_path.write_text(etag)

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)
        self.etag_path.unlink(missing_ok=True)


async def fetch(
    url: str,
    path: Path,
    progress: Callable[[Progress], None],
    *,
    client: httpx2.AsyncClient | None = None,
    pause_s: float = 1.0,
) -> None:
    """Bring the file at `url` to `path`, in an existing folder. May be repeated; goes on where it broke off.

    pause_s: between tries. Raises PullFailed.
    """
    partial = Partial(path.with_name(path.name + ".part"))
    async with AsyncExitStack() as stack:
        if client is None:
            timeout = httpx2.Timeout(_READ_S, connect=_CONNECT_S)
            client = await stack.enter_async_context(httpx2.AsyncClient(follow_redirects=True, timeout=timeout))
        for left in reversed(range(_TRIES)):
            try:
                await _receive(client, url, partial, progress)
                break
            except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError) as reason:
                _give_up(url, "there is no connection", reason)
            except httpx2.TransportError as reason:
                if not left:
                    _give_up(url, "the connection kept breaking off", reason)
                await anyio.sleep(pause_s)
    partial.path.replace(path)
    partial.forget()


def _give_up(url: str, what: str, reason: httpx2.TransportError) -> NoReturn:
    host = httpx2.URL(url).host
    text = f"{host} cannot be reached: {what} ({type(reason).__name__}). This network may not allow it."
    raise PullFailed(text) from None


async def _receive(
    client: httpx2.AsyncClient, url: str, partial: Partial, progress: Callable[[Progress], None]
) -> None:
    """One try. Raises PullFailed when another is useless, httpx2.TransportError when it may help."""
    asked = partial.resume_headers()
    async with client.stream("GET", url, headers={"Accept-Encoding": "identity", **asked}) as response:
        if response.status_code == 416 and asked:  # what we have is no part of the file there
            partial.forget()
            raise httpx2.ReadError("begin again")
        if response.status_code == 206 and not _goes_on(response, partial.length_bytes()):
            partial.forget()
            raise httpx2.ReadError("begin again")
        if response.status_code not in (200, 206):
            raise PullFailed(f"{httpx2.URL(url).host} answered {response.status_code} instead of the file.")
        if response.status_code == 200:
            partial.begin(response.headers.get("etag"))
        await _write(response, partial, progress)


def _goes_on(response: httpx2.Response, length_bytes: int) -> bool:
    return response.headers.get("content-range", "").startswith(f"bytes {length_bytes}-")


async def _write(response: httpx2.Response, partial: Partial, progress: Callable[[Progress], None]) -> None:
    done = partial.length_bytes()
    announced = response.headers.get("content-length")
    total = done + int(announced) if announced and announced.isdigit() else None
    async with await anyio.open_file(partial.path, "ab") as file:
        async for block in response.aiter_raw():  # as it comes: what is gathered first is lost at a break
            await file.write(block)
            done += len(block)
            progress(Progress(done, total))
    if total is not None and done != total:
        raise httpx2.ReadError("it ended early")


async def checksum(path: Path) -> str:
    """The file's sha256, as hexadecimal digits."""

    def digest() -> str:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    return await anyio.to_thread.run_sync(digest)
