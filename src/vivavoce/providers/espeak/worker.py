"""A process with eSpeak NG: `python -m vivavoce.providers.espeak.worker '{}'`.

Five seconds of speech take about 10 ms, so one process serves many rooms, a sentence at a time.
"""

from collections.abc import Sequence
from typing import Any

from vivavoce.providers.espeak.library import Synthesiser
from vivavoce.providers.espeak.sentence import NATIVE_HZ, Sentence
from vivavoce.providers.espeak.text import speakable, tokens
from vivavoce.providers.espeak.timeline import Mark
from vivavoce.providers.worker_loop import Job, Refused, serve


def load(_: Any) -> tuple["Speaker", dict[str, Any]]:
    synthesiser = Synthesiser()
    if synthesiser.rate_hz != NATIVE_HZ:
        raise Refused(f"eSpeak NG speaks at {synthesiser.rate_hz} Hz, not {NATIVE_HZ}")
    return Speaker(synthesiser), {}


class Speaker:
    def __init__(self, synthesiser: Synthesiser) -> None:
        self._synthesiser = synthesiser

    def __call__(self, job: Job) -> None:
        """Speak one sentence. Raises Refused for a language without a voice."""
        request = job.request
        self._synthesiser.choose(
            request["voices"],
            rate=request["rate"],
            pitch=request["pitch"],
            pitch_range=request["pitch_range"],
        )
        written: str = request["text"]
        text = speakable(written)
        if text:
            self._speak(job, text, Sentence(tokens(written)))
        job.done({})

    def _speak(self, job: Job, text: str, sentence: Sentence) -> None:
        def listen(pcm: bytes, marks: Sequence[Mark]) -> bool:
            piece = sentence.add(pcm, marks)
            if piece and not job.abandoned:
                job.piece(piece)
            return job.abandoned

        self._synthesiser.speak(text, listen)
        rest = sentence.end()
        if rest and not job.abandoned:
            job.piece(rest)


if __name__ == "__main__":
    serve(load)
