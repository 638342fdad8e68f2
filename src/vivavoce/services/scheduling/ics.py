"""Planned sessions as iCalendar (RFC 5545). The library loads with the first one: it takes a tenth of a second."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from vivavoce.domain.sessions.schedule import ends_at, zone
from vivavoce.domain.sessions.session import Phase, Session

if TYPE_CHECKING:
    from icalendar import Alarm, Calendar, Component, Event

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
_ALARM: Final = timedelta(minutes=-10)
_AROUND: Final = timedelta(days=366)


def calendar_of(sessions: Sequence[Session], time_zone: str, base_url: str | None, now: datetime) -> bytes:
    """A calendar of the sessions that are planned, in a person's time zone. base_url: where their pages are."""
    from icalendar import Calendar

    calendar = Calendar()
    _put(calendar, "prodid", "-//Vivavoce//EN")
    _put(calendar, "version", "2.0")
    _put(calendar, "method", "PUBLISH")
    _put(calendar, "x-wr-calname", "Vivavoce")
    for session in sessions:
        if session.scheduled_for is not None:
            calendar.add_component(_event(session, time_zone, base_url, now))
    _add_time_zone(calendar, sessions)
    return calendar.to_ical()


def page_of(base_url: str, session: Session) -> str:
    """Where a person goes into it."""
    return f"{base_url}/s/{session.id}"


def _add_time_zone(calendar: "Calendar", sessions: Sequence[Session]) -> None:
    """The rules of the zones that are named, for the years that the sessions lie in."""
    days = [session.scheduled_for.date() for session in sessions if session.scheduled_for is not None]
    if days:
        calendar.add_missing_timezones(min(days) - _AROUND, max(days) + _AROUND)


def _event(session: Session, time_zone: str, base_url: str | None, now: datetime) -> "Event":
    from icalendar import Event

    where, event = zone(time_zone), Event()
    cancelled = session.phase is Phase.CANCELLED
    assert session.scheduled_for is not None
    _put(event, "uid", f"{session.id}@vivavoce")
    _put(event, "dtstamp", now)
    _put(event, "created", session.created_at)
    _put(event, "dtstart", session.scheduled_for.astimezone(where))
    _put(event, "dtend", ends_at(session).astimezone(where))
    _put(event, "summary", session.title)
    _put(event, "sequence", session.rescheduled + (1 if cancelled else 0))
    _put(event, "status", "CANCELLED" if cancelled else "CONFIRMED")
    if base_url is not None:
        _put(event, "url", page_of(base_url, session))
    if not cancelled:
        event.add_component(_alarm(session.title))
    return event


def _alarm(title: str) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    _put(alarm, "action", "DISPLAY")
    _put(alarm, "description", title)
    _put(alarm, "trigger", _ALARM)
    return alarm


def _put(component: "Component", name: str, value: str | int | datetime | timedelta) -> None:
    component.add(name, value)  # pyright: ignore[reportUnknownMemberType] - typed in part
