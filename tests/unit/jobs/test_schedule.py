"""When a job runs again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vivavoce.jobs.schedule import FIRST_S, LONGEST_S, MAX_ATTEMPTS, pause_s, retry_at

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
attempts = st.integers(1, MAX_ATTEMPTS - 1)
chances = st.floats(0, 1)


def wait_s(attempts: int, chance: float) -> float:
    again = retry_at(NOW, attempts, chance)
    assert again is not None
    return (again - NOW).total_seconds()


@given(attempts, chances)
def test_a_job_waits_between_half_a_step_and_a_step_and_never_beyond_the_longest(attempts: int, chance: float) -> None:
    assert FIRST_S / 2 <= wait_s(attempts, chance) <= min(LONGEST_S, FIRST_S * 3 ** (attempts - 1))


@given(st.integers(1, MAX_ATTEMPTS - 2), chances)
def test_each_wait_is_longer_than_the_one_before_until_the_longest(attempts: int, chance: float) -> None:
    assert wait_s(attempts + 1, chance) > wait_s(attempts, chance) or wait_s(attempts, chance) >= LONGEST_S / 2


@given(st.integers(MAX_ATTEMPTS, 1000), chances)
def test_a_job_is_given_up_after_the_last_attempt(attempts: int, chance: float) -> None:
    assert retry_at(NOW, attempts, chance) is None


def test_a_job_is_tried_for_twenty_minutes_at_least() -> None:
    assert sum(wait_s(n, 0) for n in range(1, MAX_ATTEMPTS)) >= 1200


@given(st.floats(-1e6, 1e6), st.floats(0.1, 1e3))
def test_a_worker_rests_until_the_next_job_but_not_too_long(due_in_s: float, longest_s: float) -> None:
    pause = pause_s(NOW, NOW + timedelta(seconds=due_in_s), longest_s)
    assert 0 <= pause <= longest_s
    assert pause <= max(0.0, due_in_s) + 1e-5


def test_a_worker_without_jobs_looks_now_and_then() -> None:
    assert pause_s(NOW, None, 15) == 15
