"""The audit log of a community, for its admins."""

from vivavoce.base.ids import AccountId
from vivavoce.domain.people.audit import AuditEntry
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.asking import Cursor
from vivavoce.services.container import Services
from vivavoce.services.people.ports import Listing


async def audit_log(
    viewer: Viewer,
    *,
    use: Services,
    actor: AccountId | None = None,
    subject: str | None = None,
    after: Cursor | None = None,
    limit: int = 50,
) -> Listing[AuditEntry]:
    """Newest first. limit: 1 to 100."""
    async with use.store.reading() as tx:
        return await tx.audit.page(viewer, viewer.community, actor=actor, subject=subject, after=after, limit=limit)
