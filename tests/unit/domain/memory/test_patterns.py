"""What is learnt by patterns, sentence by sentence: the set is tests/golden/memories.txt."""

from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.base.ids import TurnId
from vivavoce.domain.memory.memory import LONGEST_TEXT, MemoryKind, Turn
from vivavoce.domain.memory.patterns import each_once, learn, pieces
from vivavoce.domain.memory.quotes import found_in

GOLDEN: Final = Path(__file__).parents[3] / "golden" / "memories.txt"
TURN: Final = TurnId("turn_1")


def _cases() -> list[tuple[str, list[str]]]:
    """Each turn with what is to be kept of it, as `kind | text`."""
    found: list[tuple[str, list[str]]] = []
    for line in GOLDEN.read_text().splitlines():
        if line.startswith(">"):
            found[-1][1].append(line.removeprefix("> "))
        elif line and not line.startswith("#"):
            found.append((line, []))
    return found


CASES: Final = _cases()


def test_the_set_has_at_least_150_sentences_half_of_them_traps() -> None:
    traps = [turn for turn, kept in CASES if not kept]
    assert len(CASES) >= 150
    assert len(traps) >= 75


@pytest.mark.parametrize(("turn", "kept"), CASES, ids=[turn for turn, _ in CASES])
def test_of_a_turn_is_kept_what_the_set_says(turn: str, kept: list[str]) -> None:
    learnt = [one for one in learn([Turn(TURN, turn)]) if not one.done]
    assert [f"{one.kind} | {one.text}" for one in learnt] == kept


@pytest.mark.parametrize("turn", [turn for turn, kept in CASES if kept])
def test_what_is_kept_is_quoted_word_for_word(turn: str) -> None:
    for one in learn([Turn(TURN, turn)]):
        assert one.quote in turn
        assert found_in(one.quote, turn) == one.quote


@given(st.lists(st.sampled_from([turn for turn, _ in CASES]), max_size=6).map(" ".join) | st.text(max_size=200))
def test_whatever_is_said_the_quote_was_said(turn: str) -> None:
    for one in learn([Turn(TURN, turn)]):
        assert one.quote in turn
        assert 0 < len(one.text) <= LONGEST_TEXT


def test_the_same_thing_said_twice_is_learnt_once_from_the_last_turn() -> None:
    [one] = learn([Turn(TurnId("turn_1"), "I live in Bonn."), Turn(TurnId("turn_2"), "As I said, i live in bonn.")])
    assert one.turn == "turn_2"


def test_what_was_done_is_told_apart() -> None:
    [one] = learn([Turn(TURN, "Yesterday I called my sister.")])
    assert (one.kind, one.text, one.done) == (MemoryKind.FACT, "I called my sister", True)


def test_a_long_turn_takes_no_long_time() -> None:
    learn([Turn(TURN, "i want to i live in i will call my sister and " * 170)])


def test_a_long_turn_is_read_in_pieces_that_together_are_the_turn() -> None:
    turn = Turn(TURN, "I live in Bonn. And so on and so on! " * 60 + "I'm vegan.")
    parts = pieces(turn)
    assert "".join(part.text for part in parts) == turn.text
    assert max(len(part.text) for part in parts) < 700
    found = each_once(one for part in parts for one in learn([part]))
    assert [one.text for one in found] == ["I live in Bonn", "I am vegan"]


def test_a_long_turn_without_sentences_is_read_in_pieces_that_end_between_words() -> None:
    turn = Turn(TURN, "i could like go on and on and so on and i could like " * 150)
    parts = pieces(turn)
    assert "".join(part.text for part in parts) == turn.text
    assert max(len(part.text) for part in parts) <= 1200
    assert all(part.text.startswith(" ") for part in parts[1:])
