"""What use cases need of the world around: files, sound, the web, documents and mail."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

# --- files ------------------------------------------------------------------------------------------


class Files(Protocol):
    """Blobs beside the store: spoken replies, recordings. Keys look like `ses_.../reply_....wav`."""

    async def put(self, key: str, content: bytes) -> None:
        """Whole or not at all. Raises ValueError for a key that is no plain path."""
        ...

    async def get(self, key: str) -> bytes:
        """Raises MediaNotFound."""
        ...

    async def list(self, prefix: str) -> list[str]:
        """The keys in a folder and below, or the one that is `prefix`, sorted. An empty prefix: all."""
        ...

    async def delete(self, prefix: str) -> None:
        """What `list` gives is gone. Raises ValueError for an empty prefix."""
        ...


class AudioFiles(Protocol):
    """Sound as files: audio messages in, spoken replies out. Works off the event loop."""

    async def decode(self, content: bytes, *, max_s: float) -> NDArray[np.int16]:
        """The sound of a WAV, Ogg/Opus, WebM, MP3 or M4A file: int16 mono 16 kHz, shape (n,), n > 0.

        What it is, is read from its content. Raises UnsupportedMedia if it is none of these, broken or without sound;
        TooLarge if it lasts longer than `max_s`.
        """
        ...

    async def encode_wav(self, samples: NDArray[np.int16], rate_hz: int) -> bytes:
        """A PCM16 mono WAV file."""
        ...

    async def encode_ogg_opus(self, samples: NDArray[np.int16], rate_hz: int) -> bytes:
        """A mono Ogg/Opus file (24 kbit/s)."""
        ...


# --- what lies outside this process ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WebAnswer:
    """What an address answered. media_type: without parameters, in lower case."""

    content: bytes
    media_type: str
    status: int = 200


class Web(Protocol):
    """Requests to addresses that people gave. Private and local addresses are refused unless configured otherwise,
    at every redirect and after name resolution."""

    async def fetch(self, url: str, *, max_bytes: int, timeout_s: float) -> WebAnswer:
        """A page. Raises Invalid (a sentence) for an address that is not allowed or has no page, TooLarge, and
        Unavailable where trying again may help."""
        ...

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], *, timeout_s: float) -> WebAnswer:
        """The answer whatever its status, without following redirects, its content cut short. Raises Unavailable if
        there is none, Invalid for an address that is not allowed."""
        ...

    async def aclose(self) -> None: ...


class Documents(Protocol):
    async def text(self, content: bytes, media_type: str) -> str:
        """The text of a PDF, a DOCX, an HTML page or plain text; what it is, is read from its content first.

        Raises UnsupportedMedia, TooLarge, Invalid when it holds no text.
        """
        ...


@dataclass(frozen=True, slots=True)
class Mail:
    """calendar: an iCalendar text that goes with it."""

    to: str
    subject: str
    text: str
    calendar: str | None = None


class Mailer(Protocol):
    async def send(self, mail: Mail) -> None:
        """Raises Unavailable; the mail may then be sent again."""
        ...
