"""Tables of the store in memory, and drafts of them: what a transaction changed and nobody else sees yet."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from vivavoce.base.ids import AccountId, CommunityId, JobId, NodeId, SessionId
from vivavoce.domain.sessions.events import Event
from vivavoce.domain.sessions.session import Session
from vivavoce.services.ports import Job, StoredAnswer, StoredReport
from vivavoce.storage.faults import StoreFault

K = TypeVar("K")
V = TypeVar("V")
RequestKey = tuple[CommunityId, AccountId, str]


@dataclass(frozen=True, slots=True)
class JobRow:
    """ready_at: from when on it can be claimed: due, or its lease's end; None once it is dead."""

    job: Job
    state: str  # waiting, running, dead: a job that is done is dropped
    ready_at: datetime | None
    again_at: datetime | None = None
    node: NodeId | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Lease:
    node: NodeId
    until: datetime


@dataclass(frozen=True, slots=True)
class Request:
    fingerprint: str
    begun_at: datetime
    answer: StoredAnswer | None = None


@dataclass(slots=True)
class Tables:
    """What is committed. A reader pins the tables it reads; a commit then changes a copy.

    logs: lists that only ever grow, shared by all copies: a session's own `last_seq` says how much of one is there.
    unfinished: the waiting or running job of each key.
    """

    sessions: dict[SessionId, Session] = field(default_factory=dict[SessionId, Session])
    logs: dict[SessionId, list[Event]] = field(default_factory=dict[SessionId, list[Event]])
    jobs: dict[JobId, JobRow] = field(default_factory=dict[JobId, JobRow])
    unfinished: dict[str, JobId] = field(default_factory=dict[str, JobId])
    leases: dict[SessionId, Lease] = field(default_factory=dict[SessionId, Lease])
    requests: dict[RequestKey, Request] = field(default_factory=dict[RequestKey, Request])
    reports: dict[SessionId, StoredReport] = field(default_factory=dict[SessionId, StoredReport])
    readers: int = 0

    def copy(self) -> "Tables":
        return Tables(
            dict(self.sessions),
            dict(self.logs),
            dict(self.jobs),
            dict(self.unfinished),
            dict(self.leases),
            dict(self.requests),
            dict(self.reports),
        )


class Draft(Generic[K, V]):
    """A table as one transaction sees it: the committed rows under its own changes, where None is a dropped row."""

    def __init__(self, rows: dict[K, V], *, writable: bool) -> None:
        self._rows = rows
        self._writable = writable
        self.changes: dict[K, V | None] = {}

    def get(self, key: K) -> V | None:
        return self.changes[key] if key in self.changes else self._rows.get(key)

    def put(self, key: K, row: V | None) -> None:
        if not self._writable:
            raise StoreFault("a reading transaction was asked to write")
        self.changes[key] = row

    def items(self) -> Iterator[tuple[K, V]]:
        for key, row in self._rows.items():
            if key not in self.changes:
                yield key, row
        for key, changed in self.changes.items():
            if changed is not None:
                yield key, changed

    def apply_to(self, rows: dict[K, V]) -> None:
        for key, row in self.changes.items():
            if row is None:
                rows.pop(key, None)
            else:
                rows[key] = row


class Drafts:
    """All tables as one transaction sees them. appended: the events it put behind each log."""

    def __init__(self, tables: Tables, *, writable: bool) -> None:
        self.logs = tables.logs
        self.appended: dict[SessionId, list[Event]] = {}
        self.sessions = Draft(tables.sessions, writable=writable)
        self.jobs = Draft(tables.jobs, writable=writable)
        self.unfinished = Draft(tables.unfinished, writable=writable)
        self.leases = Draft(tables.leases, writable=writable)
        self.requests = Draft(tables.requests, writable=writable)
        self.reports = Draft(tables.reports, writable=writable)

    def apply_to(self, tables: Tables) -> None:
        self.sessions.apply_to(tables.sessions)
        self.jobs.apply_to(tables.jobs)
        self.unfinished.apply_to(tables.unfinished)
        self.leases.apply_to(tables.leases)
        self.requests.apply_to(tables.requests)
        self.reports.apply_to(tables.reports)
        for session, events in self.appended.items():
            tables.logs.setdefault(session, []).extend(events)
