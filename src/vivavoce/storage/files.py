"""Blobs beside the store: a folder on the local disk, or memory.

A key is a relative path of plain names (letters, digits, `-`, `_` and inner dots), so no key leads out of the folder
or to a file that is still being written: those begin with a dot.
"""

import re
import shutil
from pathlib import Path
from typing import Final
from uuid import uuid4

from anyio import to_thread

from vivavoce.domain.errors import MediaNotFound

_NAME: Final = r"[0-9A-Za-z_-][0-9A-Za-z._-]{0,127}"
_KEY: Final = re.compile(rf"{_NAME}(/{_NAME}){{0,7}}")


def check_key(key: str) -> str:
    """The key, if it is a plain path. Raises ValueError."""
    if _KEY.fullmatch(key) is None:
        raise ValueError("a file's key is a plain relative path")
    return key


def _missing() -> MediaNotFound:
    return MediaNotFound("There is no such file.")


class DiskFiles:
    """Implements services.ports_outside.Files in one folder. Work on the disk is done in threads."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def put(self, key: str, content: bytes) -> None:
        await to_thread.run_sync(_write_whole, self._root / check_key(key), content)

    async def get(self, key: str) -> bytes:
        if _KEY.fullmatch(key) is None:
            raise _missing()
        try:
            return await to_thread.run_sync((self._root / key).read_bytes)
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            raise _missing() from None

    async def list(self, prefix: str) -> list[str]:
        folder = prefix.removesuffix("/")
        if folder and _KEY.fullmatch(folder) is None:
            return []
        return await to_thread.run_sync(_keys, self._root, self._root / folder)

    async def delete(self, prefix: str) -> None:
        await to_thread.run_sync(_remove, self._root / check_key(prefix.removesuffix("/")))


def _write_whole(path: Path, content: bytes) -> None:
    """Under another name first: a reader sees the old file or the new one. Survives the process, not a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{uuid4().hex}")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _keys(root: Path, place: Path) -> list[str]:
    found = [place] if place.is_file() else place.rglob("*")
    keys = (path.relative_to(root).as_posix() for path in found if path.is_file())
    return sorted(key for key in keys if _KEY.fullmatch(key))


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


class MemoryFiles:
    """Implements services.ports_outside.Files for tests and the simulator."""

    def __init__(self) -> None:
        self._contents: dict[str, bytes] = {}

    async def put(self, key: str, content: bytes) -> None:
        self._contents[check_key(key)] = content

    async def get(self, key: str) -> bytes:
        try:
            return self._contents[key]
        except KeyError:
            raise _missing() from None

    async def list(self, prefix: str) -> list[str]:
        folder = prefix.removesuffix("/")
        return sorted(key for key in self._contents if folder in ("", key) or key.startswith(f"{folder}/"))

    async def delete(self, prefix: str) -> None:
        check_key(prefix.removesuffix("/"))
        for key in await self.list(prefix):
            del self._contents[key]
