"""The daily record and its streaks."""

from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.people.days import Streak, counts, day_of, streak

TODAY = date(2026, 3, 29)  # the night in which Berlin's clocks go forward
ZONES = sorted(
    zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix", "right"))
)
_days = st.sets(st.dates(date(2026, 1, 1), TODAY), max_size=90)
_moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


def ago(*days: int) -> set[date]:
    return {TODAY - timedelta(days=number) for number in days}


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (ago(), Streak(0, 0, False)),
        (ago(0), Streak(1, 1, True)),
        (ago(1), Streak(1, 1, False)),  # today may still be done
        (ago(2), Streak(0, 1, False)),  # yesterday was missed: it is over
        (ago(0, 1, 2), Streak(3, 3, True)),
        (ago(1, 2, 3), Streak(3, 3, False)),
        (ago(0, 2, 3, 4, 5), Streak(1, 4, True)),
    ],
)
def test_a_streak_is_a_run_of_days_that_ends_today_or_yesterday(days: set[date], expected: Streak) -> None:
    assert streak(days, TODAY) == expected


@given(_days)
def test_the_longest_streak_is_the_longest_run(days: set[date]) -> None:
    ordered = sorted(day.toordinal() - place for place, day in enumerate(sorted(days)))
    longest = max((len(list(run)) for _, run in groupby(ordered)), default=0)
    found = streak(days, TODAY)
    assert found.longest == longest
    assert 0 <= found.current <= found.longest
    assert found.today_done == (TODAY in days)
    assert (found.current > 0) == bool(days & ago(0, 1))


@given(_days)
def test_a_day_more_never_makes_a_streak_shorter(days: set[date]) -> None:
    before, after = streak(days, TODAY), streak(days | {TODAY}, TODAY)
    assert after.current >= before.current + (not before.today_done)
    assert after.longest >= before.longest


@given(st.sampled_from(ZONES), st.datetimes(datetime(2024, 1, 2), datetime(2028, 12, 30)), st.integers(2, 40))
def test_who_comes_at_the_same_local_hour_every_day_has_no_gap(zone: str, first: datetime, days: int) -> None:
    """Also over the nights in which clocks change: 23- and 25-hour days are days."""
    here = ZoneInfo(zone)
    local = [(first + timedelta(days=number)).replace(hour=12) for number in range(days)]
    kept = {day_of(at.replace(tzinfo=here).astimezone(UTC), zone) for at in local}
    found = streak(kept, local[-1].date())
    gone = sum(at.replace(tzinfo=here).astimezone(UTC).astimezone(here).date() != at.date() for at in local)
    if not gone:  # some islands left out a whole day when they changed sides of the date line
        assert found == Streak(days, days, True)


@given(st.sampled_from(ZONES), _moments)
def test_a_moment_lies_on_one_day_of_the_persons_calendar(zone: str, at: datetime) -> None:
    assert day_of(at, zone) == at.astimezone(ZoneInfo(zone)).date()
    assert abs((day_of(at, zone) - at.date()).days) <= 1


@pytest.mark.parametrize("zone", ["", "Nowhere/Land", "../../etc/passwd", "/etc/passwd", "a" * 300, "\0"])
def test_a_zone_that_is_none_is_taken_for_utc(zone: str) -> None:
    at = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)
    assert day_of(at, zone) == at.date()


def test_an_evening_in_berlin_is_no_other_day_in_utc() -> None:
    late = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # half past midnight in Berlin
    assert day_of(late, "Europe/Berlin") == date(2026, 7, 2)
    assert day_of(late, "America/New_York") == date(2026, 7, 1)


@pytest.mark.parametrize(("messages", "seconds", "yes"), [(0, 5, False), (0, 60, True), (1, 0, True)])
def test_a_slip_does_not_count_and_a_silence_does(messages: int, seconds: int, yes: bool) -> None:
    assert counts(messages, seconds) is yes
