"""Personas that communities wrote, as rows: the draft, and versions that never change."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, bindparam, func, insert, select, true, update

from vivavoce.base.ids import AccountId, CommunityId, PersonaId
from vivavoce.domain.errors import OwnPersonaNotFound
from vivavoce.domain.people.persona import OwnPersona, PersonaVersion, draft_from_dict, draft_to_dict
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.asking import Asking
from vivavoce.storage.answers import SWEEP_LIMIT
from vivavoce.storage.sql import Row, Running
from vivavoce.storage.tables.people import persona_versions, personas
from vivavoce.storage.types import AnyText


@dataclass(frozen=True, slots=True)
class SqlOwnPersonas:
    db: Running

    async def add(self, persona: OwnPersona) -> None:
        await self.db.run(_ADD, _row(persona))

    async def get(self, asking: Asking, id: PersonaId) -> OwnPersona:
        found = (await self.db.run(_get(type(asking)), {**_of(asking), "by_id": id})).mappings().one_or_none()
        if found is None:
            raise _none(id)
        return _persona(found)

    async def save(self, persona: OwnPersona) -> None:
        await self.db.run(_SAVE, {**_row(persona), "by_id": persona.id})

    async def all(self, asking: Asking) -> list[OwnPersona]:
        found = await self.db.run(_all(type(asking)), _of(asking))
        return [_persona(row) for row in found.mappings()]

    async def publish(self, version: PersonaVersion) -> None:
        row = {
            "persona": version.persona,
            "version": version.version,
            "community": version.community,
            "document": draft_to_dict(version.draft),
            "at": version.at,
            "by": version.by,
        }
        await self.db.run(_PUBLISH, row)

    async def version(self, asking: Asking, id: PersonaId, version: int) -> PersonaVersion:
        values = {**_of(asking), "by_id": id, "by_version": version}
        found = (await self.db.run(_version(type(asking)), values)).mappings().one_or_none()
        if found is None:
            raise OwnPersonaNotFound(f"This persona has no version {version}.")
        return _read_version(found)

    async def versions(self, asking: Asking, id: PersonaId) -> list[PersonaVersion]:
        found = await self.db.run(_versions(type(asking)), {**_of(asking), "by_id": id})
        return [_read_version(row) for row in found.mappings()]

    async def last_version(self, id: PersonaId) -> int:
        return int((await self.db.run(_LAST, {"by_id": id})).scalar_one() or 0)


def _none(id: str) -> OwnPersonaNotFound:
    return OwnPersonaNotFound(f"The community has no persona {id!r} of its own. Built-in ones stay as they are.")


def _of(asking: Asking) -> dict[str, Any]:
    return {"by_community": asking.community} if isinstance(asking, Viewer) else {}


def _here(asking: type[Asking], table: Table) -> ColumnElement[bool]:
    """Of the community of who asks; the platform sees all."""
    if asking is not Viewer:
        return true()
    return table.c["community"] == bindparam("by_community", type_=AnyText())


_ADD = insert(personas)
_SAVE = update(personas).where(personas.c.id == bindparam("by_id"))
_PUBLISH = insert(persona_versions)
_LAST = select(func.max(persona_versions.c.version)).where(persona_versions.c.persona == bindparam("by_id"))


@cache
def _get(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    return select(personas).where(personas.c.id == bindparam("by_id"), _here(asking, personas))


@cache
def _all(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    newest = (personas.c.created_at.desc(), personas.c.id.desc())
    return select(personas).where(_here(asking, personas)).order_by(*newest).limit(SWEEP_LIMIT)


@cache
def _version(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    return select(persona_versions).where(
        persona_versions.c.persona == bindparam("by_id"),
        persona_versions.c.version == bindparam("by_version"),
        _here(asking, persona_versions),
    )


@cache
def _versions(asking: type[Asking]) -> Select[*tuple[Any, ...]]:
    return (
        select(persona_versions)
        .where(persona_versions.c.persona == bindparam("by_id"), _here(asking, persona_versions))
        .order_by(persona_versions.c.version.desc())
        .limit(SWEEP_LIMIT)
    )


def _row(persona: OwnPersona) -> Row:
    return {
        "id": persona.id,
        "community": persona.community,
        "owner": persona.owner,
        "draft": draft_to_dict(persona.draft),
        "published": persona.published,
        "archived_at": persona.archived_at,
        "created_at": persona.created_at,
        "updated_at": persona.updated_at,
    }


def _persona(row: Mapping[Any, Any]) -> OwnPersona:
    return OwnPersona(
        PersonaId(row["id"]),
        CommunityId(row["community"]),
        AccountId(row["owner"]),
        draft_from_dict(row["draft"]),
        row["created_at"],
        row["updated_at"],
        row["published"],
        row["archived_at"],
    )


def _read_version(row: Mapping[Any, Any]) -> PersonaVersion:
    return PersonaVersion(
        PersonaId(row["persona"]),
        row["version"],
        CommunityId(row["community"]),
        draft_from_dict(row["document"]),
        row["at"],
        AccountId(row["by"]),
    )
