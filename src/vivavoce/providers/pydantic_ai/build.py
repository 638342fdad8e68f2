"""Makes the language model that the configuration names."""

import os

from pydantic_ai.exceptions import UserError
from pydantic_ai.models import Model, infer_model
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider

from vivavoce.base.config import DeadlinesConfig, ModelsConfig
from vivavoce.engine.ports import ProviderRejected
from vivavoce.providers.guide.model import NAME as GUIDE
from vivavoce.providers.guide.model import guide_model
from vivavoce.providers.pydantic_ai.language_model import Deadlines, PydanticAiLanguageModel

_NO_KEY = "none"  # servers on one's own machine ask for none, and the client insists on one


def build(name: str, models: ModelsConfig, deadlines: DeadlinesConfig) -> PydanticAiLanguageModel:
    """`guide`, or `PROVIDER:MODEL`. Raises ProviderRejected, with what to do, if it cannot be made."""
    limits = Deadlines(deadlines.llm_first_s, deadlines.llm_next_s)
    if name == GUIDE:
        return PydanticAiLanguageModel(guide_model(), name, limits)
    return PydanticAiLanguageModel(_model(name, models), name, limits)


def _model(name: str, models: ModelsConfig) -> Model:
    kind, _, model = name.partition(":")
    key = models.llm_api_key.get_secret_value() if models.llm_api_key is not None else None
    if kind == "openai" and (models.llm_base_url is not None or key is not None):
        key = key or os.environ.get("OPENAI_API_KEY", _NO_KEY)
        return OpenAIChatModel(model, provider=OpenAIProvider(base_url=models.llm_base_url, api_key=key))
    try:
        return infer_model(name)
    except (UserError, ImportError, ValueError) as error:
        raise ProviderRejected(f"{name} cannot be used: {_first_sentence(error)}") from error


def _first_sentence(error: Exception) -> str:
    return str(error).split("\n", 1)[0]
