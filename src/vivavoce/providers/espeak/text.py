"""What of a sentence can be pronounced, and where its words stand. Pure.

eSpeak NG tells word events by place in the text, so unspeakable characters are replaced one for one by a blank. They
are: control characters (0x01 begins a command to the synthesiser), emoji and other pictures (it would read out their
names), and markup signs (it would read out "asterisk"). No SSML and no phoneme notation is ever interpreted.
"""

import unicodedata
from dataclasses import dataclass
from typing import Final

_SILENT: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "So", "Sk", "Me"})
_SIGNS: Final = frozenset("*_`^|~<>[]{}\\")
_READ_OUT: Final = frozenset("°©®™")  # of category So, but people want to hear them
_VARIATION_SELECTORS: Final = frozenset("\ufe0e\ufe0f")


def speakable(sentence: str) -> str:
    """The sentence with what cannot be pronounced blanked out; as many characters as before. Empty if nothing is
    left that makes a sound."""
    text = "".join(_heard(sentence, at) for at in range(len(sentence)))
    return text if any(character.isalnum() or character in _READ_OUT for character in text) else ""


def _heard(sentence: str, at: int) -> str:
    character = sentence[at]
    if character in _READ_OUT:
        return character
    if character == "#":
        return "#" if at and sentence[at - 1].isalnum() else " "  # C#, but not a heading
    silent = character in _SIGNS or character in _VARIATION_SELECTORS
    return " " if silent or unicodedata.category(character) in _SILENT else character


@dataclass(frozen=True, slots=True)
class Token:
    """A word as written, with the speechless signs around it, and the characters [start, end) it takes."""

    text: str
    start: int
    end: int


def tokens(sentence: str) -> tuple[Token, ...]:
    """The sentence's words. Joined by blanks they give the sentence: a lone dash or picture belongs to the word
    before it, the first to the word after it."""
    text = speakable(sentence)
    if not text:
        return ()
    found: list[Token] = []
    start = 0  # of the token being built, with what speechless stands before it
    for first, last in _runs(sentence):
        if any(text[at].isalnum() or text[at] in _READ_OUT for at in range(first, last)):
            found.append(Token(_squeezed(sentence[start:last]), first, last))
        elif found:
            found[-1] = Token(f"{found[-1].text} {sentence[first:last]}", found[-1].start, last)
        else:
            continue
        start = last
    return tuple(found)


def _runs(sentence: str) -> list[tuple[int, int]]:
    """Where the sentence is not blank: [start, end) of each run."""
    runs: list[tuple[int, int]] = []
    for at, character in enumerate(sentence):
        if character.isspace():
            continue
        if runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs


def _squeezed(text: str) -> str:
    return " ".join(text.split())
