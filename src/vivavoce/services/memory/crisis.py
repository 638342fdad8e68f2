"""Which turns nothing is learnt from: those in which somebody may be in danger."""

from collections.abc import Sequence

from vivavoce.domain.memory.memory import Turn
from vivavoce.domain.safety.assess import assess
from vivavoce.domain.safety.kinds import Level


def calm_turns(turns: Sequence[Turn]) -> list[Turn]:
    """The turns of one person in which nothing speaks for a danger, each judged after the ones before."""
    texts = [turn.text for turn in turns]
    return [turn for place, turn in enumerate(turns) if assess(turn.text, texts[:place]).level is Level.NONE]
