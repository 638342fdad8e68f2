"""Recordings of live rooms: one Ogg/Opus file per voice, laid on the session's clock.

1. A voice's file begins with its first sound, and its name says when that was: `{session}/recordings/{who}-{ms}.ogg`
   with `who` a seat or `assistant`. Everything in it lies as far from its start as it was said from that moment.
2. A gap is filled with silence. A long one, as a restart of the server, begins the next file.
3. Sound comes late in bursts: after a stall of the network many pieces arrive at once. They are laid out one after the
   other, back from the last (`laid_out`). What then is still off by a little is left; by more, it is put right.
4. Handing sound over never waits. All rooms are written by one task, in a thread, a few times a second. When it falls
   behind, sound is dropped, and the gap is silence: everything else stays in its place.
5. A file cut off by a crash can be played up to half a second before it.
"""

import math
from collections import deque
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import structlog
from anyio import CancelScope, Event, create_task_group, move_on_after, to_thread
from numpy.typing import NDArray

from vivavoce.base.ids import SeatId, SessionId

if TYPE_CHECKING:
    pass

Samples = NDArray[np.int16]

log = structlog.get_logger(__name__)

_SLACK_MS: Final = 60  # a gap this short is no gap: three frames, what networks and clocks shift
_AHEAD_MS: Final = 300  # sound this much before its time was said already: two devices on one seat
_NEW_FILE_MS: Final = 60_000
_WRITE_EVERY_S: Final = 0.25
_QUEUED_MS: Final = 30_000  # of one voice
_FINISH_S: Final = 10.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Sound of one voice. at_ms: when its first sample came, on the session's clock."""

    samples: Samples
    rate_hz: int
    at_ms: int

    @property
    def length_ms(self) -> float:
        return len(self.samples) / self.rate_hz * 1000


