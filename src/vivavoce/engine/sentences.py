"""Text that a model is still writing, cut into sentences as early as can be.

1. A sentence ends at `.`, `!`, `?`, `…` or a line break. It is given out with the end, without waiting for what
   follows, unless what follows could still change it: a number (`3.` may become `3.5`), an abbreviation or initial,
   an open quotation or bracket, or no letters yet.
2. Closing quotes and brackets belong to the sentence before them, unless it goes on in lower case behind them.
3. A first sentence that gets long is cut at a clause, so that the voice can begin; any sentence at a space once it
   is longer than `LONGEST` characters.
4. Nothing is lost: the pieces joined are the text.
"""

import re
from collections.abc import Iterator
from typing import Final

LONGEST: Final = 320
_FIRST_CLAUSE_FROM: Final = 60  # a shorter first clause would sound chopped
_FIRST_LONG: Final = 90
_END: Final = re.compile(r"[.!?…。！？]+[\"'”’»)\]]*|\n+")
_CLAUSE: Final = re.compile(r"[,;:–—](?=\s)")
_ABBREVIATIONS: Final = re.compile(
    r"(?:mrs?|ms|dr|prof|[sj]r|st|vs|etc|e\.?g|i\.?e|approx|no|nr|dept|fig|min|max|inc|ltd|co|u\.[sk]|[ap]\.m)"
)
_LAYOUT: Final = re.compile(r"[*_`#~|<>]+|\[(?=[^\]]*\]\()|\]\([^)]*\)|[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]")
_CLOSERS: Final = "\"'”’»)]"
_OPENERS: Final = {"(": ")", "[": "]", "“": "”", "«": "»", "„": "“"}


class SentenceSplitter:
    """Feed it pieces of text; it gives out sentences, white space included."""

    def __init__(self) -> None:
        self._text = ""
        self._given = 0  # sentences given out

    def push(self, piece: str) -> list[str]:
        """The sentences that are complete with `piece`."""
        self._text += piece
        found: list[str] = []
        while (cut := self._cut()) is not None:
            found.append(self._text[:cut])
            self._text = self._text[cut:]
        self._given += len(found)
        return found

    def rest(self) -> str:
        """What is left when the model has ended. The splitter is then as new."""
        rest, self._text, self._given = self._text, "", 0
        return rest

    def _cut(self) -> int | None:
        text = self._text
        for match in _END.finditer(text):
            if _ends_sentence(text, match):
                return match.end()
        if self._given == 0 and len(text) > _FIRST_LONG:
            clause = _CLAUSE.search(text, _FIRST_CLAUSE_FROM)
            if clause is not None:
                return clause.end()
        if len(text) > LONGEST:
            space = text.rfind(" ", 1, LONGEST)
            return space if space > 0 and text[:space].strip() else LONGEST
        return None


def split(text: str) -> list[str]:
    """The sentences of a whole text, without the white space around them."""
    return [sentence for piece in _pieces(text) if (sentence := piece.strip())]


def speakable(sentence: str) -> str:
    """What a voice is given: no marks of layout, no symbols. Empty when nothing is left to say."""
    plain = _LAYOUT.sub("", sentence)
    plain = " ".join(plain.split()).removeprefix("- ")
    return plain if any(char.isalnum() for char in plain) else ""


def _pieces(text: str) -> Iterator[str]:
    splitter = SentenceSplitter()
    yield from splitter.push(text)
    yield splitter.rest()


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()], text[match.end() :]
    if not any(char.isalnum() for char in before) or _is_open(before, match[0]):
        return False
    if match[0].startswith("\n"):
        return True
    if after and not after[0].isspace():
        return False  # inside a word or number: `3.5`, `example.com`
    if match[0][-1] in _CLOSERS and not after[1:2].strip():
        return False  # `"Stop!"` may go on with `he said`
    if match[0][-1] in _CLOSERS and after[1].islower():
        return False
    if match[0] != ".":
        return bool(after) or match[0][-1] in "!?…。！？" or len(match[0]) > 1
    word = before.split()[-1].lower().lstrip("(\"'“")
    if _ABBREVIATIONS.fullmatch(word) or (len(word) == 1 and word.isalpha() and word != "i"):
        return False
    if word[-1:].isdigit():
        return bool(after) and not _is_list_number(before)
    return True


def _is_list_number(before: str) -> bool:
    """`1.` at the start of a line counts what follows; it is no sentence."""
    return before.rsplit("\n", 1)[-1].strip().isdigit()


def _is_open(before: str, end: str) -> bool:
    """A quotation or bracket is open at the end of the sentence, and `end` does not close it."""
    if (before + end).count('"') % 2:
        return True
    return any(before.count(opener) > before.count(closer) + end.count(closer) for opener, closer in _OPENERS.items())
