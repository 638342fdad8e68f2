import pytest

from vivavoce.engine.turns.backchannel import is_backchannel, surely_interrupts


@pytest.mark.parametrize(
    "text",
    [
        "mm-hm",
        "Mm-hmm.",
        "uh-huh",
        "Yeah.",
        "okay",
        "Yeah, okay, right.",
        "I see.",
        "oh I see",
        "got it",
        "That’s right.",
    ],
)
def test_sounds_of_a_listener(text: str) -> None:
    assert is_backchannel(text)


@pytest.mark.parametrize(
    "text",
    ["", "...", "no", "wait", "yeah but", "okay let's go", "I see him", "right right right right right", "I", "stop"],
)
def test_words_that_are_none(text: str) -> None:
    assert not is_backchannel(text)


@pytest.mark.parametrize("partial", ["no", "wait a", "stop", "I meant", "yeah but"])
def test_words_that_surely_claim_the_turn(partial: str) -> None:
    assert surely_interrupts(partial)


@pytest.mark.parametrize("partial", ["", "I", "yeah", "I see", "mm", "go"])
def test_words_that_may_still_become_a_backchannel(partial: str) -> None:
    assert not surely_interrupts(partial)
