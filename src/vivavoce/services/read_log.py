"""Read a session's log, and follow it without gap or repeat."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from typing import Final

from vivavoce.base.ids import SessionId
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.events import Event, shown_to
from vivavoce.domain.sessions.rights import role_of
from vivavoce.domain.sessions.session import Role
from vivavoce.services.container import Services
from vivavoce.services.ports import Lagged, Listener, Signal

_PAGE: Final = 500


async def events_after(viewer: Viewer, id: SessionId, seq: int, limit: int = 100, *, use: Services) -> list[Event]:
    """Stored events behind `seq`, in order, at most `limit` (1 to 1000). Raises SessionNotFound."""
    async with use.store.reading() as tx:
        role = role_of(viewer, await tx.sessions.get(viewer, id))
        return [shown_to(event, role) for event in await tx.log.after(viewer, id, seq, limit)]


@asynccontextmanager
async def follow(
    viewer: Viewer, id: SessionId, seq: int, *, signals: bool, use: Services
) -> AsyncGenerator[AsyncIterator[Event | Signal]]:
    """What was stored behind `seq`, then what happens, in order, each event once; with `signals`, those beside it.

    It goes on until the context is left. Raises SessionNotFound.
    """
    async with use.store.reading() as tx:
        await tx.log.after(viewer, id, seq, 1)  # may they see it at all?
        role = role_of(viewer, await tx.sessions.get(viewer, id))
    async with aclosing(_following(viewer, id, seq, role, use, signals=signals)) as items:
        yield items


async def _following(
    viewer: Viewer, id: SessionId, seq: int, role: Role | None, use: Services, *, signals: bool
) -> AsyncGenerator[Event | Signal]:
    while True:
        async with use.records.bus.listen(id, signals=signals) as listener:  # first listen, then read: no gap
            while True:
                page = await events_after(viewer, id, seq, _PAGE, use=use)
                for event in page:
                    seq = event.seq
                    yield event
                if len(page) < _PAGE:
                    break
            try:
                async for item in _fresh(listener, seq):
                    if isinstance(item, Event):
                        seq = item.seq
                        yield shown_to(item, role)
                    else:
                        yield item
            except Lagged:
                continue


async def _fresh(listener: Listener, seq: int) -> AsyncIterator[Event | Signal]:
    """The listener's items behind `seq`. Raises Lagged when one is missing in between."""
    async for item in listener:
        if isinstance(item, Event):
            if item.seq <= seq:
                continue  # read from the log already
            if item.seq > seq + 1:
                raise Lagged
            seq = item.seq
        yield item
