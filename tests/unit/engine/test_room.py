"""Whole rooms on a virtual clock: what people hear, and what the log keeps of it."""

from dataclasses import replace

import anyio
import numpy as np
import pytest
from tests.unit.engine.scenes import ANA, BEN, PAST, SETTINGS, FactLog, scene

from vivavoce.base.ids import ReplyId, SeatId, TurnId
from vivavoce.domain.sessions.events import (
    Noticed,
    ReplyEnded,
    ReplyKind,
    ReplySentence,
    ReplyStarted,
    ReplyStatus,
    Source,
    TurnHeard,
)
from vivavoce.domain.sessions.session import Address, EndReason, IdleStages, Role, Seat, WrapUp
from vivavoce.domain.sessions.transcript import OpenReply, Utterance
from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.engine.ports import ProviderUnavailable, Samples
from vivavoce.engine.turns.endpointing import Endpointing
from vivavoce.providers.scripted import Answer, Heard, Voicing

pytestmark = pytest.mark.anyio
UNAVAILABLE = ProviderUnavailable("scripted")


async def test_a_spoken_turn_is_answered_by_voice() -> None:
    async with scene(words=["I had a good week."], answers=["What made it good?"]) as one:
        await one.speak(1000)
        await one.quiet(400)
        await anyio.sleep(3)
        turn = one.all(TurnHeard)[0]
        assert (turn.text, turn.source, turn.name, turn.addressed) == ("I had a good week.", Source.VOICE, "Ana", True)
        assert turn.start_ms == pytest.approx(20, abs=40)
        assert turn.end_ms == pytest.approx(1020, abs=40)
        assert one.heard() == ["What made it good?"]
        assert len(one.voice()) == 4 * 0.3 * 24_000


async def test_what_is_stored_of_a_reply_comes_in_order() -> None:
    async with scene(answers=["First. Second?"]) as one:
        await one.room.say(ANA, "Go on.")
        await anyio.sleep(3)
        kinds = [type(fact) for fact in one.log.facts]
        assert kinds == [TurnHeard, ReplyStarted, ReplySentence, ReplySentence, ReplyEnded]
        assert [sentence.text for sentence in one.all(ReplySentence)] == ["First.", "Second?"]
        assert one.all(ReplyEnded)[0].status is ReplyStatus.FINISHED


async def test_words_of_a_reply_are_timed_from_its_start() -> None:
    async with scene(answers=[Answer("One two.", first_s=0.5)]) as one:
        await one.room.say(ANA, "Count.")
        await anyio.sleep(3)
        words = one.all(ReplyEnded)[0].words
        assert [(word.text, word.start_ms, word.end_ms) for word in words] == [("One", 500, 800), ("two.", 800, 1100)]


async def test_frames_come_every_20_ms() -> None:
    async with scene(answers=["One two three."]) as one:
        await one.room.say(ANA, "Count.")
        await anyio.sleep(3)
        at = [frame.at_ms for frame in one.device.played]
        assert at == list(range(at[0], at[0] + 20 * len(at), 20))


async def test_barge_in_keeps_only_what_was_heard() -> None:
    async with scene(words=["No, wait."], answers=["One two three four five six.", "Yes?"]) as one:
        await one.room.say(ANA, "Count.")
        await anyio.sleep(0.75)
        await one.speak(600)
        await one.quiet(600)
        await anyio.sleep(1)
        stopped = one.all(ReplyEnded)[0]
        assert (stopped.status, stopped.cause) == (ReplyStatus.INTERRUPTED, "barge_in")
        assert (stopped.heard, stopped.unheard) == ("One two", "three four five six.")
        assert one.said() == ["Count.", "No, wait."]
        history = one.llm.prompts[-1].history
        assert [line.text for line in history] == ["Count.", "One two", "No, wait."]
        assert history[1].interrupted


async def test_the_voice_is_held_within_80_ms_of_the_first_sound() -> None:
    async with scene(words=["No."], answers=["One two three four five six."]) as one:
        await one.room.say(ANA, "Count.")
        await anyio.sleep(0.5)
        before = len(one.device.played)
        await one.speak(400)
        assert len(one.device.played) - before <= 4
        assert one.device.flushed


