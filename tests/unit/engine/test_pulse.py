from collections.abc import Sequence

import anyio
import numpy as np
import pytest
from numpy.typing import NDArray
from tests.unit.engine.stalling import stall

from vivavoce.engine.ports import Vad
from vivavoce.engine.pulse import Pulse
from vivavoce.providers.scripted import ScriptedVad

pytestmark = pytest.mark.anyio


class Steady:
    """A player that always has a frame."""

    def __init__(self, busy_s: float = 0.0) -> None:
        self.slots: list[int] = []
        self.at_s: list[float] = []
        self.error: Exception | None = None

    def beat(self, slot: int) -> bool:
        self.slots.append(slot)
        self.at_s.append(anyio.current_time())
        return True

    def failed(self, error: Exception) -> None:
        self.error = error


class Broken(Steady):
    def beat(self, slot: int) -> bool:
        raise ZeroDivisionError


class Ears:
    """What a microphone's owner would be."""

    def __init__(self) -> None:
        self.judged: list[tuple[float, float]] = []
        self.error: Exception | None = None

    def window(self, probability: float, power: float) -> None:
        self.judged.append((probability, power))

    def failed(self, error: Exception) -> None:
        self.error = error


async def test_it_beats_every_20_ms_without_drift() -> None:
    pulse, player = Pulse(ScriptedVad()), Steady()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(pulse.run)
        pulse.play(player)
        await anyio.sleep(60)
        tasks.cancel_scope.cancel()
    assert player.slots == list(range(player.slots[0], player.slots[0] + len(player.slots)))
    assert len(player.slots) == pytest.approx(3000, abs=2)
    assert all(at == pytest.approx(slot * 0.02, abs=0.001) for slot, at in zip(player.slots, player.at_s, strict=True))


async def test_after_a_stall_it_catches_up_with_three_frames_at_most() -> None:
    pulse, player = Pulse(ScriptedVad()), Steady()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(pulse.run)
        pulse.play(player)
        await anyio.sleep(0.5)
        before = len(player.slots)
        stall(1.0)
        await anyio.sleep(0.001)
        assert len(player.slots) - before <= 3
        await anyio.sleep(0.2)
        assert player.slots[-1] == pulse.slot()
        tasks.cancel_scope.cancel()


async def test_a_player_that_breaks_is_alone() -> None:
    pulse, broken, player = Pulse(ScriptedVad()), Broken(), Steady()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(pulse.run)
        pulse.play(broken)
        pulse.play(player)
        await anyio.sleep(0.2)
        tasks.cancel_scope.cancel()
    assert isinstance(broken.error, ZeroDivisionError)
    assert len(player.slots) >= 9


async def test_an_alarm_rings_once_at_its_time() -> None:
    pulse, rung = Pulse(ScriptedVad()), list[float]()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(pulse.run)
        start_s = anyio.current_time()
        pulse.alarm(1234, lambda: rung.append(anyio.current_time() - start_s), lambda error: None)
        cancelled = pulse.alarm(500, lambda: rung.append(-1), lambda error: None)
        cancelled.cancel()
        await anyio.sleep(5)
        tasks.cancel_scope.cancel()
    assert rung == [pytest.approx(1.234, abs=0.001)]


async def test_windows_of_many_microphones_are_judged_together() -> None:
    class Counting(ScriptedVad):
        calls = 0

        def probabilities(self, slots: Sequence[int], windows: NDArray[np.float32]) -> NDArray[np.float32]:
            self.calls += 1
            return super().probabilities(slots, windows)

    vad = Counting()
    pulse = Pulse(vad)
    owners = [Ears() for _ in range(20)]
    ears = [pulse.ears.open(owner) for owner in owners]
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(pulse.run)
        for number, ear in enumerate(ears):
            ear.push(np.full(512, 8000 if number % 2 else 0, np.int16))
        await anyio.sleep(0.1)
        tasks.cancel_scope.cancel()
    assert vad.calls == 1
    assert [owner.judged[0][0] > 0.5 for owner in owners] == [number % 2 == 1 for number in range(20)]
    assert owners[1].judged[0][1] == pytest.approx((8000 / 32768) ** 2, rel=1e-3)


@pytest.mark.parametrize("sizes", [[512], [320] * 8, [1] * 600, [3200, 3200], [40_000], [30_000, 10_000]])
async def test_windows_are_cut_from_frames_of_any_size(sizes: list[int]) -> None:
    vad: Vad = ScriptedVad()
    pulse, owner = Pulse(vad), Ears()
    ear = pulse.ears.open(owner)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(pulse.run)
        for size in sizes:
            ear.push(np.full(size, 8000, np.int16))
        await anyio.sleep(0.2)
        tasks.cancel_scope.cancel()
    kept = min(sum(sizes), 64 * 512)
    assert len(owner.judged) == kept // 512
    assert ear.judged == sum(sizes) - kept + len(owner.judged) * 512
    assert all(probability > 0.5 for probability, _ in owner.judged)
