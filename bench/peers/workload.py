"""The shared part of the peer benchmark: one plan, one user, one set of fake providers.

Every engine under test gets exactly this:

* a user (`Driver`) who delivers 16 kHz mono PCM16 in 20 ms frames in real time;
* a fake STT, LLM and TTS whose delays are fixed (`Plan`), as async functions to be wrapped in
  whatever class the engine wants;
* a `Probe` per session, which stamps the moments that matter, and a `Sink` per session where the
  agent's audio goes.

Nothing here imports an engine.  Standard library only.

How to plug in an engine: write `engine_<name>.py` with

    NAME = "..."
    class Engine:
        def __init__(self, plan, variant): ...        # imports and one-time set-up
        async def start(self): ...                    # once per process
        async def open(self, probe) -> Session: ...   # returns when the session is ready for audio
        async def stop(self): ...
    # Session: push(pcm: bytes) -> None   (sync, called every 20 ms), async close()

The engine calls, from its fake providers,
    probe.stt_end(...)            when it tells the STT that the user has stopped   (VAD stop)
    await fake_stt(probe)         -> transcript, PLAN.stt_delay later
    fake_llm(probe)               async generator of text tokens
    fake_tts(probe, sentence)     async generator of 20 ms frames of PCM16 at PLAN.tts_rate
and hands the agent's audio to
    probe.sink.write(pcm)         if it pushes faster than real time (the sink then plays it out), or
    probe.sink.emit(pcm)          if it paces the audio itself,
    probe.sink.clear()            when an interruption empties the output.
"""

from __future__ import annotations

import array
import asyncio
import gc
import heapq
import math
import os
import random
import resource
import threading
import time
import wave
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

now = time.perf_counter
HERE = os.path.dirname(os.path.abspath(__file__))

IN_RATE = 16000
FRAME_MS = 20
IN_FRAME_BYTES = IN_RATE * FRAME_MS // 1000 * 2


@dataclass(frozen=True)
class Plan:
    """All the fixed delays.  Seconds."""

    vad_stop: float = 0.200  # silence that ends the user's turn
    vad_start: float = 0.100  # speech that starts one (for barge-in)
    stt_delay: float = 0.050  # final transcript this long after the STT is told to finish
    llm_first: float = 0.100  # first token
    llm_step: float = 0.010  # each token after that
    tts_first: float = 0.080  # first audio this long after the sentence arrives
    tts_rate: int = 24000
    tts_burst: int = 5  # 20 ms frames per 20 ms of wall time: 5 x real time
    sentence_audio: tuple[float, ...] = (1.4, 1.6)
    tail: float = 1.2  # silence between the end of the agent's (ideal) answer and the next turn
    transcript: str = "I wonder when you are going to be home again on Monday morning"
    # 20 tokens, two sentences; the first ends with token 8
    tokens: tuple[str, ...] = (
        "Sure", ",", " the", " next", " train", " leaves", " at", " nine.",
        " It", " goes", " from", " platform", " two", " and", " it", " takes",
        " about", " forty", " five", " minutes.",
    )  # fmt: skip

    @property
    def first_sentence_tokens(self) -> int:
        return next(i for i, t in enumerate(self.tokens) if t.endswith(".")) + 1

    @property
    def llm_first_sentence(self) -> float:
        return self.llm_first + self.llm_step * (self.first_sentence_tokens - 1)

    @property
    def nominal(self) -> float:
        """Last speech sample -> first agent audio, if the framework cost nothing at all."""
        return self.vad_stop + self.stt_delay + self.llm_first_sentence + self.tts_first


def load_wav(name: str) -> list[bytes]:
    with wave.open(os.path.join(HERE, "audio", name + ".wav")) as w:
        assert (w.getframerate(), w.getnchannels(), w.getsampwidth()) == (IN_RATE, 1, 2)
        pcm = w.readframes(w.getnframes())
    assert len(pcm) % IN_FRAME_BYTES == 0
    return [pcm[i : i + IN_FRAME_BYTES] for i in range(0, len(pcm), IN_FRAME_BYTES)]


