"""Feedback as rows: one per person and thing, the last word counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Executable, Select, bindparam, delete, select

from vivavoce.base.ids import AccountId, SessionId
from vivavoce.base.new_id import new_id
from vivavoce.services.asking import Asking
from vivavoce.services.exchanges.ports import Feedback, FeedbackKind
from vivavoce.storage.answers import no_session
from vivavoce.storage.own_rows import own
from vivavoce.storage.sql import InsertInto, Running, who
from vivavoce.storage.tables import sessions
from vivavoce.storage.tables.review import feedback


@dataclass(frozen=True, slots=True)
class SqlFeedback:
    db: Running

    async def save(self, feedback: Feedback) -> None:
        community = (await self.db.run(_COMMUNITY, {"by_id": feedback.session})).scalar_one_or_none()
        if community is None:
            raise no_session(feedback.session)
        row = {
            "id": new_id("fdb"),
            "community": community,
            "session": feedback.session,
            "account": feedback.account,
            "kind": feedback.kind.value,
            "subject": feedback.subject,
            "value": feedback.value,
            "text": feedback.text,
            "at": feedback.at,
        }
        await self.db.run(_save(self.db.insert), row)

    async def of_sessions(
        self, asking: Asking, sessions: Sequence[SessionId], kind: FeedbackKind | None = None
    ) -> list[Feedback]:
        values: dict[str, Any] = {**who(asking), "of_sessions": list(sessions)}
        if kind is not None:
            values["of_kind"] = kind.value
        found = await self.db.run(_of_sessions(type(asking), kind is not None), values)
        return [_feedback(row) for row in found.mappings()]

    async def of_account(self, asking: Asking, account: AccountId) -> list[Feedback]:
        found = await self.db.run(_of_account(type(asking)), {**who(asking), "of": account})
        return [_feedback(row) for row in found.mappings()]

    async def forget(self, asking: Asking, account: AccountId) -> None:
        await self.db.run(_forget(type(asking)), {**who(asking), "of": account})


_COMMUNITY = select(sessions.c.community).where(sessions.c.id == bindparam("by_id"))


@cache
def _save(insert: InsertInto) -> Executable:
    wanted = insert(feedback)
    new = wanted.excluded
    columns = feedback.c
    return wanted.on_conflict_do_update(
        index_elements=[columns.session, columns.account, columns.kind, columns.subject],
        set_={"value": new.value, "text": new.text, "at": new.at},
    )


@cache
def _of_sessions(asking: type[Asking], kind: bool) -> Select[*tuple[Any, ...]]:
    query = select(feedback).where(
        own(asking, feedback), feedback.c.session.in_(bindparam("of_sessions", expanding=True))
    )
    query = query.order_by(feedback.c.at, feedback.c.id)
    return query.where(feedback.c.kind == bindparam("of_kind")) if kind else query


@cache
def _of_account(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    mine = (own(asking, feedback), feedback.c.account == bindparam("of"))
    return select(feedback).where(*mine).order_by(feedback.c.at, feedback.c.id)


@cache
def _forget(asking: type[Asking]) -> Executable:
    return delete(feedback).where(own(asking, feedback), feedback.c.account == bindparam("of"))


def _feedback(row: Mapping[Any, Any]) -> Feedback:
    return Feedback(
        SessionId(row["session"]),
        AccountId(row["account"]),
        FeedbackKind(row["kind"]),
        row["subject"],
        row["value"],
        row["at"],
        row["text"],
    )
