"""Who decides whether somebody wants to stop: the rules where they are sure, else the model, if it answers in time."""

import anyio
import pytest

from vivavoce.domain.sessions.intents import Intent
from vivavoce.engine.ports import ProviderUnavailable
from vivavoce.providers.intent import ModelIntentRecogniser, RuleIntentRecogniser
from vivavoce.providers.scripted import Answer, ScriptedLanguageModel

pytestmark = pytest.mark.anyio

UNSURE = "My ride is here, I am afraid, and it will not wait any longer for me."  # a wish that the rules do not know


def saying(answer: str | Answer) -> ScriptedLanguageModel:
    return ScriptedLanguageModel(lambda _: answer if isinstance(answer, Answer) else Answer(answer))


async def read(model: ScriptedLanguageModel, text: str, *, asked: bool = False) -> Intent:
    return await ModelIntentRecogniser(model).stop_intent(text, asked)


async def test_the_rules_alone_decide_where_no_model_is_configured() -> None:
    rules = RuleIntentRecogniser()
    assert await rules.stop_intent("Let's wrap up.", False) is Intent.STOP
    assert await rules.stop_intent("Let's wrap up.", True) is Intent.YES
    assert await rules.stop_intent("Not yet.", True) is Intent.NO
    assert await rules.stop_intent("Goodbye to high prices, I say.", False) is Intent.NONE


@pytest.mark.parametrize(
    ("text", "asked", "intent"),
    [("Let's wrap up.", False, Intent.STOP), ("Yes please.", True, Intent.YES), ("Not yet.", True, Intent.NO)],
)
async def test_what_the_rules_recognise_costs_no_call(text: str, asked: bool, intent: Intent) -> None:
    model = saying("other")
    assert await read(model, text, asked=asked) is intent
    assert model.prompts == []


async def test_talk_that_has_nothing_to_do_with_stopping_costs_no_call() -> None:
    model = saying("stop")
    assert await read(model, "My sister thinks I should take it.") is Intent.NONE
    assert model.prompts == []


@pytest.mark.parametrize(("answer", "intent"), [("stop", Intent.STOP), ("Stop.", Intent.STOP), ("other", Intent.NONE)])
async def test_the_model_is_asked_where_the_rules_see_nothing(answer: str, intent: Intent) -> None:
    model = saying(answer)
    assert await read(model, UNSURE) is intent
    assert [line.text for line in model.prompts[0].history] == [UNSURE]


@pytest.mark.parametrize(("answer", "intent"), [("yes", Intent.YES), ("no", Intent.NO), ("other", Intent.NONE)])
async def test_an_unclear_answer_is_read_by_the_model(answer: str, intent: Intent) -> None:
    assert await read(saying(answer), "Well, my train will not wait.", asked=True) is intent


@pytest.mark.parametrize(
    "answer", ["I think they want to stop, because", Answer("", fails=ProviderUnavailable("down")), ""]
)
async def test_a_model_that_rambles_or_fails_leaves_it_to_the_rules(answer: str | Answer) -> None:
    assert await read(saying(answer), UNSURE) is Intent.NONE


async def test_a_slow_model_leaves_it_to_the_rules_in_time() -> None:
    model = ScriptedLanguageModel(lambda _: Answer("stop", first_s=3600))
    recogniser = ModelIntentRecogniser(model, within_s=0.01)
    with anyio.fail_after(3):
        assert await recogniser.stop_intent(UNSURE, False) is Intent.NONE
