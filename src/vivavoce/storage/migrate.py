"""The schema's revision: seen with plain SQL at every start, brought up to date only where it differs.

An empty database is made from the tables at once, which takes a few milliseconds; an older one by alembic, whose
import alone takes longer than the rest of the start. A test holds the two ways to the same schema. A newer one is
left as it is: a migration never breaks the previous release.
"""

import importlib
from typing import Final

import structlog
from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, insert, inspect, select, text

from vivavoce.storage import rls
from vivavoce.storage.sql import Database, Running, translated
from vivavoce.storage.tables import metadata

HEAD: Final = "0002"
_MIGRATIONS_LOCK: Final = 7_308_331_911  # any number, the same on all nodes: pg_advisory_xact_lock

_bookkeeping = MetaData()
_alembic_version = Table(  # as alembic makes it
    "alembic_version",
    _bookkeeping,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)

log = structlog.get_logger(__name__)


async def make_current(database: Database) -> str | None:
    """See to it that the schema is at HEAD. Gives the revision it was at before, or None for an empty database.

    Nodes that start at the same time wait for each other. Raises Unavailable.
    """
    async with database.writing() as db:
        if db.connection.dialect.name == "postgresql":
            await db.run(text(f"SELECT pg_advisory_xact_lock({_MIGRATIONS_LOCK})"))
        before = await _revision(db)
        if before is None:
            with translated():
                await db.connection.run_sync(_create)
        elif before < HEAD:
            with translated():
                await db.connection.run_sync(_upgrade)
        elif before > HEAD:
            log.warning("store.newer_schema", known=HEAD, found=before)
        return before


async def revision(database: Database) -> str | None:
    """What the schema is at; None for an empty database."""
    async with database.reading() as db:
        return await _revision(db)


async def _revision(db: Running) -> str | None:
    with translated():
        known = await db.connection.run_sync(lambda connection: inspect(connection).has_table("alembic_version"))
    if not known:
        return None
    return (await db.run(select(_alembic_version.c.version_num))).scalar_one_or_none()


def _create(connection: Connection) -> None:
    metadata.create_all(connection)
    _confine(connection)
    _bookkeeping.create_all(connection)
    connection.execute(insert(_alembic_version), {"version_num": HEAD})


def _upgrade(connection: Connection) -> None:
    importlib.import_module("vivavoce.storage.upgrade").upgrade(connection)
    _confine(connection)


def _confine(connection: Connection) -> None:
    """Also tables that were just added keep communities apart."""
    if connection.dialect.name == "postgresql":
        for statement in rls.statements():
            connection.execute(text(statement))
