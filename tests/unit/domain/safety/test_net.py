"""The wide net: what a language model is asked about, where there is one."""

import pytest
from tests.unit.domain.safety.test_crisis_set import cases

from vivavoce.domain.safety.kinds import Assessment, Kind, Level
from vivavoce.domain.safety.net import caught, to_weigh

ENGLISH = [f"crisis_{name}.txt" for name in ("fresh", "second", "third", "fourth", "fifth", "sixth", "seventh")]


def test_the_net_catches_nearly_all_danger_of_the_english_sets() -> None:
    dangers = [
        turns[0]
        for name in ENGLISH
        for expected, turns in cases(name)
        if expected.level is Level.DANGER and len(turns) == 1
    ]
    assert sum(caught(said) is not None for said in dangers) >= 0.95 * len(dangers)


@pytest.mark.parametrize(
    "said",
    [
        "I want to sleep more.",
        "Let's talk about my week.",
        "My manager was happy with the launch.",
        "I am tired of it.",
    ],
)
def test_the_net_leaves_ordinary_talk_alone(said: str) -> None:
    assert caught(said) is None


def test_a_model_is_asked_about_a_concern_and_grave_words_and_not_about_danger() -> None:
    grave = "I keep the rope in the garage."
    assert to_weigh(Assessment(Level.NONE), grave) is Kind.SUICIDE
    assert to_weigh(Assessment(Level.CONCERN, Kind.ABUSE), grave) is Kind.ABUSE
    assert to_weigh(Assessment(Level.DANGER, Kind.SUICIDE), grave) is None
