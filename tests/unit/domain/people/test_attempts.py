"""How often something may be tried."""

from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.people.attempts import Allowance, Attempts, attempt

ALLOWED = Allowance(5, 60)


@given(st.lists(st.integers(0, 20_000), max_size=200))
def test_in_any_stretch_of_time_no_more_is_allowed_than_said(pauses_ms: list[int]) -> None:
    bucket, now_ms, allowed_at = Attempts(), 0, list[int]()
    for pause_ms in pauses_ms:
        now_ms += pause_ms
        bucket, wait_s = attempt(bucket, now_ms, ALLOWED)
        if not wait_s:
            allowed_at.append(now_ms)
    for first, begun_ms in enumerate(allowed_at):
        for last in range(first, len(allowed_at)):
            leaked = (allowed_at[last] - begun_ms) / 1000 * ALLOWED.most / ALLOWED.within_s
            assert last - first + 1 <= ALLOWED.most + leaked + 1e-6


@given(st.integers(0, 100), st.integers(0, 10_000))
def test_who_waits_as_long_as_told_is_allowed(tries: int, at_ms: int) -> None:
    bucket, wait_s = Attempts(0, at_ms), 0
    for _ in range(tries):
        bucket, wait_s = attempt(bucket, at_ms, ALLOWED)
    assert attempt(bucket, at_ms + wait_s * 1000, ALLOWED)[1] == 0 or tries == ALLOWED.most
