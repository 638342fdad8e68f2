"""Pictures that people upload, made small: decoded and written anew, so that nothing else the file held is kept.

PyAV is loaded with the first picture: it takes 16 MB.
"""

import io
from typing import Final

import numpy as np
from anyio import to_thread
from numpy.typing import NDArray

from vivavoce.domain.errors import TooLarge, UnsupportedMedia

SIDE: Final = 256
_MAX_PIXELS: Final = 40_000_000  # a large phone camera's; unpacked about 160 MB
_JPEG, _PNG, _WEBP = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", (b"RIFF", b"WEBP")
_BROKEN: Final = "This is not a PNG, JPEG or WebP picture that can be read."


class PyAvPictures:
    """Implements services.people.ports.Pictures. Works off the event loop."""

    async def small(self, content: bytes) -> bytes:
        return await to_thread.run_sync(_small, content)


def _small(content: bytes) -> bytes:
    from av.error import FFmpegError

    form = _form(content)
    if form is None:
        raise UnsupportedMedia(_BROKEN)
    try:
        return _as_png(_pixels(content, form))
    except (FFmpegError, ValueError, IndexError, StopIteration):
        raise UnsupportedMedia(_BROKEN) from None


def _form(content: bytes) -> str | None:
    """FFmpeg's name of what the content is."""
    if content.startswith(_JPEG):
        return "jpeg_pipe"
    if content.startswith(_PNG):
        return "png_pipe"
    if (content[:4], content[8:12]) == _WEBP:
        return "webp_pipe"
    return None


def _pixels(content: bytes, form: str) -> NDArray[np.uint8]:
    """RGBA, shape (height, width, 4), at most SIDE a side."""
    import av

    with av.open(io.BytesIO(content), mode="r", format=form) as file:
        stream = file.streams.video[0]
        if stream.codec_context.width * stream.codec_context.height > _MAX_PIXELS:
            raise TooLarge("This picture has too many pixels: at most 40 million.")
        frame = next(file.decode(stream))
    if frame.width * frame.height > _MAX_PIXELS:
        raise TooLarge("This picture has too many pixels: at most 40 million.")
    scale = min(1.0, SIDE / max(frame.width, frame.height))
    width, height = (max(1, round(side * scale)) for side in (frame.width, frame.height))
    made = frame.reformat(width=width, height=height, format="rgba", interpolation="AREA").to_ndarray()
    pixels = np.asarray(made, dtype=np.uint8)
    return np.ascontiguousarray(np.rot90(pixels, round(frame.rotation / 90)))


def _as_png(pixels: NDArray[np.uint8]) -> bytes:
    import av

    frame = av.VideoFrame.from_ndarray(pixels, format="rgba")
    encoder = av.CodecContext.create("png", "w")
    encoder.width, encoder.height, encoder.pix_fmt = frame.width, frame.height, "rgba"
    return b"".join(map(bytes, (*encoder.encode(frame), *encoder.encode())))  # pyright: ignore
