"""The guide as a pydantic-ai model, so that the engine knows only one kind of model.

It answers our own prompt, which comes with the request's settings; without one it makes do with the messages.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, cast

from pydantic_ai import RunContext
from pydantic_ai.messages import ModelMessage, ModelResponse, ModelResponseStreamEvent, TextPart
from pydantic_ai.models import Model, ModelRequestParameters, StreamedResponse
from pydantic_ai.settings import ModelSettings

from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Prompt
from vivavoce.providers.guide.scripts import speak
from vivavoce.providers.guide.words import sentences
from vivavoce.providers.pydantic_ai.language_model import PROMPT_KEY
from vivavoce.providers.pydantic_ai.messages import lines_of

NAME: Final = "guide"


class GuideModel(Model[None]):
    """Speaks by its scripts. It takes no tools and gives text only."""

    @property
    def model_name(self) -> str:
        return NAME

    @property
    def system(self) -> str:
        return "vivavoce"

    async def request(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
    ) -> ModelResponse:
        text = speak(_prompt(messages, model_settings))
        return ModelResponse(parts=[TextPart(text)], model_name=NAME, provider_name=self.system)

    @asynccontextmanager
    async def request_stream(
        self,
        messages: list[ModelMessage],
        model_settings: ModelSettings | None,
        model_request_parameters: ModelRequestParameters,
        run_context: RunContext[Any] | None = None,
    ) -> AsyncGenerator[StreamedResponse]:
        yield _Speaking(model_request_parameters, speak(_prompt(messages, model_settings)))


@dataclass
class _Speaking(StreamedResponse):
    """A reply given out sentence by sentence: that is what is spoken next, and it costs least."""

    text: str
    spoken_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    async def _get_event_iterator(self) -> AsyncIterator[ModelResponseStreamEvent]:
        for number, sentence in enumerate(sentences(self.text)):
            piece = f" {sentence}" if number else sentence
            for event in self._parts_manager.handle_text_delta(vendor_part_id=0, content=piece):
                yield event

    async def close_stream(self) -> None:
        """There is nothing behind it to close."""

    @property
    def model_name(self) -> str:
        return NAME

    @property
    def provider_name(self) -> str:
        return "vivavoce"

    @property
    def provider_url(self) -> None:
        return None

    @property
    def timestamp(self) -> datetime:
        return self.spoken_at


def _prompt(messages: list[ModelMessage], settings: ModelSettings | None) -> Prompt:
    ours = cast(Mapping[str, object], settings or {}).get(PROMPT_KEY)
    if isinstance(ours, Prompt):
        return ours
    lines = lines_of(messages)
    return Prompt("", lines, ReplyKind.ANSWER if lines else ReplyKind.GREETING)
