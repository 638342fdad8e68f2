"""No framework at all: the floor to hold the others against.

Variants
  null   no VAD: knows the quiet frame by identity.  Measures the driver and the fake providers.
  vad    Silero VAD (ONNX, one thread, run inline in the event loop) and a plain state machine.
         About the least a Python agent can do; the whole session is one object and, while a turn
         is being answered, two tasks.

The model is Silero's, its 16 kHz half, as our own tree carries it.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from workload import Plan, Probe, fake_llm, fake_stt, fake_tts, quiet_frame

NAME = "floor"


MODEL = Path(__file__).parents[2] / "src/vivavoce/providers/silero/silero_vad_16k.onnx"


class Session:
    def __init__(self, engine: Engine, probe: Probe) -> None:
        self.e = engine
        self.probe = probe
        self.plan = probe.plan
        self.task: asyncio.Task | None = None
        self.speaking = False
        self.run = 0  # windows (or frames) of the other state in a row
        if engine.variant == "vad":
            np = engine.np
            self.buf = np.zeros((1, 64 + 512), np.float32)
            self.state = np.zeros((2, 1, 128), np.float32)
            self.fill = 64
            self.stop_windows = max(1, round(self.plan.vad_stop / 0.032))
            self.start_windows = max(1, round(self.plan.vad_start / 0.032))
            self.push = self.push_vad
        else:
            self.push = self.push_null

    def push_null(self, pcm: bytes) -> None:
        if pcm == self.e.quiet:
            self.run += 1
            if self.speaking and self.run * 0.02 >= self.plan.vad_stop:
                self.speaking = False
                self.stopped()
        else:
            self.run = 0
            if not self.speaking:
                self.speaking = True
                self.started()

    def push_vad(self, pcm: bytes) -> None:
        np = self.e.np
        x = np.frombuffer(pcm, np.int16)
        i = 0
        while i < len(x):
            n = min(len(x) - i, 576 - self.fill)
            np.multiply(x[i : i + n], 1 / 32768, out=self.buf[0, self.fill : self.fill + n])
            self.fill += n
            i += n
            if self.fill == 576:
                out, self.state = self.e.ort.run(None, {"input": self.buf, "state": self.state, "sr": self.e.sr})
                self.buf[0, :64] = self.buf[0, 512:]
                self.fill = 64
                self.window(float(out[0, 0]))

    def window(self, p: float) -> None:
        if self.speaking:
            self.run = self.run + 1 if p < 0.5 else 0
            if self.run >= self.stop_windows:
                self.speaking = False
                self.run = 0
                self.stopped()
        else:
            self.run = self.run + 1 if p >= 0.5 else 0
            if self.run >= self.start_windows:
                self.speaking = True
                self.run = 0
                self.started()

    def started(self) -> None:
        if self.task is not None and not self.task.done():
            self.task.cancel()
            self.probe.sink.clear()

    def stopped(self) -> None:
        self.probe.stt_end()
        self.task = asyncio.create_task(self.answer())

    async def answer(self) -> None:
        probe = self.probe
        await fake_stt(probe)
        sentences: asyncio.Queue[str | None] = asyncio.Queue()

        async def think() -> None:
            text = ""
            async for tok in fake_llm(probe):
                text += tok
                if tok.endswith((".", "?", "!")):
                    sentences.put_nowait(text)
                    text = ""
            sentences.put_nowait(None)

        t = asyncio.create_task(think())
        try:
            while (s := await sentences.get()) is not None:
                async for pcm in fake_tts(probe, s):
                    probe.sink.write(pcm)
            drained = asyncio.Event()
            probe.sink.on_drained = drained.set
            probe.sink.end()
            await drained.wait()
        finally:
            t.cancel()

    async def close(self) -> None:
        if self.task is not None:
            self.task.cancel()


class Engine:
    def __init__(self, plan: Plan, variant: str) -> None:
        self.plan = plan
        self.variant = variant or "vad"
        self.quiet = quiet_frame()
        if self.variant == "vad":
            import numpy as np
            import onnxruntime as ort

            self.np = np
            o = ort.SessionOptions()
            o.intra_op_num_threads = 1
            o.inter_op_num_threads = 1
            self.ort = ort.InferenceSession(str(MODEL), o, providers=["CPUExecutionProvider"])
            self.sr = np.array(16000, np.int64)

    async def start(self) -> None:
        pass

    async def open(self, probe: Probe) -> Session:
        return Session(self, probe)

    async def stop(self) -> None:
        pass
