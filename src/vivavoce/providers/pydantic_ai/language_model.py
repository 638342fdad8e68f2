"""Any model that pydantic-ai can reach, as engine.ports.LanguageModel: streamed, within deadlines, with our errors."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final, cast

import anyio
from pydantic_ai.direct import model_request_stream
from pydantic_ai.exceptions import (
    AgentRunError,
    ModelAPIError,
    ModelQuotaExceededError,
    ModelRequestRejectedError,
    UserError,
)
from pydantic_ai.messages import PartDeltaEvent, PartStartEvent, TextPart, TextPartDelta
from pydantic_ai.models import Model, StreamedResponse
from pydantic_ai.settings import ModelSettings

from vivavoce.engine.ports import MalformedReply, Prompt, ProviderError, ProviderRejected, ProviderUnavailable
from vivavoce.providers.pydantic_ai.messages import messages_of

PROMPT_KEY: Final = "vivavoce_prompt"
"""The model setting that carries our whole prompt: for the guide, which reads no instructions."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds to the first piece of text, and between two."""

    first_s: float = 10.0
    next_s: float = 10.0


class PydanticAiLanguageModel:
    """Implements engine.ports.LanguageModel."""

    def __init__(self, model: Model, name: str, deadlines: Deadlines = Deadlines()) -> None:
        self.name = name
        self._model = model
        self._deadlines = deadlines

    @asynccontextmanager
    async def reply(self, prompt: Prompt) -> AsyncGenerator[AsyncIterator[str]]:
        settings = cast(ModelSettings, {PROMPT_KEY: prompt})
        try:
            async with model_request_stream(self._model, messages_of(prompt), model_settings=settings) as stream:
                yield self._pieces(stream)
        except (AgentRunError, UserError) as error:
            raise _ours(error, self.name) from None  # the vendor's message may quote the prompt

    async def _pieces(self, stream: StreamedResponse) -> AsyncIterator[str]:
        events = aiter(stream)
        limit_s = self._deadlines.first_s
        while True:
            try:
                with anyio.fail_after(limit_s):
                    event = await anext(events)
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise ProviderUnavailable(f"{self.name}: no text for {limit_s:g} s") from None
            except (AgentRunError, UserError) as error:
                raise _ours(error, self.name) from None
            text = _text_of(event)
            if text:
                limit_s = self._deadlines.next_s
                yield text

    async def aclose(self) -> None:
        """pydantic-ai shares its connections between models, and closes them with the process."""


def _text_of(event: Any) -> str:
    match event:
        case PartStartEvent(part=TextPart(content=text)):
            return text
        case PartDeltaEvent(delta=TextPartDelta(content_delta=text)):
            return text
        case _:
            return ""  # thinking, tool calls, the end of a part


def _ours(error: AgentRunError | UserError, name: str) -> ProviderError:
    """What the caller can do about it. Carries the class of the vendor's error, never its message."""
    said = f"{name}: {type(error).__name__}"
    match error:
        case ModelRequestRejectedError() | ModelQuotaExceededError() | UserError():
            return ProviderRejected(said)
        case ModelAPIError():
            return ProviderUnavailable(said)
        case _:
            return MalformedReply(said)
