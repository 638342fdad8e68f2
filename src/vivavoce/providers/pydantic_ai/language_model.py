"""Any model that pydantic-ai can reach, as engine.ports.LanguageModel: streamed, within deadlines, with our errors."""

from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Generator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any, cast

import anyio
from pydantic_ai import Agent
from pydantic_ai.direct import model_request_stream
from pydantic_ai.exceptions import (
    AgentRunError,
    ModelAPIError,
    ModelQuotaExceededError,
    ModelRequestRejectedError,
    UserError,
)
from pydantic_ai.messages import PartDeltaEvent, PartStartEvent, TextPart, TextPartDelta
from pydantic_ai.models import Model
from pydantic_ai.settings import ModelSettings

from vivavoce.engine.ports import MalformedReply, Prompt, ProviderError, ProviderRejected, ProviderUnavailable
from vivavoce.providers.pydantic_ai.acting import Actor
from vivavoce.providers.pydantic_ai.messages import messages_of
from vivavoce.providers.pydantic_ai.toolbox import ROUNDS
from vivavoce.providers.tools.platform import PlatformTools


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds to the first piece of text, connecting included, and between two."""

    first_s: float = 10.0
    next_s: float = 10.0


class PydanticAiLanguageModel:
    """Implements engine.ports.LanguageModel."""

    def __init__(
        self, model: Model, name: str, deadlines: Deadlines = Deadlines(), tools: PlatformTools | None = None
    ) -> None:
        """tools: None for a model that calls none, not even those of devices."""
        self.name = name
        self._model = model
        self._deadlines = deadlines
        self._tools = tools
        self._agent = Agent(model, name="vivavoce", retries=ROUNDS)

    @asynccontextmanager
    async def reply(self, prompt: Prompt) -> AsyncGenerator[AsyncIterator[str]]:
        settings = cast(ModelSettings, patience(self._model))
        tools = self._tools.offered(prompt.tools.client) if self._tools is not None and prompt.tools else {}
        if prompt.tools is not None and tools:
            actor = Actor(self._agent, settings, self._reading, lambda error: our_error(error, self.name))
            pieces = actor.reply(prompt, prompt.tools, tools)
        else:
            pieces = self._reading(model_request_stream(self._model, messages_of(prompt), model_settings=settings))
        async with pieces as text:
            yield self._not_silent(text)

    @asynccontextmanager
    async def _reading(
        self, stream: AbstractAsyncContextManager[AsyncIterable[Any]]
    ) -> AsyncGenerator[AsyncIterator[str]]:
        """The pieces of text of one request to the model, within deadlines."""
        first_by_s = anyio.current_time() + self._deadlines.first_s
        async with AsyncExitStack() as stack:
            with self._our_errors(first_by_s):
                events = await stack.enter_async_context(stream)
            yield self._pieces(aiter(events), first_by_s)

    async def _not_silent(self, pieces: AsyncIterator[str]) -> AsyncIterator[str]:
        silent = True
        async for piece in pieces:
            silent = silent and not piece
            yield piece
        if silent:
            raise MalformedReply(f"{self.name}: a reply without text")

    async def _pieces(self, events: AsyncIterator[Any], by_s: float) -> AsyncIterator[str]:
        while True:
            try:
                with self._our_errors(by_s):
                    event = await anext(events)
            except StopAsyncIteration:
                break
            if text := _text_of(event):
                by_s = anyio.current_time() + self._deadlines.next_s
                yield text

    @contextmanager
    def _our_errors(self, by_s: float) -> Generator[None]:
        """One wait on the vendor, until `by_s` on the loop's clock."""
        try:
            with anyio.fail_after(by_s - anyio.current_time()):
                yield
        except TimeoutError:
            raise ProviderUnavailable(f"{self.name}: no text in time") from None
        except (AgentRunError, UserError) as error:
            raise our_error(error, self.name) from None  # the vendor's message may quote the prompt

    async def aclose(self) -> None:
        """Close the connections that the model's provider opened for it."""
        if self._model.provider is not None:
            async with self._model:
                pass  # leaving is what closes them


def patience(model: Model) -> dict[str, object]:
    """The settings that keep the vendor's client from trying again: the chain of providers does that (fallback.py),
    and knows whom to ask next."""
    return {} if "max_retries" in model.unsupported_settings else {"max_retries": 0}


def _text_of(event: Any) -> str:
    match event:
        case PartStartEvent(part=TextPart(content=text)):
            return text
        case PartDeltaEvent(delta=TextPartDelta(content_delta=text)):
            return text
        case _:
            return ""  # thinking, tool calls, the end of a part


def our_error(error: AgentRunError | UserError, name: str) -> ProviderError:
    """What the caller can do about it. Carries the class of the vendor's error, never its message."""
    said = f"{name}: {type(error).__name__}"
    match error:
        case ModelRequestRejectedError() | ModelQuotaExceededError() | UserError():
            return ProviderRejected(said)
        case ModelAPIError() if not isinstance(error.__cause__, ValueError):  # JSON that cannot be read is one
            return ProviderUnavailable(said)
        case _:
            return MalformedReply(said)
