"""A language model that answers by script."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import anyio

from vivavoce.engine.ports import Prompt, ProviderError


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model writes, word by word. first_s: until its first word; word_s: between words.

    fails: raised after `fails_after` words (None: it does not fail).
    """

    text: str
    first_s: float = 0.0
    word_s: float = 0.0
    fails: ProviderError | None = None
    fails_after: int = 0


class ScriptedLanguageModel:
    """Implements engine.ports.LanguageModel. prompts: all it was asked, oldest first."""

    def __init__(self, script: Callable[[Prompt], Answer], name: str = "scripted") -> None:
        self.name = name
        self.prompts: list[Prompt] = []
        self._script = script

    @asynccontextmanager
    async def reply(self, prompt: Prompt) -> AsyncGenerator[AsyncIterator[str]]:
        self.prompts.append(prompt)
        yield _written(self._script(prompt))

    async def aclose(self) -> None:
        """Nothing to close."""


async def _written(answer: Answer) -> AsyncIterator[str]:
    await anyio.sleep(answer.first_s)
    for number, word in enumerate(answer.text.split()):
        if answer.fails is not None and number >= answer.fails_after:
            raise answer.fails
        if number:
            await anyio.sleep(answer.word_s)
        yield word if number == 0 else f" {word}"
    if answer.fails is not None:
        raise answer.fails
