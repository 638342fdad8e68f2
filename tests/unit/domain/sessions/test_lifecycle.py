from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.base.ids import AccountId, CommunityId, SessionId
from vivavoce.domain.errors import IllegalTransition
from vivavoce.domain.sessions.lifecycle import (
    OVER,
    Analyzed,
    Cancelled,
    Ended,
    Move,
    Opened,
    PreparationFailed,
    Prepared,
    Started,
    apply,
)
from vivavoce.domain.sessions.session import EndReason, Phase, Session

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)

MOVES: list[Callable[[datetime], Move]] = [
    Opened,
    Prepared,
    lambda at: PreparationFailed(at, "the document could not be read"),
    Started,
    lambda at: Ended(at, EndReason.WRAPPED_UP),
    Analyzed,
    Cancelled,
]


def session(phase: Phase = Phase.SCHEDULED) -> Session:
    return Session(
        SessionId("ses_1"), CommunityId("c"), AccountId("a"), "coaching", "ada", phase, NOON, entered={phase: NOON}
    )


def test_a_planned_session_lives_from_scheduled_to_complete() -> None:
    lived = session()
    for step in (
        Opened(NOON), Prepared(NOON), Started(NOON), Ended(NOON, EndReason.TIME_LIMIT), Analyzed(NOON)
    ):  # fmt: skip
        lived = apply(lived, step)
    assert (lived.phase, lived.end_reason, lived.version) == (Phase.COMPLETE, EndReason.TIME_LIMIT, 5)


def test_a_failed_preparation_stays_with_its_error_and_can_be_retried() -> None:
    failed = apply(session(Phase.PREPARING), PreparationFailed(NOON, "no text in this file"))
    assert (failed.phase, failed.error) == (Phase.PREPARING, "no text in this file")
    ready = apply(failed, Prepared(NOON))
    assert (ready.phase, ready.error) == (Phase.READY, None)


def test_an_active_session_cannot_be_cancelled() -> None:
    with pytest.raises(IllegalTransition, match="active cannot be cancelled"):
        apply(session(Phase.ACTIVE), Cancelled(NOON))


def test_elapsed_time_counts_from_the_start_to_the_end() -> None:
    active = apply(session(Phase.READY), Started(NOON))
    assert active.elapsed_s(NOON + timedelta(seconds=61.9)) == 61
    ended = apply(active, Ended(NOON + timedelta(seconds=90), EndReason.IDLE))
    assert ended.elapsed_s(NOON + timedelta(hours=1)) == 90


@given(st.sampled_from(list(Phase)), st.lists(st.sampled_from(MOVES), max_size=12))
def test_whatever_is_tried_a_session_only_moves_forward(phase: Phase, tries: list[Callable[[datetime], Move]]) -> None:
    order = list(Phase)
    lived = session(phase)
    for step in tries:
        try:
            moved = apply(lived, step(NOON))
        except IllegalTransition:
            continue
        assert order.index(moved.phase) >= order.index(lived.phase)
        assert lived.phase not in (Phase.COMPLETE, Phase.CANCELLED)
        assert moved.version == lived.version + 1
        lived = moved
    if lived.phase in OVER and phase not in OVER:
        assert lived.end_reason is not None
