"""What of a sentence is pronounced, and where its words stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.providers.espeak.text import speakable, tokens


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("This is **bold** and `code`.", "This is   bold   and  code ."),
        ("# Title", "  Title"),
        ("C# is fine", "C# is fine"),
        ("Good 🙂 now", "Good   now"),
        ("20°C, 5% & more", "20°C, 5% & more"),
        ("a\x01 b", "a  b"),
        ("<speak>hi</speak>", " speak hi /speak "),
        ("[[h@l'oU]]", "  h@l'oU  "),
    ],
)
def test_signs_that_would_be_read_out_are_blanked(written: str, spoken: str) -> None:
    assert speakable(written) == spoken


@pytest.mark.parametrize("written", ["", "  ", "\n", "🙂🙂", "👩‍👩‍👧", "...", "—", "**", "\x01\x00", "🇩🇪", "\ud800"])
def test_text_without_sound_is_empty(written: str) -> None:
    assert speakable(written) == ""
    assert tokens(written) == ()


@given(st.text(st.characters(), max_size=60))
def test_every_place_in_the_text_stays_where_it_was(written: str) -> None:
    spoken = speakable(written)
    assert spoken == "" or len(spoken) == len(written)


@given(st.text("ab é-🙂*.,1 \n", max_size=40))
def test_words_joined_give_the_sentence(written: str) -> None:
    words = tokens(written)
    if words:
        assert " ".join(token.text for token in words) == " ".join(written.split())


def test_a_lone_sign_belongs_to_the_word_before_it() -> None:
    assert [token.text for token in tokens("— Well – I 🙂 see")] == ["— Well –", "I 🙂", "see"]


def test_a_word_knows_its_place() -> None:
    assert [(token.start, token.end) for token in tokens(" Am  I?")] == [(1, 3), (5, 7)]
