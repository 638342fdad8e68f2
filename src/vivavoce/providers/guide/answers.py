"""What an answer in an interview has and lacks: length, an example, one's own part, a result. By its words alone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vivavoce.base.wording import pattern, words
from vivavoce.providers.guide.words import clean, sentences

_FEW_WORDS: Final = 25
_QUOTED: Final = 12  # words of an answer that are given back
_LEAST_QUOTED: Final = 3
_LOOSE: Final = words(
    "and but or so then because that the a an to of in for with which who when while as by at on my our"
)
_JOINTS: Final = words("and but or so then because that")
_EXAMPLE: Final = re.compile(
    pattern(
        r"""\b(?:once|last (?:year|month|week|summer|winter|spring|autumn|job|project|time)|one (?:day|time|evening
        |morning|case
        |of our|of my)|when (?:i|we|my|our|a|an|the|one)|at (?:my|the|a) (?:last|previous|former|current|time)
        |for example
        |for instance|there was|in (?:19|20)\d\d|during (?:my|the|a|our)|years? ago|months? ago|weeks? ago
        |a few (?:years|months)
        |(?:i|we) (?:was|were|had|built|led|wrote|made|took|found|asked|told|called|went|got|gave|started|changed|set
        |ran
        |decided|noticed|saw|\w+ed)\b)"""
    ),
    re.IGNORECASE,
)
_OWN: Final = re.compile(r"\b(?:i|i'm|i've|i'd|my|me|myself)\b", re.IGNORECASE)
_SHARED: Final = re.compile(r"\b(?:we|we're|we've|our|us|the team)\b", re.IGNORECASE)
_RESULT: Final = re.compile(
    pattern(
        r"""\b(?:result(?:ed|s)?|in the end|at the end|finally|so that|as a consequence|led to|because of that
        |since then
        |afterwards|outcome|improved|increased|reduced|decreased|saved|grew|doubled|halved|dropped|rose|fell|won|fixed
        |solved|finished|delivered|launched|shipped|went live|signed|stayed|succeeded|worked out|turned out|in time
        |thanked|promoted|learned|learnt|percent|per cent|now (?:they|we|it|he|she|the))\b|\d+ ?(?:%|percent|euros?
        |dollars?
        |hours?|days?|weeks?|minutes?|people|customers|patients|times)|[$€£] ?\d"""
    ),
    re.IGNORECASE,
)
_VAGUE: Final = re.compile(
    pattern(
        r"""\b(?:stuff|things|various|whatever|somehow|usually|generally|normally|in general|a lot of|many different
        |always try
        |and so on|etc|kind of|sort of|basically|everything|you know)\b"""
    ),
    re.IGNORECASE,
)


class Lack(StrEnum):
    """What a follow-up can ask for, most important first."""

    SHORT = "short"
    EXAMPLE = "example"
    OWN_PART = "own_part"
    RESULT = "result"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Told:
    """lacks: empty for a full answer. quote: a few of its own words, those that matter for the first lack; empty
    where there are hardly any."""

    lacks: tuple[Lack, ...]
    quote: str


def told(answers: Sequence[str], *, story: bool) -> Told:
    """What was said to one question, in one go or in several: judged as a whole, quoted from the last.

    story: the question asks for something that happened: a situation and its outcome belong to the answer."""
    text = clean(" ".join(answers))
    lacks: list[Lack] = []
    if len(text.split()) < _FEW_WORDS:
        lacks.append(Lack.SHORT)
    if story and not _EXAMPLE.search(text):
        lacks.append(Lack.EXAMPLE)
    if _SHARED.search(text) and not _OWN.search(text):
        lacks.append(Lack.OWN_PART)
    if story and not _RESULT.search(text):
        lacks.append(Lack.RESULT)
    if len(_VAGUE.findall(text)) >= 2:
        lacks.append(Lack.VAGUE)
    return Told(tuple(lacks), _quote(clean(answers[-1]) if answers else "", lacks))


def _quote(text: str, lacks: list[Lack]) -> str:
    """A piece of one sentence: the one that shows the first lack, or for a full answer the result."""
    wanted = {Lack.OWN_PART: _SHARED, Lack.VAGUE: _VAGUE}.get(lacks[0], _OWN) if lacks else _RESULT
    parts = [part for sentence in sentences(text) for part in re.split(r"[,;:]\s+", sentence) if part.strip()]
    best = next((part for part in parts if wanted.search(part)), parts[0] if parts else "")
    found = wanted.search(best)
    before = len(best[: found.start()].split()) if found is not None else 0
    spoken = best.split()
    start = max(0, min(before - 2, len(spoken) - _QUOTED))
    piece = spoken[start : start + _QUOTED]
    while piece and piece[-1].lower() in _LOOSE:
        piece.pop()
    while piece and piece[0].lower() in _JOINTS:
        piece.pop(0)
    return " ".join(piece).strip(" .!?\"'") if len(piece) >= _LEAST_QUOTED else ""
