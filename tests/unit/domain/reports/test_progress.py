"""What progress figures mean."""

from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.reports.progress import DAY_S, classes, middle, rate, return_rate, trend

TODAY_S = 100 * DAY_S


def on(*days: int) -> list[int]:
    return [day * DAY_S for day in days]


@pytest.mark.parametrize(
    ("days", "counted", "share"),
    [
        ((), 0, None),
        ((98,), 0, None),  # too young to tell
        ((90,), 1, 0.0),
        ((80, 87), 2, 0.5),  # a week to the second still counts
        ((80, 88), 2, 0.0),
        ((50, 51, 52, 99), 3, 0.667),
    ],
)
def test_the_return_rate_counts_sessions_that_could_have_been_followed(
    days: tuple[int, ...], counted: int, share: float | None
) -> None:
    found = return_rate(on(*days), TODAY_S, 7)
    assert (found.counted, found.share) == (counted, share)


@given(st.lists(st.integers(0, TODAY_S)), st.sampled_from([7, 30]))
def test_the_return_rate_lies_between_nothing_and_one(starts: list[int], days: int) -> None:
    found = return_rate(starts, TODAY_S, days)
    assert found.share is None or 0 <= found.share <= 1
    assert found == return_rate(starts[::-1], TODAY_S, days)
    assert found.counted == sum(start <= TODAY_S - days * DAY_S for start in starts)


@pytest.mark.parametrize(
    ("values", "change"),
    [([], None), ([50], None), ([40, 60], 20.0), ([40, 99, 60], 20.0), ([10, 20, 30, 40, 50, 60, 70], 40.0)],
)
def test_a_trend_is_the_last_less_the_first(values: list[int], change: float | None) -> None:
    assert trend(values) == change


@given(st.dictionaries(st.integers(0, 100), st.integers(1, 20), min_size=1))
def test_the_median_of_a_histogram_is_that_of_its_values(histogram: dict[int, int]) -> None:
    values = [value for value, number in histogram.items() for _ in range(number)]
    assert middle(histogram) == median(values)


@given(st.dictionaries(st.integers(-5, 100), st.integers(1, 20)))
def test_classes_hold_every_value_once(histogram: dict[int, int]) -> None:
    counts = classes(histogram, (20, 40, 60))
    assert len(counts) == 4
    assert sum(counts) == sum(histogram.values())


def test_nothing_has_no_median_and_no_rate() -> None:
    assert middle({}) is None
    assert rate(0, 0).share is None
    assert rate(3, 2).share == 0.667
