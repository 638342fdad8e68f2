"""What the use cases of people need of the store. A person sees and changes their own; the platform sees all."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from vivavoce.base.ids import AccountId, CommunityId, GoalId, NoteId, PersonaId, ProjectId, SessionId
from vivavoce.domain.people.days import Day
from vivavoce.domain.people.goals import Goal, GoalState
from vivavoce.domain.people.notes import Note
from vivavoce.domain.people.persona import OwnPersona, PersonaVersion
from vivavoce.domain.people.profile import Profile
from vivavoce.domain.people.projects import Project
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.asking import Asking, Cursor

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """A page of anything, newest first."""

    items: tuple[T, ...]
    next: Cursor | None = None


class Profiles(Protocol):
    async def get(self, asking: Asking, account: AccountId) -> Profile:
        """An empty one if none was saved, or if it is not that of who asks."""
        ...

    async def save(self, viewer: Viewer, profile: Profile) -> None:
        """Write the viewer's own, whole."""
        ...

    async def forget(self, asking: Asking, account: AccountId) -> None: ...


class Goals(Protocol):
    async def add(self, goal: Goal) -> None: ...

    async def get(self, asking: Asking, id: GoalId) -> Goal:
        """Raises GoalNotFound, also for a goal that is not that of who asks."""
        ...

    async def save(self, goal: Goal) -> None: ...

    async def page(
        self,
        asking: Asking,
        account: AccountId,
        *,
        state: GoalState | None = None,
        after: Cursor | None = None,
        limit: int = 50,
    ) -> Listing[Goal]:
        """Newest first. limit: 1 to 100."""
        ...

    async def forget(self, asking: Asking, account: AccountId) -> None: ...


class Projects(Protocol):
    async def add(self, project: Project) -> None: ...

    async def get(self, asking: Asking, id: ProjectId) -> Project:
        """Raises ProjectNotFound, also for a project that is not that of who asks."""
        ...

    async def save(self, project: Project) -> None: ...

    async def remove(self, asking: Asking, id: ProjectId) -> None:
        """Raises ProjectNotFound."""
        ...

    async def page(
        self, asking: Asking, account: AccountId, *, after: Cursor | None = None, limit: int = 50
    ) -> Listing[Project]:
        """Newest first. limit: 1 to 100."""
        ...

    async def forget(self, asking: Asking, account: AccountId) -> None: ...


class Days(Protocol):
    async def count(self, community: CommunityId, account: AccountId, day: date, seconds: int) -> None:
        """One more session on this day. To be called once for each, in the transaction that ends it."""
        ...

    async def between(self, asking: Asking, account: AccountId, first: date, last: date) -> list[Day]:
        """The days with something on them, both ends included, oldest first."""
        ...

    async def all(self, asking: Asking, account: AccountId) -> list[date]:
        """Oldest first."""
        ...

    async def forget(self, asking: Asking, account: AccountId) -> None: ...


class Notes(Protocol):
    async def add(self, note: Note) -> None: ...

    async def get(self, asking: Asking, session: SessionId, id: NoteId) -> Note:
        """Raises NoteNotFound, also for a note that is not that of who asks."""
        ...

    async def save(self, note: Note) -> None: ...

    async def of(self, asking: Asking, session: SessionId, account: AccountId) -> list[Note]:
        """Oldest first."""
        ...

    async def count(self, session: SessionId, account: AccountId) -> int: ...

    async def remove(self, asking: Asking, session: SessionId, id: NoteId) -> None:
        """Raises NoteNotFound."""
        ...

    async def forget(self, asking: Asking, account: AccountId) -> None: ...


class OwnPersonas(Protocol):
    """A community's own. Drafts are for its hosts; the use cases see to that."""

    async def add(self, persona: OwnPersona) -> None: ...

    async def get(self, asking: Asking, id: PersonaId) -> OwnPersona:
        """Raises OwnPersonaNotFound, also for one of another community."""
        ...

    async def save(self, persona: OwnPersona) -> None: ...

    async def all(self, asking: Asking) -> list[OwnPersona]:
        """Newest first, at most 1,000."""
        ...

    async def publish(self, version: PersonaVersion) -> None:
        """Keep a version. Raises Conflict if there is one with its number."""
        ...

    async def version(self, asking: Asking, id: PersonaId, version: int) -> PersonaVersion:
        """Raises OwnPersonaNotFound."""
        ...

    async def versions(self, asking: Asking, id: PersonaId) -> list[PersonaVersion]:
        """Newest first."""
        ...

    async def last_version(self, id: PersonaId) -> int:
        """0 before the first."""
        ...


class Pictures(Protocol):
    async def small(self, content: bytes) -> bytes:
        """The picture of a PNG, JPEG or WebP file as a PNG of at most 256 pixels a side, and nothing else of it.

        What it is, is read from its content. Raises UnsupportedMedia, TooLarge for one of too many pixels.
        """
        ...
