"""When planned sessions are reminded of, and how their times are told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contract.samples import a_session

from vivavoce.domain.errors import IllegalTransition, Invalid
from vivavoce.domain.sessions.schedule import check_move, ends_at, how_long, is_due, reminders, told, zone
from vivavoce.domain.sessions.session import Phase, Session

NOW = datetime(2026, 10, 24, 9, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
TEN = timedelta(minutes=10)


def planned(at: datetime, phase: Phase = Phase.SCHEDULED) -> Session:
    return replace(a_session(phase=phase), scheduled_for=at)


def test_a_reminder_is_that_many_minutes_before_also_over_the_change_of_clocks() -> None:
    nine_o_clock = datetime(2026, 10, 25, 9, 0, tzinfo=BERLIN)  # an hour longer ago than the clock on the wall says
    due = reminders(nine_o_clock, NOW - timedelta(days=2), (1440, 10))
    assert due[1440].astimezone(BERLIN) == datetime(2026, 10, 24, 10, 0, tzinfo=BERLIN)
    assert due[10].astimezone(BERLIN) == datetime(2026, 10, 25, 8, 50, tzinfo=BERLIN)


@given(st.integers(-3000, 3000), st.sets(st.integers(1, 2000)))
def test_only_reminders_still_to_come_are_planned(in_minutes: int, minutes: set[int]) -> None:
    at = NOW + timedelta(minutes=in_minutes)
    due = reminders(at, NOW, minutes)
    assert set(due) == {one for one in minutes if one < in_minutes}
    assert all(at - when == timedelta(minutes=one) for one, when in due.items())


def test_a_reminder_that_was_moved_away_from_or_came_too_late_is_not_due() -> None:
    session = planned(NOW + timedelta(minutes=10))
    assert is_due(session, 10, NOW)
    assert is_due(session, 10, NOW + timedelta(minutes=4))  # late rather than never
    assert not is_due(session, 10, NOW + timedelta(minutes=10))
    assert not is_due(planned(NOW + timedelta(minutes=11)), 10, NOW)
    assert not is_due(replace(session, phase=Phase.CANCELLED), 10, NOW)
    assert not is_due(replace(session, phase=Phase.ACTIVE), 10, NOW)


def test_a_planned_session_is_moved_until_it_begins() -> None:
    session = planned(NOW + timedelta(days=1))
    check_move(session, NOW + timedelta(minutes=11), NOW, TEN)
    check_move(replace(session, phase=Phase.READY), NOW + timedelta(days=2), NOW, TEN)
    with pytest.raises(IllegalTransition):
        check_move(replace(session, phase=Phase.ACTIVE), NOW + timedelta(days=2), NOW, TEN)
    with pytest.raises(IllegalTransition):
        check_move(replace(session, phase=Phase.READY, scheduled_for=None), NOW + timedelta(days=2), NOW, TEN)
    for wrong in (NOW, NOW + TEN, NOW + timedelta(days=1001), NOW.replace(tzinfo=None)):
        with pytest.raises(Invalid):
            check_move(session, wrong, NOW, TEN)


def test_a_time_is_told_as_the_clock_on_the_person_s_wall_shows_it() -> None:
    assert told(datetime(2026, 10, 25, 8, 0, tzinfo=UTC), "Europe/Berlin") == (
        "Sunday 25 October 2026, 09:00 (Europe/Berlin)"
    )
    assert told(datetime(2026, 10, 24, 7, 0, tzinfo=UTC), "Europe/Berlin").startswith("Saturday 24 October 2026, 09:00")


@pytest.mark.parametrize("name", ["", "Nowhere/Atlantis", "../../etc/passwd", "\0"])
def test_a_time_zone_that_is_not_known_is_utc(name: str) -> None:
    assert zone(name).key == "UTC"


def test_a_length_is_told_in_the_largest_whole_unit() -> None:
    assert [how_long(one) for one in (1, 10, 60, 90, 1440, 2160)] == [
        *("1 minute", "10 minutes", "1 hour", "90 minutes", "1 day", "36 hours"),
    ]


def test_a_session_lasts_as_long_as_its_limit_in_calendars() -> None:
    assert ends_at(replace(planned(NOW), time_limit_s=900)) == NOW + timedelta(minutes=15)
    assert ends_at(planned(NOW)) == NOW + timedelta(hours=1)
    with pytest.raises(ValueError, match="not planned"):
        ends_at(a_session())
