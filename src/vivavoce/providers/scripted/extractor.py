"""A language model that fills in forms by script."""

from collections.abc import Callable
from typing import TypeVar

from vivavoce.engine.ports import MalformedReply, ProviderError

T = TypeVar("T")
Fill = Callable[[type[object], str], object]


class ScriptedExtractor:
    """Implements engine.ports.Extractor. asked: the form, instructions and text of each call, oldest first.

    fill: gives the filled form for the form's type and the text, or a ProviderError, which is raised.
    """

    def __init__(self, fill: Fill, name: str = "scripted") -> None:
        self.name = name
        self.asked: list[tuple[type[object], str, str]] = []
        self._fill = fill

    async def extract(self, form: type[T], *, instructions: str, text: str) -> T:
        self.asked.append((form, instructions, text))
        filled = self._fill(form, text)
        if isinstance(filled, ProviderError):
            raise filled
        if not isinstance(filled, form):
            raise MalformedReply(f"{self.name}: no {form.__name__}")
        return filled
