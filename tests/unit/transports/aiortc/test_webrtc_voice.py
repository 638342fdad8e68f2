import numpy as np
import pytest
from tests.webrtc import speechlike, tone, voice_frames

from vivavoce.engine.ports import VoiceFrame
from vivavoce.transports.aiortc.media import Media
from vivavoce.transports.aiortc.opus import load_opus
from vivavoce.transports.aiortc.rtcp import Reception, report
from vivavoce.transports.aiortc.rtp import parse
from vivavoce.transports.aiortc.sdp import AudioOffer, Direction, Section
from vivavoce.transports.aiortc.voice import SharedVoice


def media(voice: SharedVoice | None = None, direction: Direction = "sendrecv") -> Media:
    return Media(AudioOffer(Section("audio", "", "111", "0"), 111, direction), voice or SharedVoice())


def frames(ms: int = 100, at_ms: int = 0) -> list[VoiceFrame]:
    return voice_frames(tone(300, ms, 24_000), at_ms=at_ms)


def speech(ms: int, at_ms: int = 0) -> list[VoiceFrame]:
    return voice_frames(speechlike(ms, 24_000), at_ms=at_ms)


def packets(one: Media, played: list[VoiceFrame]) -> list[bytes]:
    return [packet for frame in played if (packet := one.play(frame, frame.at_ms / 1000)) is not None]


def test_a_frame_for_many_devices_is_encoded_once() -> None:
    voice, (frame,) = SharedVoice(), frames(20)
    assert voice.encode(frame) is voice.encode(frame)
    ana, ben = media(voice), media(voice)
    (to_ana,), (to_ben,) = packets(ana, [frame]), packets(ben, [frame])
    assert parse(to_ana).payload == parse(to_ben).payload
    assert parse(to_ana).ssrc != parse(to_ben).ssrc


def test_a_reply_is_one_run_of_packets() -> None:
    sent = [parse(packet) for packet in packets(media(), frames(200))]
    assert [(packet.sequence - sent[0].sequence) & 0xFFFF for packet in sent] == list(range(10))
    assert [(packet.timestamp - sent[0].timestamp) & 0xFFFFFFFF for packet in sent] == [960 * n for n in range(10)]
    assert {packet.payload_type for packet in sent} == {111}


def test_timestamps_follow_the_clock_through_a_silence_and_sequence_numbers_do_not() -> None:
    one = media()
    first, second = packets(one, frames(40)), packets(one, frames(40, at_ms=5000))
    last, next_ = parse(first[-1]), parse(second[0])
    assert (next_.timestamp - last.timestamp) & 0xFFFFFFFF == (5000 - 20) * 48
    assert (next_.sequence - last.sequence) & 0xFFFF == 1
    assert [packet[1] >> 7 for packet in first + second] == [1, 0, 1, 0]  # the marker


def test_time_never_steps_back() -> None:
    one = media()
    sent = [parse(packet) for packet in packets(one, frames(40, at_ms=1000) + frames(40, at_ms=0))]
    assert [(packet.timestamp - sent[0].timestamp) & 0xFFFFFFFF for packet in sent] == [0, 960, 1920, 2880]


def test_a_silence_of_zeros_is_sent_only_at_its_start() -> None:
    one = media()
    silence = voice_frames(np.zeros(24_000, np.int16), at_ms=100)
    assert len(packets(one, frames(100))) == 5
    assert len(packets(one, silence)) == 5
    (again,) = packets(one, frames(20, at_ms=1100))
    assert again[1] >> 7 == 1


def test_a_cut_ends_in_silence_and_the_next_words_are_in_time() -> None:
    voice = SharedVoice()
    one, other = media(voice), media(voice)
    played = frames(100)
    (*_, last), _ = packets(one, played), packets(other, played)
    tail = [parse(packet) for packet in one.cut(0.09)]
    assert [(packet.timestamp - parse(last).timestamp) & 0xFFFFFFFF for packet in tail] == [960, 1920]
    assert [parse(packet).payload for packet in other.cut(0.09)] == [packet.payload for packet in tail]
    (after,) = packets(one, frames(20, at_ms=500))
    assert (parse(after).timestamp - parse(last).timestamp) & 0xFFFFFFFF == 420 * 48


@pytest.mark.parametrize("played", [[], frames(100)])
def test_a_cut_long_after_the_voice_says_nothing(played: list[VoiceFrame]) -> None:
    one = media()
    packets(one, played)
    assert one.cut(1.0) == []


def test_a_device_that_only_speaks_is_not_spoken_to() -> None:
    one = media(direction="recvonly")
    assert packets(one, frames(100)) == []
    assert one.cut(0.1) == []


def test_a_device_that_only_listens_is_not_heard() -> None:
    (packet,) = packets(media(), frames(20))
    assert media(direction="sendonly").receive(packet, 0) == []
    assert len(media().receive(packet, 0)) == 1


def test_copies_are_added_when_a_device_reports_loss_and_left_out_when_none_does() -> None:
    one, other = media(), media()
    begin = packets(one, speech(500))
    packets(other, speech(500))
    reception = Reception(one.ssrc)
    for packet in begin[::2]:
        reception.add(parse(packet), 0)
    one.receive_report(report(1, "them", None, reception.block(0), 0), 0)
    assert copies(packets(one, speech(500, at_ms=500))) > 15
    assert copies(packets(other, speech(500, at_ms=500))) == 0
    for _ in range(50):
        one.receive_report(report(1, "them", None, reception.block(0), 0), 0)
    assert copies(packets(one, speech(500, at_ms=1000))[3:]) == 0


def copies(sent: list[bytes]) -> int:
    """How many packets carry a copy of the one before."""
    has_copy = load_opus().opus_packet_has_lbrr
    return sum(has_copy(payload, len(payload)) for payload in (parse(packet).payload for packet in sent))


def test_another_rate_starts_another_encoder() -> None:
    one = media()
    at_48 = voice_frames(tone(300, 40, 48_000), rate_hz=48_000, at_ms=100)
    assert len(packets(one, frames(100) + at_48)) == 7
