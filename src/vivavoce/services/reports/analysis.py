"""The report of a session: written once when it ended, however often that is asked; and anew by hand."""

from collections.abc import Sequence
from typing import Final, cast

import anyio
import anyio.lowlevel

from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import IllegalTransition, Unavailable
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.reports.by_rules import writing
from vivavoce.domain.reports.criteria import Criterion
from vivavoce.domain.reports.report import Material, Report
from vivavoce.domain.sessions.events import ReportReady
from vivavoce.domain.sessions.lifecycle import Analyzed
from vivavoce.domain.sessions.rights import Right, require
from vivavoce.domain.sessions.session import Phase, Session
from vivavoce.engine.ports import ProviderError
from vivavoce.services.changes import Change
from vivavoce.services.container import Services
from vivavoce.services.insights.recording import record_attendance, record_scores
from vivavoce.services.moves import move
from vivavoce.services.ports import SYSTEM, JobKind
from vivavoce.services.reports.by_model import report_by_model
from vivavoce.services.reports.document import document
from vivavoce.services.reports.material import Gathered, gather
from vivavoce.services.reports.ports import StoredReport
from vivavoce.services.stored_log import transcript_from

_BY_HAND_S: Final = 90.0  # somebody is waiting


async def analyze(id: SessionId, *, use: Services) -> None:
    """Write the report and complete the session. Safe to repeat: a report that is there is kept."""
    async with use.store.reading() as tx:
        session = await tx.sessions.get(SYSTEM, id)
        if session.phase is not Phase.ANALYZING:
            return
        gathered = await gather(SYSTEM, id, tx, use=use)
    criteria = _usual(gathered.session, use)
    report = await _written(gathered, criteria, use)
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(SYSTEM, id)
        if session.phase is Phase.ANALYZING:
            made = StoredReport("ready", document(gathered, report, criteria, custom=False), change.at)
            await change.tx.reports.save(id, made)
            await record_attendance(change, session, gathered.transcript)
            await record_scores(change, session, report, custom=False)
            await _complete(change, session, "ready")


async def give_up_analysis(id: SessionId, error: str, *, use: Services) -> None:
    """The analysis failed for good: the session is complete all the same, its report marked failed."""
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(SYSTEM, id)
        if session.phase is Phase.ANALYZING:
            await change.tx.reports.save(id, StoredReport("failed", {"error": error}, change.at))
            await record_attendance(change, session, await transcript_from(SYSTEM, session, "", change.tx))
            await _complete(change, session, "failed")


async def run_again(
    viewer: Viewer, id: SessionId, criteria: Sequence[Criterion] | None = None, *, use: Services
) -> Session:
    """Write the report of a complete session anew; the earlier ones stay as versions.

    criteria: in place of the format's. Raises SessionNotFound, NotAllowed, IllegalTransition before the end, and
    Unavailable where the language model fails: the last report then stays as it is.
    """
    async with use.store.reading() as tx:
        session = await tx.sessions.get(viewer, id)
        require(viewer, session, Right.REPORT)
        if session.phase is not Phase.COMPLETE or session.started_at is None:
            raise IllegalTransition(f"A session that is {session.phase} cannot be analysed again.")
        gathered = await gather(viewer, id, tx, use=use)
    wanted = _usual(session, use) if criteria is None else criteria
    custom = criteria is not None
    try:
        with anyio.fail_after(_BY_HAND_S):
            report = await _written(gathered, wanted, use)
    except (ProviderError, TimeoutError) as error:
        raise Unavailable("The language model did not write the report. Try again later.") from error
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(viewer, id)
        made = StoredReport("ready", document(gathered, report, wanted, custom=custom), change.at)
        await change.tx.reports.save(id, made)
        await record_attendance(change, session, gathered.transcript)
        await record_scores(change, session, report, custom=custom)
        await change.record(id, ReportReady("ready"))
    return change.current(session)


async def _written(gathered: Gathered, criteria: Sequence[Criterion], use: Services) -> Report:
    """By the language model where one is configured, else by rule. Raises ProviderError."""
    extractor = use.models.extractor
    if extractor is None:
        return await _by_rules(gathered.material, criteria)
    return await report_by_model(gathered.material, criteria, extractor, plan=gathered.session.plan)


async def _by_rules(material: Material, criteria: Sequence[Criterion]) -> Report:
    """In steps, as live rooms of this process go on meanwhile."""
    steps = writing(material, criteria)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return cast(Report, done.value)
        await anyio.lowlevel.checkpoint()


def _usual(session: Session, use: Services) -> tuple[Criterion, ...]:
    format = use.formats.get(session.format)
    return format.criteria if format is not None else ()


async def _complete(change: Change, session: Session, status: str) -> None:
    await move(change, session, Analyzed(change.at))
    await change.record(session.id, ReportReady(status))
    await change.no_timer(JobKind.ANALYZE, session.id)
