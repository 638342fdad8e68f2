"""What people say of a session or of one reply: one word each per person, the last one counts."""

from vivavoce.base.ids import ReplyId, SessionId
from vivavoce.domain.errors import IllegalTransition, Invalid, MediaNotFound
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.rights import Right, require
from vivavoce.domain.sessions.session import Phase, Session
from vivavoce.services.container import Services
from vivavoce.services.exchanges.ports import Feedback, FeedbackKind
from vivavoce.services.ports import Transaction
from vivavoce.services.stored_log import transcript_from

MAX_TEXT = 2_000
"""Characters that may go with it."""


async def rate_session(viewer: Viewer, id: SessionId, satisfaction: int, text: str = "", *, use: Services) -> Feedback:
    """Say how satisfied one is with a session that began, 1 to 5. Safe to repeat: the last word counts.

    Raises SessionNotFound, NotAllowed for who has no seat, IllegalTransition before the start, Invalid.
    """
    if not 1 <= satisfaction <= 5:
        raise Invalid("Satisfaction is 1 to 5.")
    if len(text) > MAX_TEXT:
        raise Invalid(f"A text has at most {MAX_TEXT} characters.")
    async with use.records.change() as change:
        await _begun(viewer, id, change.tx)
        given = Feedback(id, viewer.account, FeedbackKind.SESSION, id, satisfaction, change.at, text.strip())
        await change.tx.feedback.save(given)
    return given


async def rate_reply(
    viewer: Viewer, id: SessionId, reply: ReplyId, *, helpful: bool, text: str = "", use: Services
) -> Feedback:
    """Say whether a reply helped. Safe to repeat. Raises as `rate_session`, and MediaNotFound for an unknown reply."""
    if len(text) > MAX_TEXT:
        raise Invalid(f"A text has at most {MAX_TEXT} characters.")
    async with use.records.change() as change:
        session = await _begun(viewer, id, change.tx)
        transcript = await transcript_from(viewer, session, "", change.tx)
        if all(entry.seat is not None or entry.id != reply for entry in transcript.entries):
            raise MediaNotFound("There is no such reply in this session.")
        given = Feedback(id, viewer.account, FeedbackKind.REPLY, reply, int(helpful), change.at, text.strip())
        await change.tx.feedback.save(given)
    return given


async def own_feedback(viewer: Viewer, id: SessionId, *, use: Services) -> tuple[Feedback, ...]:
    """All that the viewer said of this session and its replies. Raises SessionNotFound."""
    async with use.store.reading() as tx:
        await tx.sessions.get(viewer, id)
        return tuple(await tx.feedback.of_sessions(viewer, [id]))


async def _begun(viewer: Viewer, id: SessionId, tx: Transaction) -> Session:
    session = await tx.sessions.get(viewer, id)
    require(viewer, session, Right.SPEAK)
    if session.phase not in (Phase.ACTIVE, Phase.ANALYZING, Phase.COMPLETE):
        raise IllegalTransition(f"A session that is {session.phase} cannot be rated: nothing happened in it.")
    return session
