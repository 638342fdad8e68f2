"""What every voice activity model must do: the scripted one (by loudness) and Silero's."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.speech import SAID, recording

from vivavoce.engine.ports import Vad
from vivavoce.providers.late import LateVad
from vivavoce.providers.scripted import ScriptedVad
from vivavoce.providers.silero import SileroVad

WINDOW = 512


def late() -> Vad:
    return LateVad(SileroVad)


@pytest.fixture(params=[ScriptedVad, SileroVad, late], ids=["scripted", "silero", "late"])
def vad(request: pytest.FixtureRequest) -> Vad:
    make: Callable[[], Vad] = request.param
    return make()


def windows_of(name: str) -> NDArray[np.float32]:
    samples = recording(name).astype(np.float32) * np.float32(1 / 32_768)
    return samples[: samples.size // WINDOW * WINDOW].reshape(-1, WINDOW)


def heard(vad: Vad, slot: int, windows: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.concatenate([vad.probabilities([slot], window[None]) for window in windows])


@pytest.mark.parametrize("name", SAID)
def test_most_of_a_spoken_sentence_is_speech(vad: Vad, name: str) -> None:
    probabilities = heard(vad, vad.open(), windows_of(name))
    assert np.mean(probabilities > 0.5) > 0.7


def test_silence_is_no_speech(vad: Vad) -> None:
    quiet = np.random.default_rng(1).normal(0, 0.0005, (60, WINDOW)).astype(np.float32)
    assert heard(vad, vad.open(), quiet).max() < 0.3


def test_an_answer_is_a_probability_for_each_slot_in_order(vad: Vad) -> None:
    slots = [vad.open() for _ in range(3)]
    speech = windows_of("list")
    nothing = np.zeros(WINDOW, np.float32)
    answer = [vad.probabilities([slots[2], slots[0]], np.stack([window, nothing])) for window in speech[10:14]][-1]
    assert answer.shape == (2,) and answer.dtype == np.float32
    assert answer[0] > 0.5 > answer[1]


def test_no_slots_give_no_answers(vad: Vad) -> None:
    assert vad.probabilities([], np.zeros((0, WINDOW), np.float32)).shape == (0,)


def test_a_batch_says_what_each_track_alone_would(vad: Vad) -> None:
    speech, other = windows_of("list")[:40], windows_of("sister")[:40]
    alone = [heard(vad, vad.open(), windows) for windows in (speech, other)]
    slots = [vad.open(), vad.open()]
    together = np.stack([vad.probabilities(slots, np.stack(pair)) for pair in zip(speech, other, strict=True)], axis=1)
    np.testing.assert_allclose(together, np.stack(alone), atol=1e-6)
    assert np.abs(together[0] - together[1]).max() > 0.3  # else this could not fail


def test_a_reset_slot_hears_as_a_fresh_one(vad: Vad) -> None:
    slot, speech = vad.open(), windows_of("list")[:30]
    first = heard(vad, slot, speech)
    vad.reset(slot)
    np.testing.assert_array_equal(heard(vad, slot, speech), first)


def test_a_slot_that_is_used_again_has_forgotten(vad: Vad) -> None:
    slot, speech = vad.open(), windows_of("list")[:30]
    first = heard(vad, slot, speech)
    vad.close(slot)
    np.testing.assert_array_equal(heard(vad, vad.open(), speech), first)


def test_many_slots_are_all_different(vad: Vad) -> None:
    slots = [vad.open() for _ in range(100)]
    assert len(set(slots)) == 100
    assert vad.probabilities(slots, np.zeros((100, WINDOW), np.float32)).shape == (100,)
