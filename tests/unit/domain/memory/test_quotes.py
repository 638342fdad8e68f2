"""A quote that was not said is rejected."""

import pytest

from vivavoce.base.ids import TurnId
from vivavoce.domain.memory.memory import Learnt, MemoryKind, Turn
from vivavoce.domain.memory.quotes import found_in, verified

SAID = "Well, I live  in Bonn now, with my sister."


@pytest.mark.parametrize("quote", ["I live in Bonn", "i LIVE in\nbonn now", "with my sister."])
def test_a_quote_is_found_word_for_word_and_given_as_it_was_said(quote: str) -> None:
    found = found_in(quote, SAID)
    assert found is not None
    assert found in SAID


@pytest.mark.parametrize("quote", ["I live in Berlin", "live in Bon", "I live Bonn", "", "  ", "I live in Bonn with"])
def test_another_quote_is_not_found(quote: str) -> None:
    assert found_in(quote, SAID) is None


def test_what_has_no_quote_in_its_turn_is_rejected() -> None:
    turn = Turn(TurnId("turn_1"), SAID)

    def learnt(quote: str, turn: str = "turn_1", text: str = "I live in Bonn") -> Learnt:
        return Learnt(MemoryKind.FACT, text, TurnId(turn), quote)

    good = learnt("i live in bonn")
    offered = [good, learnt("I live in Rome"), learnt("I live in Bonn", "turn_2"), learnt("I live in Bonn", text=" ")]
    assert verified(offered, {turn.id: turn}) == [(good, "I live  in Bonn")]
