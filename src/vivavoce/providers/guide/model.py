"""The guide as a pydantic-ai model, so that the engine knows only one kind of model."""

import re
from collections.abc import AsyncIterator, Mapping
from typing import Final, cast

from pydantic_ai.messages import ModelMessage, ModelResponse, TextPart
from pydantic_ai.models.function import AgentInfo, FunctionModel

from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Prompt
from vivavoce.providers.guide.scripts import speak
from vivavoce.providers.pydantic_ai.language_model import PROMPT_KEY
from vivavoce.providers.pydantic_ai.messages import lines_of

NAME: Final = "guide"
_PIECE: Final = re.compile(r"\S+\s*")


def guide_model() -> FunctionModel:
    """The guide, streaming word by word, or whole."""
    return FunctionModel(_whole, stream_function=_by_words, model_name=NAME)


async def _whole(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
    return ModelResponse(parts=[TextPart(speak(_prompt(messages, info)))])


async def _by_words(messages: list[ModelMessage], info: AgentInfo) -> AsyncIterator[str]:
    for piece in _PIECE.findall(speak(_prompt(messages, info))):
        yield piece


def _prompt(messages: list[ModelMessage], info: AgentInfo) -> Prompt:
    settings = cast(Mapping[str, object], info.model_settings or {})
    ours = settings.get(PROMPT_KEY)
    if isinstance(ours, Prompt):
        return ours
    lines = lines_of(messages)
    return Prompt("", lines, ReplyKind.ANSWER if lines else ReplyKind.GREETING)
