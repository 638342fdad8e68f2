"""Recorded speech for tests (tests/audio), speech made while they run, and small measures of sound."""

import subprocess
import wave
from pathlib import Path
from typing import Final

import numpy as np

from tests.parts import need
from vivavoce.engine.ports import Samples

RATE_HZ: Final = 16_000
SAID: Final = {
    "list": "I think the first step is to write a list",
    "sister": "I will call my sister tomorrow evening",
}
_FOLDER: Final = Path(__file__).with_name("audio")


def recording(name: str) -> Samples:
    """int16 mono 16 kHz; what is said in it is `SAID[name]`."""
    return _read(_FOLDER / f"{name}.wav")


def spoken(text: str, folder: Path, *, voice: str = "slt", stretch: float = 1.0) -> Samples:
    """`text` as flite says it, int16 mono 16 kHz. voice: slt, awb, rms or kal16. stretch: 1.2 is a fifth slower."""
    path = folder / "spoken.wav"
    command = [
        str(need("flite")),
        "-voice",
        voice,
        "--setf",
        f"duration_stretch={stretch}",
        "-t",
        text,
        "-o",
        str(path),
    ]
    subprocess.run(command, check=True)
    return _read(path)


def noisy(samples: Samples, snr_db: float | None, *, around_ms: int = 400, seed: int = 7) -> Samples:
    """The speech in a room: with pink noise so far below it (None: hardly any), which goes on before and after."""
    quiet = np.zeros(around_ms * RATE_HZ // 1000)
    whole = np.concatenate([quiet, samples.astype(np.float64), quiet])
    shape = np.fft.rfft(np.random.default_rng(seed).standard_normal(whole.size))
    noise = np.fft.irfft(shape / np.sqrt(np.maximum(1, np.arange(shape.size))), whole.size)
    level = 3.0 if snr_db is None else loudness(samples) * 32_768 / 10 ** (snr_db / 20)
    return np.clip(whole + noise * level / np.sqrt(np.mean(noise**2)), -32_768, 32_767).astype(np.int16)


def _read(path: Path) -> Samples:
    with wave.open(str(path)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE_HZ, 1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.int16)


def loudness(samples: Samples) -> float:
    """RMS, 0..1 of full scale."""
    return float(np.sqrt(np.mean(np.square(samples.astype(np.float64))))) / 32_768 if samples.size else 0.0
