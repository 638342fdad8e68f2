"""Makes the language model that the configuration names.

The vendors' libraries load only for the model that is asked for.
"""

import importlib
import os
from typing import Any, Final

from pydantic_ai.exceptions import UserError
from pydantic_ai.models import Model, infer_model
from pydantic_ai.providers import Provider, infer_provider, infer_provider_class

from vivavoce.base.config import DeadlinesConfig, ModelsConfig
from vivavoce.engine.ports import ProviderRejected
from vivavoce.providers.pydantic_ai.extractor import PydanticAiExtractor
from vivavoce.providers.pydantic_ai.language_model import Deadlines, PydanticAiLanguageModel
from vivavoce.providers.tools.platform import PlatformTools

_NO_KEY: Final = "none"  # servers on one's own machine ask for none, and the client insists on one
_OLLAMA: Final = "http://127.0.0.1:11434/v1"  # where Ollama listens unless it is told otherwise


def build(
    name: str, models: ModelsConfig, deadlines: DeadlinesConfig, tools: PlatformTools | None = None
) -> PydanticAiLanguageModel:
    """`PROVIDER:MODEL`. Raises ProviderRejected, with what to do, if it cannot be made. tools: what it may call."""
    limits = Deadlines(deadlines.llm_first_s, deadlines.llm_next_s)
    return PydanticAiLanguageModel(_model(name, models), name, limits, tools)


def build_extractor(name: str, models: ModelsConfig, deadlines: DeadlinesConfig) -> PydanticAiExtractor:
    """`PROVIDER:MODEL`, to fill in forms. Raises ProviderRejected, with what to do, if it cannot be made."""
    return PydanticAiExtractor(_model(name, models), name, deadlines.form_s)


def _model(name: str, models: ModelsConfig) -> Model:
    kind, _, model = name.partition(":")
    key = _key(name, models)
    try:
        if kind == "openai" and models.llm_base_url is not None:
            provider = _class("pydantic_ai.providers.openai", "OpenAIProvider")(
                base_url=models.llm_base_url, api_key=key or _NO_KEY
            )
            return _class("pydantic_ai.models.openai", "OpenAIChatModel")(model, provider=provider)
        return infer_model(name, lambda provider: _provider(provider, key))
    except (UserError, ImportError, ValueError, TypeError) as error:
        raise ProviderRejected(f"{name} cannot be used: {_first_sentence(error)}") from None


def _provider(name: str, key: str | None) -> Provider[Any]:
    if name == "ollama":
        return infer_provider_class(name)(base_url=os.environ.get("OLLAMA_BASE_URL", _OLLAMA))  # pyright: ignore[reportCallIssue]
    if key is None:
        return infer_provider(name)
    return infer_provider_class(name)(api_key=key)  # pyright: ignore[reportCallIssue]: each has its own signature


def _key(name: str, models: ModelsConfig) -> str | None:
    """The configured key, which is for the first model that can need one."""
    first = next((choice for choice in models.llm if ":" in choice), None)
    return models.llm_api_key.get_secret_value() if models.llm_api_key is not None and name == first else None


def _class(module: str, name: str) -> Any:
    return getattr(importlib.import_module(module), name)


def _first_sentence(error: Exception) -> str:
    return str(error).split("\n", 1)[0]
