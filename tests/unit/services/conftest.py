"""Hours pass in milliseconds here: these tests run on the simulator's virtual clock."""

from collections.abc import Iterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from vivavoce.simulator.virtual_time import VirtualTimeLoop


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, Any]]:
    return "asyncio", {"loop_factory": VirtualTimeLoop}


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]
    """What crashes on purpose prints no traceback: drawing one takes seconds."""
    with capture_logs():
        yield
