import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.engine.turns.endpointing import Ending, Endpointing, delay_ms, ending, may_be_over

RULES = Endpointing()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What would you do?", Ending.QUESTION),
        ("what would you do about it", Ending.QUESTION),
        ("I had a good week.", Ending.SENTENCE),
        ("Great!", Ending.SENTENCE),
        ("i had a good week", Ending.PLAIN),
        ("what a week", Ending.PLAIN),  # three words are too few to tell a question from an exclamation
        ("I would go there because", Ending.OPEN),
        ("I think the", Ending.OPEN),
        ("We went to", Ending.OPEN),
        ("Well, um", Ending.OPEN),
        ("It was, um.", Ending.OPEN),  # recognisers put full stops behind fillers
        ("First of all,", Ending.OPEN),
        ("And then...", Ending.OPEN),
        ("", Ending.OPEN),
        ('She said "no."', Ending.SENTENCE),
    ],
)
def test_how_words_end(text: str, expected: Ending) -> None:
    assert ending(text) is expected


def test_a_question_is_answered_soonest_and_an_open_sentence_waits_longest() -> None:
    waits = [delay_ms(text, RULES) for text in ("Why is that?", "I know why.", "i know why", "I know because")]
    assert waits == sorted(waits)
    assert waits[0] == RULES.min_ms
    assert waits[-1] == RULES.max_ms


def test_a_fixed_silence_is_what_is_waited() -> None:
    assert delay_ms("because", Endpointing(fixed_ms=200)) == 200


@given(st.text(max_size=60), st.floats(0, 1), st.one_of(st.none(), st.floats(-1, 2)))
def test_the_wait_stays_within_its_bounds(text: str, patience: float, likely: float | None) -> None:
    rules = Endpointing(patience=patience)
    wait = delay_ms(text, rules, likely=likely)
    assert round(rules.min_ms * rules.stretch) <= wait <= round(rules.max_ms * rules.stretch)
    assert rules.stop_ms <= wait + 1


@given(st.text(max_size=60), st.floats(0, 1), st.floats(0, 1))
def test_more_patience_never_waits_less(text: str, one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert delay_ms(text, Endpointing(patience=less)) <= delay_ms(text, Endpointing(patience=more))


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_surer_the_model_the_shorter_the_wait(one: float, other: float) -> None:
    doubtful, sure = sorted((one, other))
    assert delay_ms("so", RULES, likely=sure) <= delay_ms("so", RULES, likely=doubtful)


def test_nothing_is_begun_behind_an_open_sentence() -> None:
    assert not may_be_over("I would go there because")
    assert may_be_over("I would go there.")
    assert not may_be_over("I would go there.", likely=0.1)
