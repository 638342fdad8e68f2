"""A language model that fills in forms as a test says."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from vivavoce.engine.ports import ProviderError, ProviderUnavailable

T = TypeVar("T")


@dataclass(slots=True)
class Asked:
    form: type
    instructions: str
    text: str


@dataclass(slots=True)
class ScriptedExtractor:
    """Implements engine.ports.Extractor. fill: the form for what is asked; an error is raised."""

    fill: Callable[[Asked], object | ProviderError]
    name: str = "scripted:judge"
    asked: list[Asked] = field(default_factory=list[Asked])

    async def extract(self, form: type[T], *, instructions: str, text: str) -> T:
        self.asked.append(Asked(form, instructions, text))
        found = self.fill(self.asked[-1])
        if isinstance(found, ProviderError):
            raise found
        assert isinstance(found, form)
        return found


AWAY = ProviderUnavailable("scripted: away")
