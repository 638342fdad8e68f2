"""How a better speech model of the catalogue gets into the models folder.

Where the catalogue has no checksum, the first pull records what it got in `models.json` beside the models, and later
pulls must get the same.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import anyio.to_thread
import httpx2

from vivavoce.providers.catalogue import CATALOGUE, Model, installed
from vivavoce.providers.fetching import Progress, PullFailed, checksum, fetch
from vivavoce.providers.unpacking import unpack

__all__ = ["CATALOGUE", "Model", "Progress", "PullFailed", "installed", "pull", "recorded_checksum"]

_RECORDS: Final = "models.json"


async def pull(
    name: str,
    folder: Path,
    progress: Callable[[Progress], None],
    *,
    catalogue: Mapping[str, Model] = CATALOGUE,
    client: httpx2.AsyncClient | None = None,
    pause_s: float = 1.0,
) -> Path:
    """Bring a model of the catalogue into the models folder; gives its path. May be repeated: goes on with a
    download that broke off, and replaces the model that is there.

    Raises PullFailed, and then nothing that was there has changed.
    """
    model = catalogue.get(name)
    if model is None:
        raise PullFailed(f"There is no model {name}. There are: {', '.join(catalogue)}.")
    archive = _place_for(model, folder)
    try:
        await fetch(model.url, archive, progress, client=client, pause_s=pause_s)
    except PullFailed as reason:
        raise PullFailed(f"{reason} {_by_hand(model, folder)}") from None
    try:
        found = await checksum(archive)
        _check(model, folder, found)
        await anyio.to_thread.run_sync(unpack, archive, folder / name)
        _record(model, folder, found, archive.stat().st_size)
    finally:
        archive.unlink(missing_ok=True)
    return folder / name


def _place_for(model: Model, folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        raise PullFailed(f"The models folder {folder} cannot be made: {reason.strerror}.") from None
    return folder / f".{model.name}.download"


def _by_hand(model: Model, folder: Path) -> str:
    return f"You can fetch {model.url} elsewhere and unpack it as the folder {folder / model.name}."


def _check(model: Model, folder: Path, found: str) -> None:
    expected = model.sha256 or recorded_checksum(model, folder)
    if expected is not None and found != expected:
        origin = "the catalogue's" if model.sha256 else f"the one recorded in {folder / _RECORDS} at the first pull"
        raise PullFailed(f"The download's checksum {found} is not {origin}, {expected}; nothing was installed.")


def recorded_checksum(model: Model, folder: Path) -> str | None:
    """What an earlier pull from the same address got."""
    match _records(folder).get(model.name):
        case {"url": url, "sha256": str(sha256)} if url == model.url:
            return sha256
        case _:
            return None


def _records(folder: Path) -> dict[str, Any]:
    try:
        return json.loads((folder / _RECORDS).read_text())
    except FileNotFoundError:
        return {}
    except ValueError:
        raise PullFailed(f"{folder / _RECORDS} is damaged; remove it to trust the next download anew.") from None


def _record(model: Model, folder: Path, sha256: str, length_bytes: int) -> None:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    entry = {"url": model.url, "sha256": sha256, "bytes": length_bytes, "pulled_at": at}
    fresh = folder / f".{_RECORDS}.new"
    fresh.write_text(json.dumps({**_records(folder), model.name: entry}, indent=2) + "\n")
    fresh.replace(folder / _RECORDS)
