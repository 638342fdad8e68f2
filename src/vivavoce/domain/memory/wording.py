"""The words of a text that carry it: for searching, and for telling whether two texts say the same.

`terms` folds case and accents, leaves out the words that every sentence has, and takes scripts without blanks letter
by letter. `stems` cuts the commonest English endings, so that "calling Anna" and "called Anna" are alike.
"""

import re
import unicodedata
from typing import Final

from vivavoce.base.wording import words

# the English stop words of PostgreSQL, so that both stores leave out the same
STOP_WORDS: Final = words(
    """i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself
    it its itself they them their theirs themselves what which who whom this that these those am is are was were be
    been being have has had having do does did doing a an the and but if or because as until while of at by for with
    about against between into through during before after above below to from up down in out on off over under again
    further then once here there when where why how all any both each few more most other some such no nor not only own
    same so than too very s t can will just don should now d ll m o re ve y
    im ive id ill dont doesnt didnt cant wont isnt arent would could also really actually"""
)
_NEGATIVE: Final = re.compile(
    r"\b(?:not|never|no longer|no more|cannot|stopped|quit|gave up|given up|hate|dislike|without)\b|n't\b",
    re.IGNORECASE,
)
_SAYS_LITTLE: Final = words(
    """want like love hate enjoy prefer rather need wish hope plan goal aim dream longer anymore any stop quit give gave
    never always usually often sometimes try tri start dislike stand remind please fact goe will today soon"""
)
_MOST_TERMS: Final = 200
_IRREGULAR: Final = {
    past: verb
    for past, _, verb in (
        pair.partition("=")
        for pair in words(
            """sent=send wrote=write written=write told=tell spoke=speak spoken=speak met=meet bought=buy made=make
            gave=give given=give went=go gone=go ran=run swam=swim began=begin begun=begin found=find built=build
            paid=pay said=say took=take taken=take sold=sell slept=sleep drew=draw drawn=draw rang=ring
            children=child"""
        )
    )
}
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_NO_BLANKS: Final = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\u0e00-\u0eff]")


def terms(text: str) -> tuple[str, ...]:
    """The words to search by, in order, each once; at most 200."""
    folded = "".join(
        char for char in unicodedata.normalize("NFKD", text.replace("’", "'")) if not unicodedata.combining(char)
    ).casefold()
    spaced = _NO_BLANKS.sub(lambda match: f" {match[0]} ", folded)
    found = (word.removesuffix("'s").replace("'", "") for word in _WORD.findall(spaced))
    return tuple(dict.fromkeys(word for word in found if word and word not in STOP_WORDS))[:_MOST_TERMS]


def stems(text: str) -> frozenset[str]:
    return frozenset(stem(term) for term in terms(text))


def core(text: str) -> frozenset[str]:
    """The stems that say what it is about, without those that say how one stands to it (want, love, no longer)."""
    found = stems(text)
    return found - _SAYS_LITTLE or found


def negative(text: str) -> bool:
    """Whether it says that something is not so."""
    return _NEGATIVE.search(text.replace("’", "'")) is not None


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """0 (nothing in common) to 1 (the same words)."""
    return len(one & other) / len(one | other) if one or other else 1.0


def stem(word: str) -> str:
    """A word without its commonest English endings. `called` and `calling` give `call`; `sent` gives `send`."""
    word = _IRREGULAR.get(word, word)
    if len(word) < 4 or not word.isascii():
        return word
    for ending, instead in (("ies", "y"), ("ied", "y"), ("sses", "ss")):
        if word.endswith(ending) and len(word) > 4:
            return word[: -len(ending)] + instead
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _without_double(word[: -len(ending)])
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def _without_double(word: str) -> str:
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        return word[:-1]
    return word.removesuffix("e")
