"""Which turns nothing is learnt from: those in which somebody may be in danger."""

from collections.abc import Sequence

import anyio.lowlevel

from vivavoce.domain.memory.memory import Turn
from vivavoce.domain.safety.assess import assess
from vivavoce.domain.safety.kinds import Level


async def calm_turns(turns: Sequence[Turn]) -> list[Turn]:
    """The turns of one person in which nothing speaks for a danger, each judged after the ones before."""
    texts = [turn.text for turn in turns]
    found: list[Turn] = []
    for place, turn in enumerate(turns):
        if assess(turn.text, texts[:place]).level is Level.NONE:
            found.append(turn)
        await anyio.lowlevel.checkpoint()  # live rooms get their turn in between
    return found
