"""What is remembered of oneself: see, search, change, pin, pause, forget, and ask where it comes from."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Response

from vivavoce.api.access import Asker, Use
from vivavoce.api.errors import problems
from vivavoce.api.http.cursors import read_cursor, write_cursor
from vivavoce.api.http.memories_shapes import (
    ForgottenOut,
    MemoryChangeIn,
    MemoryHistory,
    MemoryIn,
    MemoryOut,
    MemoryPage,
    SourceOut,
    SwitchIn,
    SwitchOut,
)
from vivavoce.api.http.shapes import PLAIN
from vivavoce.api.idempotency import HEADER, IdempotentRoute
from vivavoce.base.ids import MemoryId
from vivavoce.domain.errors import Conflict, IdempotencyMismatch, Invalid, MemoryNotFound, NotAllowed
from vivavoce.domain.memory.memory import MemoryKind
from vivavoce.services.memory import known, switch
from vivavoce.services.memory.known import Changes

router = APIRouter(prefix="/api", tags=["memory"], route_class=IdempotentRoute)

_LOCATION: Final[dict[int | str, dict[str, Any]]] = {
    201: {"headers": {"Location": {"description": "Its path.", "schema": {"type": "string"}}}}
}
MemoryPath = Annotated[
    str, Path(description="The memory's id.", max_length=200, examples=["mem_01k9z0c0v5g2m4q8r1t3w6y9e0"])
]


@router.get("/memories", operation_id="listMemories", responses=problems(Invalid))
async def list_memories(
    *,
    viewer: Asker,
    use: Use,
    q: Annotated[
        str, Query(max_length=500, pattern=PLAIN, description="Only those with any of these words, in any form.")
    ] = "",
    kind: Annotated[MemoryKind | None, Query(description="Only those of this kind.")] = None,
    cursor: Annotated[str | None, Query(max_length=200, description="`next_cursor` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="How many on a page.")] = 50,
) -> MemoryPage:
    """List what is remembered of oneself and holds today, newest first."""
    after = read_cursor(cursor) if cursor is not None else None
    page = await known.list_memories(viewer, use=use, query=q, kind=kind, after=after, limit=limit)
    next_cursor = write_cursor(page.next) if page.next is not None else None
    return MemoryPage(items=[MemoryOut.of(one) for one in page.items], next_cursor=next_cursor)


@router.post(
    "/memories",
    status_code=201,
    operation_id="addMemory",
    openapi_extra={"parameters": [HEADER]},
    responses=_LOCATION | problems(Invalid, NotAllowed, IdempotencyMismatch, Conflict),
)
async def add_memory(new: MemoryIn, response: Response, viewer: Asker, use: Use) -> MemoryOut:
    """Add a note of one's own to what is remembered."""
    memory = await known.add_memory(viewer, new.kind, new.text, pinned=new.pinned, use=use)
    response.headers["Location"] = f"/api/memories/{memory.id}"
    return MemoryOut.of(memory)


@router.delete("/memories", operation_id="forgetAllMemories", responses=problems())
async def forget_all_memories(viewer: Asker, use: Use) -> ForgottenOut:
    """Forget all that is remembered of oneself. It is not learnt again from the same turns."""
    return ForgottenOut(forgotten=await known.forget_all(viewer, use=use))


@router.get("/memories/{id}", operation_id="getMemory", responses=problems(MemoryNotFound))
async def get_memory(id: MemoryPath, viewer: Asker, use: Use) -> MemoryOut:
    """Look at one thing that is remembered."""
    return MemoryOut.of(await known.get_memory(viewer, MemoryId(id), use=use))


@router.patch("/memories/{id}", operation_id="changeMemory", responses=problems(MemoryNotFound, Invalid))
async def change_memory(id: MemoryPath, wanted: MemoryChangeIn, viewer: Asker, use: Use) -> MemoryOut:
    """Correct it, pin it, or pause it."""
    changes = Changes(wanted.text, wanted.kind, wanted.pinned, wanted.paused)
    return MemoryOut.of(await known.change_memory(viewer, MemoryId(id), changes, use=use))


@router.delete("/memories/{id}", status_code=204, operation_id="forgetMemory", responses=problems(MemoryNotFound))
async def forget_memory(id: MemoryPath, viewer: Asker, use: Use) -> None:
    """Forget it, and what it had replaced. It is not learnt again from the same turn."""
    await known.forget_memory(viewer, MemoryId(id), use=use)


@router.get("/memories/{id}/source", operation_id="whereMemoryIsFrom", responses=problems(MemoryNotFound))
async def where_memory_is_from(id: MemoryPath, viewer: Asker, use: Use) -> SourceOut:
    """Ask where it comes from: the session, the turn, and the words."""
    return SourceOut.of(await known.origin_of(viewer, MemoryId(id), use=use))


@router.get("/memories/{id}/history", operation_id="readMemoryHistory", responses=problems(MemoryNotFound))
async def read_memory_history(id: MemoryPath, viewer: Asker, use: Use) -> MemoryHistory:
    """Read what it replaced, and what replaced it, oldest first."""
    found = await known.history_of(viewer, MemoryId(id), use=use)
    return MemoryHistory(items=[MemoryOut.of(one) for one in found])


@router.get("/memory", operation_id="getMemorySwitch", responses=problems())
async def get_memory_switch(viewer: Asker, use: Use) -> SwitchOut:
    """See whether anything is remembered of oneself, and how much is kept."""
    return SwitchOut.of(await switch.switch_of(viewer, use=use))


@router.patch("/memory", operation_id="setMemorySwitch", responses=problems())
async def set_memory_switch(wanted: SwitchIn, viewer: Asker, use: Use) -> SwitchOut:
    """Switch memory on or off; switching it off may forget what is kept as well."""
    return SwitchOut.of(await switch.set_switch(viewer, on=wanted.on, forget=wanted.forget, use=use))
