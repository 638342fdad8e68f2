"""A client of the interface over fake use cases."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.unit.api.fakes import FakeUseCases, wiring

from vivavoce.api.app import build_app
from vivavoce.api.wiring import Wiring


@pytest.fixture(scope="session")
def no_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="session")
def app(no_pages: Path) -> FastAPI:
    """Made once, as its first request takes long; each test puts its own parts behind it."""
    return build_app(wiring(FakeUseCases(), pages=no_pages))


@pytest.fixture
def use() -> FakeUseCases:
    return FakeUseCases()


@pytest.fixture
def parts(use: FakeUseCases, app: FastAPI, no_pages: Path) -> Wiring:
    app.state.wiring = wiring(use, pages=no_pages)
    return app.state.wiring


@pytest.fixture
def client(app: FastAPI, parts: Wiring) -> Iterator[TestClient]:
    with _client(app) as client:
        yield client


@pytest.fixture
def id(client: TestClient) -> str:
    """A session that is ready."""
    return client.post("/api/sessions", json={"format": "coaching"}).json()["id"]


def client_of(parts: Wiring, **changes: Any) -> TestClient:
    """A client of an application of its own. `changes`: of the settings."""
    return _client(build_app(replace(parts, settings=replace(parts.settings, **changes))))


def _client(app: FastAPI) -> TestClient:
    return TestClient(app, base_url="http://127.0.0.1:8080", raise_server_exceptions=False)
