"""Parts that a test needs beside Python, and that a machine may lack: browser, database, voice.

`need("chromium")` gives the part's programs, or skips the test by name and says how to install it. With
VIVAVOCE_REQUIRE_ALL=1, as in `.ci/run`, a missing part fails the test instead: there nothing may be left out.
"""

import importlib.util
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest


@dataclass(frozen=True, slots=True)
class Part:
    """find: the part's program, folder or module, or None where the machine lacks it."""

    find: Callable[[], Path | None]
    install: str


def _program(*names: str) -> Callable[[], Path | None]:
    def find() -> Path | None:
        found = (shutil.which(name) for name in names)
        return next((Path(path) for path in found if path), None)

    return find


def _module(name: str) -> Callable[[], Path | None]:
    def find() -> Path | None:
        spec = importlib.util.find_spec(name)
        return Path(spec.origin) if spec and spec.origin else None

    return find


def _folder(path: str) -> Callable[[], Path | None]:
    """A folder below tests/."""
    found = Path(__file__).parent / path
    return lambda: found if found.is_dir() else None


def _postgresql() -> Path | None:
    """The newest server's folder of programs: Debian keeps `initdb` and `pg_ctl` off the path."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    initdb = debian[-1] if debian else Path(on_path).resolve() if on_path else None
    return initdb.parent if initdb else None


PARTS: Final = {
    "chromium": Part(_program("chromium", "chromium-browser", "google-chrome"), "apt-get install chromium"),
    "postgresql": Part(_postgresql, "apt-get install postgresql"),
    "redis": Part(_program("redis-server"), "apt-get install redis-server"),
    "flite": Part(_program("flite"), "apt-get install flite"),
    "node": Part(_program("node"), "install Node 20 or newer"),
    "oidc-provider": Part(_folder("oidc/node_modules/oidc-provider"), "make tests/oidc/node_modules/.stamp"),
    "git": Part(_program("git"), "apt-get install git"),
    "mcp": Part(_module("fastmcp"), "pip install 'pydantic-ai-slim[mcp]'"),
    "sherpa": Part(_module("sherpa_onnx"), "pip install sherpa-onnx"),
}


def need(part: str) -> Path:
    """Where the part is. Skips the test if it is missing, or fails it under VIVAVOCE_REQUIRE_ALL=1."""
    found = PARTS[part].find()
    if found is not None:
        return found
    sentence = f"This test needs {part}, which is not here: {PARTS[part].install}"
    if os.environ.get("VIVAVOCE_REQUIRE_ALL") == "1":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)
