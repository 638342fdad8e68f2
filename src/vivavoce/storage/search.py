"""Full-text search over memories: what each database needs for it beside the tables.

Both search the column `words`, which the repository fills with `domain.memory.wording.terms`: without case, accents
and stop words. SQLite keeps an FTS5 index of it, with whose memory it is, in step by triggers; PostgreSQL an index of
its text-search vectors. Both cut English endings, SQLite by Porter's rules, PostgreSQL by their successor.

The same statements run when the tables are made (`make_search` listens for that) and in the migration that adds them.
On SQLite, a migration that makes `memories` anew (alembic's batch mode) must run `search_statements` again: triggers
go with their table.
"""

from typing import Any, Final

from sqlalchemy import Connection

_ROW: Final = "(rowid, account, words)"
_SQLITE: Final = (
    "CREATE VIRTUAL TABLE memories_fts USING fts5(account, words, content='memories', content_rowid='nr', "
    "tokenize=\"porter unicode61 remove_diacritics 2 tokenchars '_-'\")",
    "CREATE TRIGGER memories_fts_added AFTER INSERT ON memories BEGIN "
    f"INSERT INTO memories_fts{_ROW} VALUES (new.nr, new.account, new.words); END",
    "CREATE TRIGGER memories_fts_removed AFTER DELETE ON memories BEGIN "
    "INSERT INTO memories_fts(memories_fts, rowid, account, words) "
    "VALUES ('delete', old.nr, old.account, old.words); END",
    "CREATE TRIGGER memories_fts_changed AFTER UPDATE OF account, words ON memories BEGIN "
    "INSERT INTO memories_fts(memories_fts, rowid, account, words) "
    "VALUES ('delete', old.nr, old.account, old.words); "
    f"INSERT INTO memories_fts{_ROW} VALUES (new.nr, new.account, new.words); END",
)
_POSTGRES: Final = ("CREATE INDEX ix_memories_words ON memories USING gin (to_tsvector('english', words))",)
_SQLITE_DROP: Final = (
    "DROP TRIGGER memories_fts_added",
    "DROP TRIGGER memories_fts_removed",
    "DROP TRIGGER memories_fts_changed",
    "DROP TABLE memories_fts",
)


def search_statements(dialect: str) -> tuple[str, ...]:
    """What makes `memories` searchable. dialect: SQLAlchemy's name, `sqlite` or `postgresql`."""
    return _SQLITE if dialect == "sqlite" else _POSTGRES


def search_removal(dialect: str) -> tuple[str, ...]:
    """What undoes it, before `memories` is dropped. PostgreSQL's index goes with its table."""
    return _SQLITE_DROP if dialect == "sqlite" else ()


def make_search(target: object, connection: Connection, **_: Any) -> None:
    """As SQLAlchemy's event `after_create` of `memories`."""
    del target
    for statement in search_statements(connection.dialect.name):
        connection.exec_driver_sql(statement)
