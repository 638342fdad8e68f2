"""Pipecat (pipecat-ai) behind the benchmark's adapter.

The pipeline of its quick start -- input, STT, user aggregator (with the VAD), LLM, TTS, output,
assistant aggregator -- on an in-memory transport made of BaseInputTransport/BaseOutputTransport.

Variants (comma-separated words; default "lean")
  lean      VAD turn start, speech-timeout turn stop with a timeout of 0; no RTVI, no metrics, no
            turn tracking, no idle timeout
  default   PipelineWorker as in the quick start: RTVI and turn tracking on, metrics on; turn stop
            by speech timeout with its default of 0.6 s; VAD defaults (start 0.2 s, stop 0.2 s)
  vaddef    with "lean": VAD start 0.2 s, the default
  novol     the VAD without its volume gate (min_volume 0)
  token     the TTS takes tokens (TextAggregationMode.TOKEN) and cuts sentences itself
  out20     20 ms output chunks instead of the default 40 ms
  noisy     leave loguru at its default level (DEBUG), writing to stderr
"""

from __future__ import annotations

import asyncio
import sys

from loguru import logger
from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.audio.vad.vad_analyzer import VADParams
from pipecat.frames.frames import (
    InputAudioRawFrame,
    InterruptionFrame,
    LLMContextFrame,
    LLMFullResponseEndFrame,
    LLMFullResponseStartFrame,
    OutputAudioRawFrame,
    StartFrame,
    TranscriptionFrame,
    TTSAudioRawFrame,
    VADUserStoppedSpeakingFrame,
)
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineParams, PipelineWorker
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import (
    LLMContextAggregatorPair,
    LLMUserAggregatorParams,
)
from pipecat.services.llm_service import LLMService
from pipecat.services.settings import LLMSettings, STTSettings, TTSSettings
from pipecat.services.stt_service import STTService
from pipecat.services.tts_service import TextAggregationMode, TTSService
from pipecat.transports.base_input import BaseInputTransport
from pipecat.transports.base_output import BaseOutputTransport
from pipecat.transports.base_transport import TransportParams
from pipecat.turns.user_start import VADUserTurnStartStrategy
from pipecat.turns.user_stop import SpeechTimeoutUserTurnStopStrategy
from pipecat.turns.user_turn_strategies import UserTurnStrategies
from pipecat.utils.time import time_now_iso8601
from pipecat.workers.runner import WorkerRunner
from workload import Plan, Probe, fake_llm, fake_stt, fake_tts, now

NAME = "pipecat"


class In(BaseInputTransport):
    def __init__(self, params: TransportParams) -> None:
        super().__init__(params)
        self.ready = asyncio.Event()

    async def start(self, frame: StartFrame) -> None:
        await super().start(frame)
        await self.set_transport_ready(frame)
        self.ready.set()


class Out(BaseOutputTransport):
    """Paces itself with a sleep per chunk, as Pipecat's own WebSocket transports do (at 1 x)."""

    def __init__(self, params: TransportParams, probe: Probe) -> None:
        super().__init__(params)
        self.sink = probe.sink
        self.rate = probe.plan.tts_rate
        self.next_send = 0.0
        self.ready = asyncio.Event()

    async def start(self, frame: StartFrame) -> None:
        await super().start(frame)
        await self.set_transport_ready(frame)
        self.ready.set()

    async def process_frame(self, frame, direction) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, InterruptionFrame):
            self.sink.clear()
            self.next_send = 0.0

    async def write_audio_frame(self, frame: OutputAudioRawFrame) -> bool:
        self.sink.emit(frame.audio)
        t = now()
        if self.next_send < t:
            self.next_send = t
        self.next_send += len(frame.audio) / 2 / self.rate
        await asyncio.sleep(self.next_send - t)
        return True


class FakeSTT(STTService):
    def __init__(self, probe: Probe) -> None:
        # with a latency no greater than the VAD's stop time, the turn waits only for the transcript
        super().__init__(
            ttfs_p99_latency=probe.plan.vad_stop,
            settings=STTSettings(model="fake", language=None),
        )
        self.probe = probe

    async def run_stt(self, audio: bytes):
        yield None

    async def process_frame(self, frame, direction) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, VADUserStoppedSpeakingFrame):
            self.probe.stt_end()
            self.create_task(self.answer())

    async def answer(self) -> None:
        text = await fake_stt(self.probe)
        await self.push_frame(TranscriptionFrame(text, "", time_now_iso8601(), finalized=True))


