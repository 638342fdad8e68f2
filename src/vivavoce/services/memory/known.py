"""What a person does with what is remembered of them: see, add, change, pin, pause, forget, and ask where from."""

from dataclasses import dataclass, replace

from vivavoce.base.ids import MemoryId
from vivavoce.base.new_id import new_id
from vivavoce.domain.errors import Invalid, NotAllowed, SessionNotFound
from vivavoce.domain.memory.memory import LONGEST_TEXT, Memory, MemoryKind
from vivavoce.domain.people.viewer import Standing, Viewer
from vivavoce.domain.sessions.session import Session
from vivavoce.services.asking import Cursor
from vivavoce.services.container import Services
from vivavoce.services.people.ports import Listing


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be changed of a memory; None: left as it is."""

    text: str | None = None
    kind: MemoryKind | None = None
    pinned: bool | None = None
    paused: bool | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a memory comes from. session: None where it is gone or not the viewer's any more."""

    memory: Memory
    session: Session | None


async def list_memories(
    viewer: Viewer,
    *,
    use: Services,
    query: str = "",
    kind: MemoryKind | None = None,
    after: Cursor | None = None,
    limit: int = 50,
) -> Listing[Memory]:
    """What holds today, newest first. query: any of its words. limit: 1 to 100."""
    async with use.store.reading() as tx:
        return await tx.memories.page(
            viewer, viewer.community, viewer.account, query=query, kind=kind, after=after, limit=limit
        )


async def get_memory(viewer: Viewer, id: MemoryId, *, use: Services) -> Memory:
    """Raises MemoryNotFound."""
    async with use.store.reading() as tx:
        return await tx.memories.get(viewer, id)


async def add_memory(viewer: Viewer, kind: MemoryKind, text: str, *, pinned: bool, use: Services) -> Memory:
    """A person's own note. It is kept also where memory is switched off: they wrote it. Raises Invalid, NotAllowed."""
    if viewer.standing is Standing.GUEST:
        raise NotAllowed("Nothing is remembered of guests: sign in with an account of your own.")
    async with use.records.change() as change:
        memory = Memory(
            MemoryId(new_id("mem")), viewer.community, viewer.account, kind, _tidy(text), change.at, change.at
        )
        memory = replace(memory, noted=True, pinned=pinned)
        await change.tx.memories.add(memory)
    return memory


async def change_memory(viewer: Viewer, id: MemoryId, changes: Changes, *, use: Services) -> Memory:
    """The memory with these changes. Raises MemoryNotFound, Invalid."""
    async with use.records.change() as change:
        memory = await change.tx.memories.get(viewer, id)
        changed = replace(
            memory,
            text=memory.text if changes.text is None else _tidy(changes.text),
            kind=changes.kind or memory.kind,
            pinned=memory.pinned if changes.pinned is None else changes.pinned,
            paused=memory.paused if changes.paused is None else changes.paused,
        )
        if changed != memory:
            await change.tx.memories.save(replace(changed, updated_at=change.at))
        return await change.tx.memories.get(viewer, id)


async def forget_memory(viewer: Viewer, id: MemoryId, *, use: Services) -> None:
    """It is gone, with what it replaced, and is not learnt again from the same turns. Raises MemoryNotFound."""
    async with use.records.change() as change:
        await change.tx.memories.forget(viewer, id)
    await use.store.scrub()


async def forget_all(viewer: Viewer, *, use: Services) -> int:
    """All of the viewer's memories are gone; how many there were."""
    async with use.records.change() as change:
        count = await change.tx.memories.forget_all(viewer, viewer.community, viewer.account)
    await use.store.scrub()
    return count


async def history_of(viewer: Viewer, id: MemoryId, *, use: Services) -> list[Memory]:
    """The memory with what it replaced and what replaced it, oldest first. Raises MemoryNotFound."""
    async with use.store.reading() as tx:
        return await tx.memories.history(viewer, id)


async def origin_of(viewer: Viewer, id: MemoryId, *, use: Services) -> Origin:
    """Where it was learnt. Raises MemoryNotFound."""
    async with use.store.reading() as tx:
        memory = await tx.memories.get(viewer, id)
        if memory.session is None:
            return Origin(memory, None)
        try:
            return Origin(memory, await tx.sessions.get(viewer, memory.session))
        except SessionNotFound:
            return Origin(memory, None)


def _tidy(text: str) -> str:
    """Raises Invalid."""
    tidy = " ".join(text.split())
    if not 0 < len(tidy) <= LONGEST_TEXT:
        raise Invalid(f"A memory has 1 to {LONGEST_TEXT} characters.")
    return tidy
