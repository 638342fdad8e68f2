"""The AI's voice of one room, 20 ms at a time, and the truth about what was played of it.

1. A reply is a line-up of clips, one per sentence, which are still being filled while they play.
2. Every slot of the pulse carries at most one frame. The first sound of a clip does not wait for the next beat.
3. `hold` stops after the last frame that is out; `resume` goes on at the start of the word that was cut.
4. No sample is lost, doubled or reordered, but for what a resume repeats on purpose.
5. A clip without sound is shown instead of spoken: it is passed in no time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

import anyio
import numpy as np

from vivavoce.domain.sessions.events import Word
from vivavoce.engine.audio.frame import FRAME_MS
from vivavoce.engine.heard import heard_until, word_start_ms
from vivavoce.engine.ports import Mouth, Samples, Speech, VoiceFrame
from vivavoce.engine.pulse import Pulse

_REPEAT_MS: Final = 240  # of the sound before the hold, where word times are unknown: about a syllable


@dataclass(slots=True, eq=False)
class Clip:
    """One sentence. anchors: (ms in the clip, ms on the session's clock), one per begin and resume."""

    index: int
    text: str
    rate_hz: int
    chunks: list[Samples] = field(default_factory=list[Samples])
    words: list[Word] = field(default_factory=list[Word])
    mouth: list[Mouth] = field(default_factory=list[Mouth])
    length: int = 0
    played: int = 0
    closed: bool = False
    anchors: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])

    @property
    def begun(self) -> bool:
        return bool(self.anchors)

    @property
    def finished(self) -> bool:
        return self.begun and self.closed and self.played >= self.length

    @property
    def played_ms(self) -> int:
        return self.played * 1000 // self.rate_hz

    @property
    def length_ms(self) -> int:
        return self.length * 1000 // self.rate_hz

    def heard_characters(self) -> int:
        if self.finished:
            return len(self.text)
        if not self.begun:
            return 0
        return heard_until(self.text, self.words, self.played_ms, self.length_ms if self.closed else None)

    def heard_words(self) -> list[Word]:
        """The words that were heard, on the session's clock."""
        heard: list[Word] = []
        for word in self.words:
            if not self.finished and word.end_ms > self.played_ms:
                break
            at_ms, since_ms = next(anchor for anchor in reversed(self.anchors) if anchor[0] <= word.start_ms)
            heard.append(Word(word.text, since_ms + word.start_ms - at_ms, since_ms + word.end_ms - at_ms))
        return heard


@dataclass(frozen=True, slots=True)
class Heard:
    """text + unheard is what was written, but for white space between. words: on the session's clock."""

    text: str
    unheard: str
    words: tuple[Word, ...]


class Stage(Protocol):
    """Where a playout's frames go."""

    def now_ms(self) -> int: ...

    def play(self, frame: VoiceFrame) -> None: ...

    def sentence_began(self, clip: Clip) -> None: ...

    def lips(self, clip: Clip, words: Sequence[Word], mouth: Sequence[Mouth]) -> None:
        """More of these became known, or must be told again; the clip plays at `clip.played_ms`."""
        ...

    def failed(self, error: Exception) -> None: ...


class LineUp:
    """The sound of one reply, from the first sentence on. Played once `Playout.start` was called with it."""

    def __init__(self) -> None:
        self.clips: list[Clip] = []
        self.closed = False
        self.playout: Playout | None = None
        self._moved: anyio.Event | None = None  # made when somebody waits

    def add(self, text: str, rate_hz: int) -> Clip:
        """A clip for the next sentence, still empty."""
        clip = Clip(len(self.clips), text, rate_hz)
        self.clips.append(clip)
        return clip

    def write(self, clip: Clip, speech: Speech) -> None:
        clip.words.extend(speech.words)
        clip.mouth.extend(speech.mouth)
        if len(speech.samples):
            clip.chunks.append(speech.samples)
            clip.length += len(speech.samples)
        if self.playout is not None:
            self.playout.grown(clip, speech)

    def close(self, clip: Clip) -> None:
        """All of this sentence is written."""
        clip.closed = True
        if self.playout is not None:
            self.playout.poke()

    def end(self) -> None:
        """All sentences are written."""
        self.closed = True
        if self.playout is not None:
            self.playout.poke()
        self.moved()

    def curtail(self) -> None:
        """End after the clip that is playing."""
        kept = [clip for clip in self.clips if clip.begun]
        self.clips = kept
        self.end()

    def moved(self) -> None:
        """A clip began or ended."""
        if self._moved is not None:
            self._moved.set()
            self._moved = None

    async def _wait_moved(self) -> None:
        if self._moved is None:
            self._moved = anyio.Event()
        await self._moved.wait()

    @property
    def drained(self) -> bool:
        return self.closed and all(clip.finished for clip in self.clips)

    async def wait_begun(self, index: int) -> None:
        """Until the clip of this index has begun to play."""
        while index < len(self.clips) and not self.clips[index].begun:
            await self._wait_moved()

    async def wait_drained(self) -> None:
        while not self.drained:
            await self._wait_moved()

    def heard(self, written: str) -> Heard:
        """What was played of the text that was `written`."""
        texts: list[str] = []
        words: list[Word] = []
        for clip in self.clips:
            texts.append(clip.text[: clip.heard_characters()])
            words.extend(clip.heard_words() if clip.begun else ())
            if not clip.finished:
                break
        heard = "".join(texts)
        return Heard(heard.strip(), written[len(heard) :].strip(), tuple(words))


