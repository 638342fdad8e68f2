"""Who looked at what somebody else said is written down."""

from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.rights import role_of
from vivavoce.domain.sessions.session import Role, Session
from vivavoce.services.container import Services


async def note_seen(viewer: Viewer, session: Session, action: str, *, use: Services) -> None:
    """Audit that the viewer saw what was said in the session, unless they took part in it as a person of their own.

    A human coach is there for somebody else: that they looked is written down. So is everybody without a seat.
    """
    role = role_of(viewer, session)
    if session.owner == viewer.account or role not in (None, Role.COACH):
        return
    async with use.records.change() as change:
        await change.audit(viewer, action, session.owner, session=session.id, role=str(role or viewer.standing))
