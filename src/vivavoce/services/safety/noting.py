"""Danger that speaks from a note which somebody keeps with a session: help is shown, and a human is told.

A live room learns of it from the log and becomes careful (engine/turns/conduct.py, rule 7). After the end of a session,
too, help is shown and a human is told.
"""

from vivavoce.domain.safety.assess import assess
from vivavoce.domain.safety.kinds import Kind, Level
from vivavoce.domain.sessions.crisis import Danger
from vivavoce.domain.sessions.session import Seat, Session
from vivavoce.domain.sessions.transcript import read
from vivavoce.services.changes import Change
from vivavoce.services.container import Services
from vivavoce.services.ports import SYSTEM
from vivavoce.services.safety.country import country_of
from vivavoce.services.safety.unanswered import begin, language_of
from vivavoce.services.stored_log import whole_log


async def look_at_note(
    change: Change, session: Session, seat: Seat, text: str, *, before: str = "", use: Services
) -> None:
    """Begin the crisis protocol if the note states danger. before: what the note said until now, and was looked at."""
    kind = _danger(text)
    if kind is None or _danger(before) is kind or not use.format(session.format).safety:
        return
    known = read(await whole_log(SYSTEM, session.id, change.tx), "")
    country = await country_of(seat.account, change.tx, use.config.safety.country)
    danger = Danger(kind, country, await language_of(session, use))
    await begin(change, session, danger, None, known.crisis)


def _danger(text: str) -> Kind | None:
    found = assess(text)
    return found.kind if found.level is Level.DANGER else None