def laid_out(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces at the times they were made rather than came: none so late that those after it had come too soon."""
    settled: list[Piece] = []
    latest = math.inf
    for piece in reversed(pieces):
        latest = min(piece.at_ms, latest - piece.length_ms)
        settled.append(replace(piece, at_ms=round(latest)))
    return settled[::-1]


@dataclass(slots=True, eq=False)
class _Track:
    """One voice of one room: what waits to be written, and the file it goes to."""

    folder: Path
    who: str
    pieces: deque[Piece] = field(default_factory=deque[Piece])
    queued_ms: float = 0.0
    dropping: bool = False
    file: "TrackFile | None" = None


class _Bell:
    """Wakes the one task that writes: soon for sound, so that a batch comes together, at once for an end."""

    def __init__(self) -> None:
        self._rung, self._urgent = Event(), Event()

    def ring(self, *, urgent: bool = False) -> None:
        self._rung.set()
        if urgent:
            self._urgent.set()

    async def wait(self) -> None:
        await self._rung.wait()
        with move_on_after(_WRITE_EVERY_S):
            await self._urgent.wait()
        self._rung, self._urgent = Event(), Event()


class TrackFile:
    """A file being written. For a worker thread; imports PyAV."""

    def __init__(self, folder: Path, who: str, at_ms: int) -> None:
        from vivavoce.storage.ogg_opus import RATE_HZ, OggOpusWriter, Resampler

        folder.mkdir(parents=True, exist_ok=True)
        self.start_ms = max(0, at_ms)
        while (path := folder / f"{who}-{self.start_ms}.ogg").exists():
            self.start_ms += 1  # never over an earlier recording
        self._per_ms: Final = RATE_HZ // 1000
        self._writer: OggOpusWriter = OggOpusWriter(path)
        self._resampler: Resampler = Resampler(RATE_HZ)
        self._from_hz = RATE_HZ

    @property
    def end_ms(self) -> int:
        return self.start_ms + self._writer.length // self._per_ms

    def write(self, samples: Samples, rate_hz: int, at_ms: int) -> None:
        late_ms = at_ms - self.end_ms
        if late_ms > _SLACK_MS or rate_hz != self._from_hz:
            self._writer.write(self._resampler.rest())
            self._from_hz = rate_hz
            late_ms = at_ms - self.end_ms
        if late_ms > _SLACK_MS:
            self._writer.write_silence(late_ms * self._per_ms)
        elif late_ms < -_AHEAD_MS:
            samples = samples[-late_ms * rate_hz // 1000 :]
        if len(samples):
            self._writer.write(self._resampler.push(samples, rate_hz))

    def close(self) -> None:
        self._writer.write(self._resampler.rest())
        self._writer.close()


class RoomTape:
    """What one room records. Implements services.live_rooms.Tape."""

    def __init__(self, folder: Path, bell: _Bell) -> None:
        self._folder = folder
        self._bell = bell
        self.tracks: dict[str, _Track] = {}
        self.closing: Event | None = None  # set once every file is closed
        self.failed = False

    def push(self, seat: SeatId | None, samples: Samples, rate_hz: int, at_ms: int) -> None:
        """Keep what a seat (None: the AI) said. Never blocks; what does not fit is dropped. After `aclose`, nothing.

        samples: int16 mono, not changed afterwards. at_ms: of the first sample, on the session's clock.
        """
        if self.closing is not None or self.failed or not len(samples):
            return
        who = seat or "assistant"
        track = self.tracks.setdefault(who, _Track(self._folder, who))
        piece = Piece(samples, rate_hz, at_ms)
        full = track.queued_ms + piece.length_ms > _QUEUED_MS
        if full and not track.dropping:
            log.warning("recording.dropping", who=who, queued_ms=round(track.queued_ms))
        track.dropping = full
        if not full:
            track.pieces.append(piece)
            track.queued_ms += piece.length_ms
            self._bell.ring()

    async def aclose(self) -> None:
        """Write what is queued and end the files. Safe to repeat."""
        if self.closing is None:
            self.closing = Event()
            self._bell.ring(urgent=True)
        await self.closing.wait()


class Tapes:
    """Writes the recordings of all rooms below one folder. Made by `open_tapes`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._bell = _Bell()
        self._tapes: list[RoomTape] = []

    def new(self, session: SessionId) -> RoomTape:
        """A tape for one run of a session's room. Nothing is written before something is pushed."""
        tape = RoomTape(self._root / session / "recordings", self._bell)
        self._tapes.append(tape)
        return tape

    async def run(self) -> None:
        while True:
            await self._bell.wait()
            await self.write()

    async def write(self) -> None:
        """Write all that is queued, and close the files of tapes that are to be closed."""
        for tape in list(self._tapes):
            batch = [(track, _taken(track)) for track in tape.tracks.values() if track.pieces]
            with CancelScope(shield=True):  # a thread cannot be stopped; its result must not be lost
                await self._write_tape(tape, batch)

    async def _write_tape(self, tape: RoomTape, batch: list[tuple[_Track, list[Piece]]]) -> None:
        closing = tape.closing
        try:
            if batch or (closing is not None and tape.tracks):
                await to_thread.run_sync(_write, batch, list(tape.tracks.values()) if closing else [])
        except OSError as exc:  # a full disk, for instance: the conversation goes on without
            log.error("recording.failed", error=type(exc).__name__)
            tape.failed = True
            tape.tracks.clear()
        if closing is not None:
            self._tapes.remove(tape)
            closing.set()

    async def finish(self) -> None:
        """Close what is still open."""
        for tape in self._tapes:
            tape.closing = tape.closing or Event()
        await self.write()


@asynccontextmanager
async def open_tapes(root: Path) -> AsyncGenerator[Tapes]:
    """Recordings below `root`, as long as the context is open. At its end every file is closed."""
    tapes = Tapes(root)
    async with create_task_group() as tg:
        tg.start_soon(tapes.run)
        try:
            yield tapes
        finally:
            with CancelScope(shield=True), move_on_after(_FINISH_S):
                await tapes.finish()
            tg.cancel_scope.cancel()


# --- in the worker thread ---------------------------------------------------------------------------


def _taken(track: _Track) -> list[Piece]:
    pieces = list(track.pieces)
    track.pieces.clear()
    track.queued_ms = 0.0
    return pieces


def _write(batch: list[tuple[_Track, list[Piece]]], to_close: list[_Track]) -> None:
    """Raises OSError."""
    from av.error import FFmpegError

    try:
        for track, pieces in batch:
            for piece in laid_out(pieces):
                _write_piece(track, piece)
        for track in to_close:
            if track.file is not None:
                track.file.close()
                track.file = None
    except FFmpegError as exc:
        raise OSError("the recording cannot be written") from exc


def _write_piece(track: _Track, piece: Piece) -> None:
    if track.file is not None and piece.at_ms - track.file.end_ms > _NEW_FILE_MS:
        track.file.close()
        track.file = None
    if track.file is None:
        track.file = TrackFile(track.folder, track.who, piece.at_ms)
    track.file.write(piece.samples, piece.rate_hz, piece.at_ms)
