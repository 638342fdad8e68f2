"""Questions and answers, from the log."""

from datetime import UTC, datetime

from vivavoce.base.ids import ReplyId, SeatId, SessionId, TurnId
from vivavoce.domain.sessions.events import (
    Event,
    Fact,
    ReplyEnded,
    ReplyKind,
    ReplySentence,
    ReplyStarted,
    ReplyStatus,
    Source,
    TurnHeard,
)
from vivavoce.domain.sessions.exchanges import Exchange, exchanges_in

AT = datetime(2026, 3, 2, tzinfo=UTC)
ONE, REPLY, BEN = SessionId("ses_1"), ReplyId("r1"), SeatId("sea_ben")
ASKED = TurnHeard(TurnId("t1"), BEN, "Ben", "What is it?", Source.VOICE, 1000, 2000)
BEGUN = ReplyStarted(REPLY, ReplyKind.ANSWER, TurnId("t1"), 2200)
SAID = ReplySentence(REPLY, 0, "A box.", 2600)


def log(*facts: Fact) -> list[Event]:
    return [Event(ONE, number, AT, fact) for number, fact in enumerate(facts, 1)]


def ended(heard: str = "A box.", status: ReplyStatus = ReplyStatus.FINISHED) -> ReplyEnded:
    return ReplyEnded(REPLY, status, heard, "", 4000, model="guide")


def test_an_exchange_says_who_asked_what_was_answered_how_soon_and_by_which_model() -> None:
    (found,) = exchanges_in(log(ASKED, BEGUN, SAID, ended()))
    assert found == Exchange(
        ONE, REPLY, TurnId("t1"), BEN, "Ben", "What is it?", "A box.", AT, 600, "guide", interrupted=False
    )


def test_an_answer_that_was_cut_off_is_one_as_far_as_it_was_heard() -> None:
    (found,) = exchanges_in(log(ASKED, BEGUN, SAID, ended("A", ReplyStatus.INTERRUPTED)))
    assert (found.answer, found.interrupted) == ("A", True)
    assert exchanges_in(log(ASKED, BEGUN, SAID, ended(""))) == ()


def test_what_answers_nobody_is_no_exchange() -> None:
    greeting = ReplyStarted(REPLY, ReplyKind.GREETING, None, 0)
    notice = ReplyStarted(REPLY, ReplyKind.NOTICE, TurnId("t1"), 0)
    assert exchanges_in(log(greeting, SAID, ended())) == ()
    assert exchanges_in(log(ASKED, notice, SAID, ended())) == ()
    assert exchanges_in(log(ASKED, BEGUN, SAID)) == ()
