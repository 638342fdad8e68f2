"""Rooms live on a virtual clock here: minutes pass in milliseconds."""

import pytest
from tests.unit.engine.stalling import StallingLoop


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, object]]:
    return "asyncio", {"loop_factory": StallingLoop}
