"""A report is written once, kept in versions, and shows nothing that was kept from somebody."""

import json
from dataclasses import replace
from typing import Any

import anyio
import pytest
from tests.unit.services.company import ANA, BEN, KIM, opened_by, seat_coach
from tests.unit.services.reports.scripted import AWAY, ScriptedExtractor
from tests.unit.services.site import Site, opened, running_site

from vivavoce.base.ids import SeatId, SessionId
from vivavoce.domain.errors import IllegalTransition, NotAllowed, SessionNotFound, Unavailable
from vivavoce.domain.people.viewer import LOCAL, Viewer
from vivavoce.domain.reports.criteria import Criterion
from vivavoce.domain.sessions.events import CrisisNoticed, LedBy, ReportReady, Whispered
from vivavoce.domain.sessions.session import Phase, Role, Seat
from vivavoce.jobs.handlers import handlers
from vivavoce.services.container import Services
from vivavoce.services.end_session import end_session
from vivavoce.services.insights.ports import Period
from vivavoce.services.ports import SYSTEM, Job, JobKind
from vivavoce.services.reports import analysis
from vivavoce.services.reports.forms import CorrectionForm, ReportForm
from vivavoce.services.reports.ports import StoredReport
from vivavoce.services.reports.read import report_of, versions_of
from vivavoce.services.send_message import send_text
from vivavoce.services.start_session import start_session

pytestmark = pytest.mark.anyio

SAYS = (
    "I want to sleep more, and I keep looking at my phone until one at night.",
    "I realised that I do it because the evening is the only time that is mine.",
    "I could read instead, or I could leave the phone in the kitchen from ten on.",
    "I will put it into the kitchen tonight at ten.",
)
EVER = Period()
COURAGE = Criterion("courage", "Courage", "What is hard to say was said.", evidence=("i realised",))


async def talked(site: Site, viewer: Viewer = LOCAL) -> SessionId:
    id = await opened(site) if viewer is LOCAL else await opened_by(viewer, "coaching", site)
    for text in SAYS:
        await send_text(viewer, id, text, use=site.use)
    return id


async def ended(site: Site, viewer: Viewer = LOCAL) -> SessionId:
    id = await talked(site, viewer)
    await end_session(viewer, id, use=site.use)
    await anyio.sleep(1)
    return id


def judged_by(use: Services, extractor: ScriptedExtractor) -> Services:
    return replace(use, models=replace(use.models, extractor=extractor))


FORM = ReportForm("All was said.", (), (), (), ())


def form_of(extractor_name: str) -> ScriptedExtractor:
    return ScriptedExtractor(lambda asked: FORM if asked.form is ReportForm else CorrectionForm((), ()), extractor_name)


async def test_a_report_has_scores_highlights_tasks_and_measures() -> None:
    async with running_site() as site:
        report: Any = (await report_of(LOCAL, await ended(site), use=site.use)).document
    assert (report["written_by"], report["format_title"], report["custom_criteria"]) == ("rules", "Coaching", False)
    assert [one["criterion"] for one in report["scores"]] == ["goal", "awareness", "options", "commitment", "ownership"]
    assert "I will put it into the kitchen tonight at ten" in [one["text"] for one in report["highlights"]]
    assert report["tasks"][0]["due"] == "tonight"
    assert report["conversation"]["speakers"] == 2
    assert json.loads(json.dumps(report)) == report


async def test_analysis_runs_once_however_often_it_is_asked() -> None:
    async with running_site() as site:
        id = await ended(site)
        for _ in range(3):
            await analysis.analyze(id, use=site.use)
        assert len(await versions_of(LOCAL, id, use=site.use)) == 1
        assert len(await site.facts(id, ReportReady)) == 1


async def test_the_language_model_writes_where_there_is_one() -> None:
    async with running_site(jobs=False) as site:
        id = await talked(site)
        await end_session(LOCAL, id, use=site.use)
        await analysis.analyze(id, use=judged_by(site.use, form_of("openai:m")))
        report = await report_of(LOCAL, id, use=site.use)
    assert (report.document["written_by"], report.document["summary"]) == ("openai:m", "All was said.")


async def test_a_failed_analysis_is_tried_once_more_and_then_given_up() -> None:
    async with running_site(jobs=False) as site:
        id = await talked(site)
        await end_session(LOCAL, id, use=site.use)
        away = ScriptedExtractor(lambda asked: AWAY)
        run = handlers(judged_by(site.use, away))[JobKind.ANALYZE]
        job = next(job for job in await claimed(site) if job.kind is JobKind.ANALYZE)
        for attempt in (1, 2):
            with pytest.raises(type(AWAY)):
                await run(replace(job, attempts=attempt))
            assert (await site.session(id)).phase is Phase.ANALYZING
        await run(replace(job, attempts=3))
        report, session = await report_of(LOCAL, id, use=site.use), await site.session(id)
        assert (report.status, session.phase, len(away.asked)) == ("failed", Phase.COMPLETE, 2)
        await analysis.run_again(LOCAL, id, use=site.use)
        assert (await report_of(LOCAL, id, use=site.use)).status == "ready"


