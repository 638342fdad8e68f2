"""A language model held to a length: whole sentences up to so many words, and at least one."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from vivavoce.engine.ports import LanguageModel, Models, Prompt
from vivavoce.engine.sentences import SentenceSplitter


@dataclass(frozen=True, slots=True)
class BriefLanguageModel:
    """Implements LanguageModel. What comes after the last sentence that fits is not waited for."""

    model: LanguageModel
    words: int

    @property
    def name(self) -> str:
        return self.model.name

    @asynccontextmanager
    async def reply(self, prompt: Prompt) -> AsyncGenerator[AsyncIterator[str]]:
        async with self.model.reply(prompt) as pieces:
            yield _held(pieces, self.words)

    async def aclose(self) -> None:
        await self.model.aclose()


def held_to(models: Models, words: int | None) -> Models:
    """The models, their replies at most so long; None: as long as they are."""
    return models if words is None else replace(models, llm=BriefLanguageModel(models.llm, words))


async def _held(pieces: AsyncIterator[str], words: int) -> AsyncIterator[str]:
    splitter, given = SentenceSplitter(), 0
    async for piece in pieces:
        if not piece:
            yield piece  # a tool is at work
        for sentence in splitter.push(piece):
            given += len(sentence.split())
            if given > words and given > len(sentence.split()):
                return
            yield sentence
    rest = splitter.rest()
    if rest and (not given or given + len(rest.split()) <= words):
        yield rest
