"""Servers as processes of their own, for benchmarks: started, watched, stopped."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CHECKOUT: Final = Path(__file__).parents[1]
_READY_WITHIN_S: Final = 30
_POLL_S: Final = 0.01
_PRODUCT: Final = ("-m", "vivavoce", "serve")
SCRIPTED: Final = ("-m", "bench._server")
"""The server with scripted models, as `serving` takes it."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers. ready_s: from its start until /readyz did."""

    process: "subprocess.Popen[bytes]"
    port: int
    ready_s: float

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def ws_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        return self.process.pid


@contextmanager
def serving(
    data: Path, *, program: Sequence[str] = _PRODUCT, core: int | None = None, settings: Mapping[str, str] | None = None
) -> Generator[Served]:
    """A server on the data folder, bound to one core if one is named; stopped at the end. settings: VIVAVOCE_*."""
    port = free_port()
    env = {name: value for name, value in os.environ.items() if not name.startswith("VIVAVOCE_")}
    env |= {"VIVAVOCE_DATA": str(data), "VIVAVOCE_PORT": str(port), "VIVAVOCE_LOG_LEVEL": "warning", **(settings or {})}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # a start would compile what a user's second one has compiled
    command = [*pinned(core), sys.executable, *program]
    begin = time.monotonic()
    process = subprocess.Popen(command, env=env, cwd=CHECKOUT, stdout=subprocess.DEVNULL)
    try:
        _wait_ready(process, port)
        yield Served(process, port, time.monotonic() - begin)
    finally:
        stop(process)


def pinned(core: int | None) -> list[str]:
    """What to put in front of a command."""
    return [] if core is None else ["taskset", "-c", str(core)]


def stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_ready(process: "subprocess.Popen[bytes]", port: int) -> None:
    give_up = time.monotonic() + _READY_WITHIN_S
    while time.monotonic() < give_up:
        if process.poll() is not None:
            raise SystemExit(f"the server stopped with status {process.returncode}")
        with (
            contextlib.suppress(urllib.error.URLError, OSError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5),
        ):
            return
        time.sleep(_POLL_S)
    raise SystemExit(f"the server is not ready after {_READY_WITHIN_S} s")


@contextmanager
def scratch() -> Generator[Path]:
    """A folder for one run."""
    with tempfile.TemporaryDirectory(prefix="vivavoce-bench-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def cpu_s(pid: int) -> float:
    """CPU time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    """Resident memory of a process, MB of 2**20 bytes."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def percentile(values: Sequence[float], percent: float) -> float:
    """Nearest rank; of no values: nan."""
    ordered = sorted(values)
    if not ordered:
        return float("nan")
    return ordered[min(len(ordered) - 1, max(0, -int(-percent / 100 * len(ordered) // 1) - 1))]


def prefer(nice: int | None) -> None:
    """Put this process and those it starts before (negative, root) or behind other work.

    Linux groups processes by terminal or service, and weighs the groups first: a niceness alone counts inside one only.
    """
    if nice is not None:
        os.setpriority(os.PRIO_PROCESS, 0, nice)
        with contextlib.suppress(OSError):
            Path("/proc/self/autogroup").write_text(str(nice))


def load() -> str:
    """What else the machine does, for the record."""
    return f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
