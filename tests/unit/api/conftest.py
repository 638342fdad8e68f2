"""A client of the interface over fake use cases."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.testclient import TestClient
from tests.unit.api.fakes import FakeUseCases, wiring

from vivavoce.api.app import build_app
from vivavoce.api.wiring import Wiring


@pytest.fixture
def use() -> FakeUseCases:
    return FakeUseCases()


@pytest.fixture
def parts(use: FakeUseCases, tmp_path_factory: pytest.TempPathFactory) -> Wiring:
    return wiring(use, pages=tmp_path_factory.mktemp("pages"))


@pytest.fixture
def client(parts: Wiring) -> Iterator[TestClient]:
    with client_of(parts) as client:
        yield client


@pytest.fixture
def id(client: TestClient) -> str:
    """A session that is ready."""
    return client.post("/api/sessions", json={"format": "coaching"}).json()["id"]


def client_of(parts: Wiring, **changes: object) -> TestClient:
    """`changes`: of the settings."""
    parts = replace(parts, settings=replace(parts.settings, **changes)) if changes else parts
    return TestClient(build_app(parts), base_url="http://127.0.0.1:8080", raise_server_exceptions=False)
