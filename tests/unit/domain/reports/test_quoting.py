"""A quote is found word for word, or it is no quote."""

import re
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.unit.domain.reports.talk import entries

from vivavoce.domain.reports.quoting import MAX_QUOTE, find_quote, unmarked
from vivavoce.domain.sessions.events import Word
from vivavoce.domain.sessions.transcript import Utterance

words = st.text(
    st.characters(categories=["L", "Nd"], max_codepoint=0x2FF, exclude_characters="ʼ"),  # a shape of the apostrophe
    min_size=1,
    max_size=8,
).filter(lambda word: len(word.casefold()) == len(word))
sayings = st.lists(words, min_size=1, max_size=25)


def turn(text: str) -> Utterance:
    return replace(entries(["Ana: x"])[0], text=text)


@given(sayings, st.data())
def test_any_run_of_whole_words_is_a_quote(said: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(said) - 1))
    last = data.draw(st.integers(first, len(said) - 1))
    wanted = " ".join(said[first : last + 1])
    found = find_quote(wanted, turn(" ".join(said)))
    assert found is not None
    assert found.text.casefold() == wanted.casefold()


@given(sayings, words, st.data())
def test_a_changed_word_makes_it_no_quote(said: list[str], other: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(said) - 1))
    assume(other.casefold() not in [word.casefold() for word in said])
    assert find_quote(" ".join([*said[:at], other, *said[at + 1 :]]), turn(" ".join(said))) is None


@given(sayings, words, st.data())
def test_an_added_word_makes_it_no_quote(said: list[str], other: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(said)))
    assert find_quote(" ".join([*said[:at], other, *said[at:]]), turn(" ".join(said))) is None


@given(st.lists(words, min_size=3, max_size=20, unique_by=str.casefold), st.data())
def test_a_word_left_out_in_the_middle_makes_it_no_quote(said: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(said) - 2))
    assert find_quote(" ".join([*said[:at], *said[at + 1 :]]), turn(" ".join(said))) is None


@given(st.text(max_size=80), st.text(max_size=80))
def test_what_is_found_stands_in_the_turn_as_it_is_kept(wanted: str, said: str) -> None:
    found = find_quote(wanted, turn(said))
    assert found is None or (found.text in said and found.text.strip())


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ("i CAN’T do it", "I can't  do it"),
        ("“can't do it - not now...”", "can't  do it — not now"),
        ("  not\nnow ", "not now"),
        ("3.5 hours", "3.5 hours"),
    ],
)
def test_case_blanks_and_shapes_of_marks_do_not_count(wanted: str, kept: str) -> None:
    found = find_quote(wanted, turn("I can't  do it — not now… It took 3.5 hours."))
    assert found is not None
    assert found.text == kept


@pytest.mark.parametrize("wanted", ["I can", "do", "5 hours", "like", "", " . ", "now. It", "took 3"])
def test_parts_of_words_and_other_punctuation_are_no_quotes(wanted: str) -> None:
    assert find_quote(wanted, turn("I can't undo it, not now… I dislike that it took 3.5 hours.")) is None


def test_a_script_without_blanks_is_quoted_anywhere() -> None:
    found = find_quote("每天写一页", turn("我想每天写一页。"))
    assert found is not None
    assert found.text == "每天写一页"


def test_a_quote_is_timed_by_its_first_word_where_words_are_timed() -> None:
    said = turn("I will call Karl")
    timed = replace(
        said,
        start_ms=5000,
        words=tuple(Word(word, at, at + 90) for word, at in zip(said.text.split(), (0, 200, 420, 700), strict=True)),
    )
    found, rough = find_quote("call Karl", timed), find_quote("call Karl", replace(timed, words=timed.words[:2]))
    assert found is not None
    assert rough is not None
    assert (found.start_ms, rough.start_ms) == (5420, 5000)


def test_a_quote_that_is_a_speech_is_none() -> None:
    text = "word " * MAX_QUOTE
    assert find_quote(text, turn(text)) is None


def test_words_that_nobody_said_lose_their_quotation_marks() -> None:
    said = entries(["Ana: I will call Karl after lunch."])
    prose = "They said “I will call Karl” and “I will never call anybody”, of “Karl”."
    assert unmarked(prose, said) == "They said “I will call Karl” and I will never call anybody, of “Karl”."
    assert re.search("“", unmarked("He said „ich rufe ihn heute an“.", said)) is None
