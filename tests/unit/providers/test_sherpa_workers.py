"""sherpa-onnx's own library in the workers, with the tiny models of tests/models and with damaged files."""

from pathlib import Path

import anyio
import numpy as np
import pytest
from tests.parts import need
from tests.speech import loudness, recording
from tests.unit.providers.test_sherpa import RECOGNISER, folder_with

from vivavoce.engine.ports import ProviderRejected, Speech, Transcript
from vivavoce.providers.sherpa.available import available
from vivavoce.providers.sherpa.settings import SherpaSettings
from vivavoce.providers.sherpa.speech_to_text import sherpa_speech_to_text
from vivavoce.providers.sherpa.text_to_speech import sherpa_text_to_speech
from vivavoce.providers.worker_speech import WorkerSpeechToText, WorkerTextToSpeech

MODELS = Path(__file__).parents[2] / "models"
pytestmark = [pytest.mark.anyio, pytest.mark.integration]


async def start_and_close(part: WorkerSpeechToText | WorkerTextToSpeech) -> None:
    try:
        await part.start()
    finally:
        await part.aclose()


async def test_damaged_recogniser_files_are_rejected_with_their_place(tmp_path: Path) -> None:
    need("sherpa")
    folder_with(tmp_path / "zipformer-en", *RECOGNISER)
    assert available("stt", "", tmp_path) is None
    with pytest.raises(ProviderRejected, match=r"zipformer-en are no model that sherpa-onnx can load"):
        await start_and_close(sherpa_speech_to_text(SherpaSettings(tmp_path)))


@pytest.mark.parametrize("names", [("model.onnx", "voices.bin", "tokens.txt"), ("en_US-x.onnx", "tokens.txt")])
async def test_damaged_voice_files_are_rejected_with_their_place(tmp_path: Path, names: tuple[str, ...]) -> None:
    need("sherpa")
    folder_with(tmp_path / "mine", *names)
    with pytest.raises(ProviderRejected, match=r"mine are no model that sherpa-onnx can load"):
        await start_and_close(sherpa_text_to_speech(SherpaSettings(tmp_path, str(tmp_path / "mine"))))


async def test_words_come_with_partials_times_and_confidence() -> None:
    need("sherpa")
    stt = sherpa_speech_to_text(SherpaSettings(MODELS, str(MODELS / "recogniser")))
    samples, partials = recording("list"), list[str]()
    try:
        async with stt.recognise(language="en-GB", on_partial=partials.append) as recognition:
            for piece in np.array_split(samples, 30):
                recognition.push(piece)
                await anyio.wait_all_tasks_blocked()
            said = await recognition.finish()
    finally:
        await stt.aclose()
    assert set(said.text.split()) == {"hi", "hiya"}
    assert [word.text for word in said.words] == said.text.split()
    assert all(word.start_ms < word.end_ms for word in said.words)
    assert said.words[-1].end_ms <= samples.size // 16
    assert said.confidence is not None and 0.5 < said.confidence <= 1
    assert partials and said.text.startswith(partials[0])


async def test_silence_is_no_words() -> None:
    need("sherpa")
    stt = sherpa_speech_to_text(SherpaSettings(MODELS, str(MODELS / "recogniser")))
    try:
        async with stt.recognise(language="en", on_partial=lambda text: None) as recognition:
            recognition.push(np.zeros(16_000, np.int16))
            assert await recognition.finish() == Transcript("")
        async with stt.recognise(language="en", on_partial=lambda text: None) as recognition:
            assert await recognition.finish() == Transcript("")
    finally:
        await stt.aclose()


async def test_a_voice_speaks_sentence_by_sentence_at_our_rate_and_can_be_stopped() -> None:
    need("sherpa")
    tts = sherpa_text_to_speech(SherpaSettings(MODELS, str(MODELS / "voice")))
    try:
        pieces = await spoken(tts, "Hello there. How are you?")
        assert [round(piece.samples.size / tts.rate_hz, 1) for piece in pieces[:2]] == [1.3, 1.4]
        assert all(0.25 < loudness(piece.samples) / 0.707 < 0.35 for piece in pieces[:2])
        assert await spoken(tts, "🙂") == []
        async with tts.speak("Hello there. " * 50, voice="", language="en") as endless:
            async for _ in endless:
                break
        assert len(await spoken(tts, "Hello there. How are you?")) == len(pieces)
        with pytest.raises(ProviderRejected, match="speakers 0 to 0"):
            await spoken(tts, "Hello.", voice="7")
    finally:
        await tts.aclose()


async def spoken(tts: WorkerTextToSpeech, sentence: str, voice: str = "") -> list[Speech]:
    async with tts.speak(sentence, voice=voice, language="en") as pieces:
        return [piece async for piece in pieces]
