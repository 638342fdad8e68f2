"""Pictures that people upload."""

from fractions import Fraction
from typing import cast

import av
import numpy as np
import pytest

from vivavoce.domain.errors import UnsupportedMedia
from vivavoce.storage.pictures import SIDE, PyAvPictures

FORMS = {"png": "rgba", "mjpeg": "yuvj420p", "libwebp": "yuv420p"}


def picture(codec: str, width: int = 500, height: int = 300) -> bytes:
    pixels = np.full((height, width, 4), 200, np.uint8)
    frame = av.VideoFrame.from_ndarray(pixels, format="rgba").reformat(format=FORMS[codec])
    frame.pts = 0
    encoder = cast(av.VideoCodecContext, av.CodecContext.create(codec, "w"))
    encoder.width, encoder.height, encoder.pix_fmt, encoder.time_base = width, height, FORMS[codec], Fraction(1, 25)
    return b"".join(map(bytes, (*encoder.encode(frame), *encoder.encode())))  # pyright: ignore


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


@pytest.mark.parametrize("codec", FORMS)
async def test_a_picture_becomes_a_small_png(codec: str) -> None:
    assert size_of(await PyAvPictures().small(picture(codec))) == (SIDE, 154)


async def test_a_small_picture_is_not_made_larger() -> None:
    assert size_of(await PyAvPictures().small(picture("png", 40, 60))) == (40, 60)


async def test_nothing_else_of_the_file_is_kept() -> None:
    secret = picture("mjpeg")[:2] + b"\xff\xe1\x00\x10Exif\0\0 GPS here" + picture("mjpeg")[2:]
    assert b"GPS" not in await PyAvPictures().small(secret)


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a" + bytes(40), b"<svg onload='alert(1)'/>", picture("png")[:60], b"RIFF\0\0\0\0WEBPVP8 \0\0"],
)
async def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(UnsupportedMedia):
        await PyAvPictures().small(content)
