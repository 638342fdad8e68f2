"""Which files of a folder make a model, and what is missing when they do not. Looks at names only.

A folder of sherpa-onnx's releases holds one model in one or two precisions. `int8` is taken where it is there, as it
is several times quicker on a processor at little loss.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class NoModel(Exception):
    """The text says what is missing where."""


@dataclass(frozen=True, slots=True)
class TransducerFiles:
    """A streaming recogniser."""

    encoder: Path
    decoder: Path
    joiner: Path
    tokens: Path


@dataclass(frozen=True, slots=True)
class KokoroFiles:
    model: Path
    voices: Path
    tokens: Path


@dataclass(frozen=True, slots=True)
class PiperFiles:
    model: Path
    tokens: Path


def recogniser_files(folder: Path) -> TransducerFiles:
    """Raises NoModel."""
    return TransducerFiles(
        encoder=_one(folder, "encoder*.onnx"),
        decoder=_one(folder, "decoder*.onnx"),
        joiner=_one(folder, "joiner*.onnx"),
        tokens=_one(folder, "tokens.txt"),
    )


def voice_files(folder: Path) -> KokoroFiles | PiperFiles:
    """Kokoro where there is a `voices.bin`, else Piper. Raises NoModel."""
    tokens = _one(folder, "tokens.txt")
    if (folder / "voices.bin").is_file():
        return KokoroFiles(_one(folder, "model*.onnx"), folder / "voices.bin", tokens)
    return PiperFiles(_one(folder, "*.onnx"), tokens)


def _one(folder: Path, pattern: str) -> Path:
    if not folder.is_dir():
        raise NoModel(f"there is no folder {folder}")
    found = sorted(folder.glob(pattern))
    if not found:
        raise NoModel(f"there is no {pattern} in {folder}")
    return _preferred(found)


def _preferred(found: Sequence[Path]) -> Path:
    return next((path for path in found if "int8" in path.name), found[0])


def resolve(model: str, folder: Path) -> Path:
    """The model's folder: a name in the models folder, or a path."""
    named = folder / model
    return named if named.is_dir() else Path(model).expanduser()
