"""What the queries need of a database: statements run in a transaction, and what differs between the two."""

from collections.abc import Awaitable, Callable, Generator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from anyio import CancelScope
from sqlalchemy import CursorResult, Executable, Table, and_, bindparam, exists, or_, true
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

from vivavoce.domain.errors import Unavailable
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.ports import Asking
from vivavoce.storage.answers import taken
from vivavoce.storage.faults import StoreFault
from vivavoce.storage.tables import seat_holders, sessions
from vivavoce.storage.types import AnyText

if TYPE_CHECKING:  # costs 0.1 s and 2 MB, which SQLite does not need
    from sqlalchemy.dialects.postgresql import Insert as PostgresInsert

T = TypeVar("T")
Row = Mapping[str, Any]
InsertInto = Callable[[Table], "SqliteInsert | PostgresInsert"]


class Database(Protocol):
    """One database with its connections.

    insert: the dialect's INSERT, which knows ON CONFLICT. Both leave their contexts with nothing half-done, also when
    cancelled.
    """

    insert: InsertInto

    def writing(self) -> AbstractAsyncContextManager["Running"]:
        """A transaction: committed at the end, rolled back on an exception. Raises Unavailable."""
        ...

    def reading(self) -> AbstractAsyncContextManager["Running"]:
        """A snapshot that refuses writes and waits for no writer. Raises Unavailable."""
        ...

    async def scrub(self) -> None:
        """Leave nothing of deleted rows in files of ours, as far as this can be done at once. Raises Unavailable."""
        ...

    async def aclose(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Running:
    """A transaction that is open.

    shielded: a statement once begun is waited for, whatever is cancelled. For a local file, whose statements are
    short: an abandoned one would cost the connection.
    """

    connection: AsyncConnection
    insert: InsertInto
    shielded: bool = False

    async def run(
        self, statement: Executable, values: Row | Sequence[Row] | None = None
    ) -> CursorResult[*tuple[Any, ...]]:
        """Raises Conflict (a key or reference does not hold), Unavailable, StoreFault."""
        with translated():
            work = self.connection.execute(statement, values)
            return await (whole(work) if self.shielded else work)


async def whole(work: Awaitable[T]) -> T:
    """What `work` gives. Once begun it is waited for, whatever is cancelled meanwhile."""
    with CancelScope(shield=True):
        return await work
    raise AssertionError("nobody cancels this scope")


@contextmanager
def translated() -> Generator[None]:
    """Failures of the driver become the store's, without the driver's text: it may quote what people said."""
    try:
        yield
    except IntegrityError as exc:
        raise taken(_kind(exc)) from None
    except DBAPIError as exc:
        if exc.connection_invalidated or _passes(exc):
            raise _unavailable(exc) from None
        raise StoreFault(f"{_kind(exc)} in: {exc.statement}") from None
    except (PoolTimeout, OSError, TimeoutError) as exc:
        raise _unavailable(exc) from None


# PostgreSQL's appendix A: connection, transaction rollback (deadlock), resources, object in use (lock timeout),
# operator intervention (shutdown, statement timeout)
_PASSING: Final = frozenset({"08", "40", "53", "55", "57"})


def _unavailable(exc: Exception) -> Unavailable:
    return Unavailable(f"The store is busy or cannot be reached ({_kind(exc)}). Try again.")


# SQLite's result codes: https://www.sqlite.org/rescode.html
_PASSING_SQLITE: Final = frozenset({"BUSY", "LOCKED", "FULL", "IOERR", "CANTOPEN", "INTERRUPT", "NOMEM", "PROTOCOL"})


def _passes(exc: DBAPIError) -> bool:
    """Whether the same statement may succeed later."""
    code = str(getattr(exc.orig, "sqlite_errorname", ""))
    if code:
        return code.split("_")[1] in _PASSING_SQLITE
    return str(getattr(exc.orig, "sqlstate", None) or "")[:2] in _PASSING or isinstance(exc, OperationalError)


def _kind(exc: Exception) -> str:
    origin = exc.orig if isinstance(exc, DBAPIError) and exc.orig is not None else exc
    code: object = getattr(origin, "sqlstate", None) or getattr(origin, "sqlite_errorname", None)
    return f"{type(origin).__name__} {code}" if code else type(origin).__name__


def seen_by(asking: type[Asking], *, listed: bool = True) -> ColumnElement[bool]:
    """The condition that a row of `sessions` may be seen by who asks; `who` gives its values.

    A person sees what they own, where they have a seat, and what is listed for their whole community. Who came by a
    link for one session sees that one, with a seat in it, and nothing else. listed: False for what was said in a
    session, which is for those who are or were in it.
    """
    if asking is not Viewer:
        return true()
    account, only = bindparam("by_account", type_=AnyText()), bindparam("by_only", type_=AnyText())
    seated = exists().where(seat_holders.c.session == sessions.c.id, seat_holders.c.account == account)
    theirs = or_(sessions.c.owner == account, seated)
    found = or_(theirs, sessions.c.listed) if listed else theirs
    return and_(
        sessions.c.community == bindparam("by_community"),
        or_(and_(only.is_(None), found), and_(sessions.c.id == only, theirs)),
    )


def who(asking: Asking) -> dict[str, Any]:
    if isinstance(asking, Viewer):
        return {"by_community": asking.community, "by_account": asking.account, "by_only": asking.only}
    return {}
