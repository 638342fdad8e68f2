"""The model that a name in the configuration stands for, and what it is sent."""

import pytest
from pydantic import SecretStr
from pydantic_ai.models.test import TestModel
from tests.openai_server import openai_server, saying

from vivavoce.base.config import DeadlinesConfig, ModelsConfig
from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Line, Prompt, ProviderRejected
from vivavoce.providers.pydantic_ai.build import build
from vivavoce.providers.pydantic_ai.language_model import PydanticAiLanguageModel

DEADLINES = DeadlinesConfig()
PROMPT = Prompt(
    "You are Ada.",
    (Line(None, "Hello.", kind=ReplyKind.GREETING), Line("Ana", "Hi."), Line("Ben", "Hey.")),
    ReplyKind.ANSWER,
    facts={"person_name": "Ana"},
)


@pytest.mark.parametrize("name", ["openai:gpt-x", "anthropic:claude-x", "nonsense:model"])
def test_a_model_that_cannot_be_had_is_rejected_with_a_sentence(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    with pytest.raises(ProviderRejected, match=f"{name} cannot be used: "):
        build(name, ModelsConfig(llm=(name,)), DEADLINES)


def test_the_key_goes_to_the_first_model_that_takes_one_and_to_no_other() -> None:
    models = ModelsConfig(llm=("guide", "openai:a", "openai:b"), llm_api_key=SecretStr("sk-first"))
    build("openai:a", models, DEADLINES)
    with pytest.raises(ProviderRejected):
        build("openai:b", models, DEADLINES)


@pytest.mark.anyio
@pytest.mark.integration
async def test_a_server_of_ones_own_gets_the_conversation_and_no_key_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-for-openai-only")
    async with openai_server(saying("Hi.")) as server:
        llm = build("openai:m", ModelsConfig(llm=("openai:m",), llm_base_url=server.url), DEADLINES)
        async with llm.reply(PROMPT) as pieces:
            assert [piece async for piece in pieces] == ["Hi."]
        await llm.aclose()
    body = server.requests[0]
    assert "sk-for-openai-only" not in server.headers[0]
    assert body["model"] == "m"
    assert body["stream"] is True
    assert [(message["role"], message["content"]) for message in body["messages"]] == [
        ("system", "You are Ada."),
        ("user", "(Stage direction, said by nobody: the session begins.)"),
        ("assistant", "Hello."),
        ("user", "Ana: Hi."),
        ("user", "Ben: Hey."),
    ]
    assert "vivavoce" not in str(body)  # our own setting stays with us


@pytest.mark.anyio
async def test_pydantic_ais_test_model_serves_too() -> None:
    llm = PydanticAiLanguageModel(TestModel(custom_output_text="All good here."), "test")
    async with llm.reply(PROMPT) as pieces:
        assert "".join([piece async for piece in pieces]) == "All good here."
