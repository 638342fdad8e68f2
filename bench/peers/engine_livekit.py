"""LiveKit Agents (livekit-agents + livekit-plugins-silero) behind the benchmark's adapter.

AgentSession with our own AudioInput/AudioOutput: no room, no server, no job context.

Variants (comma-separated words; default "lean")
  lean       VAD turn detection, min endpointing delay 0, no preemptive generation, no transcript
             output, no AEC warm-up; interruption min_duration as the VAD start (0 interrupts always)
  default    what a plain AgentSession does, except that turn detection is VAD and the STT, LLM and
             TTS are the fakes: endpointing 0.5 s, interruption min_duration 0.5 s, preemptive
             generation, AEC warm-up off, silero's own defaults (0.55 s of silence)
  native     the VAD which AgentSession uses when none is given (inference.VAD: C++ silero)
  sharedvad  one silero.VAD object for all sessions, as in the documented prewarm -- where a process
             has one session.  Its metrics events reach every session: quadratic in N.  Without this
             word each session has its own VAD object on one shared ONNX session
  frame20    the TTS emits 20 ms frames instead of the default 200 ms
  sync       a TranscriptSynchronizer on the output, as in a room
  vaddef     with "lean": silero's default start (0.05 s) and interruption min_duration 0.5 s
  stream     the TTS takes tokens and cuts sentences itself, as streaming TTS plugins do
"""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import time

from livekit import rtc
from livekit.agents import (
    NOT_GIVEN,
    Agent,
    AgentSession,
    LanguageCode,
    llm,
    stt,
    tts,
    utils,
)
from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS
from livekit.agents.voice import io
from workload import Plan, Probe, fake_llm, fake_stt, fake_tts

NAME = "livekit-agents"


class In(io.AudioInput):
    def __init__(self) -> None:
        super().__init__(label="bench")
        self.ch = utils.aio.Chan()

    async def __anext__(self) -> rtc.AudioFrame:
        return await self.ch.__anext__()


class Out(io.AudioOutput):
    """Takes frames as fast as they come; the benchmark's sink plays them out in real time."""

    def __init__(self, probe: Probe) -> None:
        super().__init__(
            label="bench",
            capabilities=io.AudioOutputCapabilities(pause=False),
            sample_rate=probe.plan.tts_rate,
        )
        self.probe = probe
        self.sink = probe.sink
        self.sink.on_drained = self._drained
        self.pending = False
        self.rate = probe.plan.tts_rate

    async def capture_frame(self, frame: rtc.AudioFrame) -> None:
        await super().capture_frame(frame)
        self.sink.write(bytes(frame.data.cast("B")))
        if not self.pending:
            self.pending = True
            self.on_playback_started(created_at=time.time())

    def flush(self) -> None:
        super().flush()
        if self.pending:
            self.sink.end()

    def clear_buffer(self) -> None:
        if not self.pending:
            return
        self.pending = False
        pos = self.sink.played / 2 / self.rate
        self.sink.clear()
        self.on_playback_finished(playback_position=pos, interrupted=True)

    def _drained(self) -> None:
        if self.pending:
            self.pending = False
            self.on_playback_finished(playback_position=self.sink.played / 2 / self.rate, interrupted=False)


class FakeSTT(stt.STT):
    def __init__(self, probe: Probe) -> None:
        # manual_flush: the session flushes us when the VAD says the user has stopped
        super().__init__(capabilities=stt.STTCapabilities(streaming=True, interim_results=False, manual_flush=True))
        self.probe = probe

    async def _recognize_impl(self, buffer, *, language, conn_options):
        raise NotImplementedError

    def stream(self, *, language=NOT_GIVEN, conn_options=DEFAULT_API_CONNECT_OPTIONS):
        return FakeSTTStream(stt=self, conn_options=conn_options)


class FakeSTTStream(stt.RecognizeStream):
    async def _run(self) -> None:
        probe = self._stt.probe
        tasks = set()

        async def answer() -> None:
            text = await fake_stt(probe)
            self._event_ch.send_nowait(
                stt.SpeechEvent(
                    type=stt.SpeechEventType.FINAL_TRANSCRIPT,
                    alternatives=[stt.SpeechData(text=text, language=LanguageCode("en"))],
                )
            )

        async for data in self._input_ch:
            if isinstance(data, self._FlushSentinel):
                probe.stt_end()
                t = asyncio.create_task(answer())
                tasks.add(t)
                t.add_done_callback(tasks.discard)


class FakeLLM(llm.LLM):
    def __init__(self, probe: Probe) -> None:
        super().__init__()
        self.probe = probe

    def chat(self, *, chat_ctx, tools=None, conn_options=DEFAULT_API_CONNECT_OPTIONS, **kw):
        return FakeLLMStream(self, chat_ctx=chat_ctx, tools=tools or [], conn_options=conn_options)


