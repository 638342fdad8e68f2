"""Any model that pydantic-ai can reach, as engine.ports.Extractor: it fills in a form, which is checked."""

from typing import Final, TypeVar, cast

import anyio
from pydantic_ai import Agent
from pydantic_ai.exceptions import AgentRunError, UserError
from pydantic_ai.models import Model
from pydantic_ai.settings import ModelSettings

from vivavoce.engine.ports import ProviderUnavailable
from vivavoce.providers.pydantic_ai.language_model import our_error, patience

_AGAIN: Final = 1  # how often a form that does not fit is asked for once more
T = TypeVar("T")


class PydanticAiExtractor:
    """Implements engine.ports.Extractor. deadline_s: for a form, both times it may be asked for."""

    def __init__(self, model: Model, name: str, deadline_s: float = 60.0) -> None:
        self.name = name
        self._model = model
        self._deadline_s = deadline_s

    async def extract(self, form: type[T], *, instructions: str, text: str) -> T:
        agent = Agent(self._model, name="vivavoce", output_type=form, instructions=instructions, retries=_AGAIN)
        settings = cast(ModelSettings, patience(self._model))
        try:
            with anyio.fail_after(self._deadline_s):
                return (await agent.run(text, model_settings=settings)).output
        except TimeoutError:
            raise ProviderUnavailable(f"{self.name}: no form in time") from None
        except (AgentRunError, UserError) as error:
            raise our_error(error, self.name) from None  # the vendor's message may quote the text

    async def aclose(self) -> None:
        """Close the connections that the model's provider opened for it."""
        if self._model.provider is not None:
            async with self._model:
                pass  # leaving is what closes them
