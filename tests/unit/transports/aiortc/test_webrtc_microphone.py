from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.webrtc import FRAME, RATE_HZ, loudness, microphone_encoder, tone

from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.transports.aiortc.microphone import Microphone
from vivavoce.transports.aiortc.rtp import RtpPacket

TICKS = 960


def speech(count: int, *, ssrc: int = 1, first: int = 65530, timestamp: int = 2**32 - 9000) -> list[RtpPacket]:
    """`count` packets of 20 ms of a tone; both counters wrap on the way."""
    encoder = microphone_encoder()
    sound = tone(300, 20 * count).reshape(-1, FRAME)
    return [
        RtpPacket(111, (first + n) & 0xFFFF, (timestamp + n * TICKS) & 0xFFFFFFFF, ssrc, encoder.encode(frame))
        for n, frame in enumerate(sound)
    ]


def hear(packets: list[RtpPacket], microphone: Microphone | None = None) -> list[AudioFrame]:
    microphone = microphone or Microphone()
    return [frame for packet in packets for frame in microphone.add(packet)]


def assert_seamless(frames: list[AudioFrame]) -> None:
    for before, after in pairwise(frames):
        assert after.start == before.start + len(before.samples)


def test_each_packet_is_a_frame_of_the_media_clock() -> None:
    frames = hear(speech(50))
    assert [frame.start for frame in frames] == [FRAME * n for n in range(50)]
    assert all(frame.rate_hz == RATE_HZ and frame.samples.dtype == np.int16 for frame in frames)
    assert loudness(frames[-1].samples) == pytest.approx(8000 / np.sqrt(2), rel=0.15)


def test_frames_do_not_share_memory() -> None:
    first, second = hear(speech(2))
    kept = first.samples.copy()
    second.samples[:] = 0
    assert (first.samples == kept).all()


def test_a_lost_packet_is_filled_and_the_clock_goes_on() -> None:
    packets = speech(50)
    frames = hear(packets[:20] + packets[21:])
    assert_seamless(frames)
    assert frames[-1].start == 49 * FRAME
    assert loudness(frames[20].samples) > 3000


def test_a_hole_of_a_second_is_not_filled_but_jumped() -> None:
    packets = speech(100)
    frames = hear(packets[:20] + packets[70:])
    assert len(frames) == 50
    assert frames[20].start == 70 * FRAME


def test_a_pause_of_the_device_moves_the_clock_without_a_fill() -> None:
    before, after = speech(5), speech(5, first=65535, timestamp=2**32 - 9000 + 10 * TICKS)
    frames = hear(before + after)
    assert [frame.start // FRAME for frame in frames] == [0, 1, 2, 3, 4, 10, 11, 12, 13, 14]


def test_a_new_source_goes_on_where_the_old_one_ended() -> None:
    frames = hear(speech(5) + speech(5, ssrc=2, first=9, timestamp=77))
    assert [frame.start // FRAME for frame in frames] == list(range(10))


def test_a_packet_that_cannot_be_decoded_is_guessed() -> None:
    packets = speech(10)
    packets[5] = packets[5]._replace(payload=b"\xff\xff\xff\xff")
    frames = hear(packets)
    assert len(frames) == 10
    assert_seamless(frames)


def test_an_empty_packet_is_filled_like_a_lost_one() -> None:
    packets = speech(3)
    frames = hear([packets[0], packets[1]._replace(payload=b""), packets[2]])
    assert [frame.start // FRAME for frame in frames] == [0, 1, 2]


PACKETS = speech(60)


@given(st.lists(st.tuples(st.integers(0, 59), st.booleans()), max_size=60))
def test_the_clock_never_steps_back(arrivals: list[tuple[int, bool]]) -> None:
    frames = hear([PACKETS[n]._replace(payload=b"\x00" if broken else PACKETS[n].payload) for n, broken in arrivals])
    for before, after in pairwise(frames):
        assert after.start >= before.start + len(before.samples)
