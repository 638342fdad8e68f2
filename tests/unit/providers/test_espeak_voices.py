"""Voices by name, in the person's language."""

import pytest

from vivavoce.engine.ports import ProviderRejected
from vivavoce.providers.espeak.voices import VOICES, choose


def test_there_are_voices_of_both_accents() -> None:
    assert len(VOICES) >= 6
    assert {preset.base[:5] for preset in VOICES.values()} == {"en-us", "en-gb"}


def test_a_voice_keeps_its_accent_whatever_english_is_spoken() -> None:
    assert choose("alice", "en-US")["voices"] == ["en-gb-x-rp+f5"]


def test_another_language_is_spoken_by_the_same_person() -> None:
    assert choose("clara", "pt-BR")["voices"] == ["pt-br+f2", "pt+f2"]
    assert choose("clara", "zh")["voices"] == ["zh+f2", "cmn+f2"]


def test_no_voice_means_the_first() -> None:
    assert choose("", "en") == choose(next(iter(VOICES)), "en")


@pytest.mark.parametrize(("voice", "language"), [("nobody", "en"), ("clara", "../x"), ("clara", "")])
def test_what_is_not_there_is_rejected(voice: str, language: str) -> None:
    with pytest.raises(ProviderRejected):
        choose(voice, language)
