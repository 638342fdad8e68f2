"""From `vivavoce serve` to ready: seconds, memory, and where both go.

    python -m bench.startup [--repeats 5] [--core 1] [--imports]

Each start is the whole product with nothing configured, on an empty data folder (its store is made) and again on the
same one. `ready`: from the start of the process until /readyz answers. `answers`: until a first message of a new
session is answered, asked for as soon as it is ready. Memory is resident, of the server's process alone: when /readyz
answers, and once all models are loaded; `workers` are the processes of recogniser and voice, which share pages with it.

--imports lists the modules whose import takes longest, by Python's own -X importtime.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench._running import Served, cpu_s, load, memory_mb, pinned, prefer, scratch, serving

_SETTLED_S = 6.0


@dataclass(frozen=True, slots=True)
class Start:
    """memory_mb: when ready; loaded_mb: when the models have loaded; cpu_s: until ready."""

    ready_s: float
    answers_s: float
    cpu_s: float
    memory_mb: float
    loaded_mb: float
    workers_mb: float


def started(data: Path, core: int | None) -> Start:
    with serving(data, core=core) as served:
        cpu, memory = cpu_s(served.pid), memory_mb(served.pid)
        answer_s = served.ready_s + first_answer_s(served)
        time.sleep(_SETTLED_S)
        workers = sum(memory_mb(pid) for pid in children(served.pid))
        return Start(served.ready_s, answer_s, cpu, memory, memory_mb(served.pid), workers)


def first_answer_s(served: Served) -> float:
    begin = time.monotonic()
    session = post(f"{served.url}/api/sessions", {"format": "coaching"})
    post(f"{served.url}/api/sessions/{session['id']}/messages", {"text": "I put off asking for a promotion."})
    return time.monotonic() - begin


def post(url: str, body: dict[str, str]) -> dict[str, str]:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def children(pid: int) -> Sequence[int]:
    """All processes below this one."""
    direct = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [*direct, *(below for child in direct for below in children(child))]


def slowest_imports(core: int | None, count: int = 25) -> list[tuple[float, str]]:
    """(ms with all it imports, module) of what stands on the way to ready, slowest first."""
    with scratch() as data:
        code = "import vivavoce.cli.serving"
        command = [*pinned(core), sys.executable, "-X", "importtime", "-c", code]
        told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=data).stderr
    rows = re.findall(r"^import time:\s+\d+ \|\s+(\d+) \|(\s+)(\S+)$", told, re.MULTILINE)
    return sorted(((int(us) / 1000, name) for us, _, name in rows), reverse=True)[:count]


def main() -> None:
    parser = argparse.ArgumentParser(prog="vivavoce bench startup", description="vivavoce serve to ready")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--core", type=int, help="bind the server to one core")
    parser.add_argument("--nice", type=int, help="for example -10 (root), on a machine with other work")
    parser.add_argument("--imports", action="store_true", help="list the slowest imports instead")
    given = parser.parse_args()
    if given.imports:
        for ms, name in slowest_imports(given.core):
            sys.stdout.write(f"{ms:8.1f} ms  {name}\n")
        return
    prefer(given.nice)
    kinds: dict[str, list[Start]] = {"empty folder": [], "again": []}
    for _ in range(given.repeats):
        with scratch() as data:
            for starts in kinds.values():
                starts.append(started(data, given.core))
    sys.stdout.write("| start | ready, s | its CPU, s | first answer, s | MB ready | MB loaded | MB of workers |\n")
    sys.stdout.write("|---|---|---|---|---|---|---|\n")
    for kind, starts in kinds.items():
        cells = [
            f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}-{max(values):.{digits}f})"
            for name, digits in (("ready_s", 2), ("cpu_s", 2), ("answers_s", 2), ("memory_mb", 0), ("loaded_mb", 0),
                                 ("workers_mb", 0))
            for values in [[float(getattr(start, name)) for start in starts]]
        ]  # fmt: skip
        sys.stdout.write(f"| {kind} | {' | '.join(cells)} |\n")
    sys.stdout.write(f"\nThe bars: at most 2 s and 150 MB. {load()}.\n")


if __name__ == "__main__":
    main()
