"""Silero's model file and its slots; what it hears is in tests/contract/test_vad.py."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from vivavoce.providers import silero
from vivavoce.providers.silero import SileroVad

_FOLDER = Path(silero.__file__).parent


def test_the_model_is_the_file_of_the_decision_with_its_licence() -> None:
    digest = hashlib.sha256((_FOLDER / "silero_vad_16k.onnx").read_bytes()).hexdigest()
    assert digest == "7ed98ddbad84ccac4cd0aeb3099049280713df825c610a8ed34543318f1b2c49"
    assert (_FOLDER / "LICENSE").read_text().startswith("MIT License")


def test_a_slot_that_is_not_open_is_refused() -> None:
    vad = SileroVad()
    slot = vad.open()
    vad.close(slot)
    for wrong in (slot, -1, 10_000):
        with pytest.raises(ValueError, match="not open"):
            vad.close(wrong)
        with pytest.raises(ValueError, match="not open"):
            vad.reset(wrong)
        with pytest.raises(ValueError, match="not open"):
            vad.probabilities([wrong], np.zeros((1, 512), np.float32))


def test_windows_of_another_size_are_refused() -> None:
    vad = SileroVad()
    with pytest.raises(ValueError, match="512"):
        vad.probabilities([vad.open()], np.zeros((1, 480), np.float32))


def test_growing_keeps_what_the_slots_have_heard() -> None:
    noise = np.random.default_rng(3).normal(0, 0.2, (2, 1, 512)).astype(np.float32)
    small, large = SileroVad(), SileroVad()
    one, other = small.open(), large.open()
    small.probabilities([one], noise[0])
    large.probabilities([other], noise[0])
    for _ in range(200):
        large.open()
    np.testing.assert_array_equal(large.probabilities([other], noise[1]), small.probabilities([one], noise[1]))


def test_the_answer_is_not_overwritten_by_the_next() -> None:
    vad = SileroVad()
    slot, noise = vad.open(), np.random.default_rng(3).normal(0, 0.3, (1, 512)).astype(np.float32)
    first = vad.probabilities([slot], noise)
    kept = first.copy()
    vad.probabilities([slot], np.zeros((1, 512), np.float32))
    np.testing.assert_array_equal(first, kept)
