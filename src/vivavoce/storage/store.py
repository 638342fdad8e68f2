"""The store over a SQL database: transactions with the queries of each subject, and durable jobs."""

from collections.abc import AsyncGenerator, Collection
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy import select, true

from vivavoce.base.ids import NodeId
from vivavoce.services.ports import Job, JobKind
from vivavoce.storage import jobs
from vivavoce.storage.audit import SqlAudit
from vivavoce.storage.calendars import SqlCalendars
from vivavoce.storage.crises import SqlCrises
from vivavoce.storage.feedback import SqlFeedback
from vivavoce.storage.idempotency import SqlIdempotency
from vivavoce.storage.insights import SqlInsights
from vivavoce.storage.jobs import SqlJobs
from vivavoce.storage.leases import SqlLeases
from vivavoce.storage.ledger import SqlCredits
from vivavoce.storage.links import SqlInvitations, SqlLinks
from vivavoce.storage.log import SqlLog
from vivavoce.storage.memories import SqlMemories
from vivavoce.storage.one_open import SqlOneOpen
from vivavoce.storage.own_personas import SqlOwnPersonas
from vivavoce.storage.people import SqlCommunities, SqlPeople
from vivavoce.storage.personal_rows import SqlPersonalRows
from vivavoce.storage.profiles import SqlGoals, SqlProfiles, SqlProjects
from vivavoce.storage.records import SqlDays, SqlNotes
from vivavoce.storage.reports import SqlReports
from vivavoce.storage.sessions import SqlSessions
from vivavoce.storage.sign_ins import SqlKeys, SqlSignIns
from vivavoce.storage.sql import Database, Running
from vivavoce.storage.webhooks import SqlWebhooks


class SqlTransaction:
    def __init__(self, db: Running) -> None:
        self.sessions = SqlSessions(db)
        self.one_open = SqlOneOpen(db)
        self.log = SqlLog(db)
        self.jobs = SqlJobs(db)
        self.leases = SqlLeases(db)
        self.idempotency = SqlIdempotency(db)
        self.reports = SqlReports(db)
        self.insights = SqlInsights(db)
        self.credits = SqlCredits(db)
        self.calendars = SqlCalendars(db)
        self.people = SqlPeople(db)
        self.communities = SqlCommunities(db)
        self.sign_ins = SqlSignIns(db)
        self.keys = SqlKeys(db)
        self.links = SqlLinks(db)
        self.invitations = SqlInvitations(db)
        self.audit = SqlAudit(db)
        self.profiles = SqlProfiles(db)
        self.goals = SqlGoals(db)
        self.memories = SqlMemories(db)
        self.webhooks = SqlWebhooks(db)
        self.projects = SqlProjects(db)
        self.days = SqlDays(db)
        self.notes = SqlNotes(db)
        self.personas = SqlOwnPersonas(db)
        self.feedback = SqlFeedback(db)
        self.crises = SqlCrises(db)
        self.personal = SqlPersonalRows(db)


class SqlStore:
    """Implements services.ports.Store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[SqlTransaction]:
        async with self._database.writing() as db:
            yield SqlTransaction(db)

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[SqlTransaction]:
        async with self._database.reading() as db:
            yield SqlTransaction(db)

    async def claim_jobs(
        self, node: NodeId, now: datetime, *, lease_s: float, limit: int, kinds: Collection[JobKind] = tuple(JobKind)
    ) -> list[Job]:
        async with self._database.writing() as db:
            return await jobs.claim(db, node, now, lease_s=lease_s, limit=limit, kinds=kinds)

    async def reclaim_jobs(self, node: NodeId, now: datetime) -> None:
        async with self._database.writing() as db:
            await jobs.reclaim(db, node, now)

    async def finish_job(self, job: Job) -> None:
        async with self._database.writing() as db:
            await jobs.close(db, job, "done", None)

    async def retry_job(self, job: Job, due: datetime, error: str) -> None:
        async with self._database.writing() as db:
            await jobs.retry(db, job, due, error)

    async def bury_job(self, job: Job, error: str) -> None:
        async with self._database.writing() as db:
            await jobs.close(db, job, "dead", error)

    async def forget_jobs(self, due_before: datetime) -> None:
        async with self._database.writing() as db:
            await jobs.forget_done(db, due_before)

    async def next_due(self, kinds: Collection[JobKind] = tuple(JobKind)) -> datetime | None:
        async with self._database.reading() as db:
            return await jobs.next_due(db, kinds)

    async def ping(self) -> None:
        async with self._database.reading() as db:
            await db.run(select(true()))

    async def scrub(self) -> None:
        await self._database.scrub()

    async def aclose(self) -> None:
        await self._database.aclose()
