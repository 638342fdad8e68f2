"""Rows that are one person's own: the condition that who asks may see them, and pages of them."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, Table, bindparam, true, tuple_
from sqlalchemy.sql.elements import KeyedColumnElement

from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.asking import Asking, Cursor
from vivavoce.services.people.ports import Listing
from vivavoce.storage.answers import check_limit
from vivavoce.storage.sql import Running, who
from vivavoce.storage.types import AnyText

T = TypeVar("T")


def own(asking: type[Asking], table: Table, account: str = "account") -> ColumnElement[bool]:
    """The condition that a row of `table` belongs to who asks; the platform sees all. `who` gives its values.

    account: the column that says whose a row is.
    """
    if asking is not Viewer:
        return true()
    community = table.c["community"] == bindparam("by_community", type_=AnyText())
    return community & (table.c[account] == bindparam("by_account", type_=AnyText()))


def newest_first(query: Select[*tuple[Any, ...]], table: Table, *, after: bool) -> Select[*tuple[Any, ...]]:
    """A page of it, by `created_at` and `id`: `page` gives the values."""
    at, id = table.c["created_at"], table.c["id"]
    query = query.order_by(at.desc(), id.desc()).limit(bindparam("rows"))
    return query.where(_behind(at, id)) if after else query


def _behind(at: KeyedColumnElement[Any], id: KeyedColumnElement[Any]) -> ColumnElement[bool]:
    return tuple_(at, id) < tuple_(bindparam("before_at", type_=at.type), bindparam("before_id", type_=id.type))


async def page(
    db: Running,
    query: Select[*tuple[Any, ...]],
    values: Mapping[str, Any],
    read: Callable[[Mapping[Any, Any]], T],
    *,
    asking: Asking,
    after: Cursor | None,
    limit: int,
) -> Listing[T]:
    """The rows of a query made by `newest_first`. limit: 1 to 100."""
    check_limit(limit)
    place = {"before_at": after.created_at, "before_id": after.id} if after is not None else {}
    rows = (await db.run(query, {**who(asking), **values, **place, "rows": limit + 1})).mappings().all()
    last = rows[limit - 1] if len(rows) > limit else None
    next = Cursor(last["created_at"], last["id"]) if last is not None else None
    return Listing(tuple(read(row) for row in rows[:limit]), next)
