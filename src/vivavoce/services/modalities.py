"""What a format takes: typed text, audio messages, live voice. One rule for every way in."""

from collections.abc import Mapping
from typing import Final

from vivavoce.domain.errors import ModalityNotOffered
from vivavoce.domain.sessions.events import Source
from vivavoce.services.format import Format, Modality

_TAKES: Final[Mapping[Modality, str]] = {
    Modality.TEXT: "typed messages",
    Modality.AUDIO: "audio messages",
    Modality.VOICE: "live voice",
    Modality.CAMERA: "cameras",
}


def require_modality(format: Format, wanted: Modality, *, careful: bool = False) -> None:
    """Raises ModalityNotOffered, which says what the format takes. careful: the crisis protocol is on: then whoever
    can only type is heard too."""
    if wanted in format.modalities or (careful and wanted is Modality.TEXT):
        return
    offered = " and ".join(text for modality, text in _TAKES.items() if modality in format.modalities)
    kept = " Keep a note with it instead." if format.notes else ""
    raise ModalityNotOffered(f"{format.title} takes no {_TAKES[wanted]}: it works by {offered}.{kept}")


def modality_of(source: Source) -> Modality:
    """By which a turn came."""
    match source:
        case Source.TEXT:
            return Modality.TEXT
        case Source.AUDIO:
            return Modality.AUDIO
        case Source.VOICE:
            return Modality.VOICE


def speaks(format: Format) -> bool:
    """Whether the AI is heard in the live room; else its words are shown."""
    return Modality.VOICE in format.modalities


def hears(format: Format) -> bool:
    """Whether microphones are listened to."""
    return format.listens and Modality.VOICE in format.modalities
