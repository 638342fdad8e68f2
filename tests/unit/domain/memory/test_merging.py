"""New memories meet known ones: the newer wins, and the same is not kept twice."""

from datetime import UTC, datetime
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.domain.memory.test_patterns import CASES

from vivavoce.base.ids import AccountId, CommunityId, MemoryId, TurnId
from vivavoce.domain.memory.memory import Learnt, Memory, Turn
from vivavoce.domain.memory.merging import Add, Merge, Refresh, merge, refreshed
from vivavoce.domain.memory.patterns import learn

NOW: Final = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def read(said: str) -> Learnt:
    [one] = learn([Turn(TurnId("turn_9"), said)])
    return one


def known(*sayings: str) -> list[Memory]:
    return [
        Memory(
            MemoryId(f"mem_{number}"),
            CommunityId("com"),
            AccountId("acc"),
            one.kind,
            one.text,
            NOW,
            NOW,
            about=one.about,
        )
        for number, one in enumerate(read(said) for said in sayings)
    ]


def met(before: list[Memory], said: str) -> Merge | None:
    return merge(before, read(said))


def replaced(before: str, said: str) -> bool:
    merged = met(known(before), said)
    return isinstance(merged, Add) and len(merged.replaces) == 1


@pytest.mark.parametrize(
    ("before", "again"),
    [
        ("I live in Bonn.", "i live in bonn"),
        ("I want to run a marathon.", "I really want to run a marathon!"),
        ("I'll call my sister on Friday.", "I'm going to call my sister on Friday."),
        ("I hate being interrupted.", "I can't stand being interrupted."),
    ],
)
def test_the_same_thing_said_again_refreshes(before: str, again: str) -> None:
    assert isinstance(met(known(before), again), Refresh)


@pytest.mark.parametrize(
    ("before", "newer"),
    [
        ("I live in Berlin.", "I moved to Bonn."),
        ("I work as a nurse.", "I'm a teacher."),
        ("My wife is called Anna.", "My wife is called Maria."),
        ("I drink coffee every morning.", "I no longer drink coffee."),
        ("I want to run a marathon in spring.", "I no longer want to run a marathon."),
        ("I want to run a marathon.", "I want to do a half marathon instead of the marathon."),
        ("My goal is to sleep more.", "My goal is to eat less."),
        ("My goal is to sleep more.", "My goal now is to be home by four."),
        ("I'm a project manager at a hospital.", "I'm not a project manager any more."),
        ("I want to be home by five, two days a week.", "I no longer want to be home by five, six is fine."),
        ("I love jazz.", "I hate jazz."),
        ("I no longer eat meat.", "I eat meat every day."),
        ("Please call me Lena.", "Please call me Leni."),
        ("I'm married.", "I got divorced."),
        ("I smoke every day.", "I quit smoking."),
    ],
)
def test_a_contradiction_is_resolved_in_favour_of_the_newer(before: str, newer: str) -> None:
    assert replaced(before, newer)


@pytest.mark.parametrize(
    ("before", "other"),
    [
        ("I want to run a marathon.", "I want to learn the piano."),
        ("My daughter is called Mia.", "My daughter is called Lea."),
        ("I live in Bonn.", "I work in sales every day."),
        ("I love jazz.", "I hate being late."),
        ("I have two kids.", "I have two dogs."),
        ("I'll call my sister.", "I'll write to my brother."),
        ("I live in Bonn.", "I live with my parents."),
    ],
)
def test_what_does_not_contradict_stands_beside(before: str, other: str) -> None:
    assert met(known(before), other) == Add(read(other))


@pytest.mark.parametrize(
    ("promised", "done"),
    [
        ("I'll call my sister on Friday.", "I called my sister."),
        ("I will send the application to the university.", "I sent the application on Monday."),
        ("I'll write two pages tomorrow.", "I wrote two pages."),
    ],
)
def test_a_commitment_that_was_kept_gives_way_to_what_was_done(promised: str, done: str) -> None:
    assert replaced(promised, done)


def test_what_was_done_without_having_been_promised_is_not_kept() -> None:
    assert met(known("I'll call my sister."), "I cooked a soup.") is None


def test_what_was_replaced_takes_no_more_part() -> None:
    [old] = known("I live in Berlin.")
    gone = Memory(
        old.id, old.community, old.account, old.kind, old.text, NOW, NOW, about="home:in", replaced_by=MemoryId("mem_5")
    )
    assert met([gone], "I live in Berlin.") == Add(read("I live in Berlin."))


def test_a_refreshed_memory_has_the_fuller_wording() -> None:
    [old] = known("I want to run a marathon.")
    fuller = read("I want to run a marathon in May.")
    assert refreshed(old, fuller).text == "I want to run a marathon in May"
    assert refreshed(old, read("I want to run.")).text == old.text


@given(st.lists(st.sampled_from([turn for turn, kept in CASES if kept]), max_size=12))
def test_of_what_there_is_one_of_at_a_time_one_holds(said: list[str]) -> None:
    held: list[Memory] = []
    for number, learnt in enumerate(learn([Turn(TurnId("turn_1"), text)]) for text in said):
        for index, one in enumerate(learnt):
            match merge(held, one):
                case Add(_, replaced):
                    held = [memory for memory in held if memory not in replaced]
                    id, who = MemoryId(f"mem_{number}_{index}"), AccountId("acc")
                    held.append(Memory(id, CommunityId("com"), who, one.kind, one.text, NOW, NOW, about=one.about))
                case Refresh(old):
                    assert old in held
                case None:
                    assert one.done
    abouts = [memory.about for memory in held if memory.about]
    assert len(abouts) == len(set(abouts))