async def test_a_cough_lets_the_ai_go_on_with_the_word_it_was_held_at() -> None:
    async with scene(words=[""], answers=["One two three four."]) as one:
        await one.room.say(ANA, "Count.")
        await anyio.sleep(0.4)
        await one.speak(160)
        await one.quiet(400)
        await anyio.sleep(3)
        ended = one.all(ReplyEnded)[0]
        assert (ended.status, ended.heard) == (ReplyStatus.FINISHED, "One two three four.")
        assert [signal["on"] for signal in one.told("hold")] == [True, False]
        assert one.said() == ["Count."]
        repeated = len(one.voice()) - 4 * 0.3 * 24_000
        assert 0 < repeated <= 0.3 * 24_000  # the part of "two" that had been said


async def test_a_backchannel_is_recorded_and_not_answered() -> None:
    async with scene(words=["mm-hm"], answers=["One two three four."]) as one:
        await one.room.say(ANA, "Count.")
        await anyio.sleep(0.4)
        await one.speak(300)
        await one.quiet(400)
        await anyio.sleep(3)
        assert [(turn.text, turn.addressed) for turn in one.all(TurnHeard)] == [("Count.", True), ("mm-hm", False)]
        assert one.heard() == ["One two three four."]
        assert len(one.llm.prompts) == 1


async def test_speculation_answers_earlier() -> None:
    async def first_frame_ms(speculative: bool) -> int:
        slow = Endpointing(fixed_ms=800, speculative=speculative)
        async with scene(
            words=[Heard("I had a good week.", 0.1)],
            answers=[Answer("Good.", first_s=0.4)],
            settings=replace(SETTINGS, endpointing=slow),
        ) as one:
            await one.speak(1000)
            await one.quiet(2000)
            return one.all(ReplySentence)[0].start_ms - one.all(TurnHeard)[0].end_ms

    assert await first_frame_ms(True) == pytest.approx(810, abs=20)
    assert await first_frame_ms(False) == pytest.approx(1210, abs=20)


async def test_nothing_is_logged_of_a_discarded_draft() -> None:
    slow = replace(SETTINGS, endpointing=Endpointing(fixed_ms=800))
    async with scene(words=["I had a good week.", "No, a bad one."], answers=["Early.", "Late."], settings=slow) as one:
        await one.speak(600)
        await one.quiet(500)
        await one.speak(600)
        await one.quiet(1200)
        await anyio.sleep(1)
        assert len(one.llm.prompts) == 2
        assert one.said() == ["I had a good week. No, a bad one."]
        assert one.heard() == ["Late."]
        assert len(one.all(ReplyStarted)) == 1


async def test_two_people_are_heard_on_their_own_tracks() -> None:
    async with scene(words=["From Ana.", "From Ben."], answers=["To both."]) as one:
        one.room.join(Seat(BEN, "Ben", Role.MEMBER))
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(one.speak, 1000)
            tasks.start_soon(one.speak, 1400, BEN)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(one.quiet, 600)
            tasks.start_soon(one.quiet, 600, BEN)
        await anyio.sleep(2)
        assert sorted(one.said()) == ["From Ana.", "From Ben."]
        assert len(one.all(ReplyStarted)) == 1
        assert one.all(ReplyStarted)[0].start_ms >= 1600


async def test_a_microphone_of_48_khz_is_heard_too() -> None:
    async with scene(words=["Hello there."]) as one:
        await one.speak(1000, rate_hz=48_000)
        await one.quiet(500)
        await anyio.sleep(1)
        assert one.said() == ["Hello there."]


async def test_push_to_talk_hears_only_while_the_key_is_down() -> None:
    async with scene(words=["With the key.", "Never."]) as one:
        one.room.set_input(ANA, "ptt")
        await one.speak(500)
        one.room.push_to_talk(ANA, True)
        await one.speak(500)
        one.room.push_to_talk(ANA, False)
        await one.speak(500)
        await anyio.sleep(1)
        assert one.said() == ["With the key."]


