"""What every test may use."""

import itertools
import logging
import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import structlog
from hypothesis import settings
from hypothesis import strategies as st

from tests.postgres import PostgresServer, fresh_database, running_postgres

settings.register_profile("vivavoce", deadline=None)  # a busy machine is no failure
settings.load_profile("vivavoce")
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))  # as all times of ours are

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    """No test sees a VIVAVOCE_* variable that the person who runs it has set."""
    for name in [name for name in os.environ if name.startswith("VIVAVOCE_") and name != "VIVAVOCE_REQUIRE_ALL"]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]
    """Commands set up the log of the whole process; the next test must not write to their closed streams."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    if root.handlers is not handlers:
        root.handlers = handlers
        root.setLevel(level)
        structlog.reset_defaults()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One cluster for the run (with pytest-xdist: one per worker)."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """An empty PostgreSQL database of this test's own."""
    with fresh_database(postgres_server, f"test_{next(_numbers)}") as url:
        yield url