class FakeLLMStream(llm.LLMStream):
    async def _run(self) -> None:
        async for tok in fake_llm(self._llm.probe):
            self._event_ch.send_nowait(llm.ChatChunk(id="x", delta=llm.ChoiceDelta(role="assistant", content=tok)))


class FakeTTS(tts.TTS):
    def __init__(self, probe: Probe, frame_ms: int, streaming: bool) -> None:
        super().__init__(
            capabilities=tts.TTSCapabilities(streaming=streaming),
            sample_rate=probe.plan.tts_rate,
            num_channels=1,
        )
        self.probe = probe
        self.frame_ms = frame_ms

    def synthesize(self, text: str, *, conn_options=DEFAULT_API_CONNECT_OPTIONS):
        return FakeTTSChunks(tts=self, input_text=text, conn_options=conn_options)

    def stream(self, *, conn_options=DEFAULT_API_CONNECT_OPTIONS):
        return FakeTTSStream(tts=self, conn_options=conn_options)


class FakeTTSChunks(tts.ChunkedStream):
    async def _run(self, out: tts.AudioEmitter) -> None:
        probe = self._tts.probe
        out.initialize(
            request_id="x",
            sample_rate=probe.plan.tts_rate,
            num_channels=1,
            mime_type="audio/pcm",
            frame_size_ms=self._tts.frame_ms,
        )
        async for pcm in fake_tts(probe, self._input_text):
            out.push(pcm)
        out.flush()


class FakeTTSStream(tts.SynthesizeStream):
    """Cuts at the first full stop, with no wait for the token after it."""

    async def _run(self, out: tts.AudioEmitter) -> None:
        probe = self._tts.probe
        out.initialize(
            request_id="x",
            sample_rate=probe.plan.tts_rate,
            num_channels=1,
            mime_type="audio/pcm",
            frame_size_ms=self._tts.frame_ms,
            stream=True,
        )
        out.start_segment(segment_id="s")
        text = ""
        async for data in self._input_ch:
            if isinstance(data, str):
                text += data
            if text.strip() and (text.endswith((".", "?", "!")) or isinstance(data, self._FlushSentinel)):
                self._mark_started()
                async for pcm in fake_tts(probe, text):
                    out.push(pcm)
                out.flush()
                text = ""
        out.end_segment()


class Session:
    def __init__(self, session: AgentSession, inp: In) -> None:
        self.session = session
        self.inp = inp

    def push(self, pcm: bytes) -> None:
        self.inp.ch.send_nowait(rtc.AudioFrame(data=pcm, sample_rate=16000, num_channels=1, samples_per_channel=320))

    async def close(self) -> None:
        await self.session.aclose()


class Engine:
    def __init__(self, plan: Plan, variant: str) -> None:
        self.plan = plan
        self.words = set((variant or "lean").split(","))
        logging.getLogger("livekit").setLevel(logging.ERROR)
        default = "default" in self.words
        vaddef = default or "vaddef" in self.words
        kw = {} if vaddef else {"min_speech_duration": plan.vad_start}
        if not default:
            kw["min_silence_duration"] = plan.vad_stop
        if "native" in self.words:
            from livekit.agents import inference

            self.make_vad = lambda: inference.VAD(**kw)
            self.vad = None
        else:
            from livekit.plugins import silero

            self.vad = silero.VAD.load(**kw)
            if "sharedvad" not in self.words:
                one = self.vad
                self.make_vad = lambda: silero.VAD(session=one._onnx_session, opts=dataclasses.replace(one._opts))
                self.vad = None

    async def start(self) -> None:
        pass

    async def open(self, probe: Probe) -> Session:
        w = self.words
        if "default" in w:
            th = {"turn_detection": "vad"}
        else:
            th = {
                "turn_detection": "vad",
                "endpointing": {"min_delay": 0.0, "max_delay": 0.0},
                "interruption": {"mode": "vad", "min_duration": 0.5 if "vaddef" in w else self.plan.vad_start},
                "preemptive_generation": {"enabled": False},
            }
        session = AgentSession(
            vad=self.vad or self.make_vad(),
            stt=FakeSTT(probe),
            llm=FakeLLM(probe),
            tts=FakeTTS(probe, 20 if "frame20" in w else 200, "stream" in w),
            turn_handling=th,
            aec_warmup_duration=None,
        )
        inp, out = In(), Out(probe)
        session.input.audio = inp
        if "sync" in w:
            from livekit.agents.voice.transcription.synchronizer import TranscriptSynchronizer

            class Text(io.TextOutput):
                def __init__(self) -> None:
                    super().__init__(label="bench", next_in_chain=None)

                async def capture_text(self, text: str) -> None:
                    pass

                def flush(self) -> None:
                    pass

            sync = TranscriptSynchronizer(next_in_chain_audio=out, next_in_chain_text=Text())
            session.output.audio = sync.audio_output
            session.output.transcription = sync.text_output
        else:
            session.output.audio = out
        await session.start(Agent(instructions="You are a helpful assistant."), record=False)
        return Session(session, inp)

    async def stop(self) -> None:
        pass
