"""What every store says alike: the sentences of its errors, and pages."""

from datetime import timedelta
from typing import Final

from vivavoce.domain.errors import Conflict, IdempotencyMismatch, SessionNotFound
from vivavoce.domain.sessions.session import Session
from vivavoce.services.ports import Cursor, Page

SWEEP_LIMIT: Final = 1000
RUNS_AT_MOST: Final = timedelta(seconds=60)  # a request begun longer ago has died with its server


def no_session(id: str) -> SessionNotFound:
    return SessionNotFound(f"There is no session {id!r} that you may see.")


def no_seat(id: str) -> SessionNotFound:
    """Of a log: the session is not there, or listed for people who have no seat in it."""
    return SessionNotFound(f"There is no session {id!r} with a seat of yours: what is said in one is for those in it.")


def changed_meanwhile() -> Conflict:
    return Conflict("The session was changed by somebody else meanwhile. Load it again and repeat the change.")


def taken(kind: str) -> Conflict:
    return Conflict(f"The store holds something else by now ({kind}).")


def still_running() -> Conflict:
    return Conflict("The first request with this Idempotency-Key is still running. Try again in a moment.")


def other_request() -> IdempotencyMismatch:
    return IdempotencyMismatch("This Idempotency-Key came with another request before. Use a new key for a new one.")


def check_limit(limit: int) -> None:
    if not 1 <= limit <= 100:
        raise ValueError("limit is 1 to 100")


def page_of(found: list[Session], limit: int, *, planned: bool = False) -> Page:
    """The first `limit` of up to `limit` + 1 sessions, with a cursor if there are more. planned: by plan."""
    items = tuple(found[:limit])
    if len(found) <= limit:
        return Page(items, None)
    last = items[-1]
    return Page(items, Cursor((planned and last.scheduled_for) or last.created_at, last.id))
