"""What opening a store imports: half of a start goes into imports."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

PROGRAM = """
import anyio, sys
from vivavoce.storage.open import open_store

async def main(url):
    for _ in range(2):
        async with open_store(url) as store:
            await store.ping()

anyio.run(main, sys.argv[1])
print(sorted({"alembic", "asyncpg", "aiosqlite", "av", "sqlalchemy"} & sys.modules.keys()))
"""


def imported(url: str) -> str:
    command = [sys.executable, "-c", PROGRAM, url]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


def test_a_store_that_is_up_to_date_opens_without_alembic(tmp_path: Path) -> None:
    assert imported(f"sqlite:///{tmp_path}/store.db") == "['aiosqlite', 'sqlalchemy']\n"


def test_a_store_in_postgresql_needs_no_sqlite(postgres_url: str) -> None:
    assert imported(postgres_url) == "['asyncpg', 'sqlalchemy']\n"
