"""What the use cases of memory need of the store. A person sees and changes their own; the platform sees all."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from vivavoce.base.ids import AccountId, CommunityId, MemoryId, SessionId
from vivavoce.domain.memory.memory import Memory, MemoryKind
from vivavoce.services.asking import Asking, Cursor
from vivavoce.services.people.ports import Listing


class Memories(Protocol):
    async def add(self, memory: Memory) -> None: ...

    async def save(self, memory: Memory) -> None:
        """All of it anew, by its id. Nothing happens if it was forgotten meanwhile."""
        ...

    async def get(self, asking: Asking, id: MemoryId) -> Memory:
        """Raises MemoryNotFound, also for one that is not that of who asks."""
        ...

    async def current(self, asking: Asking, community: CommunityId, account: AccountId) -> list[Memory]:
        """All that hold today, paused ones too; newest first, at most 1,000."""
        ...

    async def count(self, asking: Asking, community: CommunityId, account: AccountId) -> int:
        """How many hold today."""
        ...

    async def page(
        self,
        asking: Asking,
        community: CommunityId,
        account: AccountId,
        *,
        query: str = "",
        kind: MemoryKind | None = None,
        after: Cursor | None = None,
        limit: int = 50,
    ) -> Listing[Memory]:
        """Those that hold today, newest first. query: any of its words; people's text, taken as words only.
        limit: 1 to 100."""
        ...

    async def search(
        self, asking: Asking, community: CommunityId, account: AccountId, query: str, limit: int = 50
    ) -> list[MemoryId]:
        """Those that hold today and have any of the words, the best match first."""
        ...

    async def history(self, asking: Asking, id: MemoryId) -> list[Memory]:
        """The memory, what it took the place of, and what took its place; oldest first. Raises MemoryNotFound."""
        ...

    async def forget(self, asking: Asking, id: MemoryId) -> None:
        """The memory and what it took the place of are gone, and not learnt again from the same turns.
        Raises MemoryNotFound."""
        ...

    async def forget_all(self, asking: Asking, community: CommunityId, account: AccountId) -> int:
        """All of a person's; how many there were. Not learnt again from the same turns."""
        ...

    async def is_forgotten(self, memory: Memory) -> bool:
        """Whether the same words of the same turn were forgotten."""
        ...

    async def erase(self, community: CommunityId, account: AccountId) -> None:
        """All of a person's, and what was forgotten: nothing is left that names them."""
        ...

    async def begin(self, session: SessionId, community: CommunityId, at: datetime) -> bool:
        """Mark that a session was gone through. False: it was before."""
        ...

    async def of_session(self, asking: Asking, session: SessionId) -> Sequence[Memory]:
        """What was learnt from a session, by turn; oldest first."""
        ...
