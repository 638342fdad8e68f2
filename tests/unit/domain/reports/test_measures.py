from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.base.ids import ReplyId, SeatId, TurnId
from vivavoce.domain.reports.measures import FILLERS, balance, count_words, measure, measure_all, median
from vivavoce.domain.sessions.events import Source
from vivavoce.domain.sessions.transcript import Utterance

ANA, BEN = SeatId("sea_ana"), SeatId("sea_ben")


def spoke(n: int, seat: SeatId | None, text: str, span_ms: tuple[int, int], source: Source | None = None) -> Utterance:
    id = TurnId(f"turn_{n}") if seat else ReplyId(f"rep_{n}")
    return Utterance(id, seat, "Ana" if seat else "Ada", text, *span_ms, source=source)


def test_shares_pace_and_gaps_come_from_the_time_that_was_spoken() -> None:
    ada, ana = measure(
        [
            spoke(1, None, "What would you like to work on?", (0, 2000)),
            spoke(2, ANA, "Um I want to write more, you know, every day", (2500, 8500), Source.VOICE),
            spoke(3, None, "What gets in the way?", (9000, 11000)),
        ]
    )
    assert (ada.turns, ada.questions, ada.talk_share, ada.response_gap_ms) == (2, 2, 0.4, 500)
    assert (ana.words, ana.fillers, ana.words_per_minute, ana.longest_monologue_ms) == (10, 2, 100.0, 6000)
    assert (ana.word_share, ana.words_per_turn, ana.fillers_per_100_words) == (0.455, 10.0, 20.0)


def test_typed_turns_count_words_but_no_time() -> None:
    (ana,) = measure([spoke(1, ANA, "just typing", (500, 500), Source.TEXT)])
    assert (ana.words, ana.talk_share, ana.words_per_minute, ana.longest_monologue_ms) == (2, None, None, None)


def test_a_reply_that_was_shown_and_not_spoken_has_no_time() -> None:
    said = spoke(1, SeatId("s"), "How are you today?", (0, 1000))
    shown = spoke(2, None, "Well, thank you very much for asking.", (1200, 1203))
    (_, ai) = measure([said, shown])
    assert (ai.words, ai.spoken_ms, ai.words_per_minute, ai.response_gap_ms) == (7, 0, None, None)


def test_time_is_balanced_between_those_who_spoke() -> None:
    written = spoke(1, None, "What gets in the way?", (0, 0))
    one = spoke(2, ANA, "The phone does", (0, 3000), Source.VOICE)
    other = spoke(3, BEN, "For me as well", (3000, 6000), Source.VOICE)
    assert measure_all([written, one]).talk_balance is None
    assert measure_all([written, one, other]).talk_balance == 1.0


def test_an_empty_conversation_has_no_measures() -> None:
    assert measure([]) == ()
    whole = measure_all([])
    assert (whole.speakers, whole.turn_balance, whole.gaps) == (0, None, None)


def test_a_monologue_goes_on_until_another_speaks() -> None:
    talk = [
        spoke(1, ANA, "First.", (0, 4000), Source.VOICE),
        spoke(2, ANA, "And then.", (4500, 9500), Source.VOICE),
        spoke(3, BEN, "Aha.", (9600, 10_000), Source.VOICE),
        spoke(4, ANA, "So.", (10_100, 11_000), Source.VOICE),
    ]
    assert measure(talk)[0].longest_monologue_ms == 9000


def test_silences_before_answers_are_spread_over_classes() -> None:
    gaps_ms = (0, 400, 900, 1900, 4000, 9000)
    talk: list[Utterance] = []
    at_ms = 0
    for number, gap in enumerate((0, *gaps_ms)):
        start = at_ms + gap
        talk.append(spoke(number, ANA if number % 2 else None, "word", (start, start + 1000), Source.VOICE))
        at_ms = start + 1000
    gaps = measure_all(talk).gaps
    assert gaps is not None
    assert (gaps.count, gaps.median_ms, gaps.longest_ms, gaps.ninth_tenth_ms) == (6, 1400, 9000, 9000)
    assert gaps.up_to_ms == (2, 1, 1, 1, 1)


def test_replies_that_were_broken_off_are_counted() -> None:
    reply = replace(spoke(1, None, "Well then", (0, 100)), interrupted=True)
    assert measure_all([reply, spoke(2, ANA, "Stop", (50, 200), Source.VOICE)]).interrupted == 1


def test_balance_is_one_for_equal_shares_and_nothing_for_one_speaker() -> None:
    assert (balance([5, 5, 5]), balance([9, 0]), balance([3]), balance([0, 0])) == (1.0, 0.0, None, None)
    assert 0 < (balance([9, 1]) or 0) < (balance([6, 4]) or 0) < 1


@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=12))
def test_balance_lies_between_nothing_and_one(shares: list[int]) -> None:
    found = balance(shares)
    assert found is None or 0 <= found <= 1
    assert found == balance(shares[::-1])


@given(st.lists(st.integers(0, 999), min_size=1))
def test_half_of_the_values_lie_on_each_side_of_the_median(values: list[int]) -> None:
    middle = median(values)
    assert middle is not None
    assert sum(value < middle for value in values) <= len(values) / 2
    assert sum(value > middle + 1 for value in values) <= len(values) / 2


@pytest.mark.parametrize(
    ("text", "fillers"),
    [("what kind of bread", 0), ("it was kind of sad", 1), ("Ähm, ja, uh", 2), ("er hat Hummer", 0), ("I mean it", 1)],
)
def test_fillers_are_told_from_words(text: str, fillers: int) -> None:
    assert len(FILLERS.findall(text)) == fillers


def test_words_are_counted_where_there_are_no_blanks() -> None:
    assert (count_words("don't stop-gap it"), count_words("我想每天写"), count_words("")) == (3, 3, 0)
