"""Sound as files: audio messages in, spoken replies out. Implements services.ports_outside.AudioFiles with PyAV.

Files come from outside and may be anything. What a file is, is read from its first bytes; only the reader for that
is tried, only audio codecs that recorders and browsers write are decoded, and length, rate, channels and time are
bounded. What was damaged or cut short is heard as far as it goes. PyAV is imported in the worker thread that first
needs it: it costs 15 MB and 0.1 s.
"""

import io
import struct
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np
from anyio import CapacityLimiter, to_thread
from numpy.typing import NDArray

from vivavoce.domain.errors import TooLarge, UnsupportedMedia

if TYPE_CHECKING:
    from av import AudioFrame
    from av.container import InputContainer

Samples = NDArray[np.int16]

HEARD_HZ: Final = 16_000
_AT_ONCE: Final = 2  # decoders at the same time
_DECODE_S: Final = 20.0  # for one file; a minute of speech takes 50 ms
_LEAST_S: Final = 0.02
_CODECS: Final = frozenset(
    {"aac", "alac", "flac", "mp3", "mp3float", "opus", "libopus", "vorbis", "libvorbis"}
    | {"pcm_alaw", "pcm_f32le", "pcm_f64le", "pcm_mulaw", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_u8"}
)
_RATES_HZ: Final = range(8_000, 192_001)
_MOST_CHANNELS: Final = 8


class PyAvAudioFiles:
    def __init__(self) -> None:
        self._limiter = CapacityLimiter(_AT_ONCE)

    async def decode(self, content: bytes, *, max_s: float) -> Samples:
        kind = sniff(content)
        if kind is None:
            raise _unsupported("is none of them")
        return await to_thread.run_sync(_decode, content, kind, max_s, limiter=self._limiter)

    async def encode_wav(self, samples: Samples, rate_hz: int) -> bytes:
        return wav(samples, rate_hz)

    async def encode_ogg_opus(self, samples: Samples, rate_hz: int) -> bytes:
        return await to_thread.run_sync(_ogg_opus, samples, rate_hz, limiter=self._limiter)


def sniff(content: bytes) -> str | None:
    """libav's name for what the file is, by its first bytes: wav, ogg, matroska, mp3, mov; None for anything else."""
    match content[:12]:
        case start if start[:4] == b"RIFF" and start[8:12] == b"WAVE":
            return "wav"
        case start if start[:4] == b"OggS":
            return "ogg"
        case start if start[:4] == b"\x1a\x45\xdf\xa3":  # EBML: WebM and Matroska
            return "matroska"
        case start if start[4:8] == b"ftyp":  # ISO base media: M4A
            return "mov"
        case start if start[:3] == b"ID3" or _is_mp3_frame(start):
            return "mp3"
        case _:
            return None


def _is_mp3_frame(start: bytes) -> bool:
    """ISO 11172-3, 2.4.1.3: 11 bits of sync, a version that exists, layer III."""
    if len(start) < 4 or start[0] != 0xFF or start[1] & 0xE0 != 0xE0:
        return False
    return start[1] & 0x18 != 0x08 and start[1] & 0x06 == 0x02


def wav(samples: Samples, rate_hz: int) -> bytes:
    """A PCM16 mono WAV file."""
    body = samples.astype("<i2", copy=False).tobytes()
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate_hz, 2 * rate_hz, 2, 16)
    return b"RIFF" + struct.pack("<I", 36 + len(body)) + b"WAVE" + form + struct.pack("<4sI", b"data", len(body)) + body


def _unsupported(what: str) -> UnsupportedMedia:
    return UnsupportedMedia(f"Send a WAV, Ogg/Opus, WebM, MP3 or M4A file with sound in it; this one {what}.")


def _ogg_opus(samples: Samples, rate_hz: int) -> bytes:
    from vivavoce.storage.ogg_opus import RATE_HZ, OggOpusWriter, Resampler

    resampler, file = Resampler(RATE_HZ), io.BytesIO()
    writer = OggOpusWriter(file)
    writer.write(resampler.push(samples, rate_hz))
    writer.write(resampler.rest())
    writer.close()
    return file.getvalue()


def _decode(content: bytes, kind: str, max_s: float) -> Samples:
    import av
    from av.error import FFmpegError

    from vivavoce.storage.ogg_opus import Resampler

    resampler = Resampler(HEARD_HZ)
    heard: list[Samples] = []
    until, most, count = time.monotonic() + _DECODE_S, int(max_s * HEARD_HZ), 0
    try:
        with av.open(io.BytesIO(content), "r", format=kind) as container:
            for frame in _frames(container, until):
                if frame.sample_rate not in _RATES_HZ or frame.layout.nb_channels > _MOST_CHANNELS:
                    break
                heard.append(resampler.convert(frame))
                count += len(heard[-1])
                if count > most:
                    raise TooLarge(f"A recording may last {max_s:g} s at most; this one is longer.")
        heard.append(resampler.rest())
    except (FFmpegError, ValueError):
        pass  # damaged from here on
    samples = np.concatenate(heard) if heard else np.zeros(0, np.int16)
    if len(samples) < _LEAST_S * HEARD_HZ:
        raise _unsupported("cannot be read, or holds none")
    return samples


def _frames(container: "InputContainer", until: float) -> Iterator["AudioFrame"]:
    """The frames of the first sound track, damaged packets left out; none if we do not decode its codec."""
    from av.error import FFmpegError

    stream = next(iter(container.streams.audio), None)
    codec = getattr(stream and stream.codec_context, "name", None)  # there is none for a codec libav does not know
    if stream is None or codec not in _CODECS:
        return
    for packet in container.demux(stream):
        if time.monotonic() > until:
            raise _unsupported("takes too long to read")
        try:
            yield from packet.decode()
        except FFmpegError:
            continue
