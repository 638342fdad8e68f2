"""The stores that the contract of services.ports.Store is tested on."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.postgres import PostgresServer, fresh_database

from vivavoce.services.ports import Store
from vivavoce.storage.open import open_database, open_store
from vivavoce.storage.tables import metadata

STORES = ["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.integration)]


@pytest.fixture(scope="session")
def contract_database(postgres_server: PostgresServer) -> Iterator[str]:
    """One PostgreSQL database for the whole suite: it is emptied for each test, which is quicker than a new one."""
    with fresh_database(postgres_server, "contract") as url:
        yield url


@pytest.fixture(params=STORES)
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    match request.param:
        case "memory":
            return "memory:"
        case "sqlite":
            return f"sqlite:///{tmp_path}/store.db"
        case _:
            return str(request.getfixturevalue("contract_database"))


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    """An empty store of each kind."""
    async with open_store(store_url) as opened:
        if store_url.startswith("postgresql"):
            await _empty(store_url)
        yield opened


async def _empty(url: str) -> None:
    database = open_database(url, connections=1)
    async with database.writing() as db:
        await db.run(text(f"TRUNCATE {', '.join(metadata.tables)}"))
    await database.aclose()
