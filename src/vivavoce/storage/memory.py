"""The store in memory: the same promises without a database, a thread or the real time.

For tests and the simulator. A transaction works on drafts, which a commit applies in one go and an exception drops.
One transaction writes at a time; readers see the last commit and wait for nobody.
"""

import heapq
import itertools
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from anyio import Lock

from vivavoce.base.ids import JobId, NodeId, SessionId
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.events import Event, Fact
from vivavoce.domain.sessions.session import EndReason, Phase, Session
from vivavoce.services.ports import (
    Asking,
    Cursor,
    Job,
    JobKind,
    Page,
    StoredAnswer,
    StoredReport,
    System,
)
from vivavoce.storage.answers import (
    RUNS_AT_MOST,
    SWEEP_LIMIT,
    changed_meanwhile,
    check_limit,
    no_session,
    other_request,
    page_of,
    still_running,
    taken,
)
from vivavoce.storage.memory_tables import Drafts, JobRow, Lease, Request, RequestKey, Tables


def _sees(asking: Asking, session: Session) -> bool:
    match asking:
        case Viewer(account, community):
            return session.community == community and session.owner == account
        case System():
            return True


@dataclass(frozen=True, slots=True)
class MemorySessions:
    drafts: Drafts

    async def add(self, session: Session) -> None:
        if self.drafts.sessions.get(session.id) is not None:
            raise taken("sessions")
        self.drafts.sessions.put(session.id, session)

    async def get(self, asking: Asking, id: SessionId) -> Session:
        found = self.drafts.sessions.get(id)
        if found is None or not _sees(asking, found):
            raise no_session(id)
        return found

    async def lock(self, asking: Asking, id: SessionId) -> Session:
        return await self.get(asking, id)  # whoever writes is alone

    async def save(self, session: Session) -> None:
        known = self.drafts.sessions.get(session.id)
        if known is None:
            raise no_session(session.id)
        if known.version > session.version:
            raise changed_meanwhile()
        self.drafts.sessions.put(session.id, replace(session, last_seq=known.last_seq))

    async def page(
        self,
        asking: Asking,
        *,
        after: Cursor | None = None,
        limit: int = 50,
        phases: frozenset[Phase] | None = None,
    ) -> Page:
        check_limit(limit)
        found = [
            session
            for _, session in self.drafts.sessions.items()
            if _sees(asking, session)
            and (phases is None or session.phase in phases)
            and (after is None or (session.created_at, session.id) < (after.created_at, after.id))
        ]
        found.sort(key=lambda session: (session.created_at, session.id), reverse=True)
        return page_of(found[: limit + 1], limit)

    async def ended(self, ids: Sequence[SessionId]) -> Mapping[SessionId, EndReason]:
        known = (self.drafts.sessions.get(id) for id in ids)
        return {one.id: one.end_reason for one in known if one is not None and one.end_reason is not None}

    async def in_phase(self, asking: System, phase: Phase) -> list[Session]:
        found = [session for _, session in self.drafts.sessions.items() if session.phase is phase]
        return sorted(found, key=lambda session: (session.created_at, session.id))[:SWEEP_LIMIT]


@dataclass(frozen=True, slots=True)
class MemoryLog:
    drafts: Drafts

    async def append(self, session: SessionId, facts: Sequence[Fact], at: datetime) -> list[Event]:
        if not facts:
            return []
        known = self.drafts.sessions.get(session)
        if known is None:
            raise no_session(session)
        first = known.last_seq + 1
        stored = [Event(session, first + index, at, fact) for index, fact in enumerate(facts)]
        self.drafts.sessions.put(session, replace(known, last_seq=known.last_seq + len(facts)))
        self.drafts.appended.setdefault(session, []).extend(stored)
        return stored

    async def after(self, asking: Asking, session: SessionId, seq: int, limit: int = 1000) -> list[Event]:
        known = self.drafts.sessions.get(session)
        if known is None or not _sees(asking, known):
            raise no_session(session)
        own = self.drafts.appended.get(session, [])
        committed = self.drafts.logs.get(session, [])
        there = known.last_seq - len(own)  # later ones were committed after this reader came
        seq = max(seq, 0)
        return [*committed[seq : min(there, seq + limit)], *own[max(0, seq - there) :]][:limit]


