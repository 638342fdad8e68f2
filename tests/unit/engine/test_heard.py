import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.sessions.events import Word
from vivavoce.engine.heard import heard_until, word_start_ms

TEXT = "Well, I see it."
WORDS = (Word("Well", 0, 300), Word("I", 400, 500), Word("see", 500, 800), Word("it", 800, 1000))


@pytest.mark.parametrize(
    ("played_ms", "heard"),
    [(0, ""), (299, ""), (300, "Well,"), (450, "Well,"), (500, "Well, I"), (999, "Well, I see"), (1000, TEXT)],
)
def test_a_word_was_heard_when_it_was_played_to_its_end(played_ms: int, heard: str) -> None:
    assert TEXT[: heard_until(TEXT, WORDS, played_ms, None)] == heard


def test_words_the_voice_merges_are_found_together() -> None:
    merged = (Word("I am", 0, 300), Word("here", 300, 600))
    assert "I am here, yes"[: heard_until("I am here, yes", merged, 350, None)] == "I am"


def test_a_word_the_text_does_not_hold_does_not_stop_the_search() -> None:
    read_out = (Word("five", 0, 300), Word("apples", 300, 600), Word("there", 600, 900))
    assert "5 apples there"[: heard_until("5 apples there", read_out, 650, None)] == "5 apples"


def test_without_word_times_it_is_estimated_down_to_a_space() -> None:
    assert TEXT[: heard_until(TEXT, (), 400, 1000)] == "Well, "
    assert heard_until(TEXT, (), 1000, 1000) == len(TEXT)


@given(st.text(max_size=40), st.integers(0, 5000), st.integers(0, 5000), st.one_of(st.none(), st.integers(0, 5000)))
def test_more_played_is_never_less_heard(text: str, one: int, other: int, length_ms: int | None) -> None:
    less, more = sorted((one, other))
    if length_ms is not None:
        assert 0 <= heard_until(text, (), less, length_ms) <= heard_until(text, (), more, length_ms) <= len(text)
    assert 0 <= heard_until(text, (), less, length_ms) <= len(text)


def test_the_word_that_was_cut_begins_again() -> None:
    assert word_start_ms(WORDS, 650) == 500
    assert word_start_ms(WORDS, 350) == 350
    assert word_start_ms((), 350) is None
