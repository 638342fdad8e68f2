"""The interpreter each engine runs in: ours in this one, each peer in a virtual environment of its own."""

import shutil
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

_VENVS: Final = Path(__file__).parents[1] / ".venvs"
ENGINES: Final = ("vivavoce", "livekit", "pipecat", "floor")
_PINNED: Final = {
    "livekit": ("livekit-agents==1.8.9", "livekit-plugins-silero==1.8.9"),
    "pipecat": ("pipecat-ai[silero,webrtc,websocket]==1.14.0", "uvicorn"),
}


def interpreters(engines: Sequence[str]) -> Mapping[str, Path]:
    """The engines that can run here, each with its interpreter; missing ones are installed, or left out and said."""
    found: dict[str, Path] = {}
    for engine in engines:
        if engine not in ENGINES:
            raise SystemExit(f"There is no engine {engine!r}. There are: {', '.join(ENGINES)}.")
        python = Path(sys.executable) if engine not in _PINNED else _installed(engine, _PINNED[engine])
        if python is not None:
            found[engine] = python
    return found


def _installed(engine: str, packages: Sequence[str]) -> Path | None:
    """The peer's interpreter. An environment that pip did not finish has no mark, and is made anew."""
    folder = _VENVS / engine
    python, mark = folder / "bin" / "python", folder / "installed.txt"
    if mark.exists() and mark.read_text().split() == list(packages):
        return python
    sys.stderr.write(f"{engine}: installing {' '.join(packages)} into {folder} ...\n")
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    done = subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", *packages], capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["pip gave no reason"]
        sys.stderr.write(f"{engine} is left out: pip could not install it here. {last[0]}\n")
        return None
    mark.write_text("\n".join(packages) + "\n")
    return python
