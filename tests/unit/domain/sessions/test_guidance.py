"""What a human coach told and led, from the log."""

from hypothesis import given
from hypothesis import strategies as st

from vivavoce.base.ids import ReplyId, SeatId, TurnId
from vivavoce.domain.sessions.events import Fact, LedBy, ReplyEnded, ReplyKind, ReplyStarted, ReplyStatus, Whispered
from vivavoce.domain.sessions.guidance import Guidance, guidance_after

KIM = SeatId("sea_kim")


def after(*facts: Fact) -> Guidance:
    guidance = Guidance()
    for fact in facts:
        guidance = guidance_after(guidance, fact)
    return guidance


def whisper(text: str) -> Whispered:
    return Whispered(KIM, "Kim", text)


def begun(reply: str, kind: ReplyKind = ReplyKind.ANSWER) -> ReplyStarted:
    return ReplyStarted(ReplyId(reply), kind, TurnId("t1"), 0)


def over(reply: str, heard: str = "Said.") -> ReplyEnded:
    return ReplyEnded(ReplyId(reply), ReplyStatus.FINISHED, heard, "", 0)


def test_a_whisper_is_fresh_until_the_ai_has_said_something_after_it() -> None:
    assert after(whisper("a")).fresh == ("a",)
    assert after(whisper("a"), begun("r1")).fresh == ("a",)
    guidance = after(whisper("a"), begun("r1"), over("r1"))
    assert (guidance.fresh, guidance.told) == ((), ("a",))


def test_what_was_whispered_while_the_ai_spoke_is_for_its_next_reply() -> None:
    guidance = after(whisper("a"), begun("r1"), whisper("b"), over("r1"))
    assert (guidance.fresh, guidance.told) == (("b",), ("a",))


def test_a_reply_of_which_nothing_was_heard_took_nothing_up() -> None:
    assert after(whisper("a"), begun("r1"), over("r1", "")).fresh == ("a",)


def test_a_notice_takes_nothing_up() -> None:
    assert after(whisper("a"), begun("r1", ReplyKind.NOTICE), over("r1")).fresh == ("a",)


def test_handed_back_the_ai_is_due_until_it_has_begun() -> None:
    led = after(LedBy(KIM, "Kim"))
    assert (led.led_by, led.back) == (KIM, False)
    back = guidance_after(led, LedBy(None, "Kim", "Stay with Friday."))
    assert (back.led_by, back.back, back.fresh) == (None, True, ("Stay with Friday.",))
    assert not guidance_after(back, begun("r1", ReplyKind.PICK_UP)).back
    assert not guidance_after(back, LedBy(KIM, "Kim")).back


def test_handing_back_what_nobody_leads_means_nothing() -> None:
    assert after(LedBy(None, "Kim", "x")) == Guidance()


FACTS = st.one_of(
    st.builds(whisper, st.sampled_from("abcdefgh")),
    st.builds(begun, st.sampled_from(["r1", "r2"]), st.sampled_from(ReplyKind)),
    st.builds(over, st.sampled_from(["r1", "r2"]), st.sampled_from(["", "Said."])),
    st.sampled_from([LedBy(KIM, "Kim"), LedBy(None, "Kim"), LedBy(None, "Kim", "z")]),
)


@given(st.lists(FACTS, max_size=40))
def test_nothing_that_was_told_is_lost_or_doubled(facts: list[Fact]) -> None:
    told = [fact.text for fact in facts if isinstance(fact, Whispered)]
    guidance = Guidance()
    briefings = 0
    for fact in facts:
        led = guidance.led_by is not None
        guidance = guidance_after(guidance, fact)
        briefings += isinstance(fact, LedBy) and fact.seat is None and bool(fact.briefing) and led
    assert len(guidance.told) + len(guidance.fresh) == min(len(told) + briefings, 12 + len(guidance.fresh))
    assert guidance.taken <= len(guidance.fresh)
