"""A fetched archive, unpacked without trusting it: plain files and folders only, all inside one new folder."""

import shutil
import tarfile
import tempfile
from pathlib import Path, PurePosixPath
from typing import Final

from vivavoce.providers.fetching import PullFailed

_MOST_BYTES: Final = 4 << 30  # unpacked; the largest model of the catalogue has a tenth of it
_MOST_FILES: Final = 20_000


def unpack(archive: Path, target: Path) -> None:
    """Unpack a tar archive so that `target` appears whole or not at all; one of that name is replaced.

    A single folder at the archive's top is left out. Blocks for seconds. Raises PullFailed.
    """
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as name:
        folder = Path(name) / "files"
        folder.mkdir()
        try:
            with tarfile.open(archive) as tar:
                _extract(tar, folder)
        except (tarfile.TarError, EOFError, OSError) as reason:
            raise PullFailed(f"The archive cannot be unpacked: {type(reason).__name__}.") from None
        _replace(_top(folder), target, Path(name) / "old")


def _extract(tar: tarfile.TarFile, folder: Path) -> None:
    total, count = 0, 0
    for member in tar:
        total, count = total + member.size, count + 1
        if total > _MOST_BYTES or count > _MOST_FILES:
            raise PullFailed("The archive is larger than any model; nothing was installed.")
        if not (member.isfile() or member.isdir()) or not _inside(member.name):
            raise PullFailed("The archive holds something that does not belong in a model; nothing was installed.")
        _extract_one(tar, member, folder / member.name)


def _extract_one(tar: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> None:
    """Contents only: no owner, no mode, no link is taken over."""
    if member.isdir():
        path.mkdir(parents=True, exist_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    source = tar.extractfile(member)
    if source is not None:
        with source, path.open("wb") as file:
            shutil.copyfileobj(source, file)


def _inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name


def _top(folder: Path) -> Path:
    inside = list(folder.iterdir())
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else folder


def _replace(new: Path, target: Path, old: Path) -> None:
    if target.exists():
        target.rename(old)
    new.rename(target)
