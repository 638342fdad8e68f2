"""Whether somebody really said it: a quote is found in a turn word for word, or it is no quote.

1. Only whole words count: "I can" is not in "I can't", nor "like" in "dislike".
2. Case, runs of blanks and line breaks, and the shapes of quotation marks, apostrophes, dashes and dots do not count.
   What stands around the quote (blanks, quotation marks, punctuation) does not either. Everything else does: each
   word, their order, and the punctuation between them.
3. What is kept is the turn's own text, not the text that was looked for.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vivavoce.base.ids import ReplyId, SeatId, TurnId
from vivavoce.domain.sessions.transcript import Utterance

MAX_QUOTE: Final = 600  # characters
_SHAPES: Final = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛`´ʼ′", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
        "\u00ad": "",
    }
)
_AROUND: Final = " \"'.,;:!?-()[]"


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said, as the transcript spells it. seat: None for the AI. start_ms: when its first word sounded,
    on the session's clock. why: what it shows."""

    turn: TurnId | ReplyId
    seat: SeatId | None
    name: str
    text: str
    start_ms: int
    why: str = ""


def find_quote(text: str, entry: Utterance, why: str = "") -> Quote | None:
    """The part of the turn that `text` quotes; None: it is not in there word for word."""
    wanted = _flat(text)[0].strip(_AROUND)
    if not wanted or len(text) > MAX_QUOTE:
        return None
    flat, origin = _flat(entry.text)
    at = _whole_words(wanted, flat)
    if at is None:
        return None
    start, end = origin[at], origin[at + len(wanted) - 1] + 1
    return Quote(entry.id, entry.seat, entry.name, entry.text[start:end], _sounded_ms(entry, start), why)


def find_anywhere(text: str, entries: Sequence[Utterance], why: str = "") -> Quote | None:
    """The same in the first of the turns that has it."""
    return next((quote for entry in entries if (quote := find_quote(text, entry, why)) is not None), None)


def unmarked(prose: str, entries: Sequence[Utterance]) -> str:
    """The prose without the quotation marks around words that nobody said: then they are the writer's own.

    One or two words in quotation marks are let be: they may be names.
    """

    def judge(match: re.Match[str]) -> str:
        inside = match[1]
        return match[0] if len(inside.split()) < 3 or find_anywhere(inside, entries) else inside

    return re.sub(r"[“\"„«]([^“”\"„«»]+)[”\"“»]", judge, prose)


def _flat(text: str) -> tuple[str, Sequence[int]]:
    """The text as it is compared, and for each of its characters the place it comes from."""
    if text.isascii() and " ".join(text.split()) == text and "`" not in text:  # most are, and it is much quicker
        return text.lower(), range(len(text))
    flat: list[str] = []
    origin: list[int] = []
    for at, char in enumerate(text):
        for one in unicodedata.normalize("NFKC", char.translate(_SHAPES)).casefold():
            if one.isspace() and (not flat or flat[-1] == " "):
                continue
            flat.append(" " if one.isspace() else one)
            origin.append(at)
    return "".join(flat), origin


def _whole_words(wanted: str, flat: str) -> int | None:
    at = flat.find(wanted)
    while at != -1:
        end = at + len(wanted)
        if not (_joined(flat, at) or _joined(flat, end)):
            return at
        at = flat.find(wanted, at + 1)
    return None


def _joined(flat: str, at: int) -> bool:
    """Whether the place is inside a word: "can|'t" and "well|-being" are words."""
    if not 0 < at < len(flat):
        return False
    before, after = flat[at - 1], flat[at]
    if _spaceless(before) or _spaceless(after):
        return False
    if before.isalnum() and after.isalnum():
        return True
    inner = "'-.,"  # inside a word, and numbers such as 3.5
    if after in inner and before.isalnum():
        return at + 1 < len(flat) and flat[at + 1].isalnum() and (after in "'-" or flat[at + 1].isdigit())
    if before in inner and after.isalnum():
        return at > 1 and flat[at - 2].isalnum() and (before in "'-" or flat[at - 2].isdigit())
    return unicodedata.category(after).startswith("M")  # a mark belongs to its letter


def _spaceless(char: str) -> bool:
    """Of a script that is written without blanks between words: Han, kana, Thai, Lao, Khmer, Burmese."""
    return (
        "\u0e00" <= char <= "\u0eff"
        or "\u1000" <= char <= "\u109f"
        or "\u1780" <= char <= "\u17ff"
        or ("\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff")
    )


def _sounded_ms(entry: Utterance, start: int) -> int:
    """When the word at that place of the text sounded; the turn's start where words are not timed."""
    number = len(entry.text[:start].split())
    if len(entry.words) != len(entry.text.split()) or number >= len(entry.words):
        return entry.start_ms
    return entry.start_ms + entry.words[number].start_ms
