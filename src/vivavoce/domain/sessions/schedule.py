"""Planned sessions: when people are reminded, and how a time is told where they live. Times are aware; kept in UTC."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from vivavoce.domain.errors import IllegalTransition, Invalid
from vivavoce.domain.sessions.session import Phase, Session

USUAL_LENGTH: Final = timedelta(hours=1)  # of a session without a time limit, in calendars
_AHEAD: Final = timedelta(days=1000)
_NOT_BEGUN: Final = frozenset({Phase.SCHEDULED, Phase.PREPARING, Phase.READY})


def reminders(scheduled_for: datetime, now: datetime, minutes: Iterable[int]) -> dict[int, datetime]:
    """When each reminder that is still to come is due, by its minutes before the session."""
    due = {one: scheduled_for.astimezone(UTC) - timedelta(minutes=one) for one in minutes}
    return {one: at for one, at in due.items() if at > now}


def is_due(session: Session, minutes: int, now: datetime) -> bool:
    """Whether this reminder makes sense now: the session is still to come, and was not moved away meanwhile."""
    if session.phase not in _NOT_BEGUN or session.scheduled_for is None or now >= session.scheduled_for:
        return False
    return session.scheduled_for - now <= timedelta(minutes=minutes)


def check_move(session: Session, wanted: datetime, now: datetime, opens_before: timedelta) -> None:
    """Raises IllegalTransition once the session was started, or if it never was planned; Invalid for a time that cannot
    be planned for."""
    if session.scheduled_for is None:
        raise IllegalTransition("This session is for now: only a planned one can be moved. Open another with a time.")
    if session.phase not in _NOT_BEGUN:
        raise IllegalTransition(f"Only a session that was not begun can be moved, and this one is {session.phase}.")
    if wanted.tzinfo is None:
        raise Invalid("scheduled_for needs a time zone, such as 2026-11-21T09:00:00Z.")
    if not opens_before < wanted - now <= _AHEAD:
        least = int(opens_before.total_seconds() // 60)
        raise Invalid(f"A session is moved to more than {least} minutes and at most {_AHEAD.days} days from now.")


def ends_at(session: Session) -> datetime:
    """When a planned session is over at the latest. Raises ValueError if it is not planned."""
    if session.scheduled_for is None:
        raise ValueError("the session is not planned")
    length = timedelta(seconds=session.time_limit_s) if session.time_limit_s is not None else USUAL_LENGTH
    return session.scheduled_for + length


def zone(name: str) -> ZoneInfo:
    """The time zone of that name, as people choose it (`Europe/Berlin`); UTC for one that is not known."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def told(at: datetime, zone_name: str) -> str:
    """`Sunday 25 October 2026, 09:00 (Europe/Berlin)`."""
    where = zone(zone_name)
    local = at.astimezone(where)
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M} ({where.key})"


def how_long(minutes: int) -> str:
    """`10 minutes`, `1 day`, `36 hours`."""
    for size, name in ((1440, "day"), (60, "hour")):
        if minutes % size == 0:
            return _counted(minutes // size, name)
    return _counted(minutes, "minute")


def _counted(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
