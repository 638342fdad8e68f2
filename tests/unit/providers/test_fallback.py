from collections.abc import Callable

import numpy as np
import pytest

from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.engine.ports import Prompt, ProviderError, ProviderRejected, ProviderUnavailable
from vivavoce.providers.fallback import Failure, FallbackLanguageModel, FallbackSpeechToText, FallbackTextToSpeech
from vivavoce.providers.scripted import (
    Answer,
    Heard,
    ScriptedLanguageModel,
    ScriptedSpeechToText,
    ScriptedTextToSpeech,
    Voicing,
)
from vivavoce.simulator.virtual_time import run_virtually

PROMPT = Prompt("Be brief.", (), ReplyKind.ANSWER)


def model(name: str, *answers: Answer) -> ScriptedLanguageModel:
    left = list(answers)
    return ScriptedLanguageModel(lambda prompt: left.pop(0) if len(left) > 1 else left[0], name)


def broken(error: ProviderError, after: int = 0) -> Answer:
    return Answer("lost words here", fails=error, fails_after=after)


def asked(models: list[ScriptedLanguageModel], times: int = 1) -> tuple[list[str], list[Failure]]:
    """What a chain of these answers, asked that often, and what failed; `!` for an error that came out."""
    told: list[Failure] = []

    async def run() -> list[str]:
        chain = FallbackLanguageModel(models, told.append)
        return [await _one(chain) for _ in range(times)]

    return run_virtually(run), told


async def _one(chain: FallbackLanguageModel) -> str:
    said = ""
    try:
        async with chain.reply(PROMPT) as words:
            async for word in words:
                said += word
    except ProviderError:
        said += "!"
    return said


def test_an_unavailable_model_is_tried_again_before_the_next_one() -> None:
    first = model("a", broken(ProviderUnavailable()), Answer("from a"))
    assert asked([first, model("b", Answer("from b"))]) == (["from a"], [])


def test_a_model_that_stays_away_is_replaced_and_passed_over_for_a_while() -> None:
    first = model("a", broken(ProviderUnavailable()))
    said, told = asked([first, model("b", Answer("from b"))], times=2)
    assert said == ["from b", "from b"]
    assert told == [Failure("language_model", "a", "ProviderUnavailable", "b")]
    assert len(first.prompts) == 2, "two tries of the first reply, none of the second"


def test_a_rejected_request_is_not_repeated() -> None:
    first = model("a", broken(ProviderRejected()))
    assert asked([first, model("b", Answer("from b"))])[0] == ["from b"]
    assert len(first.prompts) == 1


def test_words_that_went_out_are_not_said_again_by_another() -> None:
    said, told = asked([model("a", broken(ProviderUnavailable(), after=2)), model("b", Answer("from b"))])
    assert said == ["lost words!"]
    assert told == [Failure("language_model", "a", "ProviderUnavailable", None)]


def test_the_last_ones_error_comes_out() -> None:
    assert asked([model("a", broken(ProviderUnavailable())), model("b", broken(ProviderRejected()))])[0] == ["!"]


def recognised(*outcomes: Heard) -> tuple[str, list[Failure]]:
    told: list[Failure] = []

    async def run() -> str:
        chain = FallbackSpeechToText(
            [ScriptedSpeechToText(_always(one), name) for one, name in zip(outcomes, "abc", strict=False)], told.append
        )
        async with chain.recognise(language="en", on_partial=lambda text: None) as recognition:
            recognition.push(np.zeros(16_000, np.int16))
            said = await recognition.finish()
        assert said.words[-1].end_ms == 1000, "the whole sound was heard"
        return said.text

    return run_virtually(run), told


def _always(heard: Heard) -> Callable[[], Heard]:
    return lambda: heard


def test_another_recogniser_hears_the_whole_sound_again() -> None:
    said, told = recognised(Heard("lost", fails=ProviderUnavailable()), Heard("heard it all"))
    assert said == "heard it all"
    assert told == [Failure("speech_to_text", "a", "ProviderUnavailable", "b")]


def test_both_recognisers_are_told_what_is_likely_to_be_said() -> None:
    first = ScriptedSpeechToText(lambda: Heard("lost", fails=ProviderUnavailable()), "a")
    second = ScriptedSpeechToText(lambda: Heard("hey agent"), "b")

    async def run() -> None:
        chain = FallbackSpeechToText([first, second], lambda failure: None)
        async with chain.recognise(language="en", on_partial=lambda text: None, phrases=("hey agent",)) as recognition:
            await recognition.finish()

    run_virtually(run)
    assert first.hints == second.hints == [("hey agent",)]


def test_no_recogniser_left_is_an_error() -> None:
    with pytest.raises(ProviderUnavailable):
        recognised(Heard("lost", fails=ProviderUnavailable()))


def test_a_second_voice_speaks_at_the_first_ones_rate() -> None:
    told: list[Failure] = []

    async def run() -> int:
        failing = ScriptedTextToSpeech(lambda sentence: Voicing(fails=ProviderRejected()), rate_hz=24_000)
        chain = FallbackTextToSpeech([failing, ScriptedTextToSpeech(rate_hz=16_000)], told.append)
        async with chain.speak("One two.", voice="unknown", language="en") as speech:
            return sum([len(piece.samples) async for piece in speech])

    assert run_virtually(run) == pytest.approx(24_000 * 0.6, rel=0.01)
    assert [failure.replaced_by for failure in told] == ["scripted"]
