"""A phrase that was spotted, put among the words in place of what the free recogniser made of it. Pure.

Keyphrase search hears a phrase such as "hey agent" where the recogniser, which knows how often words stand together,
writes "cage and" or "they need to". It also hears it in "the agent", "her agent" and "ancient", so it is believed only

1. at the beginning of the utterance: before it there is nothing, or hesitation, or a greeting that it swallowed
   ("hey" or "they", a pause, then the rest; also "the", where nothing follows). "My travel agent" calls nobody;
2. and, unless it was heard very clearly, where the recogniser is not sure of other words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from vivavoce.providers.pocketsphinx.words import Segment, plain

_HESITATION: Final = frozenset({"um", "uh", "er", "erm", "ah", "oh", "so", "well", "and", "but", "okay", "please"})
_GREETINGS: Final = frozenset({"hey", "hay", "hi", "hello", "he", "they", "a", "eh", "aye"})
_ARTICLES: Final = frozenset({"the", "an"})
_SURE: Final = 0.9  # posterior probability from which a recognised word stands against a phrase
# the score of a phrase that fits better than other sounds; chosen on some 1000 utterances of flite's voices, where
# beyond it only words that sound almost the same began an utterance ("her agent", "hey ancient")
_CLEAR: Final = 0.8607
_NO_WORD: Final = 10  # frames


@dataclass(frozen=True, slots=True)
class Spotted:
    """Where keyphrase search heard the phrase; frames as in `Segment`. score: its own, 0.78 (hardly) to 0.95."""

    phrase: str
    start_frame: int
    end_frame: int
    score: float


def with_call(segments: Sequence[Segment], spotted: Iterable[Spotted]) -> list[Segment] | None:
    """The utterance's words with the first phrase that is believed among them; None if none is."""
    words = [segment for segment in segments if plain(segment.word)]
    for call in sorted(spotted, key=lambda one: one.start_frame):
        before = [word for word in words if _is_before(word, call.start_frame)]
        covered = [word for word in words[len(before) :] if _middle(word) <= call.end_frame]
        after = words[len(before) + len(covered) :]
        if len(after) == 1 and _is_its_end(after[0], call):
            after = []
        alone = not after
        if _begins(before, _GREETINGS | _ARTICLES if alone else _GREETINGS) and (
            call.score >= _CLEAR or not _stands(covered, call.phrase)
        ):
            kept = [word for word in before if plain(word.word).lower() in _HESITATION]
            return [*kept, *_said(call, kept, after), *after]
    return None


def _is_before(word: Segment, frame: int) -> bool:
    """Whether three quarters of the word and more are: in noise a word is often one with the phrase's beginning."""
    return word.end_frame + 1 - frame < (word.end_frame + 1 - word.start_frame) / 4


def _is_its_end(word: Segment, call: Spotted) -> bool:
    """Whether the only word behind the call is none: begun within it and drawn out by noise, or a tenth of a second."""
    return word.start_frame <= call.end_frame or word.end_frame - word.start_frame < _NO_WORD


def _middle(segment: Segment) -> float:
    return (segment.start_frame + segment.end_frame) / 2


def _begins(before: Sequence[Segment], greetings: frozenset[str]) -> bool:
    spoken = [plain(segment.word).lower() for segment in before]
    if spoken and spoken[-1] in greetings:
        spoken.pop()
    return all(word in _HESITATION for word in spoken)


def _stands(covered: Iterable[Segment], phrase: str) -> bool:
    """Whether the recogniser is sure of a word that is neither of the phrase nor like its beginning."""
    own = {*phrase.split(), *_GREETINGS}
    return any(word.probability >= _SURE and plain(word.word).lower() not in own for word in covered)


def _said(call: Spotted, kept: Sequence[Segment], after: Sequence[Segment]) -> Iterable[Segment]:
    """The phrase's words between those around them, the time shared out by their letters."""
    words = call.phrase.split()
    start = max(call.start_frame, kept[-1].end_frame + 1 if kept else 0)
    end = min(call.end_frame + 1, after[0].start_frame if after else call.end_frame + 1)
    letters, said = sum(map(len, words)), 0
    for word in words:
        begins = start + (end - start) * said // letters
        said += len(word)
        yield Segment(word, begins, start + (end - start) * said // letters - 1, call.score)
