import numpy as np
import pytest

from vivavoce.engine.audio.chime import chime


@pytest.mark.parametrize("rate_hz", [8000, 16_000, 22_050, 24_000, 48_000])
def test_a_chime_is_heard_at_every_rate_and_ends_in_silence(rate_hz: int) -> None:
    sound = chime(rate_hz)
    assert sound.dtype == np.int16
    assert len(sound) == round(1.5 * rate_hz)
    assert 8000 < np.abs(sound).max() <= 9000
    assert abs(int(sound[0])) < 200
    assert np.abs(sound[-rate_hz // 100 :]).max() < 100


def test_it_rings_at_the_pitches_it_should() -> None:
    sound = chime(16_000).astype(float)
    tones = np.fft.rfftfreq(len(sound), 1 / 16_000)
    loudest = tones[np.argsort(np.abs(np.fft.rfft(sound)))[-2:]]
    assert any(abs(tone - 659.3) < 5 for tone in loudest) or any(abs(tone - 987.8) < 5 for tone in loudest)