async def test_a_muted_seat_is_not_heard() -> None:
    async with scene(words=["Before.", "Never."]) as one:
        await one.speak(500)
        one.room.mute(ANA, True)
        await one.speak(500)
        await anyio.sleep(1)
        assert one.said() == ["Before."]


async def test_a_microphone_that_stops_sending_ends_the_turn() -> None:
    async with scene(words=["And then"]) as one:
        await one.speak(500)
        await anyio.sleep(2)
        assert one.said() == ["And then"]


async def test_without_a_device_that_plays_the_reply_is_text() -> None:
    async with scene(answers=["One. Two."], audio=False) as one:
        await one.room.say(ANA, "Count.")
        await anyio.sleep(0.1)
        assert one.heard() == ["One. Two."]
        assert one.tts.sentences == []


async def test_the_same_turn_again_changes_nothing() -> None:
    async with scene(answers=["Once."]) as one:
        await one.room.say(ANA, "Hello?", turn=TurnId("turn_x"))
        await one.room.say(ANA, "Hello?", turn=TurnId("turn_x"))
        await anyio.sleep(1)
        assert one.said() == ["Hello?"]
        assert one.heard() == ["Once."]


async def test_say_returns_when_the_turn_is_stored() -> None:
    async with scene(log=FactLog(delay_s=0.3)) as one:
        await one.room.say(ANA, "Hello?")
        assert one.said() == ["Hello?"]


async def test_a_slow_store_does_not_hold_up_the_voice() -> None:
    async with scene(answers=["One two."], log=FactLog(delay_s=2.0)) as one, anyio.create_task_group() as tasks:
        tasks.start_soon(one.room.say, ANA, "Count.")
        await anyio.sleep(0.2)
        assert one.device.played


async def test_the_second_sentence_is_spoken_while_the_first_plays() -> None:
    async with scene(answers=["One two three. Four. Five. Six."], voicing=lambda s: Voicing(first_s=0.2)) as one:
        await one.room.say(ANA, "Count.")
        await anyio.sleep(0.5)
        assert one.tts.sentences == ["One two three.", "Four."]


async def test_a_device_that_drops_hears_the_rest_when_it_is_back() -> None:
    async with scene(answers=["One two three four. Five six."]) as one:
        await one.room.say(ANA, "Count.")
        await anyio.sleep(0.7)
        one.room.detach(ANA, one.device)
        played = len(one.device.played)
        await anyio.sleep(10)
        assert len(one.device.played) == played
        one.room.attach(ANA, one.device)
        await anyio.sleep(5)
        assert one.heard() == ["One two three four. Five six."]
        assert len(one.voice()) >= 6 * 0.3 * 24_000


async def test_a_recogniser_that_never_answers_is_given_up() -> None:
    async with scene(words=[Heard("Never.", 60, word_ms=100_000)]) as one:
        await one.speak(500)
        await one.quiet(300)
        await anyio.sleep(20)
        assert one.heard() == ["I could not hear that just now, please say it again or type."]


async def test_partial_words_stand_in_for_words_that_never_come() -> None:
    async with scene(words=[Heard("I slept well.", 60, word_ms=100)], answers=["Good."]) as one:
        await one.speak(500)
        await one.quiet(300)
        await anyio.sleep(20)
        assert one.said() == ["I slept well."]
        assert one.heard() == ["Good."]


async def test_nothing_is_recorded_between_presses_of_the_key() -> None:
    async with scene() as one:
        taped: list[int] = []
        one.room.tap = lambda who, samples, rate_hz, at_ms: taped.append(len(samples))
        one.room.set_input(ANA, "ptt")
        await one.speak(500)
        assert taped == []


# --- failures ---------------------------------------------------------------------------------------


async def test_a_model_that_fails_once_is_asked_again() -> None:
    async with scene(answers=[Answer("", fails=UNAVAILABLE), "Good."]) as one:
        await one.room.say(ANA, "Hello?")
        await anyio.sleep(1)
        assert one.heard() == ["Good."]
        assert one.all(ReplyEnded)[0].status is ReplyStatus.FINISHED
        assert not one.all(Noticed)


