"""Our engine beside LiveKit Agents, Pipecat and the floor: one workload, one run, one table for each question.

    python -m bench.peers [--quick] [--stages latency,load,bargein,startup] [--engines vivavoce,livekit,pipecat,floor]
                          [--core 1] [--repeats 1] [--nice -10]

Every engine gets the same recorded speech, the same fake recogniser, model and voice with fixed delays, and the same
voice activity model (`workload.py`). Each measurement is a process of its own on one core (`run.py`), and engines take
turns, so that other load on the machine falls on all of them. The floor is no framework at all: the model inline and a
state machine. Raw results go to bench/results/peers/.

The peers' interpreters are made under bench/.venvs when they are missing, with the versions below, by pip. What
cannot be installed is left out, and said.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench._running import pinned, prefer
from bench.peers.interpreters import ENGINES, interpreters
from bench.peers.tables import write_tables

_HERE: Final = Path(__file__).parent
_RESULTS: Final = _HERE.parent / "results" / "peers"
_STAGES: Final = ("latency", "load", "bargein", "startup")
_VARIANTS: Final = {"vivavoce": "", "livekit": "lean", "pipecat": "lean", "floor": "vad"}
# Up to where each has fallen behind; what more sessions would show is not worth the minutes.
_LADDERS: Final = {
    "vivavoce": (20, 60, 100, 200, 250),
    "livekit": (20, 40, 60, 80),
    "pipecat": (10, 20, 30, 40),
    "floor": (20, 100, 200),
}
_QUICK_LADDERS: Final = {"vivavoce": (20, 100, 200), "livekit": (20, 60), "pipecat": (10, 30), "floor": (20, 100)}
_HOPELESS_MS: Final = 2000
_TIMEOUT_S: Final = 600


@dataclass(frozen=True, slots=True)
class Run:
    """One measurement. cycles: turns of each session, 7.7 s each (10.6 s with interruptions)."""

    engine: str
    variant: str
    mode: str
    sessions: int
    cycles: int

    @property
    def name(self) -> str:
        return f"{self.engine}-{self.variant.replace(',', '+') or 'plain'}-{self.mode}-n{self.sessions}"


def plan(stage: str, engines: Sequence[str], *, quick: bool) -> Iterator[Run]:
    """The runs of a stage, engines taking turns."""
    match stage:
        case "latency":
            yield from (Run(engine, _VARIANTS[engine], "latency", 1, 6 if quick else 16) for engine in engines)
        case "load":
            ladders = _QUICK_LADDERS if quick else _LADDERS
            for step in range(max(map(len, ladders.values()))):
                for engine in engines:
                    if step < len(ladders[engine]):
                        yield Run(engine, _VARIANTS[engine], "load", ladders[engine][step], 2 if quick else 3)
        case "bargein":
            yield from (Run(engine, _VARIANTS[engine], "bargein", 5, 3 if quick else 5) for engine in engines)
            if "pipecat" in engines:  # its volume gate off: the best it does
                yield Run("pipecat", "lean,novol", "bargein", 5, 3 if quick else 5)
        case "startup":
            for _ in range(1 if quick else 3):
                yield from (Run(engine, _VARIANTS[engine], "startup", 1, 1) for engine in engines)
        case _:
            raise SystemExit(f"There is no stage {stage!r}. There are: {', '.join(_STAGES)}.")


def measured(run: Run, python: Path, core: int, out: Path) -> dict[str, Any] | None:
    """What run.py found out, or None with the reason on standard error."""
    options = ["-v", run.variant, "-n", str(run.sessions), "-c", str(run.cycles), "-o", str(out)]
    command = [*pinned(core), str(python), "run.py", run.engine, run.mode, *options]
    try:
        done = subprocess.run(command, cwd=_HERE, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        sys.stderr.write(f"{run.name}: not done after {_TIMEOUT_S} s\n")
        return None
    if done.returncode or not out.exists():
        sys.stderr.write(f"{run.name} failed: {done.stderr[-1500:]}\n")
        return None
    return json.loads(out.read_text())


def told(run: Run, result: dict[str, Any]) -> str:
    """One line for who watches."""
    if run.mode == "startup":
        return f"{run.name}: {result['import_and_engine_s']:.2f} s, {result['rss_mb']:.0f} MB"
    added, cpu = result["latency"]["added"], 100 * result["cpu_per_session_second"]
    return (
        f"{run.name}: added {added['p50']:.0f} / {added['p95']:.0f} ms, {cpu:.2f} % of a core per session,"
        f" others had {result['others_share']:.0%} of it"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="vivavoce bench peers", description="Our engine beside its peers")
    parser.add_argument("--quick", action="store_true", help="about 10 minutes in place of 28; rougher figures")
    parser.add_argument("--stages", default=",".join(_STAGES))
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--core", type=int, default=1, help="the one core that every measurement is bound to")
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--nice", type=int, help="for example -10 (root), on a machine with other work")
    given = parser.parse_args()
    prefer(given.nice)
    pythons = interpreters([engine for engine in given.engines.split(",") if engine])
    _RESULTS.mkdir(parents=True, exist_ok=True)
    results: list[dict[str, Any]] = []
    hopeless: set[str] = set()
    for repeat in range(given.repeats):
        for stage in given.stages.split(","):
            for number, run in enumerate(plan(stage, list(pythons), quick=given.quick)):
                if stage == "load" and run.engine in hopeless:
                    continue
                out = _RESULTS / f"{run.name}-r{repeat}-{number}.json"
                out.unlink(missing_ok=True)
                result = measured(run, pythons[run.engine], given.core, out)
                if result is None:
                    continue
                sys.stderr.write(f"{told(run, result)}\n")
                results.append(result)
                if stage == "load" and result["latency"]["added"]["p50"] > _HOPELESS_MS:
                    hopeless.add(run.engine)
        hopeless.clear()
    write_tables(results, sys.stdout)


if __name__ == "__main__":
    main()