def quiet_frame(seed: int = 7) -> bytes:
    """A 20 ms frame of faint noise: a real line is never digital silence."""
    r = random.Random(seed)
    return array.array("h", (r.randint(-3, 3) for _ in range(IN_FRAME_BYTES // 2))).tobytes()


def tone(rate: int, seconds: float) -> bytes:
    n = int(rate * seconds)
    return array.array("h", (int(6000 * math.sin(2 * math.pi * 220 * i / rate)) for i in range(n))).tobytes()


# --------------------------------------------------------------------------- what happened in a turn


@dataclass
class Turn:
    kind: str  # "turn" or "bargein"
    speech_first: float  # when the first frame of speech was due
    speech_last: float  # when the last frame of speech was due
    pushed_last: float = 0.0  # when it was really handed over
    stt_end: float = 0.0  # the engine told the STT that the user has stopped
    stt_final: float = 0.0
    llm_call: float = 0.0
    llm_first: float = 0.0
    llm_sentence: float = 0.0  # the token which ends the first sentence was handed over
    tts_call: float = 0.0
    tts_first: float = 0.0
    out_first: float = 0.0
    # barge-in
    clear: float = 0.0
    out_last: float = 0.0  # last audio frame to leave before the interruption took effect
    speaking_at_start: bool = False

    def done(self) -> bool:
        return self.out_first > 0.0


class Sink:
    """Where the agent's audio goes."""

    def __init__(self, probe: Probe, rate: int) -> None:
        self.probe = probe
        self.frame_bytes = rate * FRAME_MS // 1000 * 2
        self.buf = 0  # bytes waiting to be played
        self.played = 0
        self.ending = False
        self.on_drained: Callable[[], None] | None = None
        self.frames_out = 0
        self.bytes_out = 0

    # -- for engines that push faster than real time
    def write(self, pcm: bytes) -> None:
        if not self.buf:
            self.played = 0
        self.buf += len(pcm)
        self._first()

    def end(self) -> None:
        """No more audio in this segment: call on_drained when it has been played."""
        self.ending = True
        if not self.buf:
            self._drained()

    def tick(self, t: float) -> None:
        """20 ms of playout; called by the driver."""
        if self.buf:
            n = min(self.buf, self.frame_bytes)
            self.buf -= n
            self.played += n
            self.frames_out += 1
            self.bytes_out += n
            self.probe.turn_out(t)
            if not self.buf and self.ending:
                self._drained()

    def _drained(self) -> None:
        self.ending = False
        if self.on_drained:
            self.on_drained()

    # -- for engines that pace the audio themselves
    def emit(self, pcm: bytes) -> None:
        self.frames_out += 1
        self.bytes_out += len(pcm)
        self._first()
        self.probe.turn_out(now())

    # -- both
    def clear(self) -> None:
        self.buf = 0
        self.ending = False
        t = self.probe.turn
        if t is not None and not t.clear:
            t.clear = now()

    def _first(self) -> None:
        t = self.probe.turn
        if t is not None and not t.out_first and t.tts_first:
            t.out_first = now()


class Probe:
    """One per session."""

    def __init__(self, plan: Plan, index: int) -> None:
        self.plan = plan
        self.index = index
        self.sink = Sink(self, plan.tts_rate)
        self.turn: Turn | None = None
        self.turns: list[Turn] = []
        self.stt_ends = 0

    def begin(self, turn: Turn) -> None:
        self.turn = turn
        self.turns.append(turn)

    def turn_out(self, t: float) -> None:
        """An audio frame left at t."""
        turn = self.turn
        if turn is not None and turn.kind == "bargein" and not turn.stt_final:
            turn.out_last = t

    def stt_end(self) -> None:
        self.stt_ends += 1
        t = self.turn
        if t is not None and not t.stt_end:
            t.stt_end = now()


# --------------------------------------------------------------------------- the fake providers


async def _until(deadline: float) -> None:
    d = deadline - now()
    if d > 0:
        await asyncio.sleep(d)


async def fake_stt(probe: Probe) -> str:
    """Call when the STT has been told that the user has stopped."""
    await _until(now() + probe.plan.stt_delay)
    t = probe.turn
    if t is not None and not t.stt_final:
        t.stt_final = now()
    return probe.plan.transcript


async def fake_llm(probe: Probe) -> AsyncIterator[str]:
    plan = probe.plan
    t0 = now()
    turn = probe.turn
    if turn is not None and not turn.llm_call:
        turn.llm_call = t0
    last = plan.first_sentence_tokens - 1
    for i, tok in enumerate(plan.tokens):
        await _until(t0 + plan.llm_first + plan.llm_step * i)
        if turn is not None:
            if i == 0 and not turn.llm_first:
                turn.llm_first = now()
            elif i == last and not turn.llm_sentence:
                turn.llm_sentence = now()
        yield tok


_tones: dict[tuple[int, float], list[bytes]] = {}


def tts_frames(plan: Plan, text: str) -> list[bytes]:
    """The audio of a sentence, as 20 ms frames, made once."""
    first = text.strip().startswith("Sure")
    secs = plan.sentence_audio[0 if first else 1]
    key = (plan.tts_rate, secs)
    if key not in _tones:
        pcm = tone(plan.tts_rate, secs)
        n = plan.tts_rate * FRAME_MS // 1000 * 2
        _tones[key] = [pcm[i : i + n] for i in range(0, len(pcm), n)]
    return _tones[key]


async def fake_tts(probe: Probe, text: str) -> AsyncIterator[bytes]:
    plan = probe.plan
    t0 = now()
    turn = probe.turn
    if turn is not None and not turn.tts_call:
        turn.tts_call = t0
    frames = tts_frames(plan, text)
    for i, f in enumerate(frames):
        if i % plan.tts_burst == 0:
            await _until(t0 + plan.tts_first + (i // plan.tts_burst) * FRAME_MS / 1000)
        if i == 0 and turn is not None and not turn.tts_first:
            turn.tts_first = now()
        yield f


# --------------------------------------------------------------------------- the user


@dataclass
class Script:
    """What one user does in one cycle, in 20 ms frames."""

    frames: list[bytes]
    # (kind, index of first speech frame, index of last speech frame)
    events: list[tuple[str, int, int]]

    @property
    def seconds(self) -> float:
        return len(self.frames) * FRAME_MS / 1000


def talk_script(plan: Plan) -> Script:
    """Speak, listen to the answer, pause.  User ~41 %, agent ~41 % of the time."""
    speech = load_wav("utterance")
    q = quiet_frame()
    rest = plan.nominal + sum(plan.sentence_audio) + plan.tail
    # not a multiple of 32 ms, so that the end of speech falls on every phase of the VAD's window
    n_rest = int(rest / (FRAME_MS / 1000))
    if (len(speech) + n_rest) % 8 == 0:
        n_rest += 1
    return Script(speech + [q] * n_rest, [("turn", 0, len(speech) - 1)])


def bargein_script(plan: Plan, agent_talks_for: float) -> Script:
    """Speak; then interrupt the answer `agent_talks_for` seconds into it; then let it be answered."""
    speech = load_wav("utterance")
    cut = load_wav("bargein")
    q = quiet_frame()
    wait = int((plan.nominal + 0.1 + agent_talks_for) / (FRAME_MS / 1000))
    frames = speech + [q] * wait
    b0 = len(frames)
    frames = frames + cut
    b1 = len(frames) - 1
    rest = int((plan.nominal + sum(plan.sentence_audio) + plan.tail) / (FRAME_MS / 1000))
    if (len(frames) + rest) % 8 == 0:
        rest += 1
    return Script(frames + [q] * rest, [("turn", 0, len(speech) - 1), ("bargein", b0, b1)])


@dataclass
class User:
    probe: Probe
    push: Callable[[bytes], None]
    script: Script
    offset: int  # frame in the script at which this user starts
    start_in: float  # when the first tick is due, seconds after the driver's start
    k: int = 0
    starts: dict[int, tuple[str, int]] = field(default_factory=dict)
    ends: dict[int, Turn] = field(default_factory=dict)


class Driver:
    """Delivers everybody's audio on an absolute schedule, from one task.

    All latencies are counted from when a frame was *due*, not from when an overloaded event loop
    got round to delivering it: in a server the packet would have been waiting in the socket.
    """

    def __init__(self, users: list[User]) -> None:
        self.users = users
        self.late: list[float] = []
        self.stop = False
        self.recording = True

    async def run(self, t0: float) -> None:
        period = FRAME_MS / 1000
        heap = [(t0 + u.start_in, i) for i, u in enumerate(self.users)]
        heapq.heapify(heap)
        users = self.users
        while not self.stop and heap:
            due = heap[0][0]
            d = due - now()
            if d > 0.0005:
                await asyncio.sleep(d)
            else:
                await asyncio.sleep(0)
            t = now()
            if self.recording:
                self.late.append(t - due)
            while heap and heap[0][0] <= t + 0.0005:
                due, i = heap[0]
                heapq.heapreplace(heap, (due + period, i))
                self._tick(users[i], due)

    def _tick(self, u: User, due: float) -> None:
        n = len(u.script.frames)
        pos = (u.offset + u.k) % n
        u.k += 1
        probe = u.probe
        for kind, a, b in u.script.events:
            if pos == a:
                t = Turn(kind, due, due + (b - a) * FRAME_MS / 1000)
                t.speaking_at_start = probe.sink.buf > 0
                probe.begin(t)
                u.ends[b] = t
        u.push(u.script.frames[pos])
        t = u.ends.pop(pos, None)
        if t is not None:
            t.pushed_last = now()
        if probe.sink.buf:
            probe.sink.tick(now())


# --------------------------------------------------------------------------- measuring


def rss_bytes() -> int:
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def core_busy() -> float:
    """CPU seconds spent by anybody on the cores we are pinned to."""
    mine = {f"cpu{i}" for i in os.sched_getaffinity(0)}
    total = 0
    with open("/proc/stat") as f:
        for line in f:
            name, *x = line.split()
            if name in mine:
                v = [int(n) for n in x]
                total += v[0] + v[1] + v[2] + v[5] + v[6] + v[7]  # user nice sys irq softirq steal
    return total / os.sysconf("SC_CLK_TCK")


@dataclass
class Usage:
    wall: float
    cpu: float
    user: float
    sys: float
    ctx: int
    others: float  # CPU seconds which other processes had on our cores


class Meter:
    def __init__(self) -> None:
        self.t = now()
        self.c = time.process_time()
        self.r = resource.getrusage(resource.RUSAGE_SELF)
        self.b = core_busy()

    def read(self) -> Usage:
        r = resource.getrusage(resource.RUSAGE_SELF)
        cpu = time.process_time() - self.c
        return Usage(
            now() - self.t,
            cpu,
            r.ru_utime - self.r.ru_utime,
            r.ru_stime - self.r.ru_stime,
            r.ru_nvcsw + r.ru_nivcsw - self.r.ru_nvcsw - self.r.ru_nivcsw,
            max(0.0, core_busy() - self.b - cpu),
        )


def pct(xs: list[float], p: float) -> float:
    """Nearest-rank percentile; nan if empty."""
    if not xs:
        return float("nan")
    s = sorted(xs)
    return s[min(len(s) - 1, max(0, math.ceil(p / 100 * len(s)) - 1))]


def summary_ms(xs: list[float]) -> dict[str, float]:
    ms = [x * 1000 for x in xs]
    return {
        "n": len(ms),
        "p50": round(pct(ms, 50), 1),
        "p95": round(pct(ms, 95), 1),
        "max": round(max(ms), 1) if ms else float("nan"),
        "min": round(min(ms), 1) if ms else float("nan"),
    }


def latency_report(plan: Plan, turns: list[Turn]) -> dict:
    # an answer cut short in an overloaded run may lack some stamps
    ok = [t for t in turns if t.done() and t.stt_end and t.stt_final and t.llm_call and t.llm_sentence and t.tts_call]
    gap = lambda f: summary_ms([f(t) for t in ok])
    hop = [(t.llm_call - t.stt_final) + (t.tts_call - t.llm_sentence) + (t.out_first - t.tts_first) for t in ok]
    return {
        "turns": len(turns),
        "answered": len(ok),
        "nominal_ms": round(plan.nominal * 1000, 1),
        "total": gap(lambda t: t.out_first - t.speech_last),
        # the whole minus what the providers and the configured silence take
        "added": gap(lambda t: t.out_first - t.speech_last - plan.nominal),
        # and where it goes
        "vad_late": gap(lambda t: t.stt_end - t.speech_last - plan.vad_stop),
        "transcript_to_llm": gap(lambda t: t.llm_call - t.stt_final),
        "sentence_to_tts": gap(lambda t: t.tts_call - t.llm_sentence),
        "audio_to_out": gap(lambda t: t.out_first - t.tts_first),
        "hops": summary_ms(hop),  # the three above together
        # the providers' own sleeps running over: how far behind the event loop is
        "provider_late": gap(
            lambda t: (
                (t.stt_final - t.stt_end - plan.stt_delay)
                + (t.llm_sentence - t.llm_call - plan.llm_first_sentence)
                + (t.tts_first - t.tts_call - plan.tts_first)
            )
        ),
    }


def bargein_report(turns: list[Turn]) -> dict:
    b = [t for t in turns if t.kind == "bargein"]
    ok = [t for t in b if t.out_last and t.clear]
    return {
        "bargeins": len(b),
        "interrupted": len(ok),
        "to_clear": summary_ms([t.clear - t.speech_first for t in ok]),
        "to_last_frame": summary_ms([t.out_last - t.speech_first for t in ok]),
    }


def settle() -> None:
    gc.collect()


def threads() -> int:
    return threading.active_count()
