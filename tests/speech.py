"""Recorded speech for tests (tests/audio), and small measures of sound."""

import wave
from pathlib import Path
from typing import Final

import numpy as np

from vivavoce.engine.ports import Samples

RATE_HZ: Final = 16_000
SAID: Final = {
    "list": "I think the first step is to write a list",
    "sister": "I will call my sister tomorrow evening",
}
_FOLDER: Final = Path(__file__).with_name("audio")


def recording(name: str) -> Samples:
    """int16 mono 16 kHz; what is said in it is `SAID[name]`."""
    with wave.open(str(_FOLDER / f"{name}.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE_HZ, 1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.int16)


def loudness(samples: Samples) -> float:
    """RMS, 0..1 of full scale."""
    return float(np.sqrt(np.mean(np.square(samples.astype(np.float64))))) / 32_768 if samples.size else 0.0
