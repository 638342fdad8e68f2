"""What a live room costs the server at the wire: real sessions over WebSocket, PCM up and down.

    python -m bench.websocket_rooms [--rooms 10,40] [--cycles 3] [--servers vivavoce,pipecat,floor] [--repeats 1]

The server has the second core for itself, the callers have the first. Every caller is a session of its own: a person
who speaks 3 s and listens 3 s, in frames of 20 ms, all the time. `vivavoce` is the whole server (HTTP interface, store,
event log, rooms, voice activity) with scripted models (`bench/_server.py`); `pipecat` its FastAPI transport and
pipeline with the same models; `floor` bare `websockets` with the voice activity model and a state machine.
`python -m bench.peers` makes Pipecat's environment. CPU is the server process's, all threads, from /proc.

`answer`: from the last sample of speech to the first sample of the voice at the caller. Ours waits for as long as the
words ask for (0.3 s for a question), the others a fixed 0.2 s.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from bench._running import CHECKOUT, SCRIPTED, free_port, load, pinned, prefer, scratch, serving, stop

_PEERS: Final = CHECKOUT / "bench" / "peers"
_PIPECAT: Final = CHECKOUT / "bench" / ".venvs" / "pipecat" / "bin" / "python"
_SERVER_CORE: Final = 1
_CALLER_CORE: Final = 0
_BAR: Final = 0.6


@contextmanager
def server(name: str) -> Generator[tuple[list[str], int]]:
    """A server that takes calls: what the caller must be told of it, and its process."""
    if name == "vivavoce":
        with scratch() as data, serving(data, program=SCRIPTED, core=_SERVER_CORE) as served:
            yield ["--rooms", served.url], served.pid
        return
    python, port = (str(_PIPECAT) if name == "pipecat" else sys.executable), free_port()
    command = [*pinned(_SERVER_CORE), python, f"ws_{name}.py", "--port", str(port)]
    process = subprocess.Popen(command, cwd=_PEERS, stdout=subprocess.DEVNULL)
    try:
        time.sleep(6)  # neither says when it listens
        yield ["--url", f"ws://127.0.0.1:{port}/ws"], process.pid
    finally:
        stop(process)


def measured(name: str, rooms: int, cycles: int) -> dict[str, Any]:
    with server(name) as (where, pid), scratch() as folder:
        out = folder / "result.json"
        call = ["ws_client.py", *where, "--pid", str(pid), "-n", str(rooms), "-c", str(cycles), "-o", str(out)]
        command = [*pinned(_CALLER_CORE), sys.executable, *call]
        subprocess.run(command, cwd=_PEERS, check=True, stdout=subprocess.DEVNULL, timeout=600)
        return json.loads(out.read_text())


def main() -> None:
    parser = argparse.ArgumentParser(prog="vivavoce bench websocket_rooms", description="Rooms at the wire")
    parser.add_argument("--rooms", default="10,40")
    parser.add_argument("--cycles", type=int, default=3)
    parser.add_argument("--servers", default="vivavoce,pipecat,floor")
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--nice", type=int, help="for example -10 (root), on a machine with other work")
    given = parser.parse_args()
    prefer(given.nice)
    out = sys.stdout
    out.write("| server | rooms | % of a core each | core | answer p50 / p95, ms | answered | MB per room | load |\n")
    out.write("|---|---|---|---|---|---|---|---|\n")
    for _ in range(given.repeats):
        for rooms in map(int, given.rooms.split(",")):
            for name in given.servers.split(","):
                if name == "pipecat" and not Path(_PIPECAT).exists():
                    sys.stderr.write("pipecat is left out: `python -m bench.peers` installs it.\n")
                    continue
                row = measured(name, rooms, given.cycles)
                total = row["total"]
                out.write(
                    f"| {name} | {rooms} | {100 * row['server_cpu_per_session_second']:.2f} "
                    f"| {row['server_core_share']:.0%} | {total['p50']:.0f} / {total['p95']:.0f} "
                    f"| {row['answered']}/{row['turns']} | {row['server_rss_per_session_mb']:.2f} "
                    f"| {os.getloadavg()[0]:.1f} |\n"
                )
                out.flush()
    out.write(f"\nThe bar: at most {_BAR} % of a core each at 40 rooms. {load()}.\n")


if __name__ == "__main__":
    main()
