"""Text as words, so that names can be looked up in it: case, hyphens, plurals and spellings of English aside."""

import re
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"(?:(?<![\w.])\.)?[^\W_]+(?:[.'’][^\W_]+)*[+#]*")
_JOINS: Final = frozenset({" ", "-", "/", "&", " & ", " / ", " - ", "\u2010", "\u2011", "\u00a0"})
"""What may stand between two words of one name."""
_SPELLINGS: Final = (
    ("isation", "ization"), ("ising", "izing"), ("modelling", "modeling"), ("modeller", "modeler"),
    ("counsell", "counsel"), ("centre", "center"), ("behaviour", "behavior"), ("colour", "color"), ("labour", "labor"),
    ("licence", "license"), ("paediatric", "pediatric"), ("anaesth", "anesth"), ("organis", "organiz"),
    ("optimis", "optimiz"), ("analys", "analyz"), ("visualis", "visualiz"), ("prioritis", "prioritiz"),
    ("judgement", "judgment"), ("defence", "defense"), ("labelling", "labeling"), ("programme", "program"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """text: as written. plain: in the one spelling that names are looked up by. before, after: up to the next word."""

    text: str
    plain: str
    before: str
    after: str


def words_of(line: str) -> tuple[Word, ...]:
    found = list(_WORD.finditer(line))
    edges = [0, *(match.end() for match in found)]
    starts = [*(match.start() for match in found), len(line)]
    gaps = [line[edge:start] for edge, start in zip(edges, starts, strict=True)]
    return tuple(Word(match[0], plain(match[0]), gaps[n], gaps[n + 1]) for n, match in enumerate(found))


def plain(word: str) -> str:
    """One word, in lower case and American spelling."""
    lower = word.lower().replace("’", "'").removesuffix("'s")
    for british, american in _SPELLINGS:
        lower = lower.replace(british, american)
    return lower.replace("analyzis", "analysis").replace("analyzt", "analyst")


def phrase(name: str) -> tuple[str, ...]:
    """A name as the words that it is looked up by."""
    return tuple(word.plain for word in words_of(name))


def singular(word: str) -> str:
    """The word without its plural's ending, roughly: good enough to find a name."""
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("ches", "shes", "xes")) else word.removesuffix("s")


def joined(first: Word) -> bool:
    """Whether the next word may belong to the same name."""
    return first.after in _JOINS
