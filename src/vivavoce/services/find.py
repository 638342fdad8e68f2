"""Find sessions of the one who asks."""

from vivavoce.base.ids import SessionId
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.session import Phase, Session
from vivavoce.services.container import Services
from vivavoce.services.ports import Cursor, Page


async def get_session(viewer: Viewer, id: SessionId, *, use: Services) -> Session:
    """Raises SessionNotFound."""
    async with use.store.reading() as tx:
        return await tx.sessions.get(viewer, id)


async def list_sessions(
    viewer: Viewer,
    *,
    use: Services,
    after: Cursor | None = None,
    limit: int = 50,
    phases: frozenset[Phase] | None = None,
    listed: bool = False,
) -> Page:
    """The viewer's sessions, or those listed for their community, newest first. limit: 1 to 100."""
    async with use.store.reading() as tx:
        return await tx.sessions.page(viewer, after=after, limit=limit, phases=phases, listed=listed)
