"""Whether sherpa-onnx can be used here, and if not, why, in a sentence. Loads nothing heavy."""

import importlib.util
from pathlib import Path
from typing import Final, Literal

from vivavoce.providers.catalogue import CATALOGUE, installed
from vivavoce.providers.sherpa.files import NoModel, recogniser_files, resolve, voice_files

Part = Literal["stt", "tts"]

_NO_PACKAGE: Final = "the package sherpa-onnx is not installed (it comes with vivavoce[sherpa])"
_FILES: Final = {"stt": recogniser_files, "tts": voice_files}


def available(part: Part, model: str, folder: Path) -> str | None:
    """None when the part can be used; else a sentence that says what is missing.

    model: a name in the models folder or a path; empty: the first of the catalogue that is there.
    """
    if importlib.util.find_spec("sherpa_onnx") is None:
        return _NO_PACKAGE
    try:
        model_folder(part, model, folder)
    except NoModel as reason:
        return str(reason)
    return None


def model_folder(part: Part, model: str, folder: Path) -> Path:
    """Where the model is, with all its files. Raises NoModel."""
    names = [name for name, entry in CATALOGUE.items() if entry.kind == part]
    if not model:
        model = next((name for name in installed(folder) if name in names), "")
    if not model:
        raise NoModel(f"no model is in {folder}; fetch one with `vivavoce models pull {names[0]}`")
    found = resolve(model, folder)
    if model in names and not found.is_dir():
        raise NoModel(f"the model {model} is not in {folder}; fetch it with `vivavoce models pull {model}`")
    _FILES[part](found)
    return found
