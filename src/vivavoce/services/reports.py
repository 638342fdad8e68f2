"""The report of a session: written once it ended, read as often as wanted, run again by hand."""

from collections.abc import Mapping
from dataclasses import asdict

from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import IllegalTransition, ReportNotReady
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.reports.measures import measure
from vivavoce.domain.sessions.events import ReplyKind, ReportReady
from vivavoce.domain.sessions.lifecycle import Analyzed
from vivavoce.domain.sessions.session import Phase, Session
from vivavoce.domain.sessions.transcript import Transcript
from vivavoce.services.container import Services
from vivavoce.services.moves import move
from vivavoce.services.ports import SYSTEM, JobKind, StoredReport
from vivavoce.services.stored_log import transcript_from


async def report_of(viewer: Viewer, id: SessionId, *, use: Services) -> StoredReport:
    """Raises SessionNotFound, ReportNotReady while the session goes on or is being analysed."""
    async with use.store.reading() as tx:
        session = await tx.sessions.get(viewer, id)
        report = await tx.reports.get(viewer, id)
    if report is None:
        raise ReportNotReady(f"There is no report yet: the session is {session.phase}.")
    return report


async def analyze(id: SessionId, *, use: Services) -> None:
    """Write the report and complete the session. Safe to repeat: a report that is there is kept."""
    async with use.store.reading() as tx:
        session = await tx.sessions.get(SYSTEM, id)
        persona = await use.personas.get(SYSTEM, session.persona)
        transcript = await transcript_from(SYSTEM, session, persona.name, tx)
    if session.phase is not Phase.ANALYZING:
        return
    document = written(session, transcript, session.elapsed_s(use.clock.now()))
    await _complete(id, "ready", document, use=use)


async def give_up_analysis(id: SessionId, error: str, *, use: Services) -> None:
    """The analysis failed for good: the session is complete all the same, its report marked failed."""
    await _complete(id, "failed", {"error": error}, use=use)


async def run_again(viewer: Viewer, id: SessionId, *, use: Services) -> Session:
    """Write the report of a complete session anew. Raises SessionNotFound, IllegalTransition before the end."""
    async with use.store.reading() as tx:
        session = await tx.sessions.get(viewer, id)
        if session.phase is not Phase.COMPLETE or session.started_at is None:
            raise IllegalTransition(f"A session that is {session.phase} cannot be analysed again.")
        persona = await use.personas.get(viewer, session.persona)
        transcript = await transcript_from(viewer, session, persona.name, tx)
    document = written(session, transcript, session.elapsed_s(use.clock.now()))
    async with use.records.change() as change:
        await change.tx.reports.save(id, StoredReport("ready", document, change.at))
        await change.record(id, ReportReady("ready"))
    return session


async def _complete(id: SessionId, status: str, document: Mapping[str, object], *, use: Services) -> None:
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(SYSTEM, id)
        if session.phase is not Phase.ANALYZING:
            return
        await change.tx.reports.save(id, StoredReport(status, document, change.at))
        await move(change, session, Analyzed(change.at))
        await change.record(id, ReportReady(status))
        await change.no_timer(JobKind.ANALYZE, id)


def written(session: Session, transcript: Transcript, elapsed_s: int) -> dict[str, object]:
    """The report as JSON. The summary is what the AI said in closing; the measures need no model."""
    closing = [entry.text for entry in transcript.entries if entry.kind is ReplyKind.GOODBYE]
    return {
        "title": session.title,
        "format": session.format,
        "end_reason": session.end_reason,
        "duration_s": elapsed_s,
        "message_count": session.message_count,
        "summary": closing[-1] if closing else None,
        "measures": [asdict(speaker) for speaker in measure(transcript.entries)],
    }
