"""Durable jobs as rows: enqueued in the transaction of the change that wants them, claimed under a lease.

A row is `waiting`, `running`, `done` or `dead`. `ready_at` says from when on it can be claimed: its due time, or the
end of the lease of a worker that may have died; a finished one has none. What a worker reports counts only while
its claim is the last one: `attempts` tells the claims of a row apart.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Executable, and_, bindparam, case, delete, null, select, update

from vivavoce.base.ids import JobId, NodeId
from vivavoce.base.new_id import new_id
from vivavoce.services.ports import Job, JobKind
from vivavoce.storage.sql import InsertInto, Running
from vivavoce.storage.tables import UNFINISHED, jobs


@dataclass(slots=True)
class SqlJobs:
    db: Running
    next_due: datetime | None = None

    async def enqueue(self, kind: JobKind, payload: Mapping[str, str], *, key: str, due: datetime) -> None:
        row = {
            "id": new_id("job"),
            "kind": kind.value,
            "key": key,
            "payload": dict(payload),
            "state": "waiting",
            "due": due,
            "ready_at": due,
            "attempts": 0,
        }
        await self.db.run(_enqueue(self.db.insert), row)
        self._note(due)

    async def reschedule(self, key: str, due: datetime) -> None:
        await self.db.run(_RESCHEDULE, {"by_key": key, "at": due})
        self._note(due)

    async def run_again(self, key: str, due: datetime) -> None:
        await self.db.run(_RUN_AGAIN, {"by_key": key, "at": due})
        self._note(due)

    async def cancel(self, key: str) -> None:
        await self.db.run(_CANCEL, {"by_key": key})

    def _note(self, due: datetime) -> None:
        self.next_due = due if self.next_due is None else min(self.next_due, due)


async def claim(
    db: Running, node: NodeId, now: datetime, *, lease_s: float, limit: int, kinds: Collection[JobKind]
) -> list[Job]:
    found = (await db.run(_READY, {"now": now, "rows": limit, **_named(kinds)})).all()
    if not found:
        return []
    await db.run(
        _CLAIM,
        {"ids": [row.id for row in found], "by_node": node, "until": now + timedelta(seconds=lease_s)},
    )
    return [Job(JobId(row.id), JobKind(row.kind), row.key, row.payload, row.due, row.attempts + 1) for row in found]


async def reclaim(db: Running, node: NodeId, now: datetime) -> None:
    await db.run(_RECLAIM, {"by_node": node, "at": now})


async def close(db: Running, job: Job, state: str, error: str | None) -> None:
    """The run is over, done or dead. If it was asked for again meanwhile, it waits as a new job."""
    closed = await db.run(
        _CLOSE, {"by_id": job.id, "by_attempts": job.attempts, "new_state": state, "new_error": error}
    )
    again = closed.one_or_none()
    if again is not None and again.again_at is not None:
        await SqlJobs(db).enqueue(job.kind, job.payload, key=job.key, due=again.again_at)


async def retry(db: Running, job: Job, due: datetime, error: str) -> None:
    await db.run(_RETRY, {"by_id": job.id, "by_attempts": job.attempts, "at": due, "new_error": error})


async def next_due(db: Running, kinds: Collection[JobKind]) -> datetime | None:
    return (await db.run(_NEXT_DUE, _named(kinds))).scalar_one_or_none()


def _named(kinds: Collection[JobKind]) -> dict[str, Any]:
    return {"kinds": [kind.value for kind in kinds]}


async def forget_done(db: Running, due_before: datetime) -> None:
    await db.run(_FORGET, {"before": due_before})


# --- statements, built once -------------------------------------------------------------------------


@cache
def _enqueue(insert: InsertInto) -> Executable:
    return insert(jobs).on_conflict_do_nothing(index_elements=[jobs.c.key], index_where=UNFINISHED)


def _at(name: str) -> Any:
    return bindparam(name, type_=jobs.c.due.type)


_WAITING = jobs.c.state == "waiting"
_RUNNING = jobs.c.state == "running"
_RESCHEDULE = (
    update(jobs)
    .where(jobs.c.key == bindparam("by_key"), UNFINISHED)
    .values(
        due=case((_WAITING, _at("at")), else_=jobs.c.due),
        ready_at=case((_WAITING, _at("at")), else_=jobs.c.ready_at),
        again_at=case((_RUNNING, _at("at")), else_=jobs.c.again_at),
    )
)
_RUN_AGAIN = update(jobs).where(jobs.c.key == bindparam("by_key"), UNFINISHED, _RUNNING).values(again_at=_at("at"))
_CANCEL = (
    update(jobs)
    .where(jobs.c.key == bindparam("by_key"), UNFINISHED)
    .values(
        state=case((_WAITING, "done"), else_=jobs.c.state),
        ready_at=case((_WAITING, null()), else_=jobs.c.ready_at),
        again_at=null(),
    )
)
# a newer release's jobs are left to its nodes
_OURS = and_(UNFINISHED, jobs.c.kind.in_(bindparam("kinds", expanding=True)))
_READY = (
    select(jobs.c.id, jobs.c.kind, jobs.c.key, jobs.c.payload, jobs.c.due, jobs.c.attempts)
    .where(jobs.c.ready_at <= bindparam("now"), _OURS)
    .order_by(jobs.c.due, jobs.c.id)
    .limit(bindparam("rows"))
    .with_for_update(skip_locked=True)  # SQLite has none and needs none: its one writer is us
)
_CLAIM = (
    update(jobs)
    .where(jobs.c.id.in_(bindparam("ids", expanding=True)))
    .values(state="running", node=bindparam("by_node"), ready_at=_at("until"), attempts=jobs.c.attempts + 1)
)
_RECLAIM = update(jobs).where(jobs.c.node == bindparam("by_node"), _RUNNING).values(state="waiting", ready_at=_at("at"))
_CLAIMED = (jobs.c.id == bindparam("by_id"), jobs.c.attempts == bindparam("by_attempts"), _RUNNING)
_CLOSE = (
    update(jobs)
    .where(*_CLAIMED)
    .values(state=bindparam("new_state"), error=bindparam("new_error"), ready_at=null())
    .returning(jobs.c.again_at)
)
_RETRY = (
    update(jobs)
    .where(*_CLAIMED)
    .values(state="waiting", due=_at("at"), ready_at=_at("at"), error=bindparam("new_error"))
)
_NEXT_DUE = select(jobs.c.ready_at).where(_OURS).order_by(jobs.c.ready_at).limit(1)
_FORGET = delete(jobs).where(jobs.c.state == "done", jobs.c.due < _at("before"))
