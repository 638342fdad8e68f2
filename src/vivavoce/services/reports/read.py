"""Read reports: the last one of a session, an earlier one, or which there are."""

from collections.abc import Sequence

from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import ReportNotReady
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.container import Services
from vivavoce.services.reports.ports import StoredReport
from vivavoce.services.rights.seen import note_seen


async def report_of(viewer: Viewer, id: SessionId, version: int | None = None, *, use: Services) -> StoredReport:
    """The last one, or that version. Raises SessionNotFound, ReportNotReady while there is none."""
    async with use.store.reading() as tx:
        session = await tx.sessions.get(viewer, id)
        report = await tx.reports.get(viewer, id, version)
    if report is None and version is not None:
        raise ReportNotReady(f"There is no version {version} of this report.")
    if report is None:
        raise ReportNotReady(f"There is no report yet: the session is {session.phase}.")
    await note_seen(viewer, session, "report.seen", use=use)
    return report


async def versions_of(viewer: Viewer, id: SessionId, *, use: Services) -> Sequence[StoredReport]:
    """All that were written, newest first, at most 50. Raises SessionNotFound."""
    async with use.store.reading() as tx:
        await tx.sessions.get(viewer, id)
        return await tx.reports.versions(viewer, id)
