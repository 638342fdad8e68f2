"""The real server with scripted models: all of `vivavoce serve` but the recogniser, the language model and the voice.

    python -m bench._server [--instant]          (VIVAVOCE_* as for `vivavoce serve`)

The models answer after the fixed delays of the peer benchmark (`bench/peers/workload.py`), or at once.
"""

import argparse
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial

import anyio
import numpy as np
from bench.peers.workload import Plan, tts_frames

from vivavoce.base import log
from vivavoce.base.config_reading import read_config
from vivavoce.cli import serving
from vivavoce.engine.ports import Models, Prompt, Samples, Speech, Transcript
from vivavoce.providers.intent import RuleIntentRecogniser

_RATE_HZ = 24_000


class Recognition:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def push(self, samples: Samples) -> None:
        """What is heard does not change what is understood."""

    async def finish(self) -> Transcript:
        await anyio.sleep(self._plan.stt_delay)
        return Transcript(f"{self._plan.transcript}?")  # a question: the engine's shortest silence


class SpeechToText:
    name = "scripted"

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    @asynccontextmanager
    async def recognise(
        self, *, language: str, on_partial: Callable[[str], None], phrases: Sequence[str] = ()
    ) -> AsyncGenerator[Recognition]:
        yield Recognition(self._plan)

    async def aclose(self) -> None:
        """Nothing to close."""


class LanguageModel:
    name = "scripted"

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    @asynccontextmanager
    async def reply(self, prompt: Prompt) -> AsyncGenerator[AsyncIterator[str]]:
        yield self._tokens()

    async def _tokens(self) -> AsyncIterator[str]:
        begin = anyio.current_time()
        for number, token in enumerate(self._plan.tokens):
            due = begin + self._plan.llm_first + number * self._plan.llm_step
            if (wait := due - anyio.current_time()) > 0:
                await anyio.sleep(wait)
            yield token

    async def aclose(self) -> None:
        """Nothing to close."""


class TextToSpeech:
    name = "scripted"
    rate_hz = _RATE_HZ

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    @asynccontextmanager
    async def speak(self, sentence: str, *, voice: str, language: str) -> AsyncGenerator[AsyncIterator[Speech]]:
        yield self._sound(sentence)

    async def _sound(self, sentence: str) -> AsyncIterator[Speech]:
        begin = anyio.current_time()
        for number, frame in enumerate(tts_frames(self._plan, sentence)):
            if number % self._plan.tts_burst == 0:
                due = begin + self._plan.tts_first + number // self._plan.tts_burst * 0.020
                await anyio.sleep(max(0.0, due - anyio.current_time()))
            yield Speech(np.frombuffer(frame, np.int16))

    def voices(self) -> Sequence[str]:
        return ()

    async def aclose(self) -> None:
        """Nothing to close."""


def models(plan: Plan) -> Models:
    return Models(SpeechToText(plan), LanguageModel(plan), TextToSpeech(plan), RuleIntentRecogniser())


def main() -> None:
    parser = argparse.ArgumentParser(description="The server with scripted models")
    parser.add_argument("--instant", action="store_true", help="models that answer at once")
    instant = parser.parse_args().instant
    plan = Plan(stt_delay=0, llm_first=0, llm_step=0, tts_first=0) if instant else Plan()
    config = read_config()
    log.configure(config.log)
    anyio.run(partial(serving.serve, config, models(plan)), backend_options={"use_uvloop": True})


if __name__ == "__main__":
    main()
