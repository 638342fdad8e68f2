"""A short sentence that shows the person what was understood, in their words but not as an echo.

1. A number on a scale, an idea, or a step they will take is named as such.
2. Two clauses joined by "but" are put side by side.
3. Otherwise the clause that carries most is told back, behind changing openings; a feeling in it weighs most.
4. Little to go by: a plain acknowledgement. Short answers get that every fifth time, so that it never becomes a
   parrot.
"""

import itertools
import re
from typing import Final

from vivavoce.base.wording import pattern, words
from vivavoce.providers.guide import mentions, plans
from vivavoce.providers.guide.noticing import Move
from vivavoce.providers.guide.talk import Talk
from vivavoce.providers.guide.words import (
    Clause,
    capital,
    clauses,
    clean,
    content_words,
    tellable,
    tokens,
    word_count,
)

SCALE: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
LONGEST_WORDS: Final = 24

_OPENINGS: Final = ("So {}.", "{}.", "You say {}.", "Okay, {}.", "I hear that {}.", "So, as I understand it, {}.")
_PLAIN: Final = ("I see.", "Okay.", "Thank you.", "Right.", "Okay, thank you.", "All right.")
_HARD: Final = (
    "That sounds hard.", "That is a lot to carry.", "I can imagine that weighs on you.", "That does not sound easy.",
)  # fmt: skip
_GLAD: Final = ("That is good to hear.", "That sounds good.", "Nice.")
_GOOD_FEELINGS: Final = words(
    """happy glad excited proud relieved hopeful grateful curious confident motivated calm love"""
)
_SOUNDS: Final = re.compile(
    pattern(
        r"""\b(?:is|it's|he's|she's|was|that's|so|really|just|very|too) (annoying|boring|unfair|exhausting|
    frustrating|scary
    |stressful|horrible|awful|difficult|hard|painful|lonely|embarrassing|sad|confusing|tiring)\b"""
    ),
    re.IGNORECASE,
)


def reflect(talk: Talk) -> str:
    """One or two short statements about the last answer; at most `LONGEST_WORDS` words, no question."""
    for part in (_number(talk), _wish(talk), _step(talk), _idea(talk), _feeling_or_clause(talk)):
        if part and word_count(part) <= LONGEST_WORDS:
            return part
    return _echo(talk) or plain_word(talk)


def _echo(talk: Talk) -> str:
    """A word or three, given back as they are: `School, okay.`"""
    words = tokens(talk.last)
    if (
        len(words) > 3
        or not content_words(talk.last)
        or talk.move is not Move.ANSWER
        or {word.split("'")[0] for word in words} & {"i", "my", "you"}
    ):
        return ""
    return f"{capital(clean(talk.last).strip('.!,; '))}, okay."


def plain_word(talk: Talk) -> str:
    return _PLAIN[len(talk.replies) % len(_PLAIN)]


def _number(talk: Talk) -> str:
    fills = talk.question.fills if talk.question else ""
    value = {"score": talk.notes.score, "sure": talk.notes.sure}.get(fills)
    if value is None:
        return ""
    named = capital(SCALE[value])
    return f"{named} out of ten, thank you." if fills == "score" else f"{named} out of ten."


def _wish(talk: Talk) -> str:
    """The goal, in the reply to the sentence that named it."""
    goal = talk.notes.goal
    named = plans.wish(talk.last) == goal or (talk.question is not None and talk.question.fills == "goal")
    if len(talk.said) < 2 or not goal or not named or any(goal in line for line in talk.replies):
        return ""
    return f"So you want to {goal}."


def _step(talk: Talk) -> str:
    fills = talk.question.fills if talk.question else ""
    firm = plans.commitments(talk.last, loose=fills == "commitment")
    if fills == "commitment" and not firm and talk.notes.commitments:
        firm = [plans.bare_action(talk.last)]
    if fills == "day" and mentions.days(talk.last):
        return f"{capital(mentions.days(talk.last)[0])}, then."
    if not firm or not firm[0] or firm[0] not in talk.notes.commitments:
        return ""
    return f"So you will {firm[0]}." if len(talk.replies) % 2 else f"Good: you will {firm[0]}."


def _idea(talk: Talk) -> str:
    """A way out that was named just now."""
    newest = plans.idea(talk.last)
    if talk.stage not in {"reality", "options"} or not newest or newest not in talk.notes.options:
        return ""
    return (f"That is one idea: {newest}.", f"Another idea: {newest}.", f"One more: {newest}.")[
        min(len(talk.notes.options), 3) - 1
    ]


def _feeling_or_clause(talk: Talk) -> str:
    said = talk.last
    feelings = mentions.feelings(said)
    parts = clauses(said)
    turn = len(talk.replies)
    both = _contrast(parts)
    if both:
        return both
    best = plans.heart(said)
    echo = bool(best) and len(content_words(said)) <= 3 and len(talk.said) > 1
    if (named := _SOUNDS.search(said)) is not None and (not best or echo):
        return f"That sounds {named[1].lower()}."
    if feelings and (not best or not any(feeling in tokens(best) for feeling in feelings) or echo):
        glad = feelings[-1] in _GOOD_FEELINGS
        comfort = _GLAD[turn % len(_GLAD)] if glad else _HARD[turn % len(_HARD)]
        return comfort
    if not best or echo or (turn % 5 == 4 and len(content_words(best)) < 4):
        return ""
    return _OPENINGS[turn % len(_OPENINGS)].format(best if turn % len(_OPENINGS) != 1 else capital(best))


def _contrast(parts: tuple[Clause, ...]) -> str:
    for before, after in itertools.pairwise(parts):
        if after.joint == "but":
            one, other = tellable(before.text, longest=12), tellable(after.text, longest=12)
            if one and other and word_count(one) + word_count(other) <= LONGEST_WORDS - 6:
                return f"On one side, {one}. On the other, {other}."
    return ""
