"""From the synthesiser's events to words and mouth shapes with times."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from vivavoce.providers.espeak.text import tokens
from vivavoce.providers.espeak.timeline import EndEvent, Mark, SoundEvent, Timeline, WordEvent

SENTENCE = "I am here, at $3.50 now"


def told(marks: list[Mark], sentence: str = SENTENCE, length_ms: int = 2000) -> Timeline:
    timeline = Timeline(tokens(sentence))
    for mark in marks:
        timeline.add(mark)
    timeline.end(length_ms)
    return timeline


def test_a_word_ends_where_the_next_begins() -> None:
    words = told([WordEvent(0, 0), WordEvent(4, 300)], "one two").words
    assert words == [("one", 0, 300), ("two", 300, 2000)]


def test_a_word_ends_where_the_pause_after_it_begins() -> None:
    marks = [WordEvent(0, 0), SoundEvent("w", 5), SoundEvent("", 200), EndEvent(400), WordEvent(5, 400)]
    assert told([*marks, SoundEvent("t", 400), SoundEvent("", 700)], "one, two").words == [
        ("one,", 0, 200),
        ("two", 400, 700),
    ]


def test_a_stop_inside_a_word_does_not_end_it() -> None:
    marks = [WordEvent(0, 0), SoundEvent("w", 0), SoundEvent("", 50), SoundEvent("n", 90), WordEvent(4, 300)]
    assert told([*marks], "one two").words[0] == ("one", 0, 300)


def test_words_run_together_share_the_time_by_letters() -> None:
    words = told([WordEvent(0, 0), WordEvent(5, 300)], "I am here").words
    assert words == [("I", 0, 100), ("am", 100, 300), ("here", 300, 2000)]


def test_parts_of_a_number_are_one_word() -> None:
    marks: list[Mark] = [WordEvent(0, 0), WordEvent(1, 200), WordEvent(3, 400), WordEvent(6, 900)]
    assert told(marks, "$3.50 now").words == [("$3.50", 0, 900), ("now", 900, 2000)]


def test_a_place_between_two_words_means_the_later() -> None:
    assert told([WordEvent(0, 0), WordEvent(3, 300)], "one two").words[1] == ("two", 300, 2000)


def test_words_the_synthesiser_says_nothing_of_still_have_times() -> None:
    assert told([], "one two", 600).words == [("one", 0, 300), ("two", 300, 600)]


def test_a_diphthong_goes_through_both_shapes_and_the_end_is_closed() -> None:
    timeline = told([WordEvent(0, 0), SoundEvent("aɪ", 100)], "I", 300)
    assert timeline.mouth == [(100, "aa"), (200, "I"), (300, "sil")]


def test_what_is_settled_does_not_change_any_more() -> None:
    timeline = Timeline(tokens("one two three"))
    for mark in (WordEvent(0, 0), SoundEvent("w", 0), SoundEvent("n", 90), WordEvent(4, 300)):
        timeline.add(mark)
    assert timeline.settled_ms == 300
    assert timeline.words == [("one", 0, 300)]
    assert timeline.mouth == [(0, "U"), (90, "nn")]


marks = st.one_of(
    st.builds(WordEvent, st.integers(-2, 30), st.just(0)),
    st.builds(SoundEvent, st.sampled_from(["", "aɪ", "t", "ˈɑːɹ", "h", "?"]), st.just(0)),
    st.builds(EndEvent, st.just(0)),
)


@given(st.lists(st.tuples(marks, st.integers(0, 200)), max_size=30))
def test_any_events_give_every_word_once_and_times_in_order(script: list[tuple[Mark, int]]) -> None:
    now, dated = 0, list[Mark]()
    for mark, pause_ms in script:
        now += pause_ms
        dated.append(replace(mark, ms=now))
    timeline = told(dated, length_ms=now + 10)
    assert [text for text, _, _ in timeline.words] == SENTENCE.split()
    times = [time for _, start, end in timeline.words for time in (start, end)]
    assert times == sorted(times)
    assert [at for at, _ in timeline.mouth] == sorted(at for at, _ in timeline.mouth)
