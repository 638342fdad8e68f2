"""Whether anything is remembered of a person: their own switch."""

from dataclasses import dataclass, replace

from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.container import Services
from vivavoce.services.ports import Transaction


@dataclass(frozen=True, slots=True)
class Switch:
    """kept: how many memories there are; when it is off they are not used, and can still be forgotten."""

    on: bool
    kept: int


async def switch_of(viewer: Viewer, *, use: Services) -> Switch:
    async with use.store.reading() as tx:
        return await _found(viewer, tx)


async def set_switch(viewer: Viewer, *, on: bool, forget: bool, use: Services) -> Switch:
    """From now on something is remembered, or nothing. forget: what is kept goes too. Safe to repeat."""
    async with use.records.change() as change:
        profile = await change.tx.profiles.get(viewer, viewer.account)
        if profile.memory is not on:
            await change.tx.profiles.save(viewer, replace(profile, memory=on))
        if forget:
            await change.tx.memories.forget_all(viewer, viewer.community, viewer.account)
        found = await _found(viewer, change.tx)
    if forget:
        await use.store.scrub()
    return found


async def _found(viewer: Viewer, tx: Transaction) -> Switch:
    profile = await tx.profiles.get(viewer, viewer.account)
    return Switch(profile.memory, await tx.memories.count(viewer, viewer.community, viewer.account))
