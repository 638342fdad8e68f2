"""What every voice must do: the scripted hum and eSpeak NG in its worker process."""

from collections.abc import AsyncIterator
from itertools import pairwise

import anyio
import numpy as np
import pytest
from tests.speech import loudness

from vivavoce.engine.ports import Speech, TextToSpeech
from vivavoce.providers.espeak.text_to_speech import espeak_text_to_speech
from vivavoce.providers.scripted import ScriptedTextToSpeech

pytestmark = [pytest.mark.anyio, pytest.mark.integration]

SHAPES = {"sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "I", "O", "U"}
SENTENCE = "I am glad that you came, Zoë; shall we look at page 12 first?"


@pytest.fixture(scope="module", params=["scripted", "espeak"])
async def tts(request: pytest.FixtureRequest) -> AsyncIterator[TextToSpeech]:
    made: TextToSpeech = ScriptedTextToSpeech() if request.param == "scripted" else espeak_text_to_speech()
    yield made
    await made.aclose()


async def spoken(tts: TextToSpeech, sentence: str, voice: str = "") -> list[Speech]:
    async with tts.speak(sentence, voice=voice, language="en") as pieces:
        return [piece async for piece in pieces]


async def test_a_sentence_sounds_for_a_plausible_time(tts: TextToSpeech) -> None:
    samples = np.concatenate([piece.samples for piece in await spoken(tts, SENTENCE)])
    assert samples.dtype == np.int16
    assert 2.0 < samples.size / tts.rate_hz < 8.0
    assert loudness(samples) > 0.02


async def test_the_rate_gives_whole_frames_of_20_ms(tts: TextToSpeech) -> None:
    assert tts.rate_hz % 50 == 0


async def test_words_are_the_sentences_with_times_in_order(tts: TextToSpeech) -> None:
    pieces = await spoken(tts, SENTENCE)
    words = [word for piece in pieces for word in piece.words]
    assert " ".join(word.text for word in words) == SENTENCE
    assert all(word.start_ms < word.end_ms for word in words)
    assert all(one.end_ms <= other.start_ms for one, other in pairwise(words))


async def test_a_piece_tells_the_words_and_shapes_that_begin_in_it(tts: TextToSpeech) -> None:
    at = 0
    for piece in await spoken(tts, SENTENCE):
        end = at + piece.samples.size
        for begins_ms in [word.start_ms for word in piece.words] + [shape.at_ms for shape in piece.mouth]:
            assert at - 1 <= begins_ms * tts.rate_hz / 1000 <= end + tts.rate_hz // 1000
        at = end


async def test_mouth_shapes_are_known_ones_in_order(tts: TextToSpeech) -> None:
    mouth = [shape for piece in await spoken(tts, SENTENCE) for shape in piece.mouth]
    assert len(mouth) > 10
    assert {shape.shape for shape in mouth} <= SHAPES
    assert all(one.at_ms <= other.at_ms for one, other in pairwise(mouth))
    assert mouth[-1].shape == "sil"


async def test_nothing_to_say_is_silence_and_no_error(tts: TextToSpeech) -> None:
    assert await spoken(tts, "  ") == []


async def test_every_voice_speaks(tts: TextToSpeech) -> None:
    for voice in tts.voices():
        assert await spoken(tts, "Hello there.", voice)


async def test_leaving_early_stops_it_and_the_next_sentence_is_whole(tts: TextToSpeech) -> None:
    whole = len(await spoken(tts, "One two three."))
    for _ in range(5):
        async with tts.speak(" ".join([SENTENCE] * 40), voice="", language="en") as pieces:
            async for _piece in pieces:
                break
    assert len(await spoken(tts, "One two three.")) == whole


async def test_sentences_are_spoken_at_the_same_time(tts: TextToSpeech) -> None:
    lengths: list[int] = []

    async def one() -> None:
        lengths.append(sum(len(piece.words) for piece in await spoken(tts, SENTENCE)))

    async with anyio.create_task_group() as tg:
        for _ in range(6):
            tg.start_soon(one)
    assert lengths == [len(SENTENCE.split())] * 6


async def test_what_the_body_raises_comes_out_as_it_is(tts: TextToSpeech) -> None:
    with pytest.raises(KeyError):
        async with tts.speak(SENTENCE, voice="", language="en"):
            raise KeyError("mine")