async def test_a_model_that_keeps_failing_is_owned_up_to() -> None:
    async with scene(answers=[Answer("", fails=UNAVAILABLE)]) as one:
        await one.room.say(ANA, "Hello?")
        await anyio.sleep(5)
        ended = one.all(ReplyEnded)[0]
        assert ended.heard == "I lost my thread for a moment. Could you say that again?"
        assert (ended.status, ended.cause) == (ReplyStatus.FAILED, "ProviderUnavailable")
        assert [notice.kind for notice in one.all(Noticed)] == ["provider_lost"]


async def test_a_model_that_breaks_off_keeps_what_it_said() -> None:
    async with scene(answers=[Answer("One two. Three four five", fails=UNAVAILABLE, fails_after=4)]) as one:
        await one.room.say(ANA, "Count.")
        await anyio.sleep(6)
        ended = one.all(ReplyEnded)[0]
        assert ended.heard == "One two. Three four I am sorry, I lost my thread there."
        assert ended.status is ReplyStatus.FAILED


async def test_a_voice_that_fails_leaves_the_text() -> None:
    async with scene(answers=["One. Two."], voicing=lambda s: Voicing(fails=UNAVAILABLE)) as one:
        await one.room.say(ANA, "Count.")
        await anyio.sleep(1)
        assert [sentence.text for sentence in one.all(ReplySentence)] == ["One.", "Two."]
        assert one.heard() == ["One. Two."]
        assert [notice.kind for notice in one.all(Noticed)] == ["provider_lost"]


async def test_words_that_are_lost_are_owned_up_to() -> None:
    async with scene(words=[Heard("", fails=UNAVAILABLE)]) as one:
        await one.speak(800)
        await one.quiet(500)
        await anyio.sleep(5)
        assert one.said() == []
        assert one.heard() == ["I could not hear that just now, please say it again or type."]
        assert [notice.kind for notice in one.all(Noticed)] == ["provider_lost"]


async def test_a_store_that_fails_ends_the_room() -> None:
    class Broken(FactLog):
        async def record(self, facts: object) -> None:
            raise ZeroDivisionError

    with pytest.raises(ExceptionGroup) as caught:
        async with scene(log=Broken()) as one:
            one.room.interrupt(ANA)
            await one.room.say(ANA, "Hello?")
    assert caught.group_contains(ZeroDivisionError)


# --- endings ----------------------------------------------------------------------------------------


async def test_wrapping_up_ends_the_room_behind_the_goodbye() -> None:
    async with scene(answers=["Goodbye now."]) as one:
        await one.room.say(ANA, "Let's wrap up.")
        await anyio.sleep(2)
        assert one.heard() == ["Shall we close here?"]
        await one.room.say(ANA, "Yes.")
        await anyio.sleep(2)
        assert one.reason is EndReason.WRAPPED_UP
        assert one.heard() == ["Shall we close here?", "Goodbye now."]


async def test_what_is_said_into_the_goodbye_is_recorded() -> None:
    past = replace(PAST, wrap_up=WrapUp.ASKED)
    async with scene(answers=["Goodbye to you now."], words=["Wait."], past=past) as one:
        await one.room.say(ANA, "Yes.")
        await one.speak(600)
        await one.quiet(400)
        await anyio.sleep(2)
        assert one.reason is EndReason.WRAPPED_UP
        assert one.said() == ["Yes.", "Wait."]
        assert one.heard() == ["Goodbye to you now."]


async def test_ended_in_the_middle_of_a_word_nothing_said_is_lost() -> None:
    async with scene(words=[Heard("I was just saying", 0.5)], answers=["One two three four."]) as one:
        await one.room.say(ANA, "Count.")
        await anyio.sleep(0.5)
        await one.speak(200)
        one.room.end(EndReason.ENDED_BY_HOST, goodbye=False)
        await anyio.sleep(1)
        assert one.reason is EndReason.ENDED_BY_HOST
        assert one.said() == ["Count.", "I was just saying"]
        assert one.all(ReplyEnded)[0].cause == "ended"


