"""The wrap-up recogniser's rules: does somebody want to stop, and what did they answer to "Shall we close here?"

They must work on recognised speech: lower case, no punctuation, fillers, several sentences run together.

1. The text is made plain: lower case, contractions opened, quotations dropped, breaks marked.
2. A wish (`WISHES`: "I have to go", "let us wrap this up", "bye") counts only where a clause begins. That is at the
   start, behind a break or a filler, or at a word such as "I" or "let" that itself begins one.
3. It does not count as somebody's words told again ("she said I have to go", "let's stop, he says"), as part of a
   longer thought ("if I have to go", "the moment I have to go") or of a habit ("every day I have to go").
4. What follows it must be nothing, a when ("now", "for today"), a reason, or thanks. So "I have to go to the dentist
   more often" and "can we wrap this chapter up next week" are none.
5. In an answer, a no at its beginning wins over a yes; a yes must be the whole answer; a fresh wish to stop is a yes.

When in doubt the rules say no: the person can say it again, while a wrong "Shall we close here?" breaks the thought.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from vivavoce.base.wording import late
from vivavoce.domain.sessions import intent_phrases as phrases


class Intent(StrEnum):
    """What a turn means for the session's end."""

    NONE = "none"
    STOP = "stop"  # nothing was asked, and the person wants to stop
    YES = "yes"  # to "Shall we close here?"
    NO = "no"


MAX_CHARS: Final = 2000  # a longer turn is read by its end: a wish to stop is said last

_QUOTED: Final = late(r"[\"“”«»„][^\"“”«»„]{1,200}[\"“”«»„]")
_WORD: Final = late(r"[a-z0-9]+(?:['-][a-z0-9]+)*|'cause|[.!?;:\n…]+|[,()–—]|\s-\s")
_OPENER: Final = late(phrases.OPENERS + r"\b(?: [.,])*\s*")
_WISH: Final = late("|".join(f"(?:{wish})" for wish in phrases.WISHES))
_TOLD_AFTER: Final = late(phrases.TOLD_AFTER)
_YES_PIECE: Final = late(rf"(?:(?P<yes>{phrases.YES_WORD})|{phrases.EXTRA})(?:\s|$)")
_YES_AFTER_NO: Final = late(phrases.YES_AFTER_NO)
_NO: Final = late(phrases.NO)
_NET: Final = late(phrases.NET)
_STARTS: Final = frozenset(["i", "we", "let", "can", "could", "shall", "may", "how", "please", "bye", "time", "would"])
_HABIT_REACH: Final = 8  # words


def wants_to_stop(text: str) -> bool:
    """Whether the person asks to end the session, said without having been asked."""
    said = plain(text)
    return any(_is_wish(said, at) for at in _clause_starts(said))


def answer_to_close(text: str) -> Intent:
    """What the person answered to "Shall we close here?": YES (also a second wish to stop), NO, or NONE."""
    said = _drop_fillers(plain(text), keep={"yes", "okay", "right", "please", "good", "fine", "great", "perfect"})
    if _YES_AFTER_NO.match(said):
        return Intent.YES
    if _NO.match(_drop_fillers(said)):
        return Intent.NO
    if _is_all_yes(said) or wants_to_stop(text):
        return Intent.YES
    return Intent.NONE


def read_intent(text: str, *, asked: bool) -> Intent:
    """By the rules: what the text says to "Shall we close here?", if that was asked, or else of itself."""
    if asked:
        return answer_to_close(text)
    return Intent.STOP if wants_to_stop(text) else Intent.NONE


def could_be_about_stopping(text: str) -> bool:
    """A wide net: False only when the text has nothing at all to do with stopping."""
    return _NET.search(plain(text)) is not None or wants_to_stop(text)


def plain(text: str) -> str:
    """`text` in the form the phrases are written for (see intent_phrases.py)."""
    lower = text[-MAX_CHARS:].lower().replace("’", "'").replace("`", "'").replace("uh huh", "uh-huh")
    unquoted = _QUOTED.sub(" , ", lower)
    if not re.search(r"[a-z]", unquoted):
        unquoted = lower  # all of it is quoted: then it is meant
    words: list[str] = []
    for match in _WORD.finditer(unquoted):
        if (token := match.group()) not in phrases.HESITATIONS:
            words.extend(_open(token))
    return " ".join([*words, "."])


def _open(token: str) -> list[str]:
    """The token's plain words."""
    if not token[0].isalnum() and token != "'cause":
        return ["," if token.strip() in {",", "(", ")", "–", "—", "-"} else "."]
    if token in phrases.CONTRACTIONS:
        return phrases.CONTRACTIONS[token].split()
    for ending, word in phrases.ENDINGS.items():
        if token.endswith(ending) and len(token) > len(ending):
            return [*_open(token.removesuffix(ending)), word]
    return [token]


def _clause_starts(said: str) -> Iterator[int]:
    """Where in `said` a clause with a wish of its own can begin, as character offsets."""
    words = said.split(" ")
    at, fresh, opened = 0, True, 0
    for index, word in enumerate(words):
        if (fresh or word in _STARTS or at == opened) and _stands_alone(words, index):
            yield at
            if opener := _OPENER.match(said, at):
                opened = opener.end()
        fresh = word in {".", ","} or word in phrases.FILLERS
        at += len(word) + 1


def _stands_alone(words: list[str], index: int) -> bool:
    """Whether what begins at `index` is neither told again nor part of a longer thought or a habit."""
    before = index
    while before and (words[before - 1] in {".", ","} or words[before - 1] in phrases.FILLERS):
        before -= 1
    joined = before == index
    last = words[before - 1] if before else ""
    if last in phrases.REPORTING or (joined and last in phrases.SUBORDINATE):
        return _after_opener(words, index)
    reach = words[max(0, index - _HABIT_REACH) : index]
    for word in reversed(reach):
        if word in {".", "okay", "anyway", "yes", "well"}:
            break
        if word in phrases.HABIT:
            return False
    return True


def _after_opener(words: list[str], index: int) -> bool:
    """Whether the words before `index` are themselves an opener, such as "I think" or "you know"."""
    behind = " ".join(words[max(0, index - 4) : index]) + " "
    return any(
        (found := _OPENER.match(behind, start)) is not None and found.end() == len(behind)
        for start in _word_offsets(behind)
        if not re.search(r"\b(?:not|never)\b", behind)
    )


def _word_offsets(text: str) -> Iterator[int]:
    return (match.start() for match in re.finditer(r"\S+", text))


def _is_wish(said: str, at: int) -> bool:
    """Whether a wish stands at `at`, or behind the openers that begin there."""
    while True:
        wish = _WISH.match(said, at)
        if wish is not None and _TOLD_AFTER.match(said, wish.end()) is None:
            return True
        opener = _OPENER.match(said, at)
        if opener is None or opener.end() == at:
            return False
        at = opener.end()


def _is_all_yes(said: str) -> bool:
    """Whether the text is nothing but pieces of a yes. Each piece is taken once, so that it costs one pass."""
    text, at, yes = " ".join(word for word in said.split() if word not in {".", ","}), 0, False
    while at < len(text):
        piece = _YES_PIECE.match(text, at)
        if piece is None:
            return False
        yes, at = yes or piece["yes"] is not None, piece.end()
    return yes


def _drop_fillers(said: str, keep: set[str] | None = None) -> str:
    """`said` without the fillers at its beginning, but for those to keep."""
    words = said.split(" ")
    start = 0
    skip = (phrases.FILLERS | {",", "."}) - (keep or set())
    while start < len(words) - 1 and words[start] in skip:
        start += 1
    return " ".join(words[start:])