def llm_settings() -> LLMSettings:
    return LLMSettings(
        model="fake",
        system_instruction="You are a helpful assistant.",
        temperature=None,
        max_tokens=None,
        top_p=None,
        top_k=None,
        frequency_penalty=None,
        presence_penalty=None,
        seed=None,
        filter_incomplete_user_turns=False,
        user_turn_completion_config=None,
    )


class FakeLLM(LLMService):
    def __init__(self, probe: Probe) -> None:
        super().__init__(settings=llm_settings())
        self.probe = probe

    async def process_frame(self, frame, direction) -> None:
        await super().process_frame(frame, direction)
        if isinstance(frame, LLMContextFrame):
            try:
                await self.push_frame(LLMFullResponseStartFrame())
                async for tok in fake_llm(self.probe):
                    await self._push_llm_text(tok)
            finally:
                await self.push_frame(LLMFullResponseEndFrame())
        else:
            await self.push_frame(frame, direction)


class FakeTTS(TTSService):
    def __init__(self, probe: Probe, token: bool) -> None:
        super().__init__(
            sample_rate=probe.plan.tts_rate,
            push_start_frame=True,
            push_stop_frames=True,
            text_aggregation_mode=(TextAggregationMode.TOKEN if token else TextAggregationMode.SENTENCE),
            settings=TTSSettings(model="fake", voice="fake", language=None),
        )
        self.probe = probe
        self.token = token
        self.text = ""

    async def run_tts(self, text: str, context_id: str):
        if self.token:
            self.text += text
            if not text.endswith((".", "?", "!")):
                return
            text, self.text = self.text, ""
        rate = self.probe.plan.tts_rate
        async for pcm in fake_tts(self.probe, text):
            yield TTSAudioRawFrame(pcm, rate, 1, context_id=context_id)


class Session:
    def __init__(self, inp: In, worker: PipelineWorker) -> None:
        self.inp = inp
        self.worker = worker

    def push(self, pcm: bytes) -> None:
        # what push_audio_frame() does, without a task to await it in
        self.inp._audio_in_queue.put_nowait(InputAudioRawFrame(audio=pcm, sample_rate=16000, num_channels=1))

    async def close(self) -> None:
        await self.worker.cancel()


class Engine:
    def __init__(self, plan: Plan, variant: str) -> None:
        self.plan = plan
        self.words = set((variant or "lean").split(","))
        if "noisy" not in self.words:
            logger.remove()
            logger.add(sys.stderr, level="ERROR")

    async def start(self) -> None:
        self.runner = WorkerRunner(handle_sigint=False)
        self.run = asyncio.create_task(self.runner.run(auto_end=False))
        await asyncio.sleep(0.05)

    async def open(self, probe: Probe) -> Session:
        plan, w = self.plan, self.words
        default = "default" in w
        params = TransportParams(
            audio_in_enabled=True,
            audio_in_sample_rate=16000,
            audio_out_enabled=True,
            audio_out_sample_rate=plan.tts_rate,
            audio_out_10ms_chunks=2 if "out20" in w else 4,
        )
        inp, out = In(params), Out(params, probe)
        kw = {"stop_secs": plan.vad_stop}
        if not (default or "vaddef" in w):
            kw["start_secs"] = plan.vad_start
        if "novol" in w:
            kw["min_volume"] = 0.0
        vad = SileroVADAnalyzer(params=VADParams(**kw))
        stop = (
            SpeechTimeoutUserTurnStopStrategy()
            if default
            else SpeechTimeoutUserTurnStopStrategy(user_speech_timeout=0.0)
        )
        user, assistant = LLMContextAggregatorPair(
            LLMContext(),
            user_params=LLMUserAggregatorParams(
                vad_analyzer=vad,
                user_turn_strategies=UserTurnStrategies(start=[VADUserTurnStartStrategy()], stop=[stop]),
            ),
        )
        pipeline = Pipeline(
            [
                inp,
                FakeSTT(probe),
                user,
                FakeLLM(probe),
                FakeTTS(probe, "token" in w),
                out,
                assistant,
            ]
        )
        if default:
            worker = PipelineWorker(
                pipeline,
                params=PipelineParams(enable_metrics=True, enable_usage_metrics=True),
            )
        else:
            worker = PipelineWorker(
                pipeline,
                enable_rtvi=False,
                enable_turn_tracking=False,
                idle_timeout_secs=None,
            )
        await self.runner.add_workers(worker)
        await inp.ready.wait()
        await out.ready.wait()
        return Session(inp, worker)

    async def stop(self) -> None:
        self.run.cancel()
