"""Files on the local disk."""

import os
from pathlib import Path

import anyio
import pytest

from vivavoce.storage.files import DiskFiles


async def test_a_file_that_could_not_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken.wav").mkdir()  # a folder where the file should go
    with pytest.raises(OSError, match="taken"):
        await DiskFiles(tmp_path).put("taken.wav", b"x")
    assert os.listdir(tmp_path) == ["taken.wav"]  # noqa: PTH208 - a test may look by itself


async def test_a_file_that_is_still_being_written_is_not_listed(tmp_path: Path) -> None:
    (tmp_path / ".5d1f").write_bytes(b"half")
    assert await DiskFiles(tmp_path).list("") == []


async def test_a_writer_that_is_cancelled_leaves_the_old_content_or_the_new(tmp_path: Path) -> None:
    files = DiskFiles(tmp_path)
    await files.put("a.wav", b"old")
    with anyio.move_on_after(0):
        await files.put("a.wav", b"new" * 1_000_000)
    assert await files.get("a.wav") in (b"old", b"new" * 1_000_000)
    assert await files.list("") == ["a.wav"]
