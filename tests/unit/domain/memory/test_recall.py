"""What the next session is told: the most useful first, within the budget."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from vivavoce.base.ids import AccountId, CommunityId, MemoryId
from vivavoce.domain.memory.memory import Memory, MemoryKind
from vivavoce.domain.memory.recall import last_commitment, recall, tokens

NOW: Final = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def one(id: str, kind: MemoryKind = MemoryKind.FACT, text: str = "I live in Bonn", days: float = 0) -> Memory:
    at = NOW - timedelta(days=days)
    return Memory(MemoryId(id), CommunityId("com"), AccountId("acc"), kind, text, at, at)


def order(*memories: Memory, found: tuple[str, ...] = ()) -> list[str]:
    return [str(memory.id) for memory in recall(memories, [MemoryId(id) for id in found], NOW)]


def test_pinned_first_then_open_commitments_then_goals() -> None:
    pinned = replace(one("pinned", days=400), pinned=True)
    goal, promise = one("goal", MemoryKind.GOAL), one("promise", MemoryKind.COMMITMENT)
    assert order(one("fact"), goal, promise, pinned) == ["pinned", "promise", "goal", "fact"]


def test_what_the_session_is_about_comes_before_what_is_fresh() -> None:
    assert order(one("fresh"), one("fitting", days=200), found=("fitting",)) == ["fitting", "fresh"]


def test_of_two_alike_the_fresher_comes_first() -> None:
    assert order(one("old", days=90), one("new", days=1)) == ["new", "old"]


def test_paused_and_replaced_ones_are_not_told() -> None:
    assert order(replace(one("paused"), paused=True), replace(one("old"), replaced_by=MemoryId("x"))) == []


@given(st.lists(st.text(min_size=1, max_size=400), max_size=20), st.integers(0, 600))
def test_the_budget_is_never_overdrawn(texts: list[str], budget: int) -> None:
    memories = [one(f"mem_{number}", text=text) for number, text in enumerate(texts)]
    told = recall(memories, [], NOW, budget)
    assert sum(tokens(memory.text) for memory in told) <= budget


def test_a_memory_too_long_for_the_rest_is_passed_over() -> None:
    told = recall([one("long", MemoryKind.GOAL, "word " * 100), one("short")], [], NOW, 30)
    assert [memory.id for memory in told] == ["short"]


def test_four_letters_are_a_token_and_a_sign_of_another_script_is_one() -> None:
    assert tokens("I live in Bonn") == 4
    assert tokens("東京に住む") == 5


def test_the_commitment_to_ask_for_is_the_newest_that_is_open() -> None:
    older, newer = one("older", MemoryKind.COMMITMENT, days=9), one("newer", MemoryKind.COMMITMENT, days=2)
    assert last_commitment([older, newer, one("fact")], NOW) == newer
    assert last_commitment([older, replace(newer, paused=True)], NOW) == older
    assert last_commitment([one("ancient", MemoryKind.COMMITMENT, days=100)], NOW) is None
