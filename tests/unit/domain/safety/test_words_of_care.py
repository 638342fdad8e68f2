"""What is said in a crisis, where help is found, and what the person answers."""

import re
from dataclasses import replace
from datetime import date

import pytest

from vivavoce.domain.safety.careful import read
from vivavoce.domain.safety.help_lines import CHECKED, COUNTRIES, INTERNATIONAL, help_for
from vivavoce.domain.safety.is_ai import is_ai_text, says_ai
from vivavoce.domain.safety.kinds import Kind
from vivavoce.domain.safety.texts import Line, help_text, listening, text_of
from vivavoce.domain.sessions.crisis import Crisis, Stage, answer

LANGUAGES = ("en", "de", "es", "fr")


def test_there_are_help_lines_for_at_least_thirty_countries_with_source_and_date() -> None:
    assert len(COUNTRIES) >= 30
    assert date.fromisoformat(CHECKED)
    for code, help in COUNTRIES.items():
        assert re.fullmatch("[A-Z]{2}", code)
        assert re.fullmatch(r"\d{3}", help.emergency)
        assert any(not line.for_abuse for line in help.lines)
        for line in help.lines:
            assert line.source.startswith("https://")
            assert line.number or line.text or line.chat


def test_a_country_that_is_not_known_has_the_directory_of_all() -> None:
    assert help_for("XX") is INTERNATIONAL
    assert help_for("") is INTERNATIONAL
    assert "findahelpline.com" in help_text(INTERNATIONAL, "en")


def test_the_country_may_be_written_in_small_letters() -> None:
    assert help_for("de").country == "DE"


def test_who_is_hurt_by_somebody_is_shown_the_lines_for_that_first() -> None:
    assert help_for("GB", Kind.ABUSE).lines[0].for_abuse
    assert not help_for("GB", Kind.SUICIDE).lines[0].for_abuse
    assert "Domestic Abuse" not in help_text(help_for("GB", Kind.SUICIDE), "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind)
def test_the_first_words_say_that_it_is_an_ai_and_where_help_is(language: str, kind: Kind) -> None:
    said = text_of(Line.FIRST, kind, help_for("DE", kind), language)
    assert says_ai(said) and "112" in said and "{" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_there_in_every_language(language: str) -> None:
    help = help_for("FR")
    said = [text_of(line, Kind.SUICIDE, help, language) for line in Line]
    said += [listening(number, help, language) for number in range(4)]
    assert all(text and "{" not in text for text in said)
    assert len(set(said)) == len(said)


def test_a_language_without_wordings_has_the_english_ones() -> None:
    assert text_of(Line.CHECK, Kind.SUICIDE, INTERNATIONAL, "fi") == text_of(
        Line.CHECK, Kind.SUICIDE, INTERNATIONAL, "en"
    )


CARE = Crisis(Kind.SUICIDE, INTERNATIONAL)


@pytest.mark.parametrize(
    ("stage", "text", "after"),
    [
        (Stage.DANGER, "I don't know", Stage.DANGER),
        (Stage.DANGER, "yes", Stage.DANGER),
        (Stage.DANGER, "I'm not safe", Stage.DANGER),
        (Stage.DANGER, "I am safe now", Stage.SAFE),
        (Stage.DANGER, "it was just a joke", Stage.SAFE),
        (Stage.DANGER, "can we go on please", Stage.WANTS_ON),
        (Stage.DANGER, "I'm safe, let's continue", Stage.OVER),
        (Stage.SAFE, "yes", Stage.OVER),
        (Stage.SAFE, "let's go on", Stage.OVER),
        (Stage.SAFE, "no, not yet", Stage.DANGER),
        (Stage.SAFE, "what number can I call?", Stage.SAFE),
        (Stage.WANTS_ON, "yes I am safe", Stage.OVER),
        (Stage.WANTS_ON, "no", Stage.DANGER),
        (Stage.WANTS_ON, "my sister is mad at me", Stage.DANGER),
    ],
)
def test_it_ends_only_when_the_person_says_that_they_are_safe_and_want_to_go_on(
    stage: Stage, text: str, after: Stage
) -> None:
    assert answer(replace(CARE, stage=stage), text)[0] is after


@pytest.mark.parametrize("text", ["What number can I call?", "Who can I talk to?", "please help me"])
def test_who_asks_for_help_is_heard(text: str) -> None:
    assert read(text).help


@pytest.mark.parametrize("text", ["I'm Ada, an AI coach.", "Ich bin eine KI.", "Soy una IA.", "Je suis une IA."])
def test_a_text_that_says_it_is_an_ai_is_known(text: str) -> None:
    assert says_ai(text)


@pytest.mark.parametrize("text", ["I'm Ada, your coach.", "I said nothing.", "Kia ora!"])
def test_a_text_that_does_not_say_so_is_not(text: str) -> None:
    assert not says_ai(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_that_says_so_says_so(language: str) -> None:
    assert says_ai(is_ai_text(language))
