"""What people say of a session: one word each, the last one counts. Replies are rated in services/exchanges."""

from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import IllegalTransition, Invalid
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.rights import Right, require
from vivavoce.domain.sessions.session import Phase
from vivavoce.services.container import Services
from vivavoce.services.exchanges.ports import Feedback, FeedbackKind

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
        session = await change.tx.sessions.get(viewer, id)
        require(viewer, session, Right.SPEAK)
        if session.phase not in (Phase.ACTIVE, Phase.ANALYZING, Phase.COMPLETE):
            raise IllegalTransition(f"A session that is {session.phase} cannot be rated: nothing happened in it.")
        given = Feedback(id, viewer.account, FeedbackKind.SESSION, id, satisfaction, change.at, text.strip())
        await change.tx.feedback.save(given)
    return given


async def own_feedback(viewer: Viewer, id: SessionId, *, use: Services) -> tuple[Feedback, ...]:
    """All that the viewer said of this session and its replies. Raises SessionNotFound."""
    async with use.store.reading() as tx:
        await tx.sessions.get(viewer, id)
        return tuple(await tx.feedback.of_sessions(viewer, [id]))
