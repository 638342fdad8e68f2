"""Open a session: plan it, or make it ready at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from vivavoce.base.ids import ProjectId, SeatId, SessionId
from vivavoce.base.new_id import new_id
from vivavoce.domain.errors import Invalid, PersonaNotFound, SessionOpen
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.events import SessionCreated
from vivavoce.domain.sessions.session import Phase, Role, Seat, Session
from vivavoce.services.container import Services
from vivavoce.services.format import Format
from vivavoce.services.persona import Persona
from vivavoce.services.ports import Transaction
from vivavoce.services.prepare_session import MAX_TITLE, OPENS_BEFORE_S, advance, plan, usual_title
from vivavoce.services.scheduling.planning import remind

_LATE: Final = timedelta(days=1)  # a clock that is a little off is no mistake: such a session is for now
_AHEAD: Final = timedelta(days=1000)
_MAX_VARIABLES, _MAX_VARIABLE = 50, 4000


@dataclass(frozen=True, slots=True)
class NewSession:
    """What is asked for. scheduled_for: aware; left out, the session is for now."""

    format: str
    persona: str | None = None
    project: ProjectId | None = None
    title: str = ""
    scheduled_for: datetime | None = None
    max_participants: int | None = None
    variables: Mapping[str, str] = field(default_factory=dict[str, str])


async def open_session(viewer: Viewer, new: NewSession, *, use: Services) -> Session:
    """A session of the viewer's, planned or ready.

    Raises FormatNotFound, PersonaNotFound, ProjectNotFound for one that is not the viewer's, Invalid.
    """
    format = use.format(new.format)
    persona = await _persona(viewer, new.persona or format.persona, use)
    async with use.records.change() as change:
        if new.project is not None:
            await change.tx.projects.get(viewer, new.project)
        session = _drafted(viewer, new, format, persona, change.at)
        await change.tx.sessions.add(session)
        if format.one_open:
            await _the_only_one(session, format, change.tx)
        await change.record(session.id, SessionCreated(format.name, persona.id, session.title))
        await plan(change, session, format)
        await remind(change, session, use=use)
        if session.phase is Phase.PREPARING:
            session = await advance(change, session, format)
    return change.current(session)


async def _persona(viewer: Viewer, id: str, use: Services) -> Persona:
    """The version that is published now. Raises PersonaNotFound."""
    if "@" in id:
        raise PersonaNotFound("Name a persona without a version: a session gets the one that is published.")
    return await use.personas.get(viewer, id)


async def _the_only_one(session: Session, format: Format, tx: Transaction) -> None:
    """Raises SessionOpen."""
    other = await tx.one_open.claim(session)
    if other is not None:
        said = f"You have an open {format.title.lower()} already: go on with that one, or end it first."
        raise SessionOpen(said, session=other)


def _drafted(viewer: Viewer, new: NewSession, format: Format, persona: Persona, at: datetime) -> Session:
    _check(new, format, at)
    phase = Phase.PREPARING
    if new.scheduled_for is not None and new.scheduled_for > at + timedelta(seconds=OPENS_BEFORE_S):
        phase = Phase.SCHEDULED
    host = Seat(SeatId(new_id("sea")), viewer.name or "You", Role.HOST, viewer.account)
    return Session(
        id=SessionId(new_id("ses")),
        community=viewer.community,
        owner=viewer.account,
        format=format.name,
        persona=persona.pinned,
        phase=phase,
        created_at=at,
        title=new.title.strip() or usual_title(format, persona),
        project=new.project,
        scheduled_for=new.scheduled_for and new.scheduled_for.astimezone(UTC),
        max_participants=new.max_participants or format.max_participants,
        variables=_chosen(new, format),
        time_limit_s=_least(_time_limit_s(new, format), persona.time_limit_s),
        entered={phase: at},
        address=format.address,
        listed=format.listed,
        seats=(host,),
    )


def _chosen(new: NewSession, format: Format) -> dict[str, str]:
    """The variables, with what was not chosen as it usually is. Raises Invalid."""
    chosen = dict(new.variables)
    for choice in format.choices:
        value = chosen.get(choice.name, "").strip() or choice.usual
        options = f": one of {', '.join(choice.options)}" if choice.options else ""
        if value is None or (choice.options and value not in choice.options):
            raise Invalid(f"A {format.name} session needs the variable {choice.name!r}{options}.")
        chosen[choice.name] = value
    if format.length is not None:
        chosen["minutes"] = chosen.get("minutes") or str(format.length.usual)
    return chosen


def _time_limit_s(new: NewSession, format: Format) -> int | None:
    """Raises Invalid for a length that the format has not."""
    if format.length is None:
        return format.time_limit_s
    length, given = format.length, new.variables.get("minutes", "")
    if not given:
        return length.usual * 60 + length.before_s
    if not given.isdecimal() or not length.least <= int(given) <= length.most:
        raise Invalid(f"The variable 'minutes' of a {format.name} session is {length.least} to {length.most}.")
    return int(given) * 60 + length.before_s


def _least(one: int | None, other: int | None) -> int | None:
    return min((limit for limit in (one, other) if limit is not None), default=None)


def _check(new: NewSession, format: Format, at: datetime) -> None:
    if new.max_participants is not None and not 1 <= new.max_participants <= format.max_participants:
        raise Invalid(f"max_participants of a {format.name} session is 1 to {format.max_participants}.")
    if new.scheduled_for is not None and new.scheduled_for.tzinfo is None:
        raise Invalid("scheduled_for needs a time zone, such as 2026-11-21T09:00:00Z.")
    if new.scheduled_for is not None and not -_LATE <= new.scheduled_for - at <= _AHEAD:
        raise Invalid(f"scheduled_for lies in the past, or more than {_AHEAD.days} days ahead.")
    if len(new.title) > MAX_TITLE:
        raise Invalid(f"A title has at most {MAX_TITLE} characters.")
    too_long = any(len(name) > 64 or len(value) > _MAX_VARIABLE for name, value in new.variables.items())
    if too_long or len(new.variables) > _MAX_VARIABLES:
        raise Invalid(
            f"At most {_MAX_VARIABLES} variables, names up to 64 and values up to {_MAX_VARIABLE} characters long."
        )
