"""The interview's set-up: where the text comes from, and who makes the plan."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import pytest
from tests.openai_server import filling, openai_server

from vivavoce.base.config import DeadlinesConfig, ModelsConfig
from vivavoce.domain.errors import Invalid, Unavailable
from vivavoce.domain.interviews.plan import Kind, Level, questions_of
from vivavoce.engine.ports import Extractor, ProviderUnavailable
from vivavoce.formats.interview import FORMAT
from vivavoce.formats.interview_setup import InterviewForm, QuestionForm, SkillForm, set_up
from vivavoce.providers.pydantic_ai.build import build_extractor
from vivavoce.providers.scripted import ScriptedExtractor
from vivavoce.services.format import Preparation, PreparedPlan
from vivavoce.services.ports_outside import WebAnswer

pytestmark = pytest.mark.anyio
ADVERT = (Path(__file__).parents[1] / "domain" / "interviews" / "adverts" / "nurse.txt").read_text()


@dataclass(slots=True)
class Page:
    """Implements Web and Documents: one page, whose bytes are its text."""

    text_of_page: str = ADVERT
    asked: list[str] = field(default_factory=list[str])

    async def fetch(self, url: str, *, max_bytes: int, timeout_s: float) -> WebAnswer:
        self.asked.append(url)
        return WebAnswer(self.text_of_page.encode(), "text/html")

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], *, timeout_s: float) -> WebAnswer:
        raise AssertionError("a set-up posts nothing")

    async def aclose(self) -> None:
        """Nothing to close."""

    async def text(self, content: bytes, media_type: str) -> str:
        return content.decode()


def question(kind: Kind, text: str = "", follow_ups: int = 1) -> QuestionForm:
    return QuestionForm(text or f"Say something {kind}?", "To see it", kind, "Care", follow_ups)


FORM = InterviewForm(
    True,
    "Nurse",
    "St. Brigid's",
    Level.SENIOR,
    "nursing",
    (SkillForm("Care", "nursing", 3.0), SkillForm("Calm", "manner", 1.0)),
    (
        question(Kind.CLOSING),
        question(Kind.OPENING),
        question(Kind.BEHAVIOURAL, "A  story\nplease?", follow_ups=9),
        question(Kind.SKILL),
        question(Kind.SKILL, "And a skill?"),
        question(Kind.SITUATIONAL),
    ),
)


async def planned(extractor: Extractor | None = None, page: Page | None = None, **answers: str) -> PreparedPlan:
    return await set_up(Preparation(answers, page, page, extractor))


async def test_without_a_language_model_rules_make_the_plan() -> None:
    made = await planned(description=ADVERT)
    assert (made.plan["title"], made.plan["made_by"]) == ("Registered Nurse", "rules")
    assert 6 <= len(questions_of(made.plan)) <= 8


async def test_a_document_is_taken_before_a_description_and_an_address() -> None:
    page = Page()
    made = await planned(page=page, document=ADVERT, description="x", url="https://a.b")
    assert made.plan["title"] == "Registered Nurse"
    assert page.asked == []


@pytest.mark.parametrize(("url", "asked"), [("https://a.b/c", "https://a.b/c"), ("a.b/c", "https://a.b/c")])
async def test_an_address_is_read(url: str, asked: str) -> None:
    page = Page()
    assert (await planned(page=page, url=url)).plan["title"] == "Registered Nurse"
    assert page.asked == [asked]


async def test_nothing_given_says_what_to_give() -> None:
    with pytest.raises(Invalid, match="PDF or DOCX"):
        await planned()


async def test_the_language_model_makes_the_plan_where_there_is_one() -> None:
    model = ScriptedExtractor(lambda form, text: FORM, "openai:m")
    made = await planned(model, description=ADVERT)
    questions = questions_of(made.plan)
    assert (made.plan["title"], made.plan["level"], made.plan["made_by"]) == ("Nurse", Level.SENIOR, "openai:m")
    assert [one.kind for one in questions][0::5] == [Kind.OPENING, Kind.CLOSING]
    assert questions[1].text == "A story please?"
    assert max(one.follow_ups for one in questions) == 2
    assert [skill["weight"] for skill in made.plan["skills"]] == [0.75, 0.25]  # pyright: ignore
    assert model.asked[0][2] == ADVERT
    assert ADVERT not in model.asked[0][1]  # a description cannot give instructions


async def test_a_level_that_was_chosen_is_told_to_the_model_and_kept() -> None:
    model = ScriptedExtractor(lambda form, text: FORM)
    made = await planned(model, description=ADVERT, level="junior")
    assert made.plan["level"] == Level.JUNIOR
    assert "junior" in model.asked[0][1]


async def test_what_the_model_takes_for_no_job_gets_the_same_sentence() -> None:
    model = ScriptedExtractor(lambda form, text: replace(FORM, is_job_description=False))
    with pytest.raises(Invalid, match="job description"):
        await planned(model, description="la la la")


async def test_a_model_that_fails_or_gives_too_little_may_be_asked_again() -> None:
    for fill in (ProviderUnavailable("down"), replace(FORM, questions=FORM.questions[:3])):
        with pytest.raises(Unavailable):
            await planned(ScriptedExtractor(lambda form, text, fill=fill: fill), description=ADVERT)


async def test_rules_take_the_place_of_a_model_that_fails_where_the_guide_is_configured_too() -> None:
    model = ScriptedExtractor(lambda form, text: ProviderUnavailable("down"))
    made = await set_up(Preparation({"description": ADVERT}, None, None, model, guided=True))
    assert made.plan["made_by"] == "rules"


def test_the_format_costs_15_credits_after_two_minutes_and_ends_at_15_minutes() -> None:
    assert FORMAT.price is not None
    assert (FORMAT.price.credits, FORMAT.price.after_s) == (15, 120)
    assert (FORMAT.time_limit_s, FORMAT.time_left_s, FORMAT.one_open) == (900, (120, 30), True)
    assert len(FORMAT.criteria) == 7


@pytest.mark.integration
async def test_the_form_goes_through_a_real_client_of_the_model() -> None:
    """What a model is asked for and answers, as OpenAI's protocol carries it."""
    filled = json.loads(json.dumps(asdict(FORM)))
    async with openai_server(filling({**filled, "level": "wizard"}, filled)) as server:
        models = ModelsConfig(llm=("openai:m",), llm_base_url=server.url)
        extractor = build_extractor("openai:m", models, DeadlinesConfig())
        made = await planned(extractor, description=ADVERT)
        await extractor.aclose()
    assert (made.plan["title"], made.plan["level"]) == ("Nurse", Level.SENIOR)
    assert len(server.requests) == 2  # the level that there is not was asked for once more
    assert all(kind in str(server.requests[0]) for kind in Kind)
