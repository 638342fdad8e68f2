"""A virtual clock on which the event loop itself can be held up."""

import asyncio

from vivavoce.simulator.virtual_time import VirtualTimeLoop


class StallingLoop(VirtualTimeLoop):
    def stall(self, seconds: float) -> None:
        self._clock.now_s += seconds


def stall(seconds: float) -> None:
    """Let time pass while nothing runs."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, StallingLoop), "needs the event loop of tests/unit/engine/conftest.py"
    loop.stall(seconds)
