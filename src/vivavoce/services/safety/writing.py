"""The crisis protocol where no live room is: in a conversation by messages."""

from vivavoce.domain.safety.assess import assess
from vivavoce.domain.safety.kinds import Assessment, Kind, Level
from vivavoce.domain.safety.net import to_weigh
from vivavoce.domain.sessions.crisis import Danger
from vivavoce.domain.sessions.session import Seat, Session
from vivavoce.domain.sessions.transcript import Transcript
from vivavoce.engine.second_opinion import second_opinion
from vivavoce.services.container import Services
from vivavoce.services.exchange import Message
from vivavoce.services.ports import SYSTEM
from vivavoce.services.safety.country import country_of


def needs_care(message: Message, seat: Seat, transcript: Transcript) -> bool:
    """Whether a message is answered although nobody called the AI: danger speaks from it, or the protocol is on and
    the writer is alone with the AI."""
    alone = len(transcript.names) <= 1
    if transcript.crisis is not None and alone:
        return True
    return judged(message, seat, transcript).level is Level.DANGER


async def danger_in(message: Message, session: Session, transcript: Transcript, *, use: Services) -> Danger | None:
    """The danger that speaks from a message, if there is one. A language model may see what the rules do not."""
    if not use.format(session.format).safety:
        return None
    seat = next((seat for seat in session.seats if seat.id == _writer(message, transcript)), None)
    if seat is None:
        return None
    found = judged(message, seat, transcript)
    kind: Kind | None = found.kind if found.level is Level.DANGER else None
    doubt = to_weigh(found, message.text)
    if doubt is not None and transcript.crisis is None:
        kind = await second_opinion(use.models.extractor, message.text, doubt)
    if kind is None:
        return None
    async with use.store.reading() as tx:
        persona = await use.personas.get(SYSTEM, session.persona)
        country = await country_of(seat.account, tx, use.config.safety.country)
    return Danger(kind, country, persona.language)


def judged(message: Message, seat: Seat, transcript: Transcript) -> Assessment:
    """What a message is a sign of, after what its writer said before."""
    earlier = [
        entry.text
        for entry in transcript.entries
        if entry.seat == seat.id and entry.id != message.turn and not entry.crisis
    ]
    return assess(message.text, earlier)


def _writer(message: Message, transcript: Transcript) -> str | None:
    return next((entry.seat for entry in transcript.entries if entry.id == message.turn), None)
