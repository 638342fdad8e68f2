from hypothesis import given
from hypothesis import strategies as st

from vivavoce.base.ids import TurnId
from vivavoce.domain.sessions.dialogue import (
    Closing,
    Dialogue,
    DialogueEvent,
    End,
    FellSilent,
    Heard,
    Opened,
    Said,
    Say,
    TimeLeft,
    step,
    time_left_text,
)
from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.domain.sessions.intents import Intent
from vivavoce.domain.sessions.session import EndReason, WrapUp

T1 = TurnId("turn_1")


def says(events: list[DialogueEvent], dialogue: Dialogue | None = None) -> list[ReplyKind | EndReason]:
    """The kinds of what is said, and the end, in order; every saying is over before the next event."""
    told: list[ReplyKind | EndReason] = []
    now = dialogue or Dialogue(opened=True)
    waiting = list(events)
    while waiting:
        now, commands = step(now, waiting.pop(0))
        for command in commands:
            if isinstance(command, Say):
                told.append(command.kind)
                waiting.insert(0, Said(command.kind))
            elif isinstance(command, End):
                told.append(command.reason)
    return told


def test_it_greets_once() -> None:
    assert says([Opened(), Opened()], Dialogue()) == [ReplyKind.GREETING]


def test_it_does_not_greet_after_somebody_spoke_first() -> None:
    assert says([Heard(T1), Opened()], Dialogue()) == [ReplyKind.ANSWER]


def test_a_wish_to_stop_is_asked_back_once_and_a_yes_closes() -> None:
    assert says([Heard(T1, Intent.STOP), Heard(T1, Intent.YES)]) == [
        ReplyKind.WRAP_UP_ASK,
        ReplyKind.GOODBYE,
        EndReason.WRAPPED_UP,
    ]


def test_a_second_wish_to_stop_after_the_question_is_a_yes() -> None:
    assert says([Heard(T1, Intent.STOP), Heard(T1, Intent.STOP)])[-1] is EndReason.WRAPPED_UP


def test_a_no_goes_on_and_a_later_wish_asks_again() -> None:
    heard: list[DialogueEvent] = [Heard(T1, Intent.STOP), Heard(T1, Intent.NO), Heard(T1, Intent.STOP)]
    assert says(heard) == [ReplyKind.WRAP_UP_ASK, ReplyKind.ANSWER, ReplyKind.WRAP_UP_ASK]


def test_anything_else_after_the_question_is_answered_and_goes_on() -> None:
    heard: list[DialogueEvent] = [Heard(T1, Intent.STOP), Heard(T1, Intent.NONE), Heard(T1, Intent.NONE)]
    assert says(heard) == [ReplyKind.WRAP_UP_ASK, ReplyKind.ANSWER, ReplyKind.ANSWER]


def test_silence_is_met_in_stages() -> None:
    assert says([FellSilent(1), FellSilent(2), FellSilent(3)]) == [
        ReplyKind.NUDGE,
        ReplyKind.IDLE_ASK,
        ReplyKind.GOODBYE,
        EndReason.IDLE,
    ]


def test_what_is_said_during_the_goodbye_is_not_answered() -> None:
    closing, _ = step(Dialogue(opened=True), Closing(EndReason.TIME_LIMIT))
    assert step(closing, Heard(T1)) == (closing, [])


def test_time_left_is_told_in_words() -> None:
    assert [time_left_text(seconds) for seconds in (120, 60, 30, 90)] == [
        "Two minutes left.", "One minute left.", "30 seconds left.", "90 seconds left."
    ]  # fmt: skip


events = st.one_of(
    st.just(Opened()),
    st.builds(Heard, st.just(T1), st.sampled_from(Intent)),
    st.builds(FellSilent, st.integers(1, 4)),
    st.builds(TimeLeft, st.sampled_from([120, 30])),
    st.just(Closing(EndReason.TIME_LIMIT)),
)


@given(st.lists(events, max_size=30))
def test_a_session_ends_once_with_a_goodbye_right_before_and_nothing_after(script: list[DialogueEvent]) -> None:
    told = says(script, Dialogue())
    ends = [n for n, item in enumerate(told) if isinstance(item, EndReason)]
    assert len(ends) <= 1
    if ends:
        assert ends == [len(told) - 1]
        assert told[-2] is ReplyKind.GOODBYE
    assert told.count(ReplyKind.GREETING) <= 1


@given(st.lists(events, max_size=30))
def test_it_never_asks_to_close_twice_without_an_answer_between(script: list[DialogueEvent]) -> None:
    now, asked = Dialogue(), False
    for event in script:
        now, commands = step(now, event)
        kinds = [command.kind for command in commands if isinstance(command, Say)]
        if ReplyKind.WRAP_UP_ASK in kinds:
            assert not asked
            asked = True
        elif isinstance(event, Heard):
            asked = False
        assert (now.wrap_up is WrapUp.ASKED) == asked or now.closing is not None
