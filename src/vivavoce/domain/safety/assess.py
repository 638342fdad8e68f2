"""How a person's words are judged: what was stated outright, and what several turns add up to. Pure.

A turn that says nothing new of this kind never brings danger by itself: the signs of earlier turns were judged then.
"""

from collections.abc import Sequence

from vivavoce.domain.safety.kinds import Assessment, Level, stronger
from vivavoce.domain.safety.patterns import REACH, added_up, has_signs
from vivavoce.domain.safety.plain import plain
from vivavoce.domain.safety.statements import stated
from vivavoce.domain.safety.together import comes_together


def assess(text: str, earlier: Sequence[str] = ()) -> Assessment:
    """What somebody's new turn `text` is a sign of, after `earlier` turns of theirs in this session, oldest first."""
    said = plain(text)
    outright = stated(said)
    if outright.level is Level.DANGER:
        return outright
    alike = comes_together(said)
    if alike.level is Level.DANGER:
        return alike
    if not has_signs(said):
        return outright
    return stronger(outright, added_up([*(plain(turn) for turn in earlier[-REACH + 1 :]), said]))