async def test_time_runs_out() -> None:
    limited = replace(SETTINGS, time_limit_s=60, time_left_s=(30,))
    async with scene(answers=["Time is up. Goodbye."], settings=limited) as one:
        await anyio.sleep(70)
        assert [(notice.kind, notice.value) for notice in one.all(Noticed)] == [("time_left", 30)]
        assert one.heard() == ["30 seconds left.", "Time is up. Goodbye."]
        assert one.reason is EndReason.TIME_LIMIT
        assert one.llm.prompts[0].cue is ReplyKind.GOODBYE


async def test_at_the_limit_the_ai_ends_its_sentence_and_the_model_writes_no_more() -> None:
    limited = replace(SETTINGS, time_limit_s=60, time_left_s=())
    long = Answer("One two three four five six. Seven eight nine. And so on and so on.", word_s=0.2)
    async with scene(answers=[long, "Goodbye."], settings=limited, started_ms_ago=58_000) as one:
        await one.room.say(ANA, "Count.")
        await anyio.sleep(10)
        assert one.reason is EndReason.TIME_LIMIT
        assert one.heard() == ["One two three four five six.", "Goodbye."]
        assert one.all(ReplyEnded)[0].cause == "ended"


async def test_a_goodbye_that_hangs_is_cut() -> None:
    limited = replace(SETTINGS, time_limit_s=60, time_left_s=())
    async with scene(answers=[Answer("Never.", first_s=29)], settings=limited) as one:
        await anyio.sleep(81)
        assert one.reason is EndReason.TIME_LIMIT
        assert one.all(ReplyEnded)[0].status is ReplyStatus.INTERRUPTED


async def test_silence_ends_in_stages() -> None:
    idle = replace(SETTINGS, idle=IdleStages(40, 90, 150))
    async with scene(answers=["Take your time.", "Are you there?", "I end here."], settings=idle) as one:
        await anyio.sleep(170)
        assert one.heard() == ["Take your time.", "Are you there?", "I end here."]
        assert one.reason is EndReason.IDLE


# --- going on ---------------------------------------------------------------------------------------


async def test_the_first_device_is_greeted_once() -> None:
    greeting = replace(SETTINGS, greeting="Hello, Ana. I am an AI.")
    async with scene(settings=greeting, past=replace(PAST, opened=False)) as one:
        one.room.detach(ANA, one.device)
        one.room.attach(ANA, one.device)
        await anyio.sleep(2)
        assert one.heard() == ["Hello, Ana. I am an AI."]


async def test_a_greeting_that_does_not_say_so_is_followed_by_that_it_is_an_ai() -> None:
    greeting = replace(SETTINGS, greeting="Hello, Ana.")
    async with scene(settings=greeting, past=replace(PAST, opened=False)) as one:
        await anyio.sleep(3)
        assert one.heard() == ["Hello, Ana. You are talking with an AI."]


async def test_a_reply_that_a_crash_broke_is_closed_and_picked_up() -> None:
    started = ReplyStarted(ReplyId("reply_1"), ReplyKind.ANSWER, TurnId("turn_1"), 1000)
    begun = (ReplySentence(started.reply, 0, "First.", 1200), ReplySentence(started.reply, 1, "Second one.", 2000))
    asked = Utterance(TurnId("turn_1"), ANA, "Ana", "Count.", 500, 900, source=Source.TEXT)
    past = replace(PAST, entries=(asked,), open_reply=OpenReply(started, begun), names={ANA: "Ana"})
    async with scene(past=past, answers=["We were cut off."], started_ms_ago=60_000) as one:
        await anyio.sleep(2)
        broken = one.all(ReplyEnded)[0]
        assert (broken.heard, broken.unheard, broken.cause) == ("First.", "Second one.", "restart")
        assert one.all(ReplyStarted)[0].kind is ReplyKind.PICK_UP
        assert [line.text for line in one.llm.prompts[0].history] == ["Count.", "First."]


