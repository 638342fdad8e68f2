"""When a pause is the end of a turn: the silence that is waited for, from the words before it.

1. A fixed silence, where one is set, is the answer.
2. Words that cannot end a sentence (a conjunction, an article, a preposition, a filler, an open comma) wait longest.
3. A finished question waits shortest; a sentence the recogniser ended with a full stop, a little longer.
4. All else waits the normal time. A model's opinion (`likely`), where there is one, moves the wait between shortest
   and longest.
5. The persona's patience stretches the wait: 0 is quick to answer, 1 waits long.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final


@dataclass(frozen=True, slots=True)
class Endpointing:
    """Silences in ms, counted from the last sample of speech. patience: 0 to 1.

    fixed_ms: wait this long whatever was said. speculative: let the model begin at a probable end of turn.
    """

    min_ms: int = 300
    normal_ms: int = 650
    max_ms: int = 1600
    fixed_ms: int | None = None
    speculative: bool = True
    patience: float = 0.5

    @property
    def stop_ms(self) -> int:
        """The silence after which a stretch of speech is over and its words are asked for."""
        shortest = self.fixed_ms if self.fixed_ms is not None else round(self.min_ms * self.stretch)
        return max(60, min(200, shortest))

    @property
    def stretch(self) -> float:
        """0.6 to 1.4; 1 for a patience of 0.5."""
        return 0.6 + 0.8 * min(1.0, max(0.0, self.patience))


class Ending(Enum):
    """How what was said so far ends."""

    QUESTION = "question"
    SENTENCE = "sentence"
    OPEN = "open"  # cannot be the end of a sentence
    PLAIN = "plain"


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_OPEN_WORDS: Final = _set(
    """and but or so because cause if when while although though unless until since that which who whose than as like
    the a an my your his her its our their this these those some any every
    to of with for from in into on onto at by about between without through over under
    is are was were am be been i'm you're we're they're it's i he she we they
    um uh uhm umm er erm hmm hm well actually basically maybe and/or plus also then just really very"""
)
_FILLERS: Final = _set("um uh uhm umm er erm hmm hm")
_QUESTION_STARTS: Final = _set(
    """what what's why how how's when where where's who who's which whose is are am was were do does did can could will
    would should shall may might have has had isn't aren't don't doesn't didn't can't couldn't won't wouldn't
    shouldn't"""
)


def ending(text: str) -> Ending:
    """How `text` ends, by its punctuation and, for English, its last and first words."""
    said = text.strip().rstrip("\"'”’)»")
    if not said:
        return Ending.OPEN
    if said.endswith(("...", "…", ",", "-", "–", "—", ":", ";")):
        return Ending.OPEN
    words = said.lower().rstrip(".?!").split()
    if words and words[-1].strip(",") in _FILLERS:
        return Ending.OPEN
    if said.endswith("?"):
        return Ending.QUESTION
    if said.endswith((".", "!")):
        return Ending.SENTENCE
    if words and words[-1] in _OPEN_WORDS:
        return Ending.OPEN
    if len(words) >= 4 and words[0] in _QUESTION_STARTS:
        return Ending.QUESTION
    return Ending.PLAIN


def delay_ms(text: str, rules: Endpointing, *, likely: float | None = None) -> int:
    """The silence, in ms from the last sample of speech, that ends a turn of these words.

    likely: 0..1, a model's opinion that the speaker is done.
    """
    if rules.fixed_ms is not None:
        return rules.fixed_ms
    if likely is not None:
        wait = rules.min_ms + (1.0 - min(1.0, max(0.0, likely))) * (rules.max_ms - rules.min_ms)
        return round(wait * rules.stretch)
    match ending(text):
        case Ending.QUESTION:
            wait = rules.min_ms
        case Ending.SENTENCE:
            wait = (rules.min_ms + rules.normal_ms) // 2
        case Ending.PLAIN:
            wait = rules.normal_ms
        case Ending.OPEN:
            wait = rules.max_ms
    return round(wait * rules.stretch)


def may_be_over(text: str, *, likely: float | None = None) -> bool:
    """Whether it is worth beginning an answer before the silence is over."""
    if likely is not None:
        return likely >= 0.5
    return ending(text) is not Ending.OPEN
