"""A real server of its own process, for tests that need one: started, killed, started again."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Server:
    """`vivavoce serve` on a data folder that outlives it."""

    data: Path
    port: int = field(default_factory=free_port)
    settings: Mapping[str, str] = field(default_factory=dict[str, str])
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def ws_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    def start(self) -> None:
        """Start it and wait until it is ready; fails with what it logged if it is not within 20 s."""
        env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("VIVAVOCE_")},
            "VIVAVOCE_DATA": str(self.data),
            "VIVAVOCE_PORT": str(self.port),
            "VIVAVOCE_LOG_FORMAT": "json",
            **self.settings,
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "vivavoce", "serve"], env=env, stdout=log, stderr=log, cwd=self.data
            )
        give_up = time.monotonic() + 20
        while time.monotonic() < give_up:
            assert self.process.poll() is None, f"the server stopped: {self.log.read_text()[-3000:]}"
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise AssertionError(f"the server is not ready: {self.log.read_text()[-3000:]}")

    def kill(self) -> None:
        """As the kernel would: no goodbye, nothing flushed."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()
                raise AssertionError("the server did not stop within 15 s of SIGTERM") from None


@contextmanager
def running_server(data: Path, **settings: str) -> Generator[Server]:
    """A server that is ready, stopped at the end."""
    server = Server(data, settings=settings)
    server.start()
    try:
        yield server
    finally:
        server.stop()
