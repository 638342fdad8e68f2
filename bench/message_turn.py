"""What a message costs: POST /api/sessions/{id}/messages on the embedded store.

    python -m bench.message_turn [--sessions 4] [--turns 25] [--core 1] [--profile FILE]

Two servers, one after the other: one whose language model answers at once (two sentences), one with the guide as it
comes with nothing configured. One caller at a time on a connection that stays open, as a program would; `turn` is
from its request to its answer at the caller, so it holds the caller's own HTTP too, which `healthz` shows. A session's
log grows with its turns: the last column is of the last five of each session.

--profile writes cProfile's figures of the server with the instant model.
"""

import argparse
import http.client
import json
import statistics
import sys
import time
from dataclasses import dataclass

from bench._running import SCRIPTED, Served, cpu_s, load, percentile, prefer, scratch, serving

_SAID = (
    "I keep putting off the talk with my manager about a promotion.",
    "I would like a clear answer by the end of this year.",
    "So far I have only written down what I did in the last two projects.",
    "Maybe I could ask for half an hour next Tuesday.",
    "That would be a good first step, and I am a little nervous about it.",
)
_WARM_UP_TURNS = 5


@dataclass(frozen=True, slots=True)
class Turns:
    """Milliseconds of each turn, of the last five of each session, and of a bare request."""

    all_ms: list[float]
    last_ms: list[float]
    healthz_ms: list[float]
    cpu_ms: float


class Caller:
    def __init__(self, served: Served) -> None:
        self._link = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)

    def post(self, path: str, body: dict[str, str]) -> dict[str, str]:
        self._link.request("POST", path, json.dumps(body).encode(), {"content-type": "application/json"})
        return json.loads(self._answer())

    def get(self, path: str) -> bytes:
        self._link.request("GET", path)
        return self._answer()

    def _answer(self) -> bytes:
        with self._link.getresponse() as answer:
            content = answer.read()
            if answer.status >= 300:
                raise SystemExit(f"answered {answer.status}: {content[:500]!r}")
            return content


def timed(served: Served, sessions: int, turns: int) -> Turns:
    caller = Caller(served)
    warm = caller.post("/api/sessions", {"format": "coaching"})["id"]
    for number in range(_WARM_UP_TURNS):
        caller.post(f"/api/sessions/{warm}/messages", {"text": _SAID[number]})
    time.sleep(1.5)  # what loads at the start is loaded
    every, last = [0.0] * 0, [0.0] * 0
    cpu = cpu_s(served.pid)
    for _ in range(sessions):
        session = caller.post("/api/sessions", {"format": "coaching"})["id"]
        took = [_turn_ms(caller, session, number) for number in range(turns)]
        every += took
        last += took[-5:]
    cpu_ms = (cpu_s(served.pid) - cpu) * 1000 / sessions / turns
    begin, healthz = time.perf_counter(), [0.0] * 0
    for _ in range(100):
        begin = time.perf_counter()
        caller.get("/healthz")
        healthz.append((time.perf_counter() - begin) * 1000)
    return Turns(every, last, healthz, cpu_ms)


def _turn_ms(caller: Caller, session: str, number: int) -> float:
    begin = time.perf_counter()
    caller.post(f"/api/sessions/{session}/messages", {"text": _SAID[number % len(_SAID)]})
    return (time.perf_counter() - begin) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(prog="vivavoce bench message_turn", description="A message turn over HTTP")
    parser.add_argument("--sessions", type=int, default=4)
    parser.add_argument("--turns", type=int, default=25)
    parser.add_argument("--core", type=int, help="bind the server to one core")
    parser.add_argument("--nice", type=int, help="for example -10 (root), on a machine with other work")
    parser.add_argument("--profile", help="file for cProfile's figures of the server")
    given = parser.parse_args()
    prefer(given.nice)
    out = sys.stdout
    out.write(
        "| model | turns | turn p50 / p95, ms | server's CPU, ms | healthz p50, ms | late in a session p50, ms |\n"
    )
    out.write("|---|---|---|---|---|---|\n")
    profiled = ("-m", "cProfile", "-o", given.profile) if given.profile else ()
    for name, program in (("instant", (*profiled, *SCRIPTED, "--instant")), ("guide", ("-m", "vivavoce", "serve"))):
        with scratch() as data, serving(data, program=program, core=given.core) as served:
            turns = timed(served, given.sessions, given.turns)
        p50, p95 = percentile(turns.all_ms, 50), percentile(turns.all_ms, 95)
        healthz, last = statistics.median(turns.healthz_ms), statistics.median(turns.last_ms)
        out.write(
            f"| {name} | {len(turns.all_ms)} | {p50:.1f} / {p95:.1f} | {turns.cpu_ms:.1f} | {healthz:.1f} "
            f"| {last:.1f} |\n"
        )
        out.flush()
    out.write(f"\nThe bar: at most 10 ms p50 with the instant model. {load()}.\n")


if __name__ == "__main__":
    main()
