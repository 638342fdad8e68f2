"""Better local speech models: which there are. Fetching one is `models.py`; this loads nothing.

A model is a folder of the models folder, named as here. The upstream project publishes no checksums that we could
vouch for, so an entry's `sha256` is None until we can.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

_RELEASES: Final = "https://github.com/k2-fsa/sherpa-onnx/releases/download"


@dataclass(frozen=True, slots=True)
class Model:
    """kind: recogniser or voice. size_mb: of the download, about. url: the upstream project's own release."""

    name: str
    kind: Literal["stt", "tts"]
    about: str
    licence: str
    size_mb: int
    url: str
    sha256: str | None = None


CATALOGUE: Final[Mapping[str, Model]] = {
    model.name: model
    for model in (
        Model(
            "zipformer-en",
            "stt",
            "English, streaming, good accuracy",
            "Apache-2.0",
            300,
            f"{_RELEASES}/asr-models/sherpa-onnx-streaming-zipformer-en-2023-06-26.tar.bz2",
        ),
        Model(
            "zipformer-en-small",
            "stt",
            "English, streaming, small and quick",
            "Apache-2.0",
            120,
            f"{_RELEASES}/asr-models/sherpa-onnx-streaming-zipformer-en-20M-2023-02-17.tar.bz2",
        ),
        Model(
            "kokoro-en",
            "tts",
            "English, eleven natural voices; wants a fast processor",
            "Apache-2.0",
            300,
            f"{_RELEASES}/tts-models/kokoro-en-v0_19.tar.bz2",
        ),
        Model(
            "piper-en",
            "tts",
            "English, one clear voice (Lessac), quick on any processor",
            "MIT; see MODEL_CARD for the voice's own terms",
            65,
            f"{_RELEASES}/tts-models/vits-piper-en_US-lessac-medium.tar.bz2",
        ),
    )
}


def installed(folder: Path) -> tuple[str, ...]:
    """The catalogue's models that are in the models folder."""
    return tuple(name for name in CATALOGUE if (folder / name).is_dir())
