"""Danger that speaks from a note which somebody keeps with a session: help is shown, and a human is told."""

from vivavoce.domain.safety.assess import assess
from vivavoce.domain.safety.kinds import Level
from vivavoce.domain.sessions.crisis import Danger, noticed
from vivavoce.domain.sessions.session import Seat, Session
from vivavoce.services.changes import Change
from vivavoce.services.container import Services
from vivavoce.services.safety.country import country_of
from vivavoce.services.safety.notice import notice


async def look_at_note(change: Change, session: Session, seat: Seat, text: str, *, use: Services) -> None:
    """Begin the crisis protocol if the note states danger. Nobody answers a note, so nothing is said."""
    found = assess(text)
    if found.level is not Level.DANGER or found.kind is None or not use.format(session.format).safety:
        return
    country = await country_of(seat.account, change.tx, use.config.safety.country)
    fact = noticed(Danger(found.kind, country), None, again=False)
    await change.record(session.id, fact)
    await notice(change, session, [fact])
