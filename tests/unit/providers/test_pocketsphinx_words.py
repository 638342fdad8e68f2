"""From pocketsphinx's markers and segments to words."""

import pytest

from vivavoce.providers.pocketsphinx.words import Segment, plain, result, text_of


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("<s>", ""),
        ("<sil>", ""),
        ("[NOISE]", ""),
        ("++BREATH++", ""),
        ("to(2)", "to"),
        ("i", "I"),
        ("i'm(3)", "I'm"),
        ("it's", "it's"),
        ("is", "is"),
    ],
)
def test_a_word_is_written_without_the_recognisers_signs(said: str, word: str) -> None:
    assert plain(said) == word


def test_partial_words_leave_markers_out() -> None:
    assert text_of(["<s>", "i", "[NOISE]", "want(2)", "</s>"]) == "I want"


def test_a_result_has_words_with_times_and_the_mean_confidence() -> None:
    segments = [
        Segment("<s>", 0, 19, 1.0),
        Segment("i", 20, 29, 0.5),
        Segment("<sil>", 30, 49, 1.0),
        Segment("will(2)", 50, 69, 1.0),
    ]
    assert result(segments) == {
        "text": "I will",
        "words": [("I", 200, 300), ("will", 500, 700)],
        "confidence": 0.75,
    }


def test_silence_gives_no_words_and_no_confidence() -> None:
    assert result([Segment("<s>", 0, 9, 1.0), Segment("</s>", 10, 12, 1.0)]) == {
        "text": "",
        "words": [],
        "confidence": None,
    }
