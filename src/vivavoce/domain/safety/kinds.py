"""What a person's words may be a sign of, and how strong a sign."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Level(StrEnum):
    NONE = "none"
    CONCERN = "concern"  # worth a second opinion; the conversation goes on as it was
    DANGER = "danger"  # the crisis protocol begins

    @property
    def rank(self) -> int:
        return list(Level).index(self)


class Kind(StrEnum):
    """What somebody may be in danger of."""

    SUICIDE = "suicide"
    SELF_HARM = "self_harm"
    OVERDOSE = "overdose"  # something was taken, or a body is failing, now
    HARM_TO_OTHERS = "harm_to_others"
    ABUSE = "abuse"  # somebody is hurting or threatening the person


@dataclass(frozen=True, slots=True)
class Assessment:
    """kind: None where the level is NONE."""

    level: Level = Level.NONE
    kind: Kind | None = None


CALM: Final = Assessment()


def stronger(one: Assessment, other: Assessment) -> Assessment:
    """The one with the higher level; the first of two alike."""
    return other if other.level.rank > one.level.rank else one
