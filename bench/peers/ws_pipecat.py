"""Pipecat's FastAPI WebSocket transport serving the benchmark's pipeline: raw PCM16 on the wire.

    taskset -c 1 python ws_pipecat.py --port 8765 [--protobuf]      # prints its pid; then ws_client.py

Binary messages are PCM16 mono, 16 kHz in, 24 kHz out; an interruption is the text message "clear".
--protobuf uses Pipecat's own ProtobufFrameSerializer instead (ws_client.py then only counts bytes).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys

import engine_pipecat as ep
import uvicorn
from fastapi import FastAPI, WebSocket
from loguru import logger
from pipecat.audio.vad.silero import SileroVADAnalyzer
from pipecat.audio.vad.vad_analyzer import VADParams
from pipecat.frames.frames import Frame, InputAudioRawFrame, InterruptionFrame, OutputAudioRawFrame
from pipecat.pipeline.pipeline import Pipeline
from pipecat.pipeline.worker import PipelineWorker
from pipecat.processors.aggregators.llm_context import LLMContext
from pipecat.processors.aggregators.llm_response_universal import (
    LLMContextAggregatorPair,
    LLMUserAggregatorParams,
)
from pipecat.serializers.base_serializer import FrameSerializer
from pipecat.transports.websocket.fastapi import FastAPIWebsocketParams, FastAPIWebsocketTransport
from pipecat.turns.user_start import VADUserTurnStartStrategy
from pipecat.turns.user_stop import SpeechTimeoutUserTurnStopStrategy
from pipecat.turns.user_turn_strategies import UserTurnStrategies
from pipecat.workers.runner import WorkerRunner
from workload import Plan, Probe

app = FastAPI()
ARGS: argparse.Namespace
PLAN = Plan()
STATE: dict = {}


class Raw(FrameSerializer):
    async def serialize(self, frame: Frame) -> str | bytes | None:
        if isinstance(frame, OutputAudioRawFrame):
            return frame.audio
        if isinstance(frame, InterruptionFrame):
            return "clear"
        return None

    async def deserialize(self, data: str | bytes) -> Frame | None:
        return InputAudioRawFrame(audio=data, sample_rate=16000, num_channels=1)


@app.websocket("/ws")
async def ws(websocket: WebSocket) -> None:
    await websocket.accept()
    if "runner" not in STATE:
        STATE["runner"] = WorkerRunner(handle_sigint=False)
        STATE["run"] = asyncio.create_task(STATE["runner"].run(auto_end=False))
        await asyncio.sleep(0.05)
    probe = Probe(PLAN, 0)
    if ARGS.protobuf:
        from pipecat.serializers.protobuf import ProtobufFrameSerializer

        ser: FrameSerializer = ProtobufFrameSerializer()
    else:
        ser = Raw()
    t = FastAPIWebsocketTransport(
        websocket,
        FastAPIWebsocketParams(
            audio_in_enabled=True,
            audio_in_sample_rate=16000,
            audio_out_enabled=True,
            audio_out_sample_rate=PLAN.tts_rate,
            serializer=ser,
        ),
    )
    user, assistant = LLMContextAggregatorPair(
        LLMContext(),
        user_params=LLMUserAggregatorParams(
            vad_analyzer=SileroVADAnalyzer(params=VADParams(start_secs=PLAN.vad_start, stop_secs=PLAN.vad_stop)),
            user_turn_strategies=UserTurnStrategies(
                start=[VADUserTurnStartStrategy()],
                stop=[SpeechTimeoutUserTurnStopStrategy(user_speech_timeout=0.0)],
            ),
        ),
    )
    worker = PipelineWorker(
        Pipeline(
            [
                t.input(),
                ep.FakeSTT(probe),
                user,
                ep.FakeLLM(probe),
                ep.FakeTTS(probe, False),
                t.output(),
                assistant,
            ]  # fmt: skip
        ),
        enable_rtvi=False,
        enable_turn_tracking=False,
        idle_timeout_secs=None,
    )
    gone = asyncio.Event()

    @t.event_handler("on_client_disconnected")
    async def _(transport, client) -> None:
        gone.set()
        await worker.cancel()

    await STATE["runner"].add_workers(worker)
    await gone.wait()


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("--port", type=int, default=8765)
    ap.add_argument("--protobuf", action="store_true")
    ARGS = ap.parse_args()
    logger.remove()
    logger.add(sys.stderr, level="ERROR")
    print(os.getpid(), flush=True)
    uvicorn.run(app, host="127.0.0.1", port=ARGS.port, log_level="error", ws_per_message_deflate=False)
