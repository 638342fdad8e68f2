"""What loss and disorder do to a microphone: aiortc's own jitter buffer against ours. On virtual time, so exact.

    python -m bench.webrtc_loss [speech.wav]        (16 kHz mono; without one: a made-up voiced sound)

Each row: the same 10 s of speech in Opus with in-band FEC, 20 ms a packet; packets are dropped, or overtaken by one or
two later ones, by chance from the same seed. `lost`: packets dropped. `missing`: frames that were never handed on; the
last two of ours may still wait. `filled`: frames of ours made up by Opus. Latency, p50 / p95 / max and median of the
last second: from the moment a packet would have arrived to the moment its sound is handed on. `likeness`: the
correlation of what came out, at its place on the media clock, with the same speech unharmed.
"""

import random
import sys
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
from aiortc.jitterbuffer import JitterBuffer
from aiortc.rtp import RtpPacket as StockPacket
from tests.webrtc import FRAME, RATE_HZ, microphone_encoder, speechlike

from vivavoce.engine.ports import Samples
from vivavoce.transports.aiortc.microphone import Microphone
from vivavoce.transports.aiortc.opus import OpusDecoder
from vivavoce.transports.aiortc.rtp import RtpPacket

_TICKS: Final = 960
_SECONDS: Final = 10
_ROWS: Final = ((0.0, 0.0), (0.02, 0.0), (0.1, 0.0), (0.0, 0.05), (0.02, 0.05), (0.1, 0.05))


@dataclass(frozen=True, slots=True)
class Outcome:
    """latencies_ms: of each frame handed on. sound: the whole, silence where nothing came."""

    latencies_ms: list[float]
    missing: int
    filled: int
    sound: Samples


def arrivals(packets: list[RtpPacket], loss: float, reorder: float, seed: int) -> list[tuple[float, RtpPacket]]:
    """(ms, packet) in the order of arrival; an overtaken packet comes 25 or 45 ms late."""
    chance = random.Random(seed)
    came: list[tuple[float, RtpPacket]] = []
    for number, packet in enumerate(packets):
        lost, overtaken, by = chance.random() < loss, chance.random() < reorder, chance.choice((25, 45))
        if not lost:
            came.append((number * 20 + (by if overtaken else 0), packet))
    return sorted(came, key=lambda arrival: arrival[0])


def ours(came: list[tuple[float, RtpPacket]], count: int) -> Outcome:
    microphone, sound = Microphone(), np.zeros(count * FRAME, np.int16)
    latencies, known, lost = [0.0] * 0, 0, {packet.sequence for _, packet in came}
    for at_ms, packet in came:
        for frame in microphone.add(packet):
            sound[frame.start : frame.start + len(frame.samples)] = frame.samples
            for number in range(frame.start // FRAME, (frame.start + len(frame.samples)) // FRAME):
                latencies.append(at_ms - number * 20)
                known += 1
    return Outcome(latencies, count - known, known - len(lost), sound)


def stock(came: list[tuple[float, RtpPacket]], count: int) -> Outcome:
    buffer, decoder = JitterBuffer(capacity=16, prefetch=4), OpusDecoder(RATE_HZ)
    sound, latencies = np.zeros(count * FRAME, np.int16), [0.0] * 0
    for at_ms, packet in came:
        stored = cast(Any, StockPacket(sequence_number=packet.sequence, timestamp=packet.timestamp))
        stored._data = packet.payload
        _, frame = buffer.add(stored)
        if frame is not None:
            number = frame.timestamp // _TICKS
            sound[number * FRAME : (number + 1) * FRAME] = decoder.decode(frame.data)
            latencies.append(at_ms - number * 20)
    return Outcome(latencies, count - len(latencies), 0, sound)


def speech(path: str | None) -> Samples:
    if path is None:
        return speechlike(_SECONDS * 1000)
    with wave.open(str(Path(path))) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
    return np.resize(samples, _SECONDS * RATE_HZ)


def main() -> None:
    samples = speech(sys.argv[1] if len(sys.argv) > 1 else None)
    encoder = microphone_encoder()
    payloads = [encoder.encode(frame) for frame in samples.reshape(-1, FRAME)]
    packets = [RtpPacket(111, number, number * _TICKS, 1, payload) for number, payload in enumerate(payloads)]
    whole = ours([(0.0, packet) for packet in packets], len(packets)).sound
    heads = [
        "loss",
        "overtaken",
        "buffer",
        "lost",
        "missing",
        "filled",
        "p50 / p95 / max, ms",
        "at the end, ms",
        "likeness",
    ]
    write_row(heads)
    write_row(["---"] * len(heads))
    for loss, reorder in _ROWS:
        came = arrivals(packets, loss, reorder, seed=1)
        for name, outcome in (("stock", stock(came, len(packets))), ("ours", ours(came, len(packets)))):
            p50, p95, most = np.percentile(outcome.latencies_ms, (50, 95, 100))
            write_row(
                [
                    *(f"{loss:.0%}", f"{reorder:.0%}", name),
                    *(f"{len(packets) - len(came)}", f"{outcome.missing}", f"{outcome.filled}"),
                    f"{p50:.0f} / {p95:.0f} / {most:.0f}",
                    f"{np.median(outcome.latencies_ms[-50:]):.0f}",
                    f"{np.corrcoef(outcome.sound, whole)[0, 1]:.3f}",
                ]
            )


def write_row(cells: list[str]) -> None:
    sys.stdout.write("| " + " | ".join(cells) + " |\n")


if __name__ == "__main__":
    main()
