"""A server's misbehaviour becomes one of our three errors, in time, and tells nothing of what was said."""

from collections.abc import Callable

import pytest
from pydantic import SecretStr
from tests.openai_server import (
    SECRET,
    Behaviour,
    breaking_off,
    never_answering,
    openai_server,
    refusing,
    saying,
    sending,
    stalling,
)

from vivavoce.base.config import DeadlinesConfig, ModelsConfig
from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Line, MalformedReply, Prompt, ProviderError, ProviderRejected, ProviderUnavailable
from vivavoce.providers.pydantic_ai.build import build

pytestmark = [pytest.mark.anyio, pytest.mark.integration]

SHORT = DeadlinesConfig(llm_first_s=2.0, llm_next_s=0.5)  # with room for a busy machine to connect
KEY = "sk-that-must-not-leak"
PROMPT = Prompt("You are Ada.", (Line("Ana", SECRET),), ReplyKind.ANSWER)
ERROR_EVENT = f'data: {{"error": {{"message": "{SECRET}", "code": 500}}}}\n\n'.encode()


async def outcome(behaviour: Behaviour) -> tuple[str, ProviderError | None]:
    """What was given out, and the error behind it."""
    said = ""
    async with openai_server(behaviour) as server:
        models = ModelsConfig(llm=("openai:m",), llm_base_url=server.url, llm_api_key=SecretStr(KEY))
        llm = build("openai:m", models, SHORT)
        try:
            async with llm.reply(PROMPT) as pieces:
                async for piece in pieces:
                    said += piece
        except ProviderError as error:
            return said, error
        finally:
            await llm.aclose()
    return said, None


@pytest.mark.parametrize(
    ("behaviour", "fault"),
    [
        (refusing(400), ProviderRejected),
        (refusing(401), ProviderRejected),
        (refusing(403), ProviderRejected),
        (refusing(404), ProviderRejected),
        (refusing(408), ProviderUnavailable),
        (refusing(429), ProviderUnavailable),
        (refusing(500), ProviderUnavailable),
        (refusing(503), ProviderUnavailable),
        (never_answering, ProviderUnavailable),
        (stalling(), ProviderUnavailable),
        (sending(ERROR_EVENT), ProviderUnavailable),
        (sending(b"data: {not json\n\n"), MalformedReply),
        (sending(b'data: {"hello": 1}\n\n'), MalformedReply),
        (sending(b"data: [DONE]\n\n"), MalformedReply),
        (saying(""), MalformedReply),
    ],
)
async def test_a_fault_before_the_first_word_says_what_can_be_done(
    behaviour: Behaviour, fault: Callable[..., ProviderError]
) -> None:
    said, error = await outcome(behaviour)
    assert said == ""
    assert type(error) is fault


@pytest.mark.parametrize("behaviour", [stalling("Well, "), breaking_off("Well, ")])
async def test_a_fault_in_mid_reply_comes_behind_what_was_written(behaviour: Behaviour) -> None:
    said, error = await outcome(behaviour)
    assert said == "Well, "
    assert type(error) is ProviderUnavailable


@pytest.mark.parametrize("behaviour", [refusing(401), refusing(500), sending(ERROR_EVENT), sending(b"data: {no\n\n")])
async def test_an_error_tells_neither_words_nor_keys(behaviour: Behaviour) -> None:
    _, error = await outcome(behaviour)
    assert error is not None
    assert error.__suppress_context__  # what a traceback would show is ours alone
    assert error.__cause__ is None
    assert SECRET not in str(error)
    assert KEY not in str(error)
    assert str(error).startswith("openai:m: ")


async def test_a_server_that_is_not_there_is_unavailable() -> None:
    models = ModelsConfig(llm=("openai:m",), llm_base_url="http://127.0.0.1:9/v1")
    llm = build("openai:m", models, SHORT)
    with pytest.raises(ProviderUnavailable):
        async with llm.reply(PROMPT) as pieces:
            await anext(pieces)
    await llm.aclose()
