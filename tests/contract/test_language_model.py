"""What every language model must do: the script, the guide, pydantic-ai's test model, a server over HTTP, a chain."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import anyio
import pytest
from pydantic_ai.models.test import TestModel
from tests.openai_server import OpenAiServer, endless, openai_server, saying

from vivavoce.base.config import DeadlinesConfig, ModelsConfig
from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import LanguageModel, Line, Prompt
from vivavoce.providers.fallback import FallbackLanguageModel
from vivavoce.providers.guide.model import GuideLanguageModel
from vivavoce.providers.pydantic_ai.build import build
from vivavoce.providers.pydantic_ai.language_model import PydanticAiLanguageModel
from vivavoce.providers.scripted import Answer, ScriptedLanguageModel

pytestmark = [pytest.mark.anyio, pytest.mark.integration]

TEXT = "I hear you. What would help you now?"
HISTORY = (
    Line(None, "What would you like to work on?", kind=ReplyKind.GREETING),
    Line("Ana", "I want to sleep better."),
)
PROMPT = Prompt("You are Ada, a coach.", HISTORY, ReplyKind.ANSWER, facts={"script": "coaching"})


def scripted() -> LanguageModel:
    return ScriptedLanguageModel(lambda _: Answer(TEXT))


@pytest.fixture(params=["scripted", "guide", "test", "http", "chain"])
async def llm(request: pytest.FixtureRequest) -> AsyncIterator[LanguageModel]:
    async with AsyncExitStack() as stack:
        made: LanguageModel
        match request.param:
            case "guide":
                made = GuideLanguageModel()
            case "test":
                made = PydanticAiLanguageModel(TestModel(custom_output_text=TEXT), "test")
            case "http":
                server = await stack.enter_async_context(
                    openai_server(saying("I hear you. ", "What would help you now?"))
                )
                made = over_http(server)
            case "chain":
                made = FallbackLanguageModel([scripted()], lambda failure: None)
            case _:
                made = scripted()
        yield made
        await made.aclose()


def over_http(server: OpenAiServer) -> LanguageModel:
    models = ModelsConfig(llm=("openai:m",), llm_base_url=server.url)
    return build("openai:m", models, DeadlinesConfig())


async def written(llm: LanguageModel, prompt: Prompt = PROMPT) -> str:
    async with llm.reply(prompt) as pieces:
        return "".join([piece async for piece in pieces])


async def test_a_reply_is_text_in_pieces(llm: LanguageModel) -> None:
    async with llm.reply(PROMPT) as pieces:
        got = [piece async for piece in pieces]
    assert len(got) > 1
    assert all(got)
    assert "".join(got).strip() == "".join(got)


async def test_one_model_serves_several_replies_at_once(llm: LanguageModel) -> None:
    replies: list[str] = []

    async def one() -> None:
        replies.append(await written(llm))

    async with anyio.create_task_group() as tasks:
        for _ in range(5):
            tasks.start_soon(one)
    assert len(set(replies)) == 1


async def test_a_reply_can_be_left_in_the_middle_and_another_begun(llm: LanguageModel) -> None:
    async with llm.reply(PROMPT) as pieces:
        assert await anext(pieces)
    assert await written(llm)


@pytest.mark.parametrize("cue", list(ReplyKind))
async def test_every_cue_is_answered(llm: LanguageModel, cue: ReplyKind) -> None:
    assert await written(llm, Prompt("You are Ada.", HISTORY, cue, "Say something that fits."))
    assert await written(llm, Prompt("You are Ada.", (), cue, "Say something that fits."))


async def test_cancelling_a_reply_stops_the_model_and_its_connection() -> None:
    async with openai_server(endless("on and ")) as server:
        llm = over_http(server)
        async with llm.reply(PROMPT) as pieces:
            assert await anext(pieces)
        with anyio.fail_after(5):
            await server.closed.wait()
        await llm.aclose()
