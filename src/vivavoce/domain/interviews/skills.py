"""Which skills of skills.toml a line of text names.

1. The longest name wins: `machine learning` is not also `learning`.
2. A name that is an everyday word too (`Go`, `Excel`, `Spring`) counts only as it is written there, not as the
   beginning of a longer word (`Go-to-market`), and not as a verb (`Go the extra mile`, `Excel at what you do`).
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from vivavoce.base.wording import words
from vivavoce.domain.interviews.words import Word, joined, phrase, singular

_LONGEST: Final = 6  # words of one name
_VERB_BEFORE: Final = words(
    """to the beyond above out live ahead after through home at your quickly by further a an in"""
)
_NOUN_BEFORE: Final = words("""is are and or developer engineer services experience skills knowledge programming""")
_GRADED: Final = words("class category type grade vitamin group section plan level")
_IN: Final = words("in with and or of using like know knowledge experience language")


@dataclass(frozen=True, slots=True)
class Term:
    """A skill as it is known. track: the field of work it belongs to. exact: an everyday word too."""

    name: str
    category: str
    track: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """by_phrase: each name of each term. titles: words of job titles by track."""

    terms: tuple[Term, ...]
    by_phrase: dict[tuple[str, ...], Term]
    titles: dict[tuple[str, ...], str]

    def tracks(self) -> frozenset[str]:
        return frozenset(self.titles.values())


@cache
def taxonomy() -> Taxonomy:
    content = tomllib.loads((files("vivavoce.domain.interviews") / "skills.toml").read_text("utf-8"))
    by_phrase: dict[tuple[str, ...], Term] = {}
    terms: list[Term] = []
    for group in content["group"]:
        for row in group["terms"]:
            term, names = _term(row, group)
            terms.append(term)
            for name in names:
                by_phrase.setdefault(phrase(name), term)
    titles = {
        phrase(title): track
        for track, listed in content["titles"].items()
        for title in listed.split(",")
        if title.strip()
    }
    return Taxonomy(tuple(terms), by_phrase, titles)


def _term(row: str, group: dict[str, Any]) -> tuple[Term, list[str]]:
    name, _, others = row.partition(": ")
    term = Term(name.removeprefix("="), group["category"], group["track"], name.startswith("="))
    return term, [term.name, *(other.strip() for other in others.split(",") if other.strip())]


def skills_in(line: tuple[Word, ...]) -> list[Term]:
    """In the order of the text; one that is named twice stands twice."""
    known = taxonomy().by_phrase
    found: list[Term] = []
    at = 0
    while at < len(line):
        length, term = _longest(line, at, known)
        if term is not None:
            found.append(term)
        at += max(1, length)
    return found


def _longest(line: tuple[Word, ...], at: int, known: dict[tuple[str, ...], Term]) -> tuple[int, Term | None]:
    reach = 1
    while reach < _LONGEST and at + reach < len(line) and joined(line[at + reach - 1]):
        reach += 1
    for length in range(reach, 0, -1):
        names = tuple(word.plain for word in line[at : at + length])
        term = known.get(names) or known.get((*names[:-1], singular(names[-1])))
        if term is not None and (not term.exact or length > 1 or _is_meant(term, line, at)):
            return length, term
    return 0, None


def _is_meant(term: Term, line: tuple[Word, ...], at: int) -> bool:
    """Whether an everyday word is the skill here."""
    word = line[at]
    if word.plain != term.name.lower():
        return True  # by another name of it, `golang`
    if word.text != term.name or word.after.startswith(("-", "&", "'")) or word.before.endswith(("-", "&")):
        return False
    before = line[at - 1].plain if at else ""
    if before in _GRADED:
        return False  # a class C licence
    if word.after != " " or at + 1 == len(line):
        return True  # in a list, or at the end
    following = line[at + 1].plain
    if before in _IN and word.before == " ":
        return following not in {"to", "the", "beyond"}
    if following in _VERB_BEFORE:
        return False
    begins = at == 0 or word.before.rstrip().endswith((".", "!", "?", "\u2022", ":"))
    return not (begins and line[at + 1].text.islower() and following not in _NOUN_BEFORE)
