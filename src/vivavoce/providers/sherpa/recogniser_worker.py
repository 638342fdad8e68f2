"""A process with one streaming recogniser, started as `python -m` with `{"folder": ..., "threads": ...}`."""

import os
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from vivavoce.providers.sherpa.files import NoModel, recogniser_files
from vivavoce.providers.sherpa.vendor import load_vendor, make
from vivavoce.providers.sherpa.words import result, sentence
from vivavoce.providers.worker_loop import Job, Refused, serve

_RATE_HZ: Final = 16_000
_TAIL: Final = np.zeros(_RATE_HZ * 2 // 3, np.float32)  # the model looks ahead: silence pushes the last words out
_SCALE: Final = np.float32(1 / 32_768)
_NICE: Final = 5  # the server's audio beat goes first where processors are few


def load(options: Any) -> tuple["Recogniser", dict[str, Any]]:
    os.nice(_NICE)
    vendor = load_vendor()
    folder = Path(options["folder"])
    try:
        files = recogniser_files(folder)
    except NoModel as reason:
        raise Refused(str(reason)) from None
    recogniser = make(
        str(folder),
        lambda: vendor.OnlineRecognizer.from_transducer(
            tokens=str(files.tokens),
            encoder=str(files.encoder),
            decoder=str(files.decoder),
            joiner=str(files.joiner),
            num_threads=options["threads"],
            sample_rate=_RATE_HZ,
            decoding_method="greedy_search",
            provider="cpu",
        ),
    )
    return Recogniser(recogniser), {}


class Recogniser:
    """recogniser: an OnlineRecognizer, whose package ships no types."""

    def __init__(self, recogniser: Any) -> None:
        self._recogniser = recogniser

    def __call__(self, job: Job) -> None:
        """Recognise one utterance. Raises Abandoned."""
        stream = self._recogniser.create_stream()
        said, heard = "", 0
        for pcm in job.audio():
            samples = np.frombuffer(pcm, "<i2").astype(np.float32) * _SCALE
            heard += samples.size
            self._decode(stream, samples)
            words = sentence(self._recogniser.get_result(stream))
            if words != said:
                said = words
                job.partial(said)
        self._decode(stream, _TAIL)
        stream.input_finished()
        self._decode(stream, None)
        final = self._recogniser.get_result_all(stream)
        job.done(result(final.tokens, final.timestamps, final.ys_probs, heard * 1000 // _RATE_HZ))

    def _decode(self, stream: Any, samples: NDArray[np.float32] | None) -> None:
        if samples is not None:
            stream.accept_waveform(_RATE_HZ, samples)
        while self._recogniser.is_ready(stream):
            self._recogniser.decode_stream(stream)


if __name__ == "__main__":
    serve(load)
