"""Replies live on a virtual clock here: a slow tool costs no time."""

import pytest

from vivavoce.simulator.virtual_time import VirtualTimeLoop


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, object]]:
    return "asyncio", {"loop_factory": VirtualTimeLoop}