@dataclass(frozen=True, slots=True)
class MemoryJobs:
    drafts: Drafts
    numbers: "itertools.count[int]"

    async def enqueue(self, kind: JobKind, payload: Mapping[str, str], *, key: str, due: datetime) -> None:
        if self.drafts.unfinished.get(key) is not None:
            return
        job = Job(JobId(f"job_{next(self.numbers):026}"), kind, key, dict(payload), due, 0)
        self.drafts.unfinished.put(key, job.id)
        self.drafts.jobs.put(job.id, JobRow(job, "waiting", due))

    async def reschedule(self, key: str, due: datetime) -> None:
        row = self._unfinished(key)
        if row is None:
            return
        if row.state == "waiting":
            moved = replace(row, job=replace(row.job, due=due), ready_at=due)
        else:
            moved = replace(row, again_at=due)
        self.drafts.jobs.put(row.job.id, moved)

    async def cancel(self, key: str) -> None:
        row = self._unfinished(key)
        if row is None:
            return
        if row.state == "waiting":
            self.drafts.unfinished.put(key, None)
            self.drafts.jobs.put(row.job.id, None)
        else:
            self.drafts.jobs.put(row.job.id, replace(row, again_at=None))

    def _unfinished(self, key: str) -> JobRow | None:
        id = self.drafts.unfinished.get(key)
        return None if id is None else self.drafts.jobs.get(id)

    def claim(self, row: JobRow, node: NodeId, until: datetime) -> Job:
        job = replace(row.job, attempts=row.job.attempts + 1)
        self.drafts.jobs.put(job.id, replace(row, job=job, state="running", ready_at=until, node=node))
        return job

    def reclaim(self, node: NodeId, now: datetime) -> None:
        for id, row in list(self.drafts.jobs.items()):
            if row.node == node and row.state == "running":
                self.drafts.jobs.put(id, replace(row, state="waiting", ready_at=now))

    def claimed(self, job: Job) -> JobRow | None:
        """The job's row, while this claim of it is the last."""
        row = self.drafts.jobs.get(job.id)
        if row is None or row.state != "running" or row.job.attempts != job.attempts:
            return None
        return row

    async def close(self, job: Job, dead: str | None = None) -> None:
        """The run is over: done, or dead of this error."""
        row = self.claimed(job)
        if row is None:
            return
        self.drafts.unfinished.put(job.key, None)
        self.drafts.jobs.put(job.id, replace(row, state="dead", ready_at=None, error=dead) if dead else None)
        if row.again_at is not None:
            await self.enqueue(job.kind, job.payload, key=job.key, due=row.again_at)

    def retry(self, job: Job, due: datetime, error: str) -> None:
        row = self.claimed(job)
        if row is not None:
            waiting = replace(row, job=replace(row.job, due=due), state="waiting", ready_at=due, error=error)
            self.drafts.jobs.put(job.id, waiting)


@dataclass(frozen=True, slots=True)
class MemoryLeases:
    drafts: Drafts

    async def take(self, session: SessionId, node: NodeId, now: datetime, ttl_s: float) -> bool:
        if self.drafts.sessions.get(session) is None:
            raise no_session(session)
        held = self.drafts.leases.get(session)
        if held is not None and held.node != node and held.until > now:
            return False
        self.drafts.leases.put(session, Lease(node, now + timedelta(seconds=ttl_s)))
        return True

    async def renew(
        self, sessions: Sequence[SessionId], node: NodeId, now: datetime, ttl_s: float
    ) -> frozenset[SessionId]:
        held = {session: self.drafts.leases.get(session) for session in sessions}
        kept = frozenset(session for session, lease in held.items() if lease is not None and lease.node == node)
        for session in kept:
            self.drafts.leases.put(session, Lease(node, now + timedelta(seconds=ttl_s)))
        return kept

    async def release(self, session: SessionId, node: NodeId) -> None:
        held = self.drafts.leases.get(session)
        if held is not None and held.node == node:
            self.drafts.leases.put(session, None)

    async def owner(self, session: SessionId, now: datetime) -> NodeId | None:
        held = self.drafts.leases.get(session)
        return held.node if held is not None and held.until > now else None

    async def expired(self, now: datetime) -> list[SessionId]:
        over = [(lease.until, session) for session, lease in self.drafts.leases.items() if lease.until <= now]
        return [session for _, session in sorted(over)]


@dataclass(frozen=True, slots=True)
class MemoryIdempotency:
    drafts: Drafts

    async def begin(self, viewer: Viewer, key: str, fingerprint: str, now: datetime) -> StoredAnswer | None:
        of = _of(viewer, key)
        known = self.drafts.requests.get(of)
        if known is not None:
            if known.fingerprint != fingerprint:
                raise other_request()
            if known.answer is not None:
                return known.answer
            if now - known.begun_at < RUNS_AT_MOST:
                raise still_running()
        self.drafts.requests.put(of, Request(fingerprint, now))
        return None

    async def finish(self, viewer: Viewer, key: str, answer: StoredAnswer) -> None:
        known = self.drafts.requests.get(_of(viewer, key))
        if known is not None and known.answer is None:
            self.drafts.requests.put(_of(viewer, key), replace(known, answer=answer))

    async def abandon(self, viewer: Viewer, key: str) -> None:
        known = self.drafts.requests.get(_of(viewer, key))
        if known is not None and known.answer is None:
            self.drafts.requests.put(_of(viewer, key), None)

    async def forget_before(self, at: datetime) -> None:
        for key, request in list(self.drafts.requests.items()):
            if request.begun_at < at:
                self.drafts.requests.put(key, None)


