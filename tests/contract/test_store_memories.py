"""What every store promises about memories: whose they are, how they are searched, and that forgetting is for good."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.contract.samples import ANA, BEN, EVE, NOW, a_session, add, later

from vivavoce.base.ids import MemoryId, SessionId, TurnId
from vivavoce.domain.errors import MemoryNotFound
from vivavoce.domain.memory.memory import Memory, MemoryKind
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.asking import Cursor
from vivavoce.services.ports import SYSTEM, Store

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def a_memory(id: str, text: str = "I live in Bonn", *, of: Viewer = ANA, at_s: float = 0, **fields: Any) -> Memory:
    at = later(at_s)
    made = Memory(MemoryId(f"mem_{id}"), of.community, of.account, MemoryKind.FACT, text, at, at)
    return replace(made, **fields)


async def keep(store: Store, *memories: Memory) -> None:
    async with store.transaction() as tx:
        for memory in memories:
            await tx.memories.add(memory)


async def found(store: Store, query: str, by: Viewer = ANA) -> list[str]:
    async with store.reading() as tx:
        return [str(id) for id in await tx.memories.search(by, by.community, by.account, query)]


async def listed(store: Store, query: str = "", by: Viewer = ANA) -> list[str]:
    async with store.reading() as tx:
        page = await tx.memories.page(by, by.community, by.account, query=query)
    return [str(one.id) for one in page.items]


async def test_a_memory_comes_back_as_it_was_kept(store: Store) -> None:
    await add(store, a_session())
    from_a_turn: dict[str, Any] = {
        "session": SessionId("ses_1"),
        "turn": TurnId("turn_1"),
        "quote": "i live in bonn",
        "about": "home",
    }
    kept = a_memory("1", noted=True, pinned=True, paused=True, replaced_by=MemoryId("mem_2"), **from_a_turn)
    await keep(store, kept)
    async with store.transaction() as tx:
        assert await tx.memories.get(ANA, kept.id) == kept
        changed = replace(kept, text="I live in Cologne", pinned=False, replaced_by=None, updated_at=later(9))
        await tx.memories.save(changed)
        assert await tx.memories.get(SYSTEM, kept.id) == changed


@pytest.mark.parametrize("by", [BEN, EVE])
async def test_nobody_else_sees_a_memory(store: Store, by: Viewer) -> None:
    await keep(store, a_memory("1"))
    assert await found(store, "Bonn", by) == []
    assert await listed(store, by=by) == []
    async with store.transaction() as tx:
        assert await tx.memories.page(by, ANA.community, ANA.account) == await tx.memories.page(
            by, by.community, by.account
        )
        assert await tx.memories.search(by, ANA.community, ANA.account, "Bonn") == []
        assert await tx.memories.forget_all(by, ANA.community, ANA.account) == 0
        for ask in (tx.memories.get, tx.memories.history, tx.memories.forget):
            with pytest.raises(MemoryNotFound):
                await ask(by, MemoryId("mem_1"))
    assert await listed(store) == ["mem_1"]


async def test_a_search_finds_any_of_its_words_without_case_accent_and_ending(store: Store) -> None:
    texts = {
        "cafe": "I work in a café in Köln",
        "run": "I run every morning",
        "sister": "My sister is called Mia",
        "kanji": "東京に住んでいます",
        "paused": "I love running shoes",
    }
    await keep(store, *[a_memory(id, text, at_s=n) for n, (id, text) in enumerate(texts.items())])
    assert await found(store, "CAFE") == ["mem_cafe"]
    assert await found(store, "Where is koln?") == ["mem_cafe"]
    assert set(await found(store, "running")) == {"mem_run", "mem_paused"}
    assert set(await found(store, "sisters mornings")) == {"mem_sister", "mem_run"}
    assert await found(store, "東京") == ["mem_kanji"]
    assert await found(store, "the of and") == []
    assert await listed(store, "running") == ["mem_paused", "mem_run"]


async def test_the_memory_with_more_of_the_words_is_the_better_match(store: Store) -> None:
    await keep(store, a_memory("one", "I want to learn piano"), a_memory("both", "I practise piano with my sister"))
    assert await found(store, "piano sister") == ["mem_both", "mem_one"]


async def test_what_was_replaced_or_changed_is_no_longer_found(store: Store) -> None:
    old, new = a_memory("1", "I live in Berlin", replaced_by=MemoryId("mem_2")), a_memory("2", at_s=1)
    await keep(store, old, new)
    assert await found(store, "live") == ["mem_2"]
    async with store.transaction() as tx:
        await tx.memories.save(replace(new, text="I live in Ghent"))
    assert await found(store, "Bonn") == []
    assert await found(store, "Ghent") == ["mem_2"]


@few
@given(
    query=st.text(max_size=60) | st.sampled_from(['"', "a OR b", "NEAR(x y)", "bonn*", "-bonn", "'; --", "x:y", "!&|"])
)
async def test_a_search_takes_any_text_as_words(store: Store, query: str) -> None:
    await found(store, query)
    await listed(store, query)


async def test_pages_show_each_memory_once_newest_first(store: Store) -> None:
    await keep(store, *[a_memory(str(n), at_s=n // 2) for n in range(7)])
    seen: list[str] = []
    after: Cursor | None = None
    while True:
        async with store.reading() as tx:
            page = await tx.memories.page(ANA, ANA.community, ANA.account, after=after, limit=2, query="bonn")
        seen += [str(one.id) for one in page.items]
        after = page.next
        if after is None:
            break
    assert seen == [f"mem_{n}" for n in (6, 5, 4, 3, 2, 1, 0)]


async def test_the_history_of_a_memory_is_the_whole_chain_from_wherever_one_asks(store: Store) -> None:
    chain = [
        a_memory("1", "I live in Rome", replaced_by=MemoryId("mem_2")),
        a_memory("2", "I live in Berlin", at_s=1, replaced_by=MemoryId("mem_3")),
        a_memory("3", "I live in Bonn", at_s=2),
    ]
    await keep(store, *chain, a_memory("4", "I am vegan"))
    async with store.reading() as tx:
        for memory in chain:
            assert await tx.memories.history(ANA, memory.id) == chain


async def test_forgetting_takes_what_it_replaced_with_it_and_marks_the_turns(store: Store) -> None:
    old = a_memory(
        "1", "I live in Berlin", replaced_by=MemoryId("mem_2"), turn=TurnId("turn_1"), quote="I live in Berlin"
    )
    new = a_memory("2", at_s=1, turn=TurnId("turn_2"), quote="I live in Bonn")
    await keep(store, old, new, a_memory("3", "I am vegan"))
    async with store.transaction() as tx:
        await tx.memories.forget(ANA, new.id)
        assert await tx.memories.is_forgotten(replace(old, id=MemoryId("mem_9"), quote="i live  in berlin"))
        assert await tx.memories.is_forgotten(new)
        assert not await tx.memories.is_forgotten(replace(new, turn=TurnId("turn_3")))
        assert not await tx.memories.is_forgotten(replace(new, account=BEN.account))
    assert await listed(store) == ["mem_3"]
    assert await found(store, "Bonn Berlin") == []


async def test_all_can_be_forgotten_at_once_and_a_person_erased(store: Store) -> None:
    await keep(store, a_memory("1", turn=TurnId("turn_1"), quote="x"), a_memory("2"), a_memory("3", of=BEN))
    async with store.transaction() as tx:
        assert await tx.memories.forget_all(ANA, ANA.community, ANA.account) == 2
        assert await tx.memories.is_forgotten(a_memory("1", turn=TurnId("turn_1"), quote="x"))
        await tx.memories.erase(ANA.community, ANA.account)
        assert not await tx.memories.is_forgotten(a_memory("1", turn=TurnId("turn_1"), quote="x"))
    assert await listed(store) == []
    assert await listed(store, by=BEN) == ["mem_3"]


async def test_a_session_is_gone_through_once(store: Store) -> None:
    await add(store, a_session())
    async with store.transaction() as tx:
        assert await tx.memories.begin(SessionId("ses_1"), ANA.community, NOW)
        assert not await tx.memories.begin(SessionId("ses_1"), ANA.community, later(5))


async def test_what_a_session_told_is_found_by_the_session(store: Store) -> None:
    await add(store, a_session())
    await keep(store, a_memory("1", session=SessionId("ses_1")), a_memory("2"))
    async with store.reading() as tx:
        assert [one.id for one in await tx.memories.of_session(ANA, SessionId("ses_1"))] == ["mem_1"]
        assert list(await tx.memories.of_session(BEN, SessionId("ses_1"))) == []
