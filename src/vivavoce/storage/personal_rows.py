"""Exports and erases a person's rows by the declarations of personal.py, the same way for every table."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    JSON,
    ColumnElement,
    String,
    Table,
    Text,
    cast,
    delete,
    func,
    or_,
    select,
    tuple_,
    update,
)

from vivavoce.base.ids import AccountId, CommunityId, SessionId
from vivavoce.domain.sessions.codec import time_to_text, to_dict
from vivavoce.domain.sessions.events import NAMES, Fact
from vivavoce.domain.sessions.session import Phase, Session
from vivavoce.services.asking import Cursor, System
from vivavoce.services.rights.ports import Rows
from vivavoce.storage.personal import PERSONAL, Erase, Personal
from vivavoce.storage.sessions import read_session
from vivavoce.storage.sql import Running
from vivavoce.storage.tables import events, jobs, metadata, sessions
from vivavoce.storage.tables.memory import memories
from vivavoce.storage.tables.people import persona_versions, personas, projects
from vivavoce.storage.types import AnyText

_KEPT_JOBS: Final = ("alert",)  # that somebody is told of danger is not undone
_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class SqlPersonalRows:
    """Implements services.rights.ports.PersonalRows."""

    db: Running

    async def exported(self, asking: System, community: CommunityId, account: AccountId) -> Mapping[str, Rows]:
        found: dict[str, Rows] = {}
        for table, personal in _declared():
            if personal.export is None:
                continue
            columns = [column for column in table.c if column.name not in personal.hidden]
            query = select(*columns).where(_about(table, personal, community, account))
            rows = (await self.db.run(query)).mappings().all()
            found[personal.export] = [{str(name): _json(value) for name, value in row.items()} for row in rows]
        return found

    async def sessions_of(self, asking: System, community: CommunityId, account: AccountId) -> list[Session]:
        holders = metadata.tables["seat_holders"]
        seated = select(holders.c.session).where(holders.c.community == community, holders.c.account == account)
        query = (
            select(sessions)
            .where(sessions.c.community == community, or_(sessions.c.owner == account, sessions.c.id.in_(seated)))
            .order_by(sessions.c.created_at, sessions.c.id)
        )
        return [read_session(row) for row in (await self.db.run(query)).mappings()]

    async def erase_session(self, asking: System, id: SessionId) -> None:
        await self.db.run(update(memories).where(memories.c.session == id).values(quote="", turn=None))
        mentions = jobs.c.key.contains(id, autoescape=True)
        await self.db.run(delete(jobs).where(mentions, jobs.c.kind.not_in(_KEPT_JOBS)))
        await self.db.run(delete(metadata.tables["deliveries"]).where(metadata.tables["deliveries"].c.session == id))
        await self.db.run(delete(sessions).where(sessions.c.id == id))

    async def rewrite(self, asking: System, id: SessionId, facts: Mapping[int, Fact]) -> None:
        for seq, fact in facts.items():
            changed = {"type": NAMES[type(fact)], "fact": to_dict(fact)}
            await self.db.run(update(events).where(events.c.session == id, events.c.seq == seq).values(changed))
        for name in ("reports", "report_versions", "report_scores", "deliveries"):
            table = metadata.tables[name]
            await self.db.run(delete(table).where(table.c.session == id))

    async def erase(self, asking: System, community: CommunityId, account: AccountId, as_: AccountId) -> None:
        await self._drop_drafts(community, account)
        theirs = select(projects.c.id).where(projects.c.community == community, projects.c.owner == account)
        await self.db.run(update(sessions).where(sessions.c.project.in_(theirs)).values(project=None))
        for table, personal in _declared():
            about = _about(table, personal, community, account) if personal.of else None
            if about is not None and personal.erase is Erase.DELETE:
                await self.db.run(delete(table).where(about))
            elif about is not None and personal.erase is Erase.UNLINK:
                await self._unlink(table, about, account, as_)
        told = metadata.tables["deliveries"]
        of_them = told.c.session.is_(None) & told.c.body.contains(account, autoescape=True)
        await self.db.run(delete(told).where(told.c.community == community, of_them))
        named = cast(jobs.c.payload, Text).contains(account, autoescape=True)
        await self.db.run(delete(jobs).where(named, jobs.c.kind.not_in(_KEPT_JOBS)))

    async def _unlink(self, table: Table, about: ColumnElement[bool], account: AccountId, as_: AccountId) -> None:
        written = [column for column in table.c if isinstance(column.type, JSON)]
        key = list(table.primary_key)
        if written:
            rows = (await self.db.run(select(*key, *written).where(about))).mappings().all()
            for row in rows:
                new = {column.name: json.loads(json.dumps(row[column]).replace(account, as_)) for column in written}
                await self.db.run(update(table).where(*(column == row[column] for column in key)).values(new))
        await self.db.run(update(table).where(about).values(_renamed(table, account, as_)))

    async def _drop_drafts(self, community: CommunityId, account: AccountId) -> None:
        """Personas that were never published, and that no session has."""
        used = select(sessions.c.persona).where(sessions.c.community == community)
        drafts = (
            select(personas.c.id)
            .where(personas.c.community == community, personas.c.owner == account)
            .where(personas.c.published.is_(None), personas.c.id.not_in(used))
        )
        ids = [row.id for row in await self.db.run(drafts)]
        await self.db.run(delete(persona_versions).where(persona_versions.c.persona.in_(ids)))
        await self.db.run(delete(personas).where(personas.c.id.in_(ids)))

    async def ended_before(
        self, asking: System, format: str, created_before: datetime, after: Cursor | None = None
    ) -> list[Session]:
        query = (
            select(sessions)
            .where(sessions.c.format == format, sessions.c.created_at < created_before)
            .where(sessions.c.phase.in_([Phase.COMPLETE.value, Phase.CANCELLED.value]))
            .order_by(sessions.c.created_at, sessions.c.id)
            .limit(_BATCH)
        )
        if after is not None:
            query = query.where(tuple_(sessions.c.created_at, sessions.c.id) > tuple_(after.created_at, after.id))
        return [read_session(row) for row in (await self.db.run(query)).mappings()]


def _declared() -> list[tuple[Table, Personal]]:
    """Tables that refer to others first, so that their rows go before those."""
    return [(table, PERSONAL[table.name]) for table in reversed(metadata.sorted_tables)]


def _about(table: Table, personal: Personal, community: CommunityId, account: AccountId) -> ColumnElement[bool]:
    named = or_(*(table.c[column] == account for column in personal.of))
    return named & (table.c["community"] == community)


def _renamed(table: Table, account: AccountId, as_: AccountId) -> dict[str, Any]:
    """Every text of the row with the one id in place of the other; keys may be made of it."""
    return {
        column.name: func.replace(column, account, as_)
        for column in table.c
        if isinstance(column.type, AnyText | String) and column.name not in ("id", "community")
    }


def _json(value: Any) -> object:
    if isinstance(value, datetime):
        return time_to_text(value)
    return None if isinstance(value, bytes) else value
