"""What the server and its worker processes say to each other over a pipe.

A message is 9 bytes (payload length, kind, job number; little-endian), then the payload. A job is one utterance
recognised or one sentence spoken; a worker works on one at a time, numbers count up. JSON payloads are UTF-8.

    to the worker   BEGIN (JSON: what to do)   AUDIO (int16 16 kHz)   FINISH   ABANDON
    from it         READY (JSON)   HEARD (8 bytes: length of the audio worked off)   PARTIAL (text)   PIECE (see below)
                    DONE (JSON)   FAILED (JSON: text, retry)

Standard library only: a worker loads this before anything heavy.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

_HEAD: Final = struct.Struct("<IBI")
_LENGTH: Final = struct.Struct("<I")
_COUNT: Final = struct.Struct("<Q")
MAX_PAYLOAD_BYTES: Final = 16 * 1024 * 1024  # far beyond any honest message: more means the stream is out of step


class Kind(IntEnum):
    BEGIN = 1
    AUDIO = 2
    FINISH = 3
    ABANDON = 4
    READY = 10
    HEARD = 11
    PARTIAL = 12
    PIECE = 13
    DONE = 14
    FAILED = 15


class BrokenStream(Exception):
    """The bytes are not messages of this kind."""


@dataclass(frozen=True, slots=True)
class Message:
    kind: Kind
    job: int
    payload: bytes = b""

    def json(self) -> Any:
        """The payload's JSON value. Raises BrokenStream."""
        return _parse(self.payload)


def encode(message: Message) -> bytes:
    return _HEAD.pack(len(message.payload), message.kind, message.job) + message.payload


class Decoder:
    """Bytes in, messages out. Nothing is lost however the bytes are cut."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> list[Message]:
        """The messages that `data` completes. Raises BrokenStream; the decoder is then of no further use."""
        self._bytes += data
        messages: list[Message] = []
        at = 0
        while len(self._bytes) - at >= _HEAD.size:
            length, kind, job = _HEAD.unpack_from(self._bytes, at)
            if length > MAX_PAYLOAD_BYTES:
                raise BrokenStream("a message is too long")
            end = at + _HEAD.size + length
            if len(self._bytes) < end:
                break
            messages.append(Message(_kind(kind), job, bytes(self._bytes[at + _HEAD.size : end])))
            at = end
        del self._bytes[:at]
        return messages


def _kind(number: int) -> Kind:
    try:
        return Kind(number)
    except ValueError:
        raise BrokenStream("a message is of no known kind") from None


def _parse(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        raise BrokenStream("a message holds no JSON") from None


def to_json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def count_bytes(length: int) -> bytes:
    """Payload of HEARD."""
    return _COUNT.pack(length)


def counted(payload: bytes) -> int:
    """What HEARD says. Raises BrokenStream."""
    if len(payload) != _COUNT.size:
        raise BrokenStream("a count is not 8 bytes long")
    return _COUNT.unpack(payload)[0]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of spoken sentence on the pipe.

    pcm: int16 mono at the voice's rate. words: (text, start_ms, end_ms). mouth: (at_ms, shape).
    """

    pcm: bytes
    words: Sequence[tuple[str, int, int]] = ()
    mouth: Sequence[tuple[int, str]] = ()


def encode_piece(piece: Piece) -> bytes:
    """Payload of PIECE: the length of the JSON, the JSON, the sound."""
    marks = to_json({"words": list(piece.words), "mouth": list(piece.mouth)})
    return _LENGTH.pack(len(marks)) + marks + piece.pcm


def decode_piece(payload: bytes) -> Piece:
    """The reverse of `encode_piece`. Raises BrokenStream."""
    if len(payload) < _LENGTH.size:
        raise BrokenStream("a piece has no head")
    start = _LENGTH.size + _LENGTH.unpack_from(payload)[0]
    pcm = payload[start:]
    if start > len(payload) or len(pcm) % 2:
        raise BrokenStream("a piece is cut off")
    match _parse(payload[_LENGTH.size : start]):
        case {"words": words, "mouth": mouth}:
            return Piece(pcm, read_words(words), _read_mouth(mouth))
        case _:
            raise BrokenStream("a piece has no words and shapes")


def read_words(rows: Any) -> tuple[tuple[str, int, int], ...]:
    """Words as (text, start_ms, end_ms), from JSON. Raises BrokenStream."""
    try:
        return tuple((str(text), int(start), int(end)) for text, start, end in rows)
    except (TypeError, ValueError):
        raise BrokenStream("a word is not a text and two times") from None


def _read_mouth(rows: Any) -> tuple[tuple[int, str], ...]:
    try:
        return tuple((int(at), str(shape)) for at, shape in rows)
    except (TypeError, ValueError):
        raise BrokenStream("a mouth shape is not a time and a name") from None
