from datetime import UTC, datetime

from vivavoce.base.ids import ReplyId, SeatId, SessionId, TurnId
from vivavoce.domain.sessions.events import (
    Event,
    Fact,
    Noticed,
    ReplyEnded,
    ReplyKind,
    ReplySentence,
    ReplyStarted,
    ReplyStatus,
    SeatJoined,
    SeatLeft,
    Source,
    TurnHeard,
    WrapUpChanged,
)
from vivavoce.domain.sessions.session import EndReason, Role, WrapUp
from vivavoce.domain.sessions.transcript import Transcript, extend, read

ANA = SeatId("sea_ana")
T1, T2, R1 = TurnId("turn_1"), TurnId("turn_2"), ReplyId("rep_1")


def log(*facts: Fact) -> list[Event]:
    return [Event(SessionId("ses_1"), n, datetime(2026, 1, 1, tzinfo=UTC), fact) for n, fact in enumerate(facts, 1)]


def turn(id: TurnId, text: str, addressed: bool = True) -> TurnHeard:
    return TurnHeard(id, ANA, "Ana", text, Source.VOICE, 0, 900, addressed=addressed)


def test_only_what_was_heard_of_an_interrupted_reply_is_in_the_transcript() -> None:
    told = read(
        log(
            ReplyStarted(R1, ReplyKind.ANSWER, T1, 1000),
            ReplyEnded(R1, ReplyStatus.INTERRUPTED, "Let us begin", "with your goal.", 2000, cause="barge_in"),
        ),
        "Ada",
    )
    assert [(entry.name, entry.text, entry.interrupted) for entry in told.entries] == [("Ada", "Let us begin", True)]


def test_a_reply_nobody_heard_leaves_no_entry() -> None:
    told = read(log(ReplyStarted(R1, ReplyKind.ANSWER, T1, 0), ReplyEnded(R1, ReplyStatus.FAILED, "", "Hi.", 5)), "Ada")
    assert told.entries == ()
    assert told.open_reply is None


def test_a_turn_waits_for_its_answer_until_a_reply_to_it_begins() -> None:
    heard = log(turn(T1, "Hello"), turn(T2, "Are you there?"), ReplyStarted(R1, ReplyKind.ANSWER, T2, 0))
    assert read(heard[:2], "Ada").unanswered == T2
    assert read(heard, "Ada").unanswered is None


def test_a_turn_that_was_not_for_the_ai_waits_for_nothing() -> None:
    assert read(log(turn(T1, "mm-hm", addressed=False)), "Ada").unanswered is None


def test_a_reply_cut_off_by_a_crash_stays_open_with_the_sentences_it_began() -> None:
    told = read(log(ReplyStarted(R1, ReplyKind.ANSWER, T1, 0), ReplySentence(R1, 0, "First.", 10)), "Ada")
    assert told.open_reply is not None
    assert [sentence.text for sentence in told.open_reply.sentences] == ["First."]


def test_a_confirmed_wrap_up_means_the_session_is_closing() -> None:
    told = read(log(WrapUpChanged(WrapUp.ASKED, T1), WrapUpChanged(WrapUp.CONFIRMED, T2)), "Ada")
    assert told.dialogue.closing is EndReason.WRAPPED_UP


def test_presence_and_notices_are_known() -> None:
    told = read(log(SeatJoined(ANA, "Ana", Role.HOST), Noticed("time_left", 120), SeatLeft(ANA)), "Ada")
    assert (told.present, told.names, told.told_left) == (frozenset[SeatId](), {ANA: "Ana"}, frozenset({120}))


def test_folding_page_by_page_equals_folding_at_once_and_repeats_are_passed_over() -> None:
    whole = log(turn(T1, "Hello"), ReplyStarted(R1, ReplyKind.ANSWER, T1, 0), turn(T2, "Again"))
    paged = extend(extend(Transcript("Ada"), whole[:2]), whole[1:])
    assert paged == read(whole, "Ada")
