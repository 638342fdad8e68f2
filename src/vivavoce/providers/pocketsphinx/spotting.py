"""Keyphrase search over the beginning of an utterance, as a second search of the same decoder: one acoustic model.

It is heard twice: with the cepstral mean of this utterance, which is better in noise, then, where that found no call,
with the mean of what was heard so far. Measured: 0.02 to 0.03 s of processor time each per second of sound, of at most
three; a search takes less than 1 MB. The threshold was chosen on flite's four voices.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Protocol

from vivavoce.providers.pocketsphinx.calls import Spotted

HEAD_BYTES: Final = 3 * 32_000  # a call stands at the beginning: 0.4 s from before the speech, hesitation, the phrase
SPOTTED_FROM: Final = 5e-14  # how much worse than free sounds a phrase may fit
_LEAST_SOUNDS: Final = 6  # "hey agent" has seven; of fewer, too many words sound the same
_KEPT: Final = 16  # searches, beyond which the oldest goes


class _Hypothesis(Protocol):
    hypstr: str


class _Segment(Protocol):
    word: str
    start_frame: int
    end_frame: int
    prob: float


class Decoder(Protocol):
    """Of pocketsphinx.Decoder, which ships no types, what is used of it."""

    def start_utt(self) -> None: ...
    def process_raw(self, data: bytes, no_search: bool = False, full_utt: bool = False) -> int: ...
    def end_utt(self) -> None: ...
    def hyp(self) -> _Hypothesis | None: ...
    def seg(self) -> Iterable[_Segment] | None: ...
    def lookup_word(self, word: str) -> str | None: ...
    def add_keyphrase(self, name: str, keyphrase: str) -> None: ...
    def remove_search(self, search_name: str) -> None: ...
    def activate_search(self, search_name: str | None = None) -> None: ...
    def get_cmn(self, update: bool = False) -> str: ...
    def set_cmn(self, cmn: str) -> None: ...


class Spotting:
    """The phrases' searches, made when first asked for."""

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        self._known: list[str] = []

    def spotted(self, phrases: Sequence[str], pcm: bytes) -> Iterator[list[Spotted]]:
        """Where the phrases are in `pcm`, int16 16 kHz, by one search after the other, best first, as they are asked
        for. The decoder is after each as it was before.

        A phrase with a word that the dictionary lacks, or of too few sounds, is not looked for.
        """
        plain = [" ".join(phrase.lower().split()) for phrase in phrases]
        for own_mean in (True, False) if pcm else ():
            for phrase in plain:
                if self._has(phrase):
                    yield self._search(phrase, pcm, own_mean=own_mean)

    def _has(self, phrase: str) -> bool:
        """Whether there is a search for it, perhaps from now on."""
        if phrase in self._known:
            return True
        if not self._can_be_spotted(phrase.split()):
            return False
        if len(self._known) == _KEPT:
            self._decoder.remove_search(self._known.pop(0))
        self._decoder.add_keyphrase(phrase, phrase)
        self._known.append(phrase)
        return True

    def _can_be_spotted(self, words: Sequence[str]) -> bool:
        sounds = [self._decoder.lookup_word(word) for word in words]
        return None not in sounds and sum(len(each.split()) for each in sounds if each) >= _LEAST_SOUNDS

    def _search(self, phrase: str, pcm: bytes, *, own_mean: bool) -> list[Spotted]:
        decoder = self._decoder
        mean = decoder.get_cmn()  # hearing the same again must not count twice
        decoder.activate_search(phrase)
        try:
            decoder.start_utt()
            decoder.process_raw(pcm, full_utt=own_mean)
            decoder.end_utt()
            return [Spotted(phrase, s.start_frame, s.end_frame, s.prob) for s in decoder.seg() or ()]
        finally:
            decoder.activate_search()
            decoder.set_cmn(mean)