async def claimed(site: Site) -> list[Job]:
    return await site.store.claim_jobs(site.use.node, site.use.clock.now(), lease_s=1, limit=50)


async def test_it_is_run_again_with_other_criteria_and_earlier_ones_stay() -> None:
    async with running_site() as site:
        id = await ended(site)
        await analysis.run_again(LOCAL, id, [COURAGE], use=site.use)
        last, first = await report_of(LOCAL, id, use=site.use), await report_of(LOCAL, id, 1, use=site.use)
        kept = await versions_of(LOCAL, id, use=site.use)
    assert [one.version for one in kept] == [2, 1]
    assert (last.version, last.document["custom_criteria"], first.document["custom_criteria"]) == (2, True, False)
    assert scores(last) == [("courage", 50)]
    assert len(scores(first)) == 5


def scores(report: StoredReport) -> list[tuple[str, int]]:
    found: Any = report.document["scores"]
    return [(one["criterion"], one["value"]) for one in found]


async def test_by_hand_a_model_that_is_away_leaves_the_report_as_it_is() -> None:
    async with running_site() as site:
        id = await ended(site)
        with pytest.raises(Unavailable):
            await analysis.run_again(LOCAL, id, use=judged_by(site.use, ScriptedExtractor(lambda asked: AWAY)))
        assert len(await versions_of(LOCAL, id, use=site.use)) == 1


async def test_only_who_opened_or_coached_it_has_it_written_again() -> None:
    async with running_site() as site:
        id = await talked(site, ANA)
        await seat_coach(site, id)
        await end_session(ANA, id, use=site.use)
        await anyio.sleep(1)
        await analysis.run_again(KIM, id, use=site.use)
        with pytest.raises(SessionNotFound):
            await analysis.run_again(LOCAL, id, use=site.use)
        await seat_member(site, id)
        with pytest.raises(NotAllowed):
            await analysis.run_again(BEN, id, use=site.use)


async def seat_member(site: Site, id: SessionId) -> None:
    """Ben was in the room."""
    async with site.store.transaction() as tx:
        session = await tx.sessions.get(SYSTEM, id)
        seat = Seat(SeatId("sea_ben"), "Ben", Role.MEMBER, BEN.account)
        await tx.sessions.save(replace(session, seats=(*session.seats, seat), version=session.version + 1))


async def test_a_session_that_goes_on_has_no_report_to_run_again() -> None:
    async with running_site() as site:
        with pytest.raises(IllegalTransition):
            await analysis.run_again(LOCAL, await talked(site), use=site.use)


async def test_whispers_and_briefings_never_appear_in_a_report() -> None:
    secret = "the password is swordfish"
    async with running_site() as site:
        id = await talked(site, ANA)
        kim = await seat_coach(site, id)
        async with site.use.records.change() as change:
            await change.record(id, Whispered(kim, "Kim", secret), LedBy(kim, "Kim"), LedBy(None, "Kim", secret))
        await end_session(ANA, id, use=site.use)
        await anyio.sleep(1)
        extractor = form_of("openai:m")
        await analysis.run_again(KIM, id, use=judged_by(site.use, extractor))
        kept = await versions_of(KIM, id, use=site.use)
    assert len(kept) == 2
    assert all("swordfish" not in json.dumps(dict(one.document)) for one in kept)
    assert all("swordfish" not in asked.text + asked.instructions for asked in extractor.asked)


async def test_a_session_with_a_crisis_notice_is_not_scored() -> None:
    async with running_site() as site:
        id = await talked(site)
        async with site.use.records.change() as change:
            await change.record(id, CrisisNoticed("danger", "suicide"))
        await end_session(LOCAL, id, use=site.use)
        await anyio.sleep(1)
        assert (await report_of(LOCAL, id, use=site.use)).document["scores"] == []


async def test_a_session_with_nothing_said_says_so() -> None:
    async with running_site() as site:
        id = await opened(site)
        await start_session(LOCAL, id, use=site.use)
        await end_session(LOCAL, id, use=site.use)
        await anyio.sleep(1)
        report = (await report_of(LOCAL, id, use=site.use)).document
    assert report["nothing_said"] is True
    assert report["scores"] == report["highlights"] == report["recommendations"] == []


async def test_a_session_that_was_started_and_left_silent_counts_for_nobody() -> None:
    async with running_site() as site:
        id = await opened(site)
        await start_session(LOCAL, id, use=site.use)
        await end_session(LOCAL, id, use=site.use)
        await anyio.sleep(1)
        async with site.store.reading() as tx:
            assert await tx.insights.sessions_of(SYSTEM, LOCAL.account, EVER) == []
