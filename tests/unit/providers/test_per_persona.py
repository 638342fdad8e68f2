"""The models of a persona that names language models."""

from dataclasses import replace

from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Models, Prompt, ProviderRejected
from vivavoce.providers.fallback import Failure, FallbackLanguageModel
from vivavoce.providers.intent import RuleIntentRecogniser
from vivavoce.providers.per_persona import PersonaModels
from vivavoce.providers.scripted import (
    Answer,
    Heard,
    ScriptedLanguageModel,
    ScriptedSpeechToText,
    ScriptedTextToSpeech,
    Voicing,
)

PROMPT = Prompt("", (), ReplyKind.ANSWER)


def named(name: str) -> ScriptedLanguageModel:
    return ScriptedLanguageModel(lambda prompt: Answer(f"I am {name}."), name)


def platform(*names: str) -> tuple[PersonaModels, Models, list[Failure]]:
    failures: list[Failure] = []
    configured = [named(name) for name in names]
    stt, tts = ScriptedSpeechToText(lambda: Heard("")), ScriptedTextToSpeech(lambda sentence: Voicing(60), rate_hz=8000)
    models = Models(stt, FallbackLanguageModel(configured, failures.append), tts, RuleIntentRecogniser())
    return PersonaModels(models, configured, failures.append), models, failures


async def said(models: Models) -> str:
    async with models.llm.reply(PROMPT) as pieces:
        return "".join([piece async for piece in pieces])


async def test_the_first_of_a_personas_models_speaks() -> None:
    of, models, _ = platform("a", "b", "c")
    assert await said(of(["c", "b"])) == "I am c."
    assert of(["c", "b"]) is of(["c", "b"])
    assert replace(of(["c"]), llm=models.llm) == models  # ears, voice and intents are the platform's


async def test_one_that_is_not_configured_here_is_passed_over() -> None:
    of, models, _ = platform("a", "b")
    assert await said(of(["openai:secret", "b"])) == "I am b."
    assert of(["openai:secret"]) is models


async def test_when_all_of_its_own_fail_the_platforms_go_on() -> None:
    _, models, failures = platform("a", "b")
    failing = ScriptedLanguageModel(lambda prompt: Answer("", fails=ProviderRejected("no such model")), "b")
    of = PersonaModels(models, [named("a"), failing], failures.append)
    assert await said(of(["b"])) == "I am a."
    assert [failure.replaced_by for failure in failures] == ["a"]
