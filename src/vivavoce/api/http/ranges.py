"""Parts of a sound by `Range` (RFC 9110, 14): players seek with it."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import Response

_ONE: Final = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Part:
    """Bytes `first` to `last`, both included."""

    first: int
    last: int


class Unsatisfiable(ValueError):
    """The range begins behind the end."""


def part_of(header: str | None, length: int) -> Part | None:
    """The part that is asked for; None for the whole, also where the header makes no sense or names several parts,
    which a server may pass over. Raises Unsatisfiable."""
    match = _ONE.fullmatch(header.strip()) if header else None
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:  # the last so many
        wanted = int(match[2])
        if wanted == 0 or length == 0:
            raise Unsatisfiable
        return Part(max(0, length - wanted), length - 1)
    first = int(match[1])
    last = min(int(match[2]), length - 1) if match[2] else length - 1
    if match[2] and int(match[2]) < first:
        return None
    if first >= length:
        raise Unsatisfiable
    return Part(first, last)


def sound(content: bytes, media_type: str, headers: Mapping[str, str]) -> Response:
    """The sound or a part of it. headers: of the request. Raises HTTPException 416."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:24]}"'
    answer = {"ETag": etag, "Accept-Ranges": "bytes", "Cache-Control": "private, max-age=3600", "Vary": "Accept"}
    if headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=answer)
    fresh = headers.get("if-range") in (None, etag)
    try:
        part = part_of(headers.get("range"), len(content)) if fresh else None
    except Unsatisfiable:
        raise HTTPException(
            416, "The range begins behind the end.", {"Content-Range": f"bytes */{len(content)}"}
        ) from None
    if part is None:
        return Response(content, media_type=media_type, headers=answer)
    answer["Content-Range"] = f"bytes {part.first}-{part.last}/{len(content)}"
    return Response(content[part.first : part.last + 1], 206, answer, media_type)
