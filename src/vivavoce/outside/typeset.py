"""Reports set in type with Typst, each in a process of its own: its caches would stay in ours (docs/decisions)."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import anyio

from vivavoce.domain.errors import Unavailable

_AT_ONCE: Final = 2
_PROGRAM: Final = "vivavoce.outside.typeset_worker"


class ProcessTypesetter:
    """Implements services.reports.ports.Typesetter. Sets two at once; others wait.

    fonts: a folder whose fonts are used besides those of the machine; it need not exist. program: the module that sets,
    for tests.
    """

    def __init__(self, fonts: Path, within_s: float = 30.0, program: str = _PROGRAM) -> None:
        self._fonts = fonts
        self._within_s = within_s
        self._program = program
        self._free = anyio.Semaphore(_AT_ONCE)

    async def report(self, content: Mapping[str, object]) -> bytes:
        async with self._free:
            try:
                with anyio.fail_after(self._within_s):
                    done = await anyio.run_process(
                        [sys.executable, "-m", self._program, str(self._fonts)],
                        input=json.dumps(content).encode(),
                        check=False,
                        stderr=subprocess.DEVNULL,  # it may quote what people said
                    )
            except TimeoutError:
                raise Unavailable(
                    "The report takes too long to be set as a PDF. Ask for it without transcript."
                ) from None
        if done.returncode != 0 or not done.stdout.startswith(b"%PDF"):
            raise Unavailable("The report could not be set as a PDF. Its JSON is there.")
        return done.stdout
