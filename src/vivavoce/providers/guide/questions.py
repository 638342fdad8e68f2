"""Questions a script can ask, and how the guide finds out from the history which of them were asked.

No question is asked twice. When all that fit are used up, one comes again behind words such as "A little later on,"
which make another question of it: the stock never ends.
"""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from vivavoce.providers.guide.words import capital, lower_first, tokens

_SLOT: Final = re.compile(r"\{(\w+)\}")
AGAIN: Final = (
    "In other words,", "Seen from today,", "Put differently,", "If we look again,", "With a bit of distance,",
    "Once more, and slowly:", "Thinking of all you have said:", "From another side:", "And if we stay with it,",
    "Looking at it fresh,", "Just for a moment:", "Before we go on:", "Said in the simplest way:",
)  # fmt: skip
"""Words before a question that must be asked again."""
_PREFIX: Final = re.compile("^(?:(?:" + "|".join(re.escape(prefix) for prefix in AGAIN) + r")\s+)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """text, again: one sentence each that ends in `?`; `again` asks the same in simpler words. Both may have slots.

    stage: when it is asked. needs: slots and facts that must be there. follows: what the last answer must hold, as a
    pattern over its plain text; such a question goes before the others. fills: what its answer tells. easy: concrete
    enough for somebody who says little.
    """

    id: str
    stage: str
    text: str
    again: str
    needs: tuple[str, ...] = ()
    follows: str = ""
    fills: str = ""
    easy: bool = False

    def slots(self) -> set[str]:
        return slots_in(self.text) | set(self.needs)


def slots_in(text: str) -> set[str]:
    return set(_SLOT.findall(text))


def signature(question: str) -> str:
    """The question without what may differ in writing: case, punctuation."""
    return " ".join(tokens(question))


def asked_in(line: str) -> str:
    """The question that ends `line`, or nothing."""
    if "?" not in line:
        return ""
    head = line[: line.rindex("?") + 1]
    starts = [match.end() for match in re.finditer(r"[.!?…]\s+", head[:-1])]
    return head[starts[-1] :] if starts else head


def unprefixed(question: str) -> str:
    """The question without the words that made another one of it."""
    return capital(_PREFIX.sub("", question))


class Stock:
    """All questions of a script, and how to know one again."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self.questions: Final = tuple(questions)
        self.by_id: Final = {question.id: question for question in questions}
        assert len(self.by_id) == len(self.questions), "two questions have the same id"
        self._patterns: Final = [
            (re.compile(_pattern(asked_in(text)), re.IGNORECASE), question.id)
            for question in questions
            for text in (question.text, question.again)
        ]
        self._find = lru_cache(maxsize=4096)(self._search)

    def find(self, asked: str) -> Question | None:
        """Which question this sentence is."""
        id = self._find(signature(_PREFIX.sub("", asked)))
        return self.by_id[id] if id else None

    def _search(self, asked: str) -> str:
        return next((id for pattern, id in self._patterns if pattern.fullmatch(asked)), "")


def _pattern(text: str) -> str:
    """A regular expression over signatures, with each slot open."""
    pieces = _SLOT.split(text)
    parts = [re.escape(signature(piece)) if index % 2 == 0 else "SLOT" for index, piece in enumerate(pieces)]
    return " ".join(part for part in parts if part).replace("\\ ", " ").replace("SLOT", "(?:.+)")


def fill(text: str, slots: Mapping[str, str]) -> str:
    """The question with its slots filled."""
    filled = _SLOT.sub(lambda match: slots[match[1]], text)
    return capital(re.sub(r"\s+", " ", filled))


def fresh(texts: Iterable[str], asked: frozenset[str]) -> str:
    """The first of the questions that was not asked yet, behind as many `AGAIN` words as that takes."""
    options = [text for text in texts if text]
    for option in options:
        if signature(asked_in(option)) not in asked:
            return option
    for number in itertools.count():
        prefix = _prefix(number)
        for option in map(asked_in, options):
            again = f"{prefix} {lower_first(option)}"
            if signature(again) not in asked:
                return again
    raise AssertionError("there is always another prefix")


def _prefix(number: int) -> str:
    """The words for the nth repetition; from the fourteenth on they are put together."""
    number, which = divmod(number, len(AGAIN))
    words = [AGAIN[which]]
    while number:
        number, which = divmod(number - 1, len(AGAIN))
        words.append(AGAIN[which].lower())
    return " ".join(words)