def _of(viewer: Viewer, key: str) -> RequestKey:
    return viewer.community, viewer.account, key


@dataclass(frozen=True, slots=True)
class MemoryReports:
    drafts: Drafts

    async def save(self, session: SessionId, report: StoredReport) -> None:
        if self.drafts.sessions.get(session) is None:
            raise no_session(session)
        self.drafts.reports.put(session, report)

    async def get(self, asking: Asking, session: SessionId) -> StoredReport | None:
        known = self.drafts.sessions.get(session)
        if known is None or not _sees(asking, known):
            return None
        return self.drafts.reports.get(session)


class MemoryTransaction:
    def __init__(self, drafts: Drafts, numbers: "itertools.count[int]") -> None:
        self.drafts: Final = drafts
        self.sessions: Final = MemorySessions(drafts)
        self.log: Final = MemoryLog(drafts)
        self.jobs: Final = MemoryJobs(drafts, numbers)
        self.leases: Final = MemoryLeases(drafts)
        self.idempotency: Final = MemoryIdempotency(drafts)
        self.reports: Final = MemoryReports(drafts)


class MemoryStore:
    """Implements services.ports.Store."""

    def __init__(self) -> None:
        self._tables = Tables()
        self._turn = Lock(fast_acquire=True)
        self._numbers = itertools.count(1)
        # When jobs become ready. An entry counts while its job is still ready at that time.
        self._ready: list[tuple[datetime, JobId]] = []

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[MemoryTransaction]:
        async with self._turn:
            tx = MemoryTransaction(Drafts(self._tables, writable=True), self._numbers)
            yield tx
            self._commit(tx.drafts)

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[MemoryTransaction]:
        tables = self._tables
        tables.readers += 1
        try:
            yield MemoryTransaction(Drafts(tables, writable=False), self._numbers)
        finally:
            tables.readers -= 1

    def _commit(self, drafts: Drafts) -> None:
        if self._tables.readers:
            self._tables = self._tables.copy()
        drafts.apply_to(self._tables)
        for id, row in drafts.jobs.changes.items():
            if row is not None and row.ready_at is not None:
                heapq.heappush(self._ready, (row.ready_at, id))

    def _next_ready(self) -> JobRow | None:
        """The job that is ready first, now or later. Drops entries that count no more."""
        while self._ready:
            ready_at, id = self._ready[0]
            row = self._tables.jobs.get(id)
            if row is not None and row.ready_at == ready_at:
                return row
            heapq.heappop(self._ready)
        return None

    async def claim_jobs(self, node: NodeId, now: datetime, *, lease_s: float, limit: int) -> list[Job]:
        async with self.transaction() as tx:
            ready: dict[JobId, JobRow] = {}
            while (row := self._next_ready()) is not None and row.ready_at is not None and row.ready_at <= now:
                heapq.heappop(self._ready)
                ready[row.job.id] = row
            rows = sorted(ready.values(), key=lambda row: (row.job.due, row.job.id))
            for row in rows[limit:]:
                tx.drafts.jobs.put(row.job.id, row)  # as it is: the commit notes it as ready again
            return [tx.jobs.claim(row, node, now + timedelta(seconds=lease_s)) for row in rows[:limit]]

    async def reclaim_jobs(self, node: NodeId, now: datetime) -> None:
        async with self.transaction() as tx:
            tx.jobs.reclaim(node, now)

    async def finish_job(self, job: Job) -> None:
        async with self.transaction() as tx:
            await tx.jobs.close(job)

    async def retry_job(self, job: Job, due: datetime, error: str) -> None:
        async with self.transaction() as tx:
            tx.jobs.retry(job, due, error)

    async def bury_job(self, job: Job, error: str) -> None:
        async with self.transaction() as tx:
            await tx.jobs.close(job, dead=error or "no reason given")

    async def forget_jobs(self, due_before: datetime) -> None:
        """Nothing to do: finished jobs leave no record here."""

    async def next_due(self) -> datetime | None:
        row = self._next_ready()
        return None if row is None else row.ready_at

    async def ping(self) -> None:
        """Always there."""

    async def aclose(self) -> None:
        """Nothing to close."""
