"""The throw-away PostgreSQL that other tests stand on."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

pytestmark = [pytest.mark.integration, pytest.mark.anyio]


async def test_a_test_gets_an_empty_database_and_no_superuser(postgres_url: str) -> None:
    engine = create_async_engine(postgres_url.replace("postgresql:", "postgresql+asyncpg:"))
    async with engine.connect() as connection:
        tables = await connection.scalar(text("select count(*) from pg_tables where schemaname = 'public'"))
        superuser = await connection.scalar(text("select usesuper from pg_user where usename = current_user"))
    await engine.dispose()
    assert (tables, superuser) == (0, False)
