"""Documents that people send: each is read in a process of its own, which is killed when it takes too long.

A live room must not stutter while somebody's PDF is taken apart, and a file may be built to take all memory.
"""

import json
import subprocess
import sys
from typing import Final

import anyio

from vivavoce.domain.errors import Invalid, TooLarge, UnsupportedMedia

MOST_BYTES: Final = 10 * 1024 * 1024
_AT_ONCE: Final = 2
_ERRORS: Final = {error.code: error for error in (Invalid, TooLarge, UnsupportedMedia)}
_PROGRAM: Final = "vivavoce.outside.document_worker"


class ProcessDocuments:
    """Implements services.ports_outside.Documents. Reads two at once; others wait."""

    def __init__(self, within_s: float = 20.0, program: str = _PROGRAM) -> None:
        """program: the module that reads, for tests."""
        self._within_s = within_s
        self._program = program
        self._free = anyio.Semaphore(_AT_ONCE)

    async def text(self, content: bytes, media_type: str) -> str:
        if not content:
            raise Invalid("This document is empty.")
        if len(content) > MOST_BYTES:
            raise TooLarge(f"A document has at most {MOST_BYTES // 1024 // 1024} MB.")
        async with self._free:
            done = await self._read(content, media_type)
        try:
            answer: dict[str, str] = json.loads(done.stdout)
        except ValueError:  # it broke: too little memory, or a fault in a library
            raise Invalid("This document could not be read. Save it anew, or paste its text instead.") from None
        if "text" in answer:
            return answer["text"]
        raise _ERRORS.get(answer["code"], Invalid)(answer["said"])

    async def _read(self, content: bytes, media_type: str) -> "subprocess.CompletedProcess[bytes]":
        command = [sys.executable, "-m", self._program, media_type]
        try:
            with anyio.fail_after(self._within_s):
                return await anyio.run_process(command, input=content, check=False, stderr=subprocess.DEVNULL)
        except TimeoutError:
            raise Invalid("This document takes too long to read. Paste its text instead.") from None
