"""Personas: the built-in ones, and those that a community's hosts write, publish and roll back."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Final

from vivavoce.base.ids import PersonaId
from vivavoce.base.new_id import new_id
from vivavoce.domain.errors import IllegalTransition, NotAllowed, OwnPersonaNotFound, PersonaNotFound
from vivavoce.domain.people.persona import OwnPersona, PersonaDraft, PersonaVersion, checked_draft
from vivavoce.domain.people.viewer import Standing, Viewer
from vivavoce.services.asking import Asking
from vivavoce.services.container import Services
from vivavoce.services.persona import Persona, Personas
from vivavoce.services.ports import Store

OWN: Final = "per_"
_REMEMBERED: Final = 500  # versions, which never change
Change = Callable[[PersonaDraft], PersonaDraft]


class AllPersonas:
    """Implements services.persona.Personas: a community's own, and the built-in ones for everybody.

    An id such as `per_...@3` names a version, as sessions keep it; without one it is the published version.
    """

    def __init__(self, built_in: Personas, store: Store) -> None:
        self._built_in = built_in
        self._store = store
        self._known: OrderedDict[str, PersonaVersion] = OrderedDict()  # the oldest goes first

    async def get(self, asking: Asking, id: str) -> Persona:
        name, pinned, number = id.partition("@")
        if not name.startswith(OWN):
            return await self._built_in.get(asking, id)
        if pinned and number.isascii() and number.isdecimal() and len(number) <= 9:
            return _persona(await self._version(asking, PersonaId(name), int(number)))
        own = await self._own(asking, PersonaId(name))
        if pinned or own.published is None or own.archived_at is not None:
            raise PersonaNotFound(f"The persona {name!r} is not published, or is offered no more.")
        return _persona(await self._version(asking, own.id, own.published))

    async def all(self, asking: Asking) -> list[Persona]:
        async with self._store.reading() as tx:
            own = await tx.personas.all(asking)
            offered = [one for one in own if one.published is not None and one.archived_at is None]
            versions = [await tx.personas.version(asking, one.id, one.published or 0) for one in offered]
        return [*await self._built_in.all(asking), *(_persona(version) for version in versions)]

    async def _own(self, asking: Asking, id: PersonaId) -> OwnPersona:
        try:
            async with self._store.reading() as tx:
                return await tx.personas.get(asking, id)
        except OwnPersonaNotFound as error:
            raise PersonaNotFound(str(error)) from None

    async def _version(self, asking: Asking, id: PersonaId, number: int) -> PersonaVersion:
        """From memory where it is known: rooms ask for it in the middle of a transaction of their own."""
        key = f"{id}@{number}"
        known = self._known.get(key)
        if known is None:
            try:
                async with self._store.reading() as tx:
                    known = await tx.personas.version(asking, id, number)
            except OwnPersonaNotFound as error:
                raise PersonaNotFound(str(error)) from None
            self._known[key] = known
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        if isinstance(asking, Viewer) and known.community != asking.community:
            raise PersonaNotFound(f"There is no persona {key!r} here.")
        return known


def _persona(version: PersonaVersion) -> Persona:
    return Persona(id=version.persona, version=version.version, **asdict(version.draft))


# --- writing them -----------------------------------------------------------------------------------


def require_editor(viewer: Viewer) -> None:
    """Raises NotAllowed."""
    if viewer.only is not None or not viewer.standing.covers(Standing.HOST):
        raise NotAllowed("You may not write personas: only hosts and admins may.")


async def draft_persona(viewer: Viewer, draft: PersonaDraft, *, use: Services) -> OwnPersona:
    """A persona of the viewer's community, not published yet. Raises NotAllowed, Invalid."""
    require_editor(viewer)
    at, id = use.clock.now(), PersonaId(new_id("per"))
    persona = OwnPersona(id, viewer.community, viewer.account, checked_draft(draft), at, at)
    async with use.store.transaction() as tx:
        await tx.personas.add(persona)
    return persona


async def own_personas(viewer: Viewer, *, use: Services) -> list[OwnPersona]:
    """Of the viewer's community, newest first, drafts and archived ones included. Raises NotAllowed."""
    require_editor(viewer)
    async with use.store.reading() as tx:
        return await tx.personas.all(viewer)


async def get_persona(viewer: Viewer, id: PersonaId, *, use: Services) -> OwnPersona:
    """Raises NotAllowed, OwnPersonaNotFound."""
    require_editor(viewer)
    async with use.store.reading() as tx:
        return await tx.personas.get(viewer, id)


async def change_draft(viewer: Viewer, id: PersonaId, change: Change, *, use: Services) -> OwnPersona:
    """The persona with another draft. What is published stays as it is. Raises NotAllowed, OwnPersonaNotFound, Invalid,
    IllegalTransition for an archived one."""
    require_editor(viewer)
    async with use.store.transaction() as tx:
        persona = _open(await tx.personas.get(viewer, id))
        persona = replace(persona, draft=checked_draft(change(persona.draft)), updated_at=use.clock.now())
        await tx.personas.save(persona)
    return persona


async def publish(viewer: Viewer, id: PersonaId, *, use: Services) -> OwnPersona:
    """The draft as a new version, which new sessions get. One that says nothing new makes no version.

    Raises NotAllowed, OwnPersonaNotFound, IllegalTransition.
    """
    require_editor(viewer)
    async with use.store.transaction() as tx:
        persona = _open(await tx.personas.get(viewer, id))
        at, last = use.clock.now(), await tx.personas.last_version(id)
        same = [one for one in await tx.personas.versions(viewer, id) if one.draft == persona.draft][:1]
        number = same[0].version if same else last + 1
        if not same:
            new = PersonaVersion(id, number, persona.community, persona.draft, at, viewer.account)
            await tx.personas.publish(new)
        persona = replace(persona, published=number, updated_at=at)
        await tx.personas.save(persona)
    return persona


async def roll_back(viewer: Viewer, id: PersonaId, version: int, *, use: Services) -> OwnPersona:
    """An earlier version, published again. Safe to repeat. Raises NotAllowed, OwnPersonaNotFound, IllegalTransition."""
    require_editor(viewer)
    async with use.store.transaction() as tx:
        persona = _open(await tx.personas.get(viewer, id))
        await tx.personas.version(viewer, id, version)
        persona = replace(persona, published=version, updated_at=use.clock.now())
        await tx.personas.save(persona)
    return persona


async def versions(viewer: Viewer, id: PersonaId, *, use: Services) -> list[PersonaVersion]:
    """Newest first. Raises NotAllowed, OwnPersonaNotFound."""
    require_editor(viewer)
    async with use.store.reading() as tx:
        await tx.personas.get(viewer, id)
        return await tx.personas.versions(viewer, id)


async def archive(viewer: Viewer, id: PersonaId, *, use: Services) -> None:
    """Offer it no more. Sessions keep the version they ran with. Safe to repeat.

    Raises NotAllowed, OwnPersonaNotFound.
    """
    require_editor(viewer)
    async with use.store.transaction() as tx:
        persona = await tx.personas.get(viewer, id)
        if persona.archived_at is None:
            await tx.personas.save(replace(persona, archived_at=use.clock.now()))


def _open(persona: OwnPersona) -> OwnPersona:
    if persona.archived_at is not None:
        raise IllegalTransition("This persona is archived: write a new one.")
    return persona
