"""A process with one voice model, started as `python -m` with `{"folder": ..., "threads": ..., "rate_hz": ...}`.

The sounds come from eSpeak NG in this same process (see the decision on eSpeak NG: it stays behind the pipe).
"""

from pathlib import Path
from typing import Any

import numpy as np
import soxr
from numpy.typing import NDArray

from vivavoce.providers.espeak.library import Synthesiser
from vivavoce.providers.espeak.text import speakable
from vivavoce.providers.messages import Piece
from vivavoce.providers.sherpa.files import KokoroFiles, NoModel, PiperFiles, voice_files
from vivavoce.providers.sherpa.phonemes import code_points
from vivavoce.providers.sherpa.vendor import load_vendor, make
from vivavoce.providers.worker_loop import Job, Refused, serve


def load(options: Any) -> tuple["Speaker", dict[str, Any]]:
    vendor = load_vendor()
    folder = Path(options["folder"])
    try:
        files = voice_files(folder)
    except NoModel as reason:
        raise Refused(str(reason)) from None
    voice = make(str(folder), lambda: vendor.OfflineTts(_config(vendor, files, options["threads"])))
    return Speaker(vendor, voice, Synthesiser(), options["rate_hz"]), {"speakers": int(voice.num_speakers)}


def _config(vendor: Any, files: KokoroFiles | PiperFiles, threads: int) -> Any:
    match files:
        case KokoroFiles(model, voices, tokens):
            kokoro = vendor.OfflineTtsKokoroModelConfig(model=str(model), voices=str(voices), tokens=str(tokens))
            parts = {"kokoro": kokoro}
        case PiperFiles(model, tokens):
            parts = {"vits": vendor.OfflineTtsVitsModelConfig(model=str(model), tokens=str(tokens))}
    model_config = vendor.OfflineTtsModelConfig(**parts, num_threads=threads, provider="cpu")
    return vendor.OfflineTtsConfig(model=model_config, max_num_sentences=1)


class Speaker:
    """vendor, voice: sherpa-onnx and its OfflineTts; the package ships no types."""

    def __init__(self, vendor: Any, voice: Any, synthesiser: Synthesiser, rate_hz: int) -> None:
        self._vendor = vendor
        self._voice = voice
        self._synthesiser = synthesiser
        self._rate_hz = rate_hz

    def __call__(self, job: Job) -> None:
        """Speak one sentence. Raises Refused for a speaker the model does not have."""
        request = job.request
        if not 0 <= request["speaker"] < max(1, self._voice.num_speakers):
            raise Refused(f"this voice model has speakers 0 to {self._voice.num_speakers - 1} only")
        base = "en-gb" if request["british"] else "en-us"
        self._synthesiser.choose([base], rate=175, pitch=50, pitch_range=50)
        sounds = code_points(self._synthesiser.phonemes(speakable(request["text"])))
        if sounds:
            self._speak(job, sounds, request["speaker"])
        job.done({})

    def _speak(self, job: Job, sounds: list[list[int]], speaker: int) -> None:
        resampler = _Resampler(int(self._voice.sample_rate), self._rate_hz)

        def listen(samples: NDArray[np.float32], _: float) -> int:
            if job.abandoned:
                return 0  # stop
            job.piece(Piece(_pcm(resampler.push(samples))))
            return 1

        wanted = self._vendor.GenerationConfig()
        wanted.sid = speaker
        wanted.phoneme_codepoints = sounds
        self._voice.generate("", wanted, listen)
        rest = _pcm(resampler.push(np.zeros(0, np.float32), last=True))
        if rest and not job.abandoned:
            job.piece(Piece(rest))


class _Resampler:
    def __init__(self, native_hz: int, rate_hz: int) -> None:
        same = native_hz == rate_hz
        self._stream = None if same else soxr.ResampleStream(native_hz, rate_hz, 1, dtype="float32")

    def push(self, samples: NDArray[np.float32], *, last: bool = False) -> NDArray[np.float32]:
        if self._stream is None:
            return samples
        return self._stream.resample_chunk(np.asarray(samples, np.float32), last=last)


def _pcm(samples: NDArray[np.float32]) -> bytes:
    return (np.clip(samples, -1.0, 1.0) * 32_767).astype("<i2").tobytes()


if __name__ == "__main__":
    serve(load)