async def test_a_room_that_is_given_up_writes_nothing_more() -> None:
    async with scene(answers=["One two three four."]) as one:
        await one.room.say(ANA, "Count.")
        await anyio.sleep(0.5)
        before = len(one.log.facts)
    assert len(one.log.facts) == before


async def test_silenced_by_the_host_the_ai_is_off_until_handed_back() -> None:
    async with scene(answers=["One two three four.", "Back."]) as one:
        await one.room.say(ANA, "Count.")
        await anyio.sleep(0.5)
        one.room.set_address(Address.NOBODY)
        await one.room.say(ANA, "Anybody?")
        await anyio.sleep(1)
        assert one.all(ReplyEnded)[0].cause == "host"
        assert one.told("state")[-1]["state"] == "off"
        one.room.set_address(Address.EVERYONE)
        await one.room.say(ANA, "And now?")
        await anyio.sleep(1)
        assert one.heard()[-1] == "Back."
        assert "Anybody?" in [line.text for line in one.llm.prompts[-1].history]


# --- signals ----------------------------------------------------------------------------------------


async def test_people_are_told_what_the_ai_does() -> None:
    async with scene(answers=[Answer("Good.", first_s=0.3)], words=["Hello there."]) as one:
        await one.speak(600)
        await one.quiet(400)
        await anyio.sleep(2)
        assert [signal["state"] for signal in one.told("state")] == ["listening", "thinking", "speaking", "listening"]
        assert [signal["on"] for signal in one.told("speaking")] == [True, False]


async def test_lips_and_words_are_told_from_the_moment_they_begin() -> None:
    async with scene(answers=["One two."]) as one:
        await one.room.say(ANA, "Count.")
        await anyio.sleep(2)
        told = one.told("mouth")
        assert [signal["words"] for signal in told] == [[[0, 300, "One"]], [[280, 580, "two."]]]
        assert [signal["at_ms"] for signal in told] == [0, 20]
        assert all(signal["reply"] == one.all(ReplyEnded)[0].reply for signal in told)


async def test_hops_count_from_the_end_of_speech() -> None:
    async with scene(words=[Heard("Hello there.", 0.05)], answers=[Answer("Good.", first_s=0.1)]) as one:
        await one.speak(600)
        await one.quiet(600)
        hops = one.told("hops")[0]["ms"]
        assert isinstance(hops, dict)
        assert hops["end_of_turn"] == pytest.approx(250, abs=30)
        assert hops["first_token"] == pytest.approx(350, abs=30)
        assert hops["first_frame"] >= hops["first_audio"] >= hops["first_sentence"] >= hops["first_token"]


async def test_the_tap_hears_everybody() -> None:
    async with scene(words=["Hello there."], answers=["Good."]) as one:
        heard: dict[object, int] = {}

        def tap(who: SeatId | None, samples: Samples, rate_hz: int, at_ms: int) -> None:
            heard[who] = heard.get(who, 0) + len(samples)

        one.room.tap = tap
        await one.speak(600)
        await one.quiet(400)
        await anyio.sleep(2)
        assert heard == {ANA: 16_000, None: len(one.voice())}


async def test_nobody_is_heard_who_does_not_sit_in_the_room() -> None:
    async with scene(words=["Hello."]) as one:
        one.room.hear(BEN, AudioFrame(np.full(320, 8000, np.int16), 16_000, 0))
        await one.speak(600, BEN)
        await anyio.sleep(1)
        assert one.said() == []


async def test_the_wake_phrase_is_expected_only_where_the_ai_must_be_called() -> None:
    async with scene(settings=replace(SETTINGS, wake_phrase="okay computer"), words=["one", "two"]) as one:
        one.room.set_address(Address.WHEN_CALLED)
        await one.speak(600)
        await one.quiet(2000)
        one.room.set_address(Address.EVERYONE)
        await one.speak(600)
        await one.quiet(2000)
        assert one.stt.hints == [("okay computer",), ()]
