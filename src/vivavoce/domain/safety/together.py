"""Danger that no wording was written for: what the words are about, when it comes together in one or two sentences.

1. A turn is read in windows: each sentence, and each two that follow each other, of at most `_WINDOW` words.
2. A combination is danger when each of its parts stands somewhere in one window, in any order, and none of what makes
   it harmless does: an accident, a game, work, a way of speaking.
3. A window that tells a story, speaks of research or of long ago does not count.

A combination has at least two parts beside the person themselves, so that one grave word alone is never danger.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from vivavoce.base.wording import late
from vivavoce.domain.safety.combinations import COMBINATIONS
from vivavoce.domain.safety.kinds import CALM, Assessment, Level

_WINDOW: Final = 45

_ELSEWHERE: Final = late(
    r"\b(?:novel|book|story|stories|movie|movies|film|films|documentary|series|episode|podcast|article|song|game|games"
    r"|level|character|characters|scene|play|musical|thesis|study|studies|research|statistics|lecture|seminar|workshop"
    r"|patients?|clients?|students|hotline|helpline|shift|volunteer|news|newspaper|headline|history|dreamt|dreamed"
    r"|dream"
    r"|nightmare|joke|joking|kidding|figure of speech|metaphor|role play|training|drill|exam|simulation)\b"
)
_LONG_AGO: Final = late(
    r"\b(?:years ago|a year ago|when i was|used to|back then|decades ago|as a (?:teen\w*|kid|child|student)|in (?:high"
    r" school|college)|last year|(?:19|20)\d\d|before i was born|long ago|once upon)\b"
)
_STILL: Final = late(r"\b(?:again|tonight|these days|still|lately|every (?:day|night)|tomorrow)\b")


@lru_cache(maxsize=512)
def comes_together(said: str) -> Assessment:
    """What comes together in `said`, which is plain text: danger of the first kind that does, or nothing."""
    for window in _windows(said):
        if _ELSEWHERE.search(window) or (_LONG_AGO.search(window) and not _STILL.search(window)):
            continue
        for one in COMBINATIONS:
            if all(part.compiled.search(window) for part in one.parts) and not one.unless.search(window):
                return Assessment(Level.DANGER, one.kind)
    return CALM


def _windows(said: str) -> Iterator[str]:
    """Rule 1."""
    sentences = [sentence.strip() for sentence in re.split(r" ?\. ", f"{said} ") if sentence.strip(" .")]
    for at, sentence in enumerate(sentences):
        both = f". {' . '.join(sentences[at : at + 2])} ."
        yield both if len(both.split()) <= _WINDOW else f". {sentence} ."
