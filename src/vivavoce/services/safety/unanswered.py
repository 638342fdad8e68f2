"""The crisis protocol where the AI does not answer: a human coach leads, or danger was written into a note.

Help is shown, a human is told and it is counted, as everywhere. What the AI says next, if it leads again, is careful.
"""

from dataclasses import replace

from vivavoce.base.ids import TurnId
from vivavoce.domain.safety.kinds import Level
from vivavoce.domain.sessions.crisis import Crisis, Danger, crisis_after, noticed
from vivavoce.domain.sessions.events import CrisisNoticed, WrapUpChanged
from vivavoce.domain.sessions.session import Seat, Session, WrapUp
from vivavoce.domain.sessions.transcript import Transcript
from vivavoce.services.changes import Change
from vivavoce.services.container import Services
from vivavoce.services.exchange import Message
from vivavoce.services.ports import SYSTEM
from vivavoce.services.safety.country import country_of
from vivavoce.services.safety.notice import notice
from vivavoce.services.safety.writing import danger_in, judged


async def look_at_unanswered(
    change: Change, session: Session, seat: Seat, message: Message, transcript: Transcript, *, use: Services
) -> None:
    """Begin the protocol, in the change that records the message, if the message states danger."""
    found = judged(message, seat, transcript)
    if found.level is Level.DANGER and found.kind is not None and use.format(session.format).safety:
        country = await country_of(seat.account, change.tx, use.config.safety.country)
        danger = Danger(found.kind, country, await language_of(session, use))
        await begin(change, session, danger, message.turn, transcript.crisis)


async def weigh_unanswered(
    message: Message, session: Session, transcript: Transcript, *, use: Services
) -> Crisis | None:
    """The protocol's state: it is on, or a language model sees danger and it begins."""
    if transcript.crisis is not None:
        return transcript.crisis
    danger = await danger_in(message, session, transcript, use=use)
    if danger is None:
        return None
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(SYSTEM, session.id)
        return crisis_after(None, await begin(change, session, danger, message.turn, None))


async def begin(
    change: Change, session: Session, danger: Danger, turn: TurnId | None, crisis: Crisis | None
) -> CrisisNoticed:
    """Record that danger was noticed, and what follows from it. turn: None for a note. crisis: what is on already."""
    fact = noticed(danger, turn, again=crisis is not None)
    if session.wrap_up is not WrapUp.NONE:
        session = replace(session, wrap_up=WrapUp.NONE, version=session.version + 1)
        await change.tx.sessions.save(session)
        await change.record(session.id, WrapUpChanged(WrapUp.NONE, turn))
    await change.record(session.id, fact)
    await notice(change, session, [fact])
    return fact


async def language_of(session: Session, use: Services) -> str:
    return (await use.personas.get(SYSTEM, session.persona)).language
