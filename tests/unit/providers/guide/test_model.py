"""The guide as a language model."""

import pytest

from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Line, Prompt
from vivavoce.providers.guide.model import GuideLanguageModel
from vivavoce.providers.guide.scripts import speak

pytestmark = pytest.mark.anyio

HISTORY = (Line(None, "What would you like to work on?"), Line("Ana", "I want to sleep better."))
PROMPT = Prompt("", HISTORY, ReplyKind.GOODBYE, facts={"person_name": "Ana"})


async def test_cue_history_and_facts_reach_it() -> None:
    async with GuideLanguageModel().reply(PROMPT) as pieces:
        said = "".join([piece async for piece in pieces])
    assert said == speak(PROMPT)
    assert "Ana" in said
    assert said.endswith("Goodbye.")


async def test_it_streams_sentence_by_sentence() -> None:
    async with GuideLanguageModel().reply(PROMPT) as pieces:
        got = [piece async for piece in pieces]
    assert len(got) >= 3
    assert all(piece.rstrip().endswith((".", "?")) for piece in got)
