"""The guide as a language model: it answers the engine's own prompt by its scripts, and needs no library."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from vivavoce.engine.ports import Prompt
from vivavoce.providers.guide.scripts import speak
from vivavoce.providers.guide.words import sentences

NAME: Final = "guide"


class GuideLanguageModel:
    """Implements engine.ports.LanguageModel. It calls no tools."""

    name = NAME

    @asynccontextmanager
    async def reply(self, prompt: Prompt) -> AsyncGenerator[AsyncIterator[str]]:
        yield _sentence_by_sentence(speak(prompt))

    async def aclose(self) -> None:
        """There is nothing behind it to close."""


async def _sentence_by_sentence(text: str) -> AsyncIterator[str]:
    """A sentence is what is spoken next."""
    for number, sentence in enumerate(sentences(text)):
        yield f" {sentence}" if number else sentence