class Playout:
    """One per room; plays one line-up at a time."""

    def __init__(self, pulse: Pulse, stage: Stage) -> None:
        self._pulse = pulse
        self._stage = stage
        self._lineup: LineUp | None = None
        self._at = 0  # the clip that plays
        self._chunk = 0  # in it: the chunk
        self._offset = 0  # in that: the first sample not yet played
        self._held = False
        self._beating = False
        self._last_slot = -1

    @property
    def held(self) -> bool:
        return self._held

    def start(self, lineup: LineUp) -> None:
        """Play this from now on; what played before is cut."""
        self.stop()
        self._lineup, lineup.playout = lineup, self
        self._at = self._chunk = self._offset = 0
        self.poke()

    def stop(self) -> None:
        if self._lineup is not None:
            self._lineup.playout = None
            self._lineup = None
        self._held = False
        self._rest()

    def hold(self) -> None:
        if self._lineup is not None:
            self._held = True
            self._rest()

    def resume(self) -> None:
        if not self._held or self._lineup is None:
            return
        self._held = False
        clip = self._clip(self._lineup)
        if clip is not None and clip.begun:
            self._rewind(clip)
        self.poke()

    def poke(self) -> None:
        """Something may be there to play: give out the first frame at once if this slot has had none."""
        if self._held or self._beating or self._lineup is None:
            return
        slot = self._pulse.slot()
        if slot <= self._last_slot or self.beat(slot):
            self._beating = True
            self._pulse.play(self)

    def grown(self, clip: Clip, speech: Speech) -> None:
        if clip.begun and (speech.words or speech.mouth):
            self._stage.lips(clip, speech.words, speech.mouth)
        self.poke()

    def beat(self, slot: int) -> bool:
        lineup = self._lineup
        self._beating = not self._held and lineup is not None
        if self._held or lineup is None:
            return False
        if slot <= self._last_slot:
            return True
        clip = self._pass_finished(lineup)
        samples = None if clip is None else self._take(clip)
        if clip is None or samples is None:
            self._beating = False
            return False
        self._last_slot = slot
        self._stage.play(VoiceFrame(samples, clip.rate_hz, slot * FRAME_MS))
        if not clip.anchors:
            self._begin(clip)
        clip.played = min(clip.length, clip.played + len(samples))
        if clip.closed and clip.played >= clip.length:
            self._pass_finished(lineup)
        return True

    def failed(self, error: Exception) -> None:
        self._beating = False
        self._stage.failed(error)

    def _clip(self, lineup: LineUp) -> Clip | None:
        return lineup.clips[self._at] if self._at < len(lineup.clips) else None

    def _pass_finished(self, lineup: LineUp) -> Clip | None:
        """The clip to play from: behind those that are over, and those that have no sound."""
        while (clip := self._clip(lineup)) is not None and clip.closed and clip.played >= clip.length:
            if not clip.anchors:
                self._begin(clip)
            clip.chunks.clear()
            self._at += 1
            self._chunk = self._offset = 0
            lineup.moved()
        if clip is None and lineup.closed and self._lineup is lineup:
            self._lineup = lineup.playout = None
            lineup.moved()
        return clip

    def _begin(self, clip: Clip) -> None:
        clip.anchors.append((0, self._stage.now_ms()))
        self._stage.sentence_began(clip)
        if self._lineup is not None:
            self._lineup.moved()

    def _take(self, clip: Clip) -> Samples | None:
        """The next 20 ms, padded at the clip's end; None while too little is written."""
        need = clip.rate_hz * FRAME_MS // 1000
        left = clip.length - clip.played
        if left < need and not clip.closed:
            return None
        if self._offset >= len(clip.chunks[self._chunk]):
            self._chunk += 1
            self._offset = 0
        chunk = clip.chunks[self._chunk]
        end = self._offset + need
        if end <= len(chunk):
            samples = chunk[self._offset : end] if len(chunk) != need else chunk
            self._offset = end
        else:
            samples = self._join(clip, min(need, left), need)
        return samples

    def _join(self, clip: Clip, take: int, need: int) -> Samples:
        """`take` samples that lie in more than one chunk, in a frame of `need`."""
        frame = np.zeros(need, np.int16)
        filled = 0
        while filled < take:
            chunk = clip.chunks[self._chunk]
            if self._offset >= len(chunk):
                self._chunk += 1
                self._offset = 0
                continue
            part = chunk[self._offset : self._offset + take - filled]
            frame[filled : filled + len(part)] = part
            filled += len(part)
            self._offset += len(part)
        return frame

    def _rewind(self, clip: Clip) -> None:
        """To the start of the word at which the voice was held."""
        start_ms = word_start_ms(clip.words, clip.played_ms)
        if start_ms is None:
            start_ms = max(0, clip.played_ms - _REPEAT_MS)
        clip.played = min(clip.played, start_ms * clip.rate_hz // 1000)
        clip.anchors = [anchor for anchor in clip.anchors if anchor[0] < start_ms]
        clip.anchors.append((start_ms if clip.anchors else 0, self._stage.now_ms()))
        self._chunk = 0
        self._offset = clip.played
        while self._chunk + 1 < len(clip.chunks) and self._offset >= len(clip.chunks[self._chunk]):
            self._offset -= len(clip.chunks[self._chunk])
            self._chunk += 1
        later = [word for word in clip.words if word.start_ms >= start_ms]
        self._stage.lips(clip, later, [shape for shape in clip.mouth if shape.at_ms >= start_ms])

    def _rest(self) -> None:
        self._beating = False
        self._pulse.rest(self)
