"""A commitment is told back in the second person, without a day that is over."""

from dataclasses import replace

import pytest
from tests.unit.domain.memory.test_recall import one

from vivavoce.domain.memory.memory import MemoryKind
from vivavoce.domain.memory.telling import asks_back, promised


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("I will call my sister on Friday", "call your sister"),
        ("I will write two pages tomorrow", "write two pages"),
        ("I will tell my boss what I need by the end of next week", "tell your boss what you need"),
        ("I'm going to get up earlier", "get up earlier"),
        ("Remind me to ask about the contract", "ask about the contract"),
        ("I will go to bed before eleven", "go to bed before eleven"),
        ("I will ask the landlord for one more week", "ask the landlord for one more week"),
        ("I will book a volleyball trial for next week", "book a volleyball trial"),
        ("I will swim on Monday morning", "swim"),
        ("I will plan the year", "plan the year"),
        ("I want to sleep more", ""),
        ("I will ask: why?", ""),
    ],
)
def test_a_promise_is_told_back(kept: str, told: str) -> None:
    assert promised(replace(one("mem_1", MemoryKind.COMMITMENT), text=kept)) == told


def test_the_question_takes_the_place_of_the_greetings_own() -> None:
    greeting = "Hi, I'm Ada, an AI coach. This is your time. What would you like to work on today?"
    asked = asks_back(greeting, "call your sister")
    assert asked == (
        "Hi, I'm Ada, an AI coach. This is your time. Last time you wanted to call your sister. How did that go?"
    )
