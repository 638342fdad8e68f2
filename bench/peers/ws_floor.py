"""The floor at the wire: websockets + engine_floor, one timer for everybody's playout.

taskset -c 1 python ws_floor.py --port 8766     # prints its pid; then ws_client.py
"""

from __future__ import annotations

import argparse
import asyncio
import os

import engine_floor as ef
import websockets
import workload as w

PLAN = w.Plan()


class WireSink(w.Sink):
    """Sends 20 ms frames as the playout clock asks for them."""

    def __init__(self, probe: w.Probe, ws) -> None:
        super().__init__(probe, PLAN.tts_rate)
        self.ws = ws
        self.fifo = bytearray()

    def write(self, pcm: bytes) -> None:
        if not self.buf:  # the first frame leaves at once
            self.buf = len(pcm)
            self.fifo += pcm
            self.step()
        else:
            self.buf += len(pcm)
            self.fifo += pcm

    def step(self) -> None:
        n = self.frame_bytes
        out = bytes(self.fifo[:n])
        del self.fifo[:n]
        self.buf = len(self.fifo)
        asyncio.ensure_future(self.ws.send(out))
        if not self.buf and self.ending:
            self._drained()

    def clear(self) -> None:
        super().clear()
        self.fifo.clear()
        asyncio.ensure_future(self.ws.send("clear"))


async def main() -> None:
    ap = argparse.ArgumentParser()
    ap.add_argument("--port", type=int, default=8766)
    a = ap.parse_args()
    engine = ef.Engine(PLAN, "vad")
    live: set[WireSink] = set()

    async def handler(ws) -> None:
        probe = w.Probe(PLAN, 0)
        probe.sink = sink = WireSink(probe, ws)
        live.add(sink)
        s = await engine.open(probe)
        try:
            async for m in ws:
                s.push(m)
        except websockets.ConnectionClosed:
            pass
        finally:
            live.discard(sink)
            await s.close()

    async def clock() -> None:
        t = w.now()
        while True:
            t += 0.020
            await asyncio.sleep(max(0.0, t - w.now()))
            for sink in list(live):
                if sink.buf:
                    sink.step()

    print(os.getpid(), flush=True)
    async with websockets.serve(handler, "127.0.0.1", a.port, compression=None, max_queue=None):
        await clock()


if __name__ == "__main__":
    asyncio.run(main())
