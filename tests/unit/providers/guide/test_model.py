"""The guide as one of pydantic-ai's models."""

import pytest
from pydantic_ai import Agent
from pydantic_ai.direct import model_request, model_request_stream
from pydantic_ai.messages import ModelRequest, PartDeltaEvent, PartStartEvent, TextPart, TextPartDelta

from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Line, Prompt
from vivavoce.providers.guide.model import GuideModel
from vivavoce.providers.guide.scripts import speak
from vivavoce.providers.pydantic_ai.language_model import PydanticAiLanguageModel

pytestmark = pytest.mark.anyio

HISTORY = (Line(None, "What would you like to work on?"), Line("Ana", "I want to sleep better."))
PROMPT = Prompt("", HISTORY, ReplyKind.GOODBYE, facts={"person_name": "Ana"})


async def test_cue_history_and_facts_reach_it() -> None:
    async with PydanticAiLanguageModel(GuideModel(), "guide").reply(PROMPT) as pieces:
        said = "".join([piece async for piece in pieces])
    assert said == speak(PROMPT)
    assert "Ana" in said
    assert said.endswith("Goodbye.")


async def test_it_streams_sentence_by_sentence() -> None:
    async with PydanticAiLanguageModel(GuideModel(), "guide").reply(PROMPT) as pieces:
        got = [piece async for piece in pieces]
    assert len(got) >= 3
    assert all(piece.rstrip().endswith((".", "?")) for piece in got)


async def test_it_answers_a_whole_request_too() -> None:
    response = await model_request(GuideModel(), [ModelRequest.user_text_prompt("I want to sleep better.")])
    assert response.text is not None
    assert response.text.endswith("?")


async def test_it_serves_an_agent_that_knows_nothing_of_us() -> None:
    agent = Agent(GuideModel())
    first = await agent.run("I want to change my job.")
    second = await agent.run("I need more time for my kids.", message_history=first.all_messages())
    assert first.output != second.output
    assert first.output.endswith("?")


async def test_both_ways_say_the_same() -> None:
    messages = [ModelRequest.user_text_prompt("I am stuck.")]
    whole = await model_request(GuideModel(), messages)
    text = ""
    async with model_request_stream(GuideModel(), messages) as stream:
        async for event in stream:
            match event:
                case (
                    PartStartEvent(part=TextPart(content=piece))
                    | PartDeltaEvent(delta=TextPartDelta(content_delta=piece))
                ):
                    text += piece
                case _:
                    pass
    assert text == whole.text
