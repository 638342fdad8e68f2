"""Who the AI is in a session, and where personas come from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from vivavoce.engine.ports import Models
from vivavoce.services.asking import Asking


@dataclass(frozen=True, slots=True)
class Persona:
    """Who the AI is. `instructions` and `greeting` may hold `{{variables}}`.

    patience: 0 (quick to answer) to 1 (waits long). interruptible: may people barge in. wake_phrase: what calls it
    where it speaks only when called; wake_names: what it is called by besides. models: the language models to use, of
    those the platform has; empty: the platform's choice. time_limit_s: of a session with it, where the format's is
    longer. reply_words: how long its replies may be. suits: the formats it is written for, to choose it by; empty: any.
    version: of a community's own; None for a built-in one.
    """

    id: str
    name: str
    title: str
    instructions: str
    greeting: str | None = None
    voice: str = ""
    language: str = "en"
    look: str = "default"
    patience: float = 0.5
    interruptible: bool = True
    wake_names: tuple[str, ...] = ()
    wake_phrase: str = "hey agent"
    models: tuple[str, ...] = ()
    time_limit_s: int | None = None
    reply_words: int | None = None
    suits: tuple[str, ...] = ()
    version: int | None = None

    @property
    def pinned(self) -> str:
        """What a session keeps: the id, with the version where there are several."""
        return self.id if self.version is None else f"{self.id}@{self.version}"


ModelsOf = Callable[[Sequence[str]], Models]
"""The models to work with where a persona names language models: those of them that are configured, in its order, then
the platform's."""


class Personas(Protocol):
    async def get(self, asking: Asking, id: str) -> Persona:
        """Raises PersonaNotFound."""
        ...

    async def all(self, asking: Asking) -> list[Persona]: ...
