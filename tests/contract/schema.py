"""A database's schema as a value."""

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.engine.interfaces import ReflectedIndex


def schema(connection: Connection | Engine) -> dict[str, object]:
    """Every table with its columns, keys and indexes."""
    found: dict[str, object] = {}
    ask = inspect(connection)
    for table in ask.get_table_names():
        found[table] = (
            sorted((column["name"], str(column["type"]), column["nullable"]) for column in ask.get_columns(table)),
            ask.get_pk_constraint(table),
            sorted(str(key) for key in ask.get_foreign_keys(table)),
            sorted(_index(index) for index in ask.get_indexes(table)),
        )
    return found


def _index(index: ReflectedIndex) -> tuple[str, ...]:
    options = index.get("dialect_options", {})
    where = [str(value) for name, value in sorted(options.items()) if name.endswith("_where")]
    return str(index["name"]), str(index["unique"]), str(index["column_names"]), *where
