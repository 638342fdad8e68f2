import numpy as np
import pytest
from tests.webrtc import FRAME, RATE_HZ, loudness, microphone_encoder, speechlike, tone

from vivavoce.engine.ports import Samples
from vivavoce.transports.aiortc.opus import OpusDecoder, OpusEncoder, OpusError


def encoded(samples: Samples) -> list[bytes]:
    encoder = microphone_encoder()
    return [encoder.encode(samples[at : at + FRAME]) for at in range(0, len(samples), FRAME)]


@pytest.mark.parametrize("rate_hz", [16_000, 24_000, 48_000])
def test_a_tone_comes_back_as_loud_as_it_went(rate_hz: int) -> None:
    encoder = OpusEncoder(rate_hz, bitrate_bps=32_000)
    decoder = OpusDecoder(RATE_HZ)
    sound = tone(300, 400, rate_hz).reshape(-1, rate_hz // 50)
    heard = np.concatenate([decoder.decode(encoder.encode(frame)) for frame in sound])
    assert len(heard) == RATE_HZ * 400 // 1000
    assert loudness(heard[-RATE_HZ // 5 :]) == pytest.approx(8000 / np.sqrt(2), rel=0.15)


def test_the_copy_in_the_next_packet_is_nearer_to_the_truth_than_a_guess() -> None:
    packets = encoded(speechlike(2000))
    errors: dict[str, float] = {"copy": 0, "guess": 0}
    whole, copy, guess = OpusDecoder(RATE_HZ), OpusDecoder(RATE_HZ), OpusDecoder(RATE_HZ)
    for number, packet in enumerate(packets):
        truth = whole.decode(packet).astype(float)
        if number % 5 == 4 and number + 1 < len(packets):
            errors["copy"] += float(np.sum((copy.recover(FRAME, packets[number + 1]) - truth) ** 2))
            errors["guess"] += float(np.sum((guess.guess(FRAME) - truth) ** 2))
        else:
            copy.decode(packet)
            guess.decode(packet)
    assert errors["copy"] < errors["guess"] / 2


def test_a_longer_hole_is_guessed_up_to_the_copy() -> None:
    packets = encoded(speechlike(200))
    decoder = OpusDecoder(RATE_HZ)
    for packet in packets[:5]:
        decoder.decode(packet)
    assert len(decoder.recover(3 * FRAME, packets[8])) == 3 * FRAME


def test_nonsense_is_refused() -> None:
    with pytest.raises(OpusError):
        OpusDecoder(RATE_HZ).decode(b"\xff\xff\xff\xff")
    with pytest.raises(OpusError):
        OpusEncoder(22_050, bitrate_bps=32_000)
    with pytest.raises(OpusError):
        OpusEncoder(RATE_HZ, bitrate_bps=32_000).encode(tone(300, 7))
