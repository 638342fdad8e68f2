"""Reports, recovery and tidying up."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

import anyio
import pytest
from tests.unit.services.site import CALM, LOUD, Site, a_device, opened, running_site

from vivavoce.base.ids import NodeId, SessionId
from vivavoce.domain.errors import IllegalTransition, MediaNotFound, ReportNotReady, Unavailable
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.sessions.events import ReportReady
from vivavoce.domain.sessions.session import EndReason, Phase
from vivavoce.services import housekeeping, recover
from vivavoce.services.end_session import end_session
from vivavoce.services.live import LiveHello, attach
from vivavoce.services.open_session import NewSession, open_session
from vivavoce.services.ports import Job, JobKind, StoredAnswer
from vivavoce.services.reports.analysis import run_again
from vivavoce.services.reports.read import report_of
from vivavoce.services.send_message import send_text
from vivavoce.services.transcripts import recording, recordings, transcript_of
from vivavoce.storage.memory import MemoryStore

pytestmark = pytest.mark.anyio


async def ended(site: Site) -> SessionId:
    id = await opened(site)
    await send_text(LOCAL, id, "I want to sleep better.", use=site.use)
    await end_session(LOCAL, id, use=site.use)
    return id


async def test_the_end_brings_a_report_with_measures() -> None:
    async with running_site() as site:
        id = await ended(site)
        await anyio.sleep(1)
        report = await report_of(LOCAL, id, use=site.use)
    measured = cast(list[dict[str, object]], report.document["measures"])
    assert (report.status, [speaker["name"] for speaker in measured]) == ("ready", ["You", "Ada"])


async def test_there_is_no_report_before_the_end() -> None:
    async with running_site() as site:
        with pytest.raises(ReportNotReady):
            await report_of(LOCAL, await opened(site), use=site.use)


async def test_an_analysis_that_keeps_failing_completes_the_session_with_a_failed_report() -> None:
    async with running_site() as site:
        id = await ended_with_a_lost_persona(site)
        await anyio.sleep(600)
        session, report = await site.session(id), await report_of(LOCAL, id, use=site.use)
    assert (session.phase, report.status) == (Phase.COMPLETE, "failed")


async def ended_with_a_lost_persona(site: Site) -> SessionId:
    """Ended; its persona was removed since."""
    id = await opened(site)
    await send_text(LOCAL, id, "I want to sleep better.", use=site.use)
    async with site.store.transaction() as tx:
        session = await tx.sessions.lock(LOCAL, id)
        await tx.sessions.save(replace(session, persona="gone", version=session.version + 1))
    await end_session(LOCAL, id, use=site.use)
    return id


async def test_a_failed_report_can_be_run_again() -> None:
    async with running_site() as site:
        id = await ended_with_a_lost_persona(site)
        await anyio.sleep(600)
        async with site.store.transaction() as tx:
            session = await tx.sessions.lock(LOCAL, id)
            await tx.sessions.save(replace(session, persona="ada", version=session.version + 1))
        await run_again(LOCAL, id, use=site.use)
        report, ready = await report_of(LOCAL, id, use=site.use), await site.facts(id, ReportReady)
    assert (report.status, [fact.status for fact in ready]) == ("ready", ["failed", "ready"])


async def test_a_session_that_was_cancelled_is_not_analysed() -> None:
    async with running_site() as site:
        id = await opened(site)
        await end_session(LOCAL, id, use=site.use)
        with pytest.raises(IllegalTransition):
            await run_again(LOCAL, id, use=site.use)


# --- recovery ---------------------------------------------------------------------------------------

TIMERS = {
    Phase.SCHEDULED: {JobKind.OPEN, JobKind.NO_SHOW, JobKind.REMIND},
    Phase.READY: {JobKind.EXPIRE},
    Phase.ACTIVE: {JobKind.TIME_LEFT, JobKind.TIME_LIMIT, JobKind.IDLE},
    Phase.ANALYZING: {JobKind.ANALYZE},
}


@pytest.mark.parametrize("phase", TIMERS)
async def test_the_sweep_puts_back_timers_that_are_missing(phase: Phase) -> None:
    store = MemoryStore()
    async with running_site(jobs=False) as old, running_site(store, jobs=False) as site:
        id = await in_phase(old, phase)
        async with store.transaction() as tx:
            await tx.sessions.add(await old.session(id))  # the session alone, without its jobs
        await recover.sweep(use=site.use)
        assert {job.kind for job in await claimed(site)} == TIMERS[phase]


async def in_phase(site: Site, phase: Phase) -> SessionId:
    if phase is Phase.SCHEDULED:
        in_an_hour = site.use.clock.now() + timedelta(hours=1)
        return (await open_session(LOCAL, NewSession("coaching", scheduled_for=in_an_hour), use=site.use)).id
    if phase is Phase.ANALYZING:
        return await ended(site)
    id = await opened(site)
    if phase is Phase.ACTIVE:
        await send_text(LOCAL, id, "I want to sleep better.", use=site.use)
    return id


async def claimed(site: Site) -> list[Job]:
    """All jobs there are."""
    in_a_year = site.use.clock.now() + timedelta(days=365)
    return await site.store.claim_jobs(NodeId("other"), in_a_year, lease_s=1, limit=50)


async def test_a_session_whose_node_died_ends_if_nobody_comes_back() -> None:
    async with running_site() as site:
        id = await left_by_a_dead_node(site)
        await recover.adopt(use=site.use)
        await anyio.sleep(CALM.empty_s + 1)
        assert (await site.session(id)).end_reason is EndReason.EVERYONE_LEFT


async def test_a_session_somebody_came_back_to_is_let_be() -> None:
    async with running_site() as site:
        id = await left_by_a_dead_node(site)
        async with attach(LOCAL, id, LiveHello(), a_device()[0], use=site.use):
            await recover.adopt(use=site.use)
            await anyio.sleep(CALM.empty_s + 1)
            assert (await site.session(id)).phase is Phase.ACTIVE


async def left_by_a_dead_node(site: Site) -> SessionId:
    id = await opened(site)
    async with attach(LOCAL, id, LiveHello(), a_device()[0], use=site.use):
        await anyio.sleep(1)
    async with site.use.records.change() as change:
        await change.no_timer(JobKind.EMPTY, id)
    live = site.use.rooms.find(id)
    assert live is not None
    live.scope.cancel()
    await live.over.wait()
    async with site.store.transaction() as tx:
        await tx.leases.take(id, NodeId("dead"), site.use.clock.now(), 2)
    await anyio.sleep(3)
    return id


# --- housekeeping -----------------------------------------------------------------------------------


async def test_answers_for_repeated_requests_are_kept_for_a_day() -> None:
    async with running_site(jobs=False) as site:
        async with site.store.transaction() as tx:
            await tx.idempotency.begin(LOCAL, "key", "same", site.use.clock.now())
            await tx.idempotency.finish(LOCAL, "key", StoredAnswer(200, b"{}", "application/json"))
        found: list[bool] = []
        for hours in (23, 2):
            await anyio.sleep(hours * 3600)
            await housekeeping.tidy(site.use.records)
            async with site.store.transaction() as tx:
                found.append(await tx.idempotency.begin(LOCAL, "key", "same", site.use.clock.now()) is not None)
    assert found == [True, False]


class AwayStore(MemoryStore):
    """A store that does not answer. asked: how often it was tried."""

    asked = 0

    async def forget_jobs(self, due_before: datetime) -> None:
        self.asked += 1
        raise Unavailable("the store is away")


async def test_a_store_that_is_away_is_tidied_up_an_hour_later() -> None:
    store = AwayStore()
    async with running_site(store, jobs=False) as site:
        with anyio.move_on_after(2 * 3600 + 1):
            await housekeeping.keep_tidy(site.use.records)
    assert store.asked == 3


# --- transcript and recordings ----------------------------------------------------------------------


async def test_the_transcript_holds_both_sides() -> None:
    async with running_site() as site:
        transcript = await transcript_of(LOCAL, await ended(site), use=site.use)
    assert [entry.name for entry in transcript.entries] == ["You", "Ada"]


async def test_recordings_are_listed_by_when_they_begin() -> None:
    async with running_site() as site:
        id = await opened(site)
        for name in ("sea_1-900.ogg", "assistant-200.ogg", "notes.txt"):
            await site.use.files.put(f"{id}/recordings/{name}", LOUD.tobytes())
        found = await recordings(LOCAL, id, use=site.use)
    assert [(one.seat, one.start_ms) for one in found] == [(None, 200), ("sea_1", 900)]


@pytest.mark.parametrize("name", ["../secret", "notes.txt", "sea_1-900.ogg"])
async def test_only_a_recording_that_is_there_is_given_out(name: str) -> None:
    async with running_site() as site:
        id = await opened(site)
        await site.use.files.put(f"{id}/recordings/notes.txt", b"x")
        with pytest.raises(MediaNotFound):
            await recording(LOCAL, id, name, use=site.use)
