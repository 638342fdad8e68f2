"""From the synthesiser's events to words and mouth shapes with times. Pure.

1. A word event names a place in the text; it starts the word that stands there. Events inside a word that has begun
   (the parts of a number, of "O'Neill's") and events that point back say nothing new.
2. The synthesiser tells one event for function words it runs together ("I am"). The time up to the next event is
   then shared by letters.
3. A word ends where the pause after it begins, or else where the next word starts.
4. A sound's shapes are spread over its length, which is known when the next sound begins.
Places may be off by one near accented letters (measured), so a place between two words means the later one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from vivavoce.providers.espeak.mouth import SILENCE, shapes_of
from vivavoce.providers.espeak.text import Token


@dataclass(frozen=True, slots=True)
class WordEvent:
    """at: index of the character in the text, from 0."""

    at: int
    ms: int


@dataclass(frozen=True, slots=True)
class SoundEvent:
    """sound: IPA; empty for a pause."""

    sound: str
    ms: int


@dataclass(frozen=True, slots=True)
class EndEvent:
    """The end of a clause."""

    ms: int


Mark = WordEvent | SoundEvent | EndEvent


class Timeline:
    """One sentence's marks. `words` and `mouth` grow in order and hold only what is final."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.words: list[tuple[str, int, int]] = []
        self.mouth: list[tuple[int, str]] = []
        self._tokens = tokens
        self._next = 0  # the first token not in `words`
        self._current: int | None = None  # the token that last began
        self._began_ms = 0
        self._pause_ms: int | None = None  # since when nothing sounds
        self._sound: tuple[int, tuple[str, ...]] | None = None  # begun at, shapes

    @property
    def settled_ms(self) -> int:
        """Words and shapes that begin before this are final."""
        return self._began_ms

    def add(self, mark: Mark) -> None:
        match mark:
            case WordEvent(at, ms):
                if self._sound is not None and ms > self._sound[0]:
                    self._close_sound(ms)  # so that all before the word is final
                self._word(at, ms)
            case SoundEvent(sound, ms):
                self._close_sound(ms)
                self._sound = (ms, shapes_of(sound))
                self._pause_ms = None if sound else ms if self._pause_ms is None else self._pause_ms
            case EndEvent(ms):
                self._close_sound(ms)
                self._pause_ms = ms if self._pause_ms is None else self._pause_ms

    def end(self, ms: int) -> None:
        """The sound is `ms` long; all is final now."""
        self._close_sound(ms)
        if self._tokens and self._next < len(self._tokens):
            self._share(len(self._tokens), ms)
        if self.mouth and self.mouth[-1][1] != SILENCE:
            self.mouth.append((ms, SILENCE))
        self._began_ms = ms

    def _word(self, at: int, ms: int) -> None:
        token = self._token_at(at)
        if token is None or (self._current is not None and token <= self._current):
            return
        if self._current is not None:
            self._share(token, ms)
        self._current = token
        self._began_ms = ms if self.words else 0  # what stands before the first event starts with the sound
        self._pause_ms = None

    def _token_at(self, at: int) -> int | None:
        return next((index for index, token in enumerate(self._tokens) if at < token.end), None)

    def _share(self, end: int, next_ms: int) -> None:
        """Give the tokens up to `end` their parts of the time since the last word event."""
        group = self._tokens[self._next : end]
        stop_ms = max(self._began_ms, next_ms if self._pause_ms is None else min(self._pause_ms, next_ms))
        letters = sum(len(token.text) for token in group)
        start, done = self._began_ms, 0
        for token in group:
            done += len(token.text)
            stop = self._began_ms + round((stop_ms - self._began_ms) * done / letters)
            self.words.append((token.text, start, stop))
            start = stop
        self._next = end

    def _close_sound(self, ms: int) -> None:
        if self._sound is None:
            return
        began, shapes = self._sound
        self._sound = None
        if ms <= began:
            return  # swallowed by the next sound
        for index, shape in enumerate(shapes):
            if not self.mouth or self.mouth[-1][1] != shape:
                self.mouth.append((began + (ms - began) * index // len(shapes), shape))
