"""A report whose form comes over the wire of a language model, through pydantic-ai."""

from dataclasses import replace
from typing import Any

import pytest
from tests.openai_server import filling, openai_server
from tests.unit.domain.reports.talk import material

from vivavoce.base.config import DeadlinesConfig, ModelsConfig
from vivavoce.domain.reports.criteria_sets import COACHING
from vivavoce.providers.pydantic_ai.build import build_extractor
from vivavoce.services.reports.by_model import report_by_model

pytestmark = [pytest.mark.anyio, pytest.mark.integration]

TALK = material(
    "AI: What would you like to work on?",
    "Ana: I want to ask for the promotion, and I keep putting it off.",
    "AI: So what will you do?",
    "Ana: I will write to Robin tomorrow.",
)
SAID = {"turn": "T2", "quote": "I keep putting it off", "why": "What stands in the way"}
INVENTED = {"turn": "T4", "quote": "I will quit tomorrow", "why": "Drama"}
FIRST: dict[str, Any] = {
    "summary": "Ana wants a promotion.",
    "scores": [
        {"criterion": one.id, "value": None if one.id == "options" else 70, "reason": "She says so.", "quotes": [SAID]}
        for one in COACHING[:-1]
    ],
    "highlights": [SAID, INVENTED],
    "recommendations": [{"text": "Write before noon.", "criterion": None}],
    "tasks": [{"quote": {"turn": "T4", "quote": "I will write to Robin tomorrow", "why": ""}, "due": "tomorrow"}],
}
SECOND: dict[str, Any] = {
    "scores": [{"criterion": "ownership", "value": 90, "reason": "She acts herself.", "quotes": []}],
    "highlights": [{"turn": "T4", "quote": "I will write to Robin", "why": "The step"}],
}


async def test_a_form_that_a_model_filled_in_becomes_a_checked_report() -> None:
    async with openai_server(filling(FIRST, SECOND)) as server:
        models = ModelsConfig(llm=("openai:m",), llm_base_url=server.url)
        extractor = build_extractor("openai:m", models, DeadlinesConfig(form_s=10.0))
        report = await report_by_model(replace(TALK, duration_s=60), COACHING, extractor, plan={})
        await extractor.aclose()
    assert report.written_by == extractor.name
    assert [one.value for one in report.scores] == [70, 70, None, 70, 90]
    assert [one.text for one in report.highlights] == ["I keep putting it off", "I will write to Robin"]
    assert [(one.text, one.due) for one in report.tasks] == [("I will write to Robin tomorrow", "tomorrow")]
    assert len(server.requests) == 2
    assert "I will quit tomorrow" in str(server.requests[1])
    assert "letter for letter" in str(server.requests[0])
