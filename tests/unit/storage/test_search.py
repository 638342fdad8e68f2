"""What full-text search needs beside the tables, on SQLite; the contract suite searches on every store."""

import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from vivavoce.storage.search import search_removal, search_statements
from vivavoce.storage.tables import metadata

_ADD = (
    "INSERT INTO memories (id, community, account, kind, text, words, about, quote, noted, pinned, paused, created_at,"
    " updated_at) VALUES (?, 'com', 'acc', 'fact', '', ?, '', '', 0, 0, 0, '2026-11-21', '2026-11-21')"
)


@pytest.fixture
def connection() -> Iterator[Connection]:
    made = sqlite3.connect(":memory:", isolation_level=None)
    engine = create_engine("sqlite://", creator=lambda: made, poolclass=StaticPool)
    with engine.connect() as opened:
        metadata.create_all(opened)
        yield opened


def _found(connection: Connection, word: str) -> list[str]:
    query = "SELECT id FROM memories_fts f JOIN memories m ON m.nr = f.rowid WHERE memories_fts MATCH ?"
    return [str(id) for id in connection.exec_driver_sql(query, (f'account : "acc" AND words : ({word})',)).scalars()]


def test_the_index_stays_in_step_when_the_file_is_made_anew(connection: Connection) -> None:
    for number in range(5):
        connection.exec_driver_sql(_ADD, (f"mem_{number}", f"bonn number{number}"))
    connection.exec_driver_sql("DELETE FROM memories WHERE id IN ('mem_0', 'mem_2')")
    connection.exec_driver_sql("UPDATE memories SET words = 'ghent' WHERE id = 'mem_4'")
    connection.exec_driver_sql("VACUUM")
    assert _found(connection, "bonn") == ["mem_1", "mem_3"]
    assert _found(connection, "number3") == ["mem_3"]
    assert _found(connection, "ghent") == ["mem_4"]
    connection.exec_driver_sql("INSERT INTO memories_fts(memories_fts, rank) VALUES ('integrity-check', 1)")


def test_it_can_be_removed_and_made_again_as_a_migration_does(connection: Connection) -> None:
    def names() -> set[str]:
        rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name LIKE 'memories_fts%'")
        return {str(name) for name in rows.scalars()}

    made = names()
    assert {"memories_fts", "memories_fts_added", "memories_fts_removed", "memories_fts_changed"} <= made
    for statement in search_removal("sqlite"):
        connection.exec_driver_sql(statement)
    assert names() == set()
    for statement in search_statements("sqlite"):
        connection.exec_driver_sql(statement)
    assert names() == made
