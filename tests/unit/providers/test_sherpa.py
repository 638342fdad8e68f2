"""sherpa-onnx: which files make a model, words from pieces, sounds for the voices."""

from pathlib import Path

import pytest

from vivavoce.engine.ports import ProviderRejected
from vivavoce.providers.sherpa import available as availability
from vivavoce.providers.sherpa.files import KokoroFiles, NoModel, PiperFiles, recogniser_files, voice_files
from vivavoce.providers.sherpa.phonemes import code_points
from vivavoce.providers.sherpa.settings import SherpaSettings
from vivavoce.providers.sherpa.speech_to_text import sherpa_speech_to_text
from vivavoce.providers.sherpa.text_to_speech import KOKORO_VOICES, sherpa_text_to_speech
from vivavoce.providers.sherpa.words import result, sentence

RECOGNISER = (
    "encoder-epoch-9.onnx",
    "encoder-epoch-9.int8.onnx",
    "decoder-epoch-9.onnx",
    "joiner.onnx",
    "tokens.txt",
)


def folder_with(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"not a model")
    return folder


def test_a_recognisers_quicker_files_are_preferred(tmp_path: Path) -> None:
    files = recogniser_files(folder_with(tmp_path, *RECOGNISER))
    assert files.encoder.name == "encoder-epoch-9.int8.onnx"
    assert files.decoder.name == "decoder-epoch-9.onnx"


def test_kokoro_is_known_by_its_voices(tmp_path: Path) -> None:
    assert isinstance(voice_files(folder_with(tmp_path / "k", "model.onnx", "voices.bin", "tokens.txt")), KokoroFiles)
    assert isinstance(voice_files(folder_with(tmp_path / "p", "en_US-x.onnx", "tokens.txt")), PiperFiles)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoModel, match=r"tokens\.txt"):
        recogniser_files(folder_with(tmp_path, *RECOGNISER[:-1]))
    with pytest.raises(NoModel, match="no folder"):
        voice_files(tmp_path / "nowhere")


def test_without_a_model_the_sentence_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(NoModel, match="vivavoce models pull zipformer-en"):
        availability.model_folder("stt", "", tmp_path)
    with pytest.raises(NoModel, match="models pull kokoro-en"):
        availability.model_folder("tts", "kokoro-en", tmp_path)
    assert availability.available("stt", "", tmp_path) is not None


def test_a_model_is_found_by_name_by_path_or_as_the_first_there(tmp_path: Path) -> None:
    named = folder_with(tmp_path / "zipformer-en-small", *RECOGNISER)
    elsewhere = folder_with(tmp_path / "mine", *RECOGNISER)
    assert availability.model_folder("stt", "", tmp_path) == named
    assert availability.model_folder("stt", "zipformer-en-small", tmp_path) == named
    assert availability.model_folder("stt", str(elsewhere), tmp_path / "models") == elsewhere


def test_a_missing_model_is_a_rejection_with_the_reason(tmp_path: Path) -> None:
    for make in (sherpa_speech_to_text, sherpa_text_to_speech):
        with pytest.raises(ProviderRejected, match="models pull"):
            make(SherpaSettings(tmp_path))


def test_kokoros_voices_have_names(tmp_path: Path) -> None:
    folder_with(tmp_path / "kokoro-en", "model.onnx", "voices.bin", "tokens.txt")
    assert sherpa_text_to_speech(SherpaSettings(tmp_path)).voices() == KOKORO_VOICES


def test_pieces_make_words_with_times() -> None:
    made = result([" HE", "LLO", " I", "'M", " IN"], [0.2, 0.4, 0.8, 0.9, 1.2], [0.0] * 5, 1300)
    assert made == {
        "text": "hello I'm in",
        "words": [("hello", 200, 600), ("I'm", 800, 1100), ("in", 1200, 1300)],
        "confidence": 1.0,
    }


def test_a_model_that_knows_small_letters_keeps_them() -> None:
    assert result(["▁Hel", "lo", "▁Ann"], [0, 0.1, 0.3], [], 900)["text"] == "Hello Ann"
    assert (sentence("HELLO I AM"), sentence(" Hello Ann ")) == ("hello I am", "Hello Ann")


def test_nothing_said_is_nothing() -> None:
    assert result([], [], [], 0) == {"text": "", "words": [], "confidence": None}


def test_sounds_are_grouped_by_sentence_with_their_punctuation() -> None:
    made = code_points([("həlˈoʊ", ","), ("juː", "!"), ("nˈoʊ", "")])
    assert ["".join(map(chr, one)) for one in made] == ["həlˈoʊ, juː!", "nˈoʊ"]
    assert code_points([("ç", "")]) == [[ord("c"), 0x327]]
