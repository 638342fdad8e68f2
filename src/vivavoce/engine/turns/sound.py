"""How alike two spellings sound: what a recogniser writes for a name it does not know. Pure.

A spelling becomes a short key: consonants in groups that are easily confused (b p; d t; j ch sh zh; g k q; f v; s z),
every run of vowels as one sign. Two keys are compared by edit distance. The first sign must be the same, and with
short keys the spellings must be close too, for few sounds are shared by many words.
"""

import re
import unicodedata
from functools import cache
from typing import Final

_GROUPS: Final = (
    (re.compile(r"(?:tch|dge?(?=[aeiou]|$)|ch|sh|j|g(?=[eiy])|[st]i(?=[ao])|c[ie](?=[ao])|zh)"), "X"),
    (re.compile(r"ph"), "F"),
    (re.compile(r"(?<=[aeiou])gh"), ""),
    (re.compile(r"kn|gn(?=$)"), "N"),
    (re.compile(r"wr"), "R"),
    (re.compile(r"th"), "T"),
    (re.compile(r"c(?=[eiy])"), "S"),
    (re.compile(r"x"), "KS"),
    (re.compile(r"ck|[kgcq]"), "K"),
    (re.compile(r"[bp]"), "P"),
    (re.compile(r"[dt]"), "T"),
    (re.compile(r"[fv]"), "F"),
    (re.compile(r"[sz]"), "S"),
    (re.compile(r"[hw]"), ""),
    (re.compile(r"[aeiouy]+"), "A"),
)
_FIRST: Final = {**dict.fromkeys("ae", "a"), **dict.fromkeys("iy", "i"), **dict.fromkeys("ou", "o")}
_SHORT: Final = 4  # signs of a key up to which the spellings must be close too


def plain(text: str) -> str:
    """In lower case, without accents and apostrophes."""
    bare = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in bare if not unicodedata.combining(letter) and letter not in "'’")


@cache
def key(spelling: str) -> str:
    """The key of a word or name in plain letters."""
    found = spelling
    for form, sign in _GROUPS:
        found = form.sub(sign, found)
    found = "".join(sign for sign in found if sign.isalpha()).upper()
    return re.sub(r"(.)\1+", r"\1", found)


def sounds_like(heard: str, name: str) -> bool:
    """Whether `heard` may be how a recogniser spelled `name`; both plain, without spaces."""
    if heard == name:
        return True
    if not heard or not name or _first(heard) != _first(name):
        return False
    one, other = key(heard), key(name)
    if one[:1] != other[:1]:
        return False
    if len(other) <= _SHORT:
        apart = max(1, len(name) // 2) if len(other) > 2 else 1
        return one == other and len(heard) > 2 and distance(heard, name) <= apart
    return distance(one, other) <= (1 if len(other) <= 7 else 2)


def _first(spelling: str) -> str:
    """The group of a first vowel; first consonants are compared by their keys."""
    return "o" if spelling.startswith("eu") else _FIRST.get(spelling[0], "")


@cache
def distance(one: str, other: str) -> int:
    """How many letters must be added, dropped or changed to make one of the other."""
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, right in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (left != right))
    return row[-1]
