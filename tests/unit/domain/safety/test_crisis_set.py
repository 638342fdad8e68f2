"""What the rules make of sentences and short dialogues that were written for them."""

from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.safety.assess import assess
from vivavoce.domain.safety.kinds import Assessment, Kind, Level

GOLDEN: Final = Path(__file__).parents[3] / "golden"
SETS: Final = (
    "crisis.txt",
    "crisis_fresh.txt",
    "crisis_second.txt",
    "crisis_third.txt",
    "crisis_fourth.txt",
    "crisis_fifth.txt",
    "crisis_sixth.txt",
    "crisis_seventh.txt",
    "crisis_languages.txt",
    "crisis_languages_second.txt",
)


def cases(name: str) -> list[tuple[Assessment, tuple[str, ...]]]:
    """What is expected, and the turns of one person."""
    found: list[tuple[Assessment, tuple[str, ...]]] = []
    for line in (GOLDEN / name).read_text().splitlines():
        if line and not line.startswith("#"):
            expected, _, said = line.partition(" | ")
            level, _, kind = expected.partition(" ")
            turns = tuple(turn.strip() for turn in said.split(" // "))
            found.append((Assessment(Level(level), Kind(kind) if kind else None), turns))
    return found


def judged(turns: tuple[str, ...]) -> Assessment:
    return assess(turns[-1], turns[:-1])


def test_the_set_holds_at_least_200_cases_of_every_sort() -> None:
    levels = [expected.level for expected, _ in cases("crisis.txt")]
    assert len(levels) >= 200
    assert min(levels.count(level) for level in Level) >= 15


@pytest.mark.parametrize("name", SETS)
def test_the_rules_find_danger_and_leave_ways_of_speaking_alone(name: str) -> None:
    wrong: list[str] = []
    for expected, turns in cases(name):
        found = judged(turns)
        tolerated = name != "crisis.txt" and Level.DANGER not in (expected.level, found.level)
        other_kind = expected.kind is not None and found.kind is not expected.kind
        if (found.level is not expected.level and not tolerated) or other_kind:
            wrong.append(f"{' // '.join(turns)}: {found.level} {found.kind}")
    assert wrong == []


def test_a_turn_without_a_sign_never_brings_danger_by_itself() -> None:
    earlier = ("I'm a burden.", "There is no way out.", "I gave my dog to my sister.", "I have nobody left.")
    assert assess("What shall we talk about?", earlier).level is Level.NONE


def test_a_very_long_turn_is_read_by_its_beginning_and_its_end() -> None:
    padding = "and then we went on " * 400
    assert assess(f"I want to kill myself. {padding}").level is Level.DANGER
    assert assess(f"{padding} I want to kill myself.").level is Level.DANGER


@given(st.text(max_size=300), st.lists(st.text(max_size=60), max_size=3))
def test_whatever_is_said_is_judged(text: str, earlier: list[str]) -> None:
    assert assess(text, earlier).level in Level


def test_one_grave_word_alone_is_never_danger() -> None:
    for word in (
        "Pills.",
        "My chest.",
        "Blood!",
        "The bridge.",
        "A gun?",
        "Suicide prevention week.",
        "A rope.",
        "Tonight.",
    ):
        assert assess(word).level is not Level.DANGER, word
