"""When a priced session is charged."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.domain.money.test_ledger import a_hold

from vivavoce.base.ids import AccountId, CommunityId, SessionId
from vivavoce.domain.errors import Invalid
from vivavoce.domain.money.charging import Verdict, microphone_time, verdict
from vivavoce.domain.sessions.session import EndReason, Phase, Session

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SECONDS = st.integers(-3600, 3600)


def later(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def a_session(mic_on_s: int | None, ended_s: int | None = None, reason: EndReason = EndReason.ENDED_BY_HOST) -> Session:
    session = Session(
        SessionId("ses_1"),
        CommunityId("com_1"),
        AccountId("acc_1"),
        "interview",
        "ivy",
        Phase.ACTIVE,
        START,
        entered={Phase.ACTIVE: START},
        mic_on_at=None if mic_on_s is None else later(mic_on_s),
    )
    if ended_s is None:
        return session
    entered = {**session.entered, Phase.ANALYZING: later(ended_s)}
    return replace(session, phase=Phase.ANALYZING, entered=entered, end_reason=reason)


@pytest.mark.parametrize(("now_s", "expected"), [(129, Verdict.WAIT), (130, Verdict.SETTLE), (5000, Verdict.SETTLE)])
def test_the_price_is_due_120_s_after_the_microphone_went_on(now_s: int, expected: Verdict) -> None:
    assert verdict(a_hold(), a_session(10), later(now_s)) is expected


@pytest.mark.parametrize(("ended_s", "expected"), [(129, Verdict.RELEASE), (130, Verdict.SETTLE)])
def test_an_end_before_that_charges_nothing_and_a_late_timer_changes_nothing(ended_s: int, expected: Verdict) -> None:
    assert verdict(a_hold(), a_session(10, ended_s), later(9999)) is expected


def test_a_session_without_a_microphone_costs_nothing() -> None:
    assert verdict(a_hold(), a_session(None), later(9999)) is Verdict.WAIT
    assert verdict(a_hold(), a_session(None, 900), later(9999)) is Verdict.RELEASE


def test_a_fault_of_the_platform_costs_nothing() -> None:
    assert verdict(a_hold(), a_session(10, 900, EndReason.PLATFORM_FAULT), later(901)) is Verdict.RELEASE


@given(SECONDS, SECONDS, st.lists(SECONDS, min_size=1), st.sampled_from(EndReason))
def test_what_became_of_an_ended_session_does_not_depend_on_when_it_is_asked(
    mic_on_s: int, ended_s: int, asked: list[int], reason: EndReason
) -> None:
    session = a_session(mic_on_s, ended_s, reason)
    assert len({verdict(a_hold(), session, later(now)) for now in asked}) == 1
    assert verdict(a_hold(), session, later(asked[0])) is not Verdict.WAIT


def test_a_moment_of_the_future_is_taken_as_now() -> None:
    assert microphone_time(later(70), START, later(60)) == later(60)
    assert microphone_time(later(-60), START, later(60)) == later(-60)


def test_any_time_zone_will_do() -> None:
    told = later(5).astimezone(timezone(timedelta(hours=5, minutes=45)))
    assert microphone_time(told, START, later(60)) == later(5)


@pytest.mark.parametrize("told", [later(-61), later(121), later(5).replace(tzinfo=None)])
def test_a_time_that_cannot_be_is_refused(told: datetime) -> None:
    with pytest.raises(Invalid):
        microphone_time(told, START, later(60))
