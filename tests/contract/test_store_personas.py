"""What every store promises about the personas that a community writes."""

from dataclasses import replace

import pytest
from tests.contract.samples import ANA, BEN, EVE, NOW, later

from vivavoce.base.ids import PersonaId
from vivavoce.domain.errors import Conflict, OwnPersonaNotFound
from vivavoce.domain.people.persona import OwnPersona, PersonaDraft, PersonaVersion
from vivavoce.services.asking import SYSTEM
from vivavoce.services.ports import Store

DRAFT = PersonaDraft(
    "Rosa",
    "AI mentor",
    "You are Rosa. {{topic}}",
    greeting="Hi",
    patience=0.7,
    wake_names=("rosa", "mentor"),
    models=("openai:gpt-4.1-mini",),
    time_limit_s=900,
)
PLAIN = DRAFT
PER = PersonaId("per_1")


def persona(id: PersonaId = PER) -> OwnPersona:
    return OwnPersona(id, ANA.community, ANA.account, PLAIN, NOW, NOW)


def version(number: int, draft: PersonaDraft = PLAIN) -> PersonaVersion:
    return PersonaVersion(PER, number, ANA.community, draft, later(number), ANA.account)


async def test_a_persona_comes_back_as_it_was_saved(store: Store) -> None:
    changed = replace(persona(), draft=replace(PLAIN, greeting=None), published=3, archived_at=later(4))
    async with store.transaction() as tx:
        await tx.personas.add(persona())
        assert await tx.personas.get(ANA, PER) == persona()
        await tx.personas.save(changed)
    async with store.reading() as tx:
        assert await tx.personas.get(BEN, PER) == changed  # of the same community
        assert await tx.personas.all(SYSTEM) == [changed]


async def test_another_community_sees_neither_persona_nor_version(store: Store) -> None:
    async with store.transaction() as tx:
        await tx.personas.add(persona())
        await tx.personas.publish(version(1))
        with pytest.raises(OwnPersonaNotFound):
            await tx.personas.get(EVE, PER)
        with pytest.raises(OwnPersonaNotFound):
            await tx.personas.version(EVE, PER, 1)
        assert await tx.personas.versions(EVE, PER) == []
        assert await tx.personas.all(EVE) == []


async def test_versions_stay_and_come_newest_first(store: Store) -> None:
    async with store.transaction() as tx:
        await tx.personas.add(persona())
        assert await tx.personas.last_version(PER) == 0
        for number in (1, 2):
            await tx.personas.publish(version(number, replace(PLAIN, title=f"Version {number}")))
    async with store.reading() as tx:
        assert [one.version for one in await tx.personas.versions(ANA, PER)] == [2, 1]
        assert (await tx.personas.version(ANA, PER, 1)).draft.title == "Version 1"
        assert await tx.personas.last_version(PER) == 2


async def test_a_version_has_its_number_alone(store: Store) -> None:
    async with store.transaction() as tx:
        await tx.personas.add(persona())
        await tx.personas.publish(version(1))
    with pytest.raises(Conflict):
        async with store.transaction() as tx:
            await tx.personas.publish(version(1))
