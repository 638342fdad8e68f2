from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.sessions.dialogue import Closing, DialogueEvent, TimeLeft
from vivavoce.domain.sessions.session import EndReason, IdleStages
from vivavoce.engine.turns.silence import Silence, broken, counted, fell_silent, limit, run_down

STAGES = IdleStages(40, 90, 150)


@given(st.lists(st.tuples(st.integers(1, 60_000), st.booleans()), max_size=60))
def test_stages_come_in_order_and_count_only_quiet_time(spells: list[tuple[int, bool]]) -> None:
    silence, now_ms, quiet_ms, reached = Silence(STAGES), 0, 0, 0
    for length_ms, quiet in spells:
        silence = counted(silence, quiet=quiet, at_ms=now_ms)
        end_ms = now_ms + length_ms
        while (due_ms := silence.due_ms) is not None and due_ms <= end_ms:
            silence, fell = fell_silent(silence, due_ms)
            assert fell is not None
            assert fell.stage == reached + 1
            reached = fell.stage
            assert quiet_ms + due_ms - now_ms == (40_000, 90_000, 150_000)[reached - 1]
        quiet_ms += length_ms if quiet else 0
        now_ms = end_ms
    assert reached == sum(quiet_ms >= stage for stage in (40_000, 90_000, 150_000))


def test_words_start_it_again_from_nothing() -> None:
    silence = counted(Silence(STAGES), quiet=True, at_ms=0)
    silence, _ = fell_silent(silence, 40_000)
    silence = counted(broken(silence), quiet=True, at_ms=50_000)
    assert (silence.stage, silence.due_ms) == (0, 90_000)


def test_without_stages_nothing_is_due() -> None:
    assert counted(Silence(None), quiet=True, at_ms=0).due_ms is None


@given(
    st.integers(10, 3600),
    st.sets(st.integers(1, 3600), max_size=4),
    st.lists(st.integers(0, 4_000_000), min_size=1, max_size=30),
)
def test_each_mark_is_told_at_most_once_and_time_is_up_once(limit_s: int, left: set[int], moments: list[int]) -> None:
    running, told, closed = limit(limit_s, tuple(left), frozenset()), list[int](), 0
    for now_ms in sorted(moments):
        happened: DialogueEvent | None
        running, happened = run_down(running, now_ms)
        match happened:
            case TimeLeft(seconds):
                told.append(seconds)
                assert now_ms >= (limit_s - seconds) * 1000
            case Closing(reason):
                closed += 1
                assert reason is EndReason.TIME_LIMIT
                assert now_ms >= limit_s * 1000
            case _:
                pass
    assert told == sorted(set(told), reverse=True)
    assert closed <= 1


def test_what_was_told_before_a_restart_is_not_told_again() -> None:
    assert limit(300, (120, 30), frozenset({120})).left_s == (30,)
