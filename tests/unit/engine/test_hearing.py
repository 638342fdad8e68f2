"""One microphone: when speech is noticed, when it is over, and what the recogniser gets."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import anyio
import numpy as np
import pytest
from numpy.typing import NDArray

from vivavoce.base.ids import SeatId, TurnId
from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.engine.hearing import Hearing
from vivavoce.engine.ports import Samples, Transcript
from vivavoce.engine.pulse import Pulse
from vivavoce.providers.scripted import ScriptedVad
from vivavoce.simulator.virtual_time import VirtualClock

pytestmark = pytest.mark.anyio
ANA = SeatId("sea_ana")
FRAME = 320


class TrailingVad(ScriptedVad):
    """Goes on hearing speech for some windows after it ended, as real models do."""

    def __init__(self, tail: int, loud: float = 0.01) -> None:
        super().__init__()
        self._tail = tail
        self._loud = loud
        self._left: dict[int, int] = {}

    def probabilities(self, slots: Sequence[int], windows: NDArray[np.float32]) -> NDArray[np.float32]:
        loudness = np.sqrt(np.mean(np.square(windows), axis=1))
        found: list[float] = []
        for slot, loud in zip(slots, loudness.tolist(), strict=True):
            left = self._tail if loud >= self._loud else self._left.get(slot, 0) - 1
            self._left[slot] = max(0, left)
            found.append(0.9 if loud >= self._loud or left > 0 else 0.01)
        return np.array(found, np.float32)


@dataclass
class KeepingStt:
    """Keeps what it was given to recognise; says as many words as it had tenths of a second."""

    name: str = "keeping"
    given: list[list[Samples]] = field(default_factory=list[list[Samples]])
    finished: int = 0
    hints: list[tuple[str, ...]] = field(default_factory=list[tuple[str, ...]])

    @asynccontextmanager
    async def recognise(
        self, *, language: str, on_partial: Callable[[str], None], phrases: Sequence[str] = ()
    ) -> AsyncGenerator["KeepingStt"]:
        self.hints.append(tuple(phrases))
        self.given.append([])
        yield self

    def push(self, samples: Samples) -> None:
        self.given[-1].append(samples)

    async def finish(self) -> Transcript:
        self.finished += 1
        return Transcript("words")

    async def aclose(self) -> None: ...


@dataclass
class Notes:
    """Implements Audience."""

    started: list[int] = field(default_factory=list[int])
    stopped: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])  # (when told, until when)
    final: list[str] = field(default_factory=list[str])

    def now_ms(self) -> int:
        return VirtualClock().monotonic_ms()

    def speech_started(self, seat: SeatId, turn: TurnId) -> None:
        self.started.append(self.now_ms())

    def speech_stopped(self, seat: SeatId, until_ms: int, *, done: bool) -> None:
        self.stopped.append((self.now_ms(), until_ms))

    def words(self, seat: SeatId, text: str, *, final: bool, likely: float | None, lost: bool) -> None:
        if final:
            self.final.append(text)

    def failed(self, error: Exception) -> None:
        raise error


@dataclass
class Microphone:
    hearing: Hearing
    notes: Notes
    stt: KeepingStt
    heard: int = 0

    async def sound(self, ms: int, level: int) -> None:
        """Real time; noise of this level."""
        chance = np.random.default_rng(7)
        for _ in range(ms // 20):
            await anyio.sleep(0.02)
            samples = (chance.standard_normal(FRAME) * level).astype(np.int16)
            self.hearing.hear(AudioFrame(samples, 16_000, self.heard))
            self.heard += FRAME


@asynccontextmanager
async def microphone(
    vad: ScriptedVad | None = None, stop_ms: int = 200, phrases: Callable[[], Sequence[str]] = tuple
) -> AsyncGenerator[Microphone]:
    pulse, notes, stt = Pulse(vad or ScriptedVad()), Notes(), KeepingStt()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(pulse.run)
        hearing = Hearing(
            ANA,
            notes,
            pulse=pulse,
            stt=stt,
            end_of_turn=None,
            language="en",
            stop_ms=stop_ms,
            tasks=tasks,
            phrases=phrases,
        )
        yield Microphone(hearing, notes, stt)
        tasks.cancel_scope.cancel()


async def test_speech_starts_with_two_windows_when_nobody_waits() -> None:
    async with microphone() as one:
        await one.sound(1000, 10)
        await one.sound(200, 3000)
        assert [at - 1000 for at in one.notes.started] == [pytest.approx(80, abs=25)]


async def test_one_clear_window_is_enough_while_the_ai_speaks() -> None:
    async with microphone() as one:
        one.hearing.eager = True
        await one.sound(1000, 10)
        await one.sound(200, 3000)
        assert [at - 1000 for at in one.notes.started] == [pytest.approx(40, abs=25)]


async def test_each_utterance_is_recognised_with_the_phrases_expected_when_it_begins() -> None:
    expected: list[tuple[str, ...]] = [("hey agent",), ()]
    async with microphone(phrases=lambda: expected.pop(0)) as one:
        for _ in range(2):
            await one.sound(500, 10)
            await one.sound(500, 3000)
            await one.sound(500, 10)
        assert one.stt.hints == [("hey agent",), ()]


@pytest.mark.parametrize("tail", [0, 2, 3])
async def test_silence_counts_from_the_last_energetic_sample(tail: int) -> None:
    async with microphone(TrailingVad(tail)) as one:
        await one.sound(1000, 10)
        await one.sound(1000, 3000)
        await one.sound(1000, 10)
        told_ms, until_ms = one.notes.stopped[0]
        assert told_ms == pytest.approx(2200, abs=21)
        assert until_ms == pytest.approx(2000, abs=21)


async def test_a_tail_longer_than_a_voices_is_believed() -> None:
    """Soft speech goes on although the energy has dropped: only three windows of it are taken for the tail."""
    async with microphone(TrailingVad(12)) as one:
        await one.sound(1000, 10)
        await one.sound(1000, 3000)
        await one.sound(1000, 10)
        assert one.notes.stopped[0][0] == pytest.approx(2200 + 9 * 32, abs=60)


async def test_in_a_noisy_room_the_model_decides() -> None:
    """Speech stands out by less than 12 dB: energy tells nothing."""
    async with microphone(TrailingVad(3, loud=0.05)) as one:
        await one.sound(3000, 1200)
        await one.sound(1000, 2500)
        await one.sound(1000, 1200)
        assert len(one.notes.stopped) == 1
        assert one.notes.stopped[0][0] == pytest.approx(4200 + 3 * 32, abs=60)


async def test_a_pause_shorter_than_the_stop_is_none() -> None:
    async with microphone() as one:
        await one.sound(500, 3000)
        await one.sound(160, 10)
        await one.sound(500, 3000)
        await one.sound(500, 10)
        assert len(one.notes.started) == len(one.notes.stopped) == 1


async def test_a_click_never_reaches_the_recognisers_end() -> None:
    async with microphone() as one:
        await one.sound(500, 10)
        await one.sound(40, 3000)
        await one.sound(500, 10)
        assert one.notes.final == [""]
        assert one.stt.finished == 0


async def test_the_recogniser_gets_the_sound_from_before_the_start() -> None:
    async with microphone() as one:
        await one.sound(1000, 10)
        await one.sound(1000, 3000)
        await one.sound(500, 10)
        given = np.concatenate(one.stt.given[0])
        loud = np.flatnonzero(np.abs(given) > 100)
        assert loud[0] >= 16_000 * 0.3
        assert len(given) == pytest.approx(16_000 * (0.4 + 1.0 + 0.2), abs=16_000 * 0.1)


async def test_no_sample_goes_to_two_stretches() -> None:
    async with microphone() as one:
        await one.sound(1000, 3000)
        await one.sound(240, 10)
        await one.sound(1000, 3000)
        await one.sound(500, 10)
        first, second = (sum(len(samples) for samples in given) for given in one.stt.given)
        assert first + second <= one.heard


async def test_a_turn_is_made_of_its_stretches() -> None:
    async with microphone() as one:
        await one.sound(1000, 3000)
        await one.sound(300, 10)
        await one.sound(1000, 3000)
        await one.sound(500, 10)
        said = one.hearing.take()
        assert said is not None
        assert said.text == "words words"
        assert (said.start_ms, said.end_ms) == (pytest.approx(20, abs=40), pytest.approx(2300, abs=40))
        assert one.hearing.take() is None


async def test_closed_in_mid_word_the_words_still_come() -> None:
    async with microphone() as one:
        await one.sound(500, 3000)
        one.hearing.close()
        await one.hearing.wait_complete()
        assert one.notes.final == ["words"]
        await one.sound(500, 3000)
        assert len(one.notes.started) == 1
