"""Answers to requests that came with an `Idempotency-Key`, as rows: the same key gives the same answer."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Executable, bindparam, delete, select, update

from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.ports import StoredAnswer
from vivavoce.storage.answers import RUNS_AT_MOST, other_request, still_running
from vivavoce.storage.sql import InsertInto, Row, Running
from vivavoce.storage.tables import idempotency


@dataclass(frozen=True, slots=True)
class SqlIdempotency:
    db: Running

    async def begin(self, viewer: Viewer, key: str, fingerprint: str, now: datetime) -> StoredAnswer | None:
        of = _of(viewer, key)
        row = {**of, "fingerprint": fingerprint, "begun_at": now}
        if (await self.db.run(_begin(self.db.insert), row)).one_or_none() is not None:
            return None
        known = (await self.db.run(_KNOWN, _by(viewer, key))).one_or_none()
        if known is None:
            raise still_running()  # it was given up this very moment
        if known.fingerprint != fingerprint:
            raise other_request()
        if known.status is not None:
            return StoredAnswer(known.status, known.body, known.content_type)
        if now - known.begun_at < RUNS_AT_MOST:
            raise still_running()
        taken = await self.db.run(_TAKE_OVER, {**_by(viewer, key), "was": known.begun_at, "at": now})
        if taken.rowcount == 0:
            raise still_running()
        return None

    async def finish(self, viewer: Viewer, key: str, answer: StoredAnswer) -> None:
        values = {"new_status": answer.status, "new_body": answer.body, "new_type": answer.content_type}
        await self.db.run(_FINISH, {**_by(viewer, key), **values})

    async def abandon(self, viewer: Viewer, key: str) -> None:
        await self.db.run(_ABANDON, _by(viewer, key))

    async def forget_before(self, at: datetime) -> None:
        await self.db.run(_FORGET, {"before": at})


def _of(viewer: Viewer, key: str) -> Row:
    return {"community": viewer.community, "account": viewer.account, "key": key}


def _by(viewer: Viewer, key: str) -> Row:
    return {"by_community": viewer.community, "by_account": viewer.account, "by_key": key}


@cache
def _begin(insert: InsertInto) -> Executable:
    return insert(idempotency).on_conflict_do_nothing().returning(idempotency.c.begun_at)


_THE_ONE = (
    idempotency.c.community == bindparam("by_community"),
    idempotency.c.account == bindparam("by_account"),
    idempotency.c.key == bindparam("by_key"),
)
_UNANSWERED = idempotency.c.status.is_(None)
_KNOWN = select(idempotency).where(*_THE_ONE)
_TAKE_OVER = (
    update(idempotency)
    .where(*_THE_ONE, _UNANSWERED, idempotency.c.begun_at == bindparam("was"))
    .values(begun_at=bindparam("at"))
)
_FINISH = (
    update(idempotency)
    .where(*_THE_ONE, _UNANSWERED)
    .values(status=bindparam("new_status"), body=bindparam("new_body"), content_type=bindparam("new_type"))
)
_ABANDON = delete(idempotency).where(*_THE_ONE, _UNANSWERED)
_FORGET = delete(idempotency).where(idempotency.c.begun_at < bindparam("before"))
