"""Questions to the AI and its answers, as a log: of a session, and of a person over all their sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vivavoce.base.ids import ReplyId, SessionId
from vivavoce.domain.errors import Invalid, MediaNotFound
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.events import Event, ReplyEnded
from vivavoce.domain.sessions.exchanges import Exchange, exchanges_in
from vivavoce.domain.sessions.rights import Right, require
from vivavoce.domain.sessions.session import Session
from vivavoce.services.asking import SYSTEM, Cursor
from vivavoce.services.container import Services
from vivavoce.services.exchanges.ports import Feedback, FeedbackKind
from vivavoce.services.people.ports import Listing
from vivavoce.services.ports import Transaction
from vivavoce.services.stored_log import whole_log

_LOOKED_AT: Final = 50  # sessions for one page: a page may be short, and still not the last
_MOST_EVENTS: Final = 3_000  # read for one page, or those of one session: about a tenth of a second
MAX_TEXT: Final = 2000


@dataclass(frozen=True, slots=True)
class Rated:
    """An exchange, and what was said of its answer. mine: by who asks; None if they said nothing."""

    exchange: Exchange
    mine: bool | None
    helpful: int
    not_helpful: int


async def exchanges_of(viewer: Viewer, id: SessionId, *, use: Services) -> list[Rated]:
    """All exchanges of a session that the viewer is or was in, in order. Raises SessionNotFound."""
    async with use.store.reading() as tx:
        found = exchanges_in(await whole_log(viewer, id, tx))
        return _rated(found, await tx.feedback.of_sessions(SYSTEM, [id], FeedbackKind.REPLY), viewer)


async def own_exchanges(
    viewer: Viewer, *, after: Cursor | None = None, limit: int = 50, most_events: int = _MOST_EVENTS, use: Services
) -> Listing[Rated]:
    """What the viewer asked the AI in all their sessions, those of the newest session first. limit: 1 to 100.

    A page ends with a whole session: it may hold fewer, or a few more than `limit`. However much was
    said, a page reads whole logs only until there are `most_events`.
    """
    found: list[Exchange] = []
    read = 0
    async with use.store.reading() as tx:
        page = await tx.sessions.page(viewer, after=after, limit=_LOOKED_AT)
        last, whole = None, True
        for session in page.items:
            last = Cursor(session.created_at, session.id)
            events = await _events(viewer, session, tx)
            read += len(events)
            found += reversed(_asked(viewer, session, events))
            if len(found) >= limit or read >= most_events:
                whole = session is page.items[-1] and page.next is None
                break
        else:
            whole = page.next is None
        sessions = list(dict.fromkeys(exchange.session for exchange in found))
        feedback = await tx.feedback.of_sessions(SYSTEM, sessions, FeedbackKind.REPLY) if sessions else []
    return Listing(tuple(_rated(found, feedback, viewer)), None if whole else last)


async def rate_reply(
    viewer: Viewer, id: SessionId, reply: ReplyId, *, helpful: bool, text: str = "", use: Services
) -> None:
    """Say whether a reply of the AI was helpful; the last word counts.

    Raises SessionNotFound, NotAllowed for who is not in the session, MediaNotFound for an unknown reply, Invalid.
    """
    if len(text) > MAX_TEXT:
        raise Invalid(f"At most {MAX_TEXT} characters.")
    async with use.records.change() as change:
        tx = change.tx
        require(viewer, await tx.sessions.get(viewer, id), Right.SPEAK)
        facts = [event.fact for event in await whole_log(viewer, id, tx)]
        if not any(isinstance(fact, ReplyEnded) and fact.reply == reply and fact.heard for fact in facts):
            raise MediaNotFound("There is no such reply in this session.")
        await tx.feedback.save(
            Feedback(id, viewer.account, FeedbackKind.REPLY, reply, int(helpful), change.at, text.strip())
        )


async def _events(viewer: Viewer, session: Session, tx: Transaction) -> list[Event]:
    """The log of a session in which something was said."""
    if session.started_at is None or not session.message_count:
        return []
    return await whole_log(viewer, session.id, tx)


def _asked(viewer: Viewer, session: Session, events: Sequence[Event]) -> list[Exchange]:
    mine = {seat.id for seat in session.seats if seat.account == viewer.account}
    return [each for each in exchanges_in(events) if each.seat in mine]


def _rated(found: Sequence[Exchange], feedback: Sequence[Feedback], viewer: Viewer) -> list[Rated]:
    rated: list[Rated] = []
    for exchange in found:
        said = [each for each in feedback if each.subject == exchange.reply]
        mine = next((bool(each.value) for each in said if each.account == viewer.account), None)
        helpful = sum(each.value for each in said)
        rated.append(Rated(exchange, mine, helpful, len(said) - helpful))
    return rated
