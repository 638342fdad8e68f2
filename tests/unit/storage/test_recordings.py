"""Recordings of live rooms lie on the session's clock."""

import itertools
from pathlib import Path

import anyio
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from vivavoce.base.ids import SeatId, SessionId
from vivavoce.storage.audio_files import HEARD_HZ, PyAvAudioFiles
from vivavoce.storage.recordings import Piece, RoomTape, TrackFile, laid_out, open_tapes

Samples = NDArray[np.int16]
SES, ANA = SessionId("ses_1"), SeatId("sea_ana")
FRAME_MS = 20


def tone(ms: int, rate_hz: int = 24_000, hz: float = 440) -> Samples:
    return (np.sin(2 * np.pi * hz * np.arange(ms * rate_hz // 1000) / rate_hz) * 8000).astype(np.int16)


def names(root: Path) -> list[str]:
    return sorted(path.name for path in root.rglob("*.ogg"))


async def heard(path: Path) -> Samples:
    return await PyAvAudioFiles().decode(await anyio.Path(path).read_bytes(), max_s=600)


def loud_ms(samples: Samples, step_ms: int = 10) -> list[tuple[int, int]]:
    """From when to when there is sound, in ms, to `step_ms`."""
    step = HEARD_HZ * step_ms // 1000
    blocks = samples[: len(samples) // step * step].reshape(-1, step).astype(float)
    loud = np.concatenate([[False], np.sqrt((blocks**2).mean(axis=1)) > 800, [False]])
    edges = np.flatnonzero(np.diff(loud.astype(int))) * step_ms
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def say(tape: RoomTape, start_ms: int, end_ms: int, *, rate_hz: int = 24_000, seat: SeatId | None = ANA) -> None:
    """A tone, frame by frame, each handed over when it is due."""
    sound = tone(end_ms - start_ms, rate_hz)
    count = FRAME_MS * rate_hz // 1000
    for number, first in enumerate(range(0, len(sound), count)):
        tape.push(seat, sound[first : first + count], rate_hz, start_ms + number * FRAME_MS)


async def test_what_was_said_lies_where_it_was_said(tmp_path: Path) -> None:
    async with open_tapes(tmp_path) as tapes:
        tape = tapes.new(SES)
        say(tape, 5_000, 6_000)
        say(tape, 8_000, 8_500)
        await tape.aclose()
        assert names(tmp_path) == ["sea_ana-5000.ogg"]
        parts = loud_ms(await heard(tmp_path / SES / "recordings" / "sea_ana-5000.ogg"))
    assert parts == [pytest.approx((0, 1000), abs=20), pytest.approx((3000, 3500), abs=20)]


async def test_every_voice_has_its_own_file(tmp_path: Path) -> None:
    async with open_tapes(tmp_path) as tapes:
        tape = tapes.new(SES)
        say(tape, 0, 500)
        say(tape, 200, 700, seat=None)
        await tape.aclose()
    assert names(tmp_path) == ["assistant-200.ogg", "sea_ana-0.ogg"]


async def test_a_device_may_change_its_rate(tmp_path: Path) -> None:
    async with open_tapes(tmp_path) as tapes:
        tape = tapes.new(SES)
        for number, rate_hz in enumerate((16_000, 48_000, 24_000, 22_050)):
            say(tape, number * 500, (number + 1) * 500, rate_hz=rate_hz)
        await tape.aclose()
        samples = await heard(tmp_path / SES / "recordings" / "sea_ana-0.ogg")
    assert len(samples) / HEARD_HZ == pytest.approx(2, abs=0.03)
    assert loud_ms(samples) == [pytest.approx((0, 2000), abs=20)]


async def test_a_long_silence_begins_the_next_file(tmp_path: Path) -> None:
    async with open_tapes(tmp_path) as tapes:
        tape = tapes.new(SES)
        say(tape, 0, 500)
        say(tape, 70_000, 70_500)
        await tape.aclose()
    assert names(tmp_path) == ["sea_ana-0.ogg", "sea_ana-70000.ogg"]


async def test_the_next_run_of_a_room_does_not_touch_the_files_of_the_last(tmp_path: Path) -> None:
    async with open_tapes(tmp_path) as tapes:
        for _ in range(2):
            tape = tapes.new(SES)
            say(tape, 100, 300)
            await tape.aclose()
    assert names(tmp_path) == ["sea_ana-100.ogg", "sea_ana-101.ogg"]


async def test_nothing_said_makes_no_file(tmp_path: Path) -> None:
    async with open_tapes(tmp_path) as tapes:
        tape = tapes.new(SES)
        tape.push(ANA, np.zeros(0, np.int16), 24_000, 0)
        await tape.aclose()
        await tape.aclose()  # safe to repeat
        tape.push(ANA, tone(20), 24_000, 0)
    assert names(tmp_path) == []


async def test_what_is_open_is_closed_when_the_server_stops(tmp_path: Path) -> None:
    async with open_tapes(tmp_path) as tapes:
        tape = tapes.new(SES)
        say(tape, 0, 1000)
    await tape.aclose()
    samples = await heard(tmp_path / SES / "recordings" / "sea_ana-0.ogg")
    assert len(samples) / HEARD_HZ == pytest.approx(1, abs=0.01)


async def test_a_recording_cut_off_by_a_crash_can_be_played_up_to_shortly_before(tmp_path: Path) -> None:
    file = TrackFile(tmp_path, "sea_ana", 0)
    sound = tone(5000)
    for first in range(0, len(sound), 480):
        file.write(sound[first : first + 480], 24_000, first // 24)
    samples = await heard(tmp_path / "sea_ana-0.ogg")  # as the disk holds it now
    file.close()
    assert 4.3 < len(samples) / HEARD_HZ <= 5.0
    assert len(loud_ms(samples)) == 1


async def test_a_disk_that_fails_ends_the_recording_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / SES).write_text("a file where the folder should be")
    async with open_tapes(tmp_path) as tapes:
        broken, good = tapes.new(SES), tapes.new(SessionId("ses_2"))
        say(broken, 0, 100)
        say(good, 0, 100)
        await tapes.write()
        say(broken, 100, 200)
        await broken.aclose()
        await good.aclose()
    assert names(tmp_path) == ["sea_ana-0.ogg"]


async def test_a_writer_that_falls_behind_drops_sound_and_keeps_the_rest_in_its_place(tmp_path: Path) -> None:
    async with open_tapes(tmp_path) as tapes:
        tape = tapes.new(SES)
        say(tape, 0, 31_000)  # more than is queued
        await tapes.write()
        say(tape, 32_000, 32_500)
        await tape.aclose()
        parts = loud_ms(await heard(tmp_path / SES / "recordings" / "sea_ana-0.ogg"))
    assert parts == [pytest.approx((0, 30_000), abs=20), pytest.approx((32_000, 32_500), abs=30)]


# --- bursts -----------------------------------------------------------------------------------------


def pieces(*at_ms: int) -> list[Piece]:
    return [Piece(tone(FRAME_MS), 24_000, at) for at in at_ms]


def places(laid: list[Piece]) -> list[int]:
    return [piece.at_ms for piece in laid]


def test_pieces_that_come_when_due_stay() -> None:
    assert places(laid_out(pieces(0, 20, 40, 60))) == [0, 20, 40, 60]


def test_a_burst_after_a_stall_is_laid_back_from_its_last() -> None:
    assert places(laid_out(pieces(0, 20, 100, 100, 100, 100, 120))) == [0, 20, 40, 60, 80, 100, 120]


def test_a_real_gap_stays_a_gap() -> None:
    assert places(laid_out(pieces(0, 20, 1000, 1020))) == [0, 20, 1000, 1020]


@given(st.lists(st.integers(0, 10_000), max_size=30).map(sorted))
def test_no_piece_is_laid_later_than_it_came_nor_over_the_next(at_ms: list[int]) -> None:
    laid = places(laid_out(pieces(*at_ms)))
    assert all(place <= came for place, came in zip(laid, at_ms, strict=True))
    assert all(after - before >= FRAME_MS for before, after in itertools.pairwise(laid))


async def test_a_stall_of_the_network_leaves_no_hole(tmp_path: Path) -> None:
    async with open_tapes(tmp_path) as tapes:
        tape = tapes.new(SES)
        sound = tone(2000)
        for number in range(100):
            came_ms = number * FRAME_MS if not 20 <= number < 40 else 800  # 400 ms at once
            tape.push(ANA, sound[number * 480 : (number + 1) * 480], 24_000, came_ms)
        await tape.aclose()
        samples = await heard(tmp_path / SES / "recordings" / "sea_ana-0.ogg")
    assert loud_ms(samples) == [pytest.approx((0, 2000), abs=20)]
