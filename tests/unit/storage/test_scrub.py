"""What was forgotten or erased stands in none of the store's files any more, letter for letter."""

from pathlib import Path

import pytest
from tests.contract.samples import ANA, BEN
from tests.contract.test_store_memories import a_memory, found, keep

from vivavoce.base.ids import MemoryId
from vivavoce.services.asking import SYSTEM
from vivavoce.storage.open import open_store

pytestmark = pytest.mark.anyio


def written(folder: Path) -> bytes:
    """All that the store's files hold: rows, search index, write-ahead log."""
    return b"".join(path.read_bytes().lower() for path in folder.iterdir())


async def test_what_was_forgotten_is_in_no_file_of_the_store(tmp_path: Path) -> None:
    async with open_store(f"sqlite:///{tmp_path}/store.db") as store:
        gone = [a_memory(str(n), f"I live in Quibbleton number {n}") for n in range(30)]
        await keep(store, *gone, a_memory("stays", "I live in Bonn", of=BEN))
        assert b"quibbleton" in written(tmp_path)
        async with store.transaction() as tx:
            await tx.memories.forget(ANA, MemoryId("mem_0"))
            await tx.memories.erase(ANA.community, ANA.account)
        await store.scrub()
        assert b"quibbleton" not in written(tmp_path)
        assert str(ANA.account).encode() not in written(tmp_path)
        assert await found(store, "Bonn", BEN) == ["mem_stays"]


async def test_scrubbing_is_safe_to_repeat_and_changes_nothing_that_is_kept(tmp_path: Path) -> None:
    async with open_store(f"sqlite:///{tmp_path}/store.db") as store:
        for _ in range(2):
            await store.scrub()
        await keep(store, a_memory("1"))
        await store.scrub()
        async with store.reading() as tx:
            assert await tx.memories.count(SYSTEM, ANA.community, ANA.account) == 1
