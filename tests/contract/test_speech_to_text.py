"""What every recogniser must do: the scripted one and pocketsphinx in its worker processes."""

from collections.abc import AsyncIterator
from itertools import pairwise

import anyio
import anyio.lowlevel
import numpy as np
import pytest
from tests.speech import RATE_HZ, SAID, recording

from vivavoce.engine.ports import Samples, SpeechToText, Transcript
from vivavoce.providers.pocketsphinx.speech_to_text import PocketsphinxSettings, pocketsphinx_speech_to_text
from vivavoce.providers.scripted import Heard, ScriptedSpeechToText

pytestmark = [pytest.mark.anyio, pytest.mark.integration]


@pytest.fixture(scope="module", params=["scripted", "pocketsphinx"])
async def stt(request: pytest.FixtureRequest) -> AsyncIterator[SpeechToText]:
    """Hears `list.wav`; the scripted one whatever it is given."""
    made: SpeechToText
    if request.param == "scripted":
        made = ScriptedSpeechToText(lambda: Heard(SAID["list"], word_ms=200))
    else:
        made = pocketsphinx_speech_to_text(PocketsphinxSettings(workers=2))
    yield made
    await made.aclose()


async def recognised(stt: SpeechToText, samples: Samples, partials: list[str]) -> Transcript:
    async with stt.recognise(language="en", on_partial=partials.append) as recognition:
        for piece in np.array_split(samples, max(1, samples.size // 320)):
            recognition.push(piece)
            await anyio.lowlevel.checkpoint()
        return await recognition.finish()


async def test_a_sentence_is_understood(stt: SpeechToText) -> None:
    said = await recognised(stt, recording("list"), [])
    assert said.text.lower() == SAID["list"].lower()


async def test_a_phrase_that_is_not_said_changes_nothing(stt: SpeechToText) -> None:
    async with stt.recognise(
        language="en", on_partial=lambda text: None, phrases=("hey agent", "hey Zorblax", "")
    ) as one:
        one.push(recording("list"))
        said = await one.finish()
    assert said.text.lower() == SAID["list"].lower()
    if isinstance(stt, ScriptedSpeechToText):
        assert stt.hints[-1] == ("hey agent", "hey Zorblax", "")


async def test_words_have_times_in_order_within_the_sound(stt: SpeechToText) -> None:
    samples = recording("list")
    said = await recognised(stt, samples, [])
    assert [word.text for word in said.words] == said.text.split()
    assert all(word.start_ms < word.end_ms for word in said.words)
    assert all(one.end_ms <= other.start_ms + 1 for one, other in pairwise(said.words))
    assert said.words[-1].end_ms <= samples.size * 1000 // RATE_HZ
    assert said.confidence is not None and 0 <= said.confidence <= 1


async def test_partial_words_come_and_change_each_time(stt: SpeechToText) -> None:
    partials: list[str] = []
    await recognised(stt, recording("list"), partials)
    assert len(partials) > 3
    assert all(one != other for one, other in pairwise(partials))
    assert not any(sign in partial for partial in partials for sign in "<>[]()")


async def test_leaving_early_makes_room_for_the_next(stt: SpeechToText) -> None:
    for _ in range(4):
        async with stt.recognise(language="en", on_partial=lambda text: None) as recognition:
            recognition.push(np.tile(recording("list"), 4))
    said = await recognised(stt, recording("list"), [])
    assert said.text.lower() == SAID["list"].lower()


async def test_a_cancelled_recognition_makes_room_for_the_next(stt: SpeechToText) -> None:
    for _ in range(3):
        with anyio.move_on_after(0.02):
            async with stt.recognise(language="en", on_partial=lambda text: None) as recognition:
                recognition.push(recording("list"))
                await anyio.sleep_forever()
    said = await recognised(stt, recording("list"), [])
    assert said.text.lower() == SAID["list"].lower()


async def test_two_are_recognised_at_the_same_time(stt: SpeechToText) -> None:
    texts: list[str] = []

    async def one() -> None:
        texts.append((await recognised(stt, recording("list"), [])).text)

    async with anyio.create_task_group() as tg:
        tg.start_soon(one)
        tg.start_soon(one)
    assert [text.lower() for text in texts] == [SAID["list"].lower()] * 2


async def test_what_the_body_raises_comes_out_as_it_is(stt: SpeechToText) -> None:
    with pytest.raises(KeyError):
        async with stt.recognise(language="en", on_partial=lambda text: None):
            raise KeyError("mine")
