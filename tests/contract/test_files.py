"""What every place for files promises."""

from pathlib import Path

import anyio
import pytest

from vivavoce.domain.errors import MediaNotFound
from vivavoce.services.ports_outside import Files
from vivavoce.storage.files import DiskFiles, MemoryFiles

OUTWARD = ["/", "/etc/passwd", "..", "a/../b", "../b", "a//b", "a/", ".hidden", "a/.part", "C:x"]
ODD = ["", "a\\b", "a b", "ä", "a\0b", "a\n", "a" * 300, "/".join("abcdefghij")]
NO_KEYS = [*OUTWARD, *ODD]


@pytest.fixture(params=["local", "memory"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    return DiskFiles(tmp_path / "files") if request.param == "local" else MemoryFiles()


async def test_what_was_put_comes_back(files: Files) -> None:
    await files.put("ses_1/replies/rep_1.wav", b"one\0")
    await files.put("ses_1/replies/rep_2.wav", b"")
    assert await files.get("ses_1/replies/rep_1.wav") == b"one\0"
    assert await files.get("ses_1/replies/rep_2.wav") == b""


async def test_the_last_content_counts(files: Files) -> None:
    await files.put("a.wav", b"one")
    await files.put("a.wav", b"two")
    assert await files.get("a.wav") == b"two"


@pytest.mark.parametrize("key", ["ses_1/none.wav", "ses_1", "ses_1/replies", "ses_1/replies/rep_1.wav/more", *NO_KEYS])
async def test_what_is_not_there_is_not_found(files: Files, key: str) -> None:
    await files.put("ses_1/replies/rep_1.wav", b"one")
    with pytest.raises(MediaNotFound):
        await files.get(key)


@pytest.mark.parametrize("key", NO_KEYS)
async def test_a_key_is_a_plain_path(files: Files, key: str) -> None:
    with pytest.raises(ValueError, match="plain"):
        await files.put(key, b"x")
    assert await files.list("") == []


async def test_a_folder_lists_what_is_in_it_and_below_in_order(files: Files) -> None:
    for key in ("ses_1/b.wav", "ses_1/a/c.wav", "ses_10/d.wav", "e.wav"):
        await files.put(key, b"x")
    assert await files.list("ses_1") == await files.list("ses_1/") == ["ses_1/a/c.wav", "ses_1/b.wav"]
    assert await files.list("ses_1/b.wav") == ["ses_1/b.wav"]
    assert await files.list("ses_2") == await files.list("../ses_1") == []
    assert await files.list("") == ["e.wav", "ses_1/a/c.wav", "ses_1/b.wav", "ses_10/d.wav"]


async def test_a_deleted_folder_is_gone_and_its_neighbours_stay(files: Files) -> None:
    for key in ("ses_1/b.wav", "ses_1/a/c.wav", "ses_10/d.wav"):
        await files.put(key, b"x")
    await files.delete("ses_1/")
    await files.delete("ses_1")  # safe to repeat
    assert await files.list("") == ["ses_10/d.wav"]
    await files.delete("ses_10/d.wav")
    assert await files.list("") == []


async def test_everything_is_not_deleted_by_mistake(files: Files) -> None:
    await files.put("a.wav", b"x")
    for prefix in ("", "/", "..", "."):
        with pytest.raises(ValueError, match="plain"):
            await files.delete(prefix)
    assert await files.list("") == ["a.wav"]


async def test_readers_see_whole_contents_while_they_change(files: Files) -> None:
    contents = [bytes([number]) * 100_000 for number in range(10)]
    await files.put("a.wav", contents[0])
    seen: list[bytes] = []

    async def write() -> None:
        for content in contents:
            await files.put("a.wav", content)

    async def read() -> None:
        for _ in range(20):
            seen.append(await files.get("a.wav"))

    async with anyio.create_task_group() as tg:
        tg.start_soon(write)
        tg.start_soon(read)
    assert set(seen) <= set(contents)
