"""What one microphone hears: frames in, stretches of speech and their words out.

1. Frames go straight to the ear (voice activity) and, while somebody speaks, to the recogniser: no queue between.
2. Speech starts with two windows of 32 ms that the model takes for speech; with one that is clear when the AI is
   speaking, which must then be held at once. A little sound from before the start goes to the recogniser too.
3. Speech stops after `stop_ms` of silence in the sound itself. The model's opinion trails the voice's end by up to
   three windows; where speech stands out from the room, silence therefore counts from the last energetic sample.
4. Less than three windows of speech are a noise and never reach the recogniser's end.
5. A turn is made of one or more stretches of speech, until its owner takes it.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol

import anyio
import numpy as np
from anyio.abc import TaskGroup

from vivavoce.base.ids import SeatId, TurnId
from vivavoce.base.new_id import new_id
from vivavoce.domain.sessions.events import Word
from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.engine.audio.level import Level
from vivavoce.engine.audio.resample import HEARING_HZ, ToHearingRate
from vivavoce.engine.ears import WINDOW
from vivavoce.engine.ports import EndOfTurn, ProviderError, Recognition, Samples, SpeechToText, Transcript
from vivavoce.engine.pulse import Alarm, Pulse

Input = Literal["open", "ptt"]

_ON: Final = 0.5  # Silero's own threshold
_CLEAR: Final = 0.6  # one window of this is evidence enough to hold the AI's voice
_QUIET: Final = 0.2  # below: surely no speech, good to learn the room's noise from
_STILL_ON: Final = 0.35  # speech goes on down to this, as Silero's authors do it
_TAIL: Final = 3 * WINDOW  # rule 3: measured on Silero, 60 to 100 ms
_LEAST_WINDOWS: Final = 3  # rule 4
_PIECE: Final = HEARING_HZ // 50  # loudness is looked at 20 ms at a time
_PRE_ROLL: Final = HEARING_HZ * 2 // 5  # 400 ms
_BEHIND: Final = HEARING_HZ // 10  # silence the model has not judged yet counts up to 100 ms
_LOOK_MS: Final = 250  # a microphone that sent nothing twice in a row has stopped speaking; once may be our own stall
_WORDS_WITHIN_S: Final = 15.0
_EAR_MEMORY: Final = 8 * HEARING_HZ  # what an end-of-turn model may look back on


class Audience(Protocol):
    """Who is told what a microphone heard. All calls are synchronous."""

    def now_ms(self) -> int: ...

    def speech_started(self, seat: SeatId, turn: TurnId) -> None: ...

    def speech_stopped(self, seat: SeatId, until_ms: int, *, done: bool) -> None: ...

    def words(self, seat: SeatId, text: str, *, final: bool, likely: float | None, lost: bool) -> None: ...

    def failed(self, error: Exception) -> None: ...


@dataclass(slots=True, eq=False)
class _Stretch:
    """Speech from one start to its stop. first_ms: the session's time at the first sample the recogniser got."""

    start_ms: int
    first_ms: int
    forced: bool
    backlog: list[Samples]
    windows: int = 0
    end_ms: int = 0
    recognition: Recognition | None = None
    said: Transcript = field(default_factory=lambda: Transcript(""))
    final: anyio.Event = field(default_factory=anyio.Event)
    lost: bool = False
    over: anyio.Event = field(default_factory=anyio.Event)
    scope: anyio.CancelScope = field(default_factory=anyio.CancelScope)

    def push(self, samples: Samples) -> None:
        if self.recognition is not None:
            self.recognition.push(samples)
        elif not self.lost:
            self.backlog.append(samples)


@dataclass(frozen=True, slots=True)
class Said:
    """A turn as it was heard. Word times in ms from `start_ms`, which is on the session's clock."""

    turn: TurnId
    text: str
    words: tuple[Word, ...]
    start_ms: int
    end_ms: int


class Hearing:
    """One seat's microphone. eager: the AI is speaking, so the first evidence counts."""

    def __init__(
        self,
        seat: SeatId,
        audience: Audience,
        *,
        pulse: Pulse,
        stt: SpeechToText,
        end_of_turn: EndOfTurn | None,
        language: str,
        stop_ms: int,
        tasks: TaskGroup,
        phrases: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        """phrases: what an utterance that begins now is likely to begin with, for the recogniser."""
        self.seat = seat
        self.eager = False
        self._audience = audience
        self._pulse = pulse
        self._stt = stt
        self._end_of_turn = end_of_turn
        self._language = language
        self._stop = stop_ms * HEARING_HZ // 1000
        self._tasks = tasks
        self._phrases = phrases
        self._ear = pulse.ears.open(self)
        self._level = Level()
        self._resampler: ToHearingRate | None = None
        self._input: Input = "open"
        self._key = False
        self._muted = False
        self._closed = False
        self._heard = 0  # samples so far; the ear judges the same ones later
        self._run = 0  # windows of speech in a row
        self._speech_end = 0  # sample behind the last window of speech
        self._loud_end = 0  # sample behind the last energetic piece
        self._before: deque[Samples] = deque(maxlen=20)
        self._memory: deque[Samples] = deque(maxlen=_EAR_MEMORY // _PIECE if end_of_turn is not None else 0)
        self._turn: TurnId | None = None
        self._now: _Stretch | None = None
        self._stretches: list[_Stretch] = []
        self._watch: Alarm | None = None

    # --- sound --------------------------------------------------------------------------------------

    def hear(self, frame: AudioFrame) -> bool:
        """The next frame of this microphone, of at most 200 ms. False: nobody listens to it now."""
        if self._muted or self._closed or (self._input == "ptt" and not self._key):
            return False
        samples = frame.samples
        if frame.rate_hz != HEARING_HZ:
            if self._resampler is None or self._resampler.rate_hz != frame.rate_hz:
                self._resampler = ToHearingRate(frame.rate_hz)
            samples = self._resampler.push(samples)
        if len(samples) <= 2 * _PIECE:
            self._push(samples)
        else:
            for at in range(0, len(samples), _PIECE):
                self._push(samples[at : at + _PIECE])
        return True

    def _push(self, samples: Samples) -> None:
        size = len(samples)
        if not size:
            return
        self._ear.push(samples)
        self._heard += size
        if self._end_of_turn is not None:
            self._memory.append(samples)
        now = self._now
        if now is None:
            self._before.append(samples)
            return
        now.push(samples)
        if self._ear.power(size) > self._level.energetic:
            self._loud_end = self._heard
        elif not self._key and self._silence() >= self._stop:
            self._end_stretch()

    def window(self, probability: float, power: float) -> None:
        """The ear judged the next window."""
        now = self._now
        if probability >= (_ON if now is None else _STILL_ON):
            self._run += 1
            self._speech_end = self._ear.judged
            self._level.heard_speech(power)
            if now is not None:
                now.windows += 1
            elif self._input == "open" and (self._run >= 2 or (self.eager and probability >= _CLEAR)):
                self._begin_stretch(self._heard - self._ear.judged + self._run * WINDOW, forced=False)
        else:
            self._run = 0
            if probability < _QUIET:
                self._level.heard_noise(power)

    def failed(self, error: Exception) -> None:
        self._audience.failed(error)

    def _silence(self) -> int:
        """Samples since the voice ended (rule 3)."""
        end = self._speech_end
        if self._level.trusted:
            end = max(min(self._loud_end, end), end - _TAIL)
        return min(self._heard, self._ear.judged + _BEHIND) - end

    # --- stretches of speech ------------------------------------------------------------------------

    def _begin_stretch(self, back: int, *, forced: bool) -> None:
        """Speech began `back` samples ago."""
        now_ms = self._audience.now_ms()
        backlog, kept = self._pre_roll(0 if forced else back + _PRE_ROLL)
        start_ms = now_ms - back * 1000 // HEARING_HZ
        self._now = _Stretch(start_ms, now_ms - kept * 1000 // HEARING_HZ, forced, backlog, windows=self._run)
        self._loud_end = self._heard
        self._speech_end = max(self._speech_end, self._heard - back)
        self._stretches.append(self._now)
        if self._turn is None:
            self._turn = TurnId(new_id("turn"))
        self._tasks.start_soon(self._recognise, self._now)
        self._watch_for_silence(self._heard)
        self._audience.speech_started(self.seat, self._turn)

    def _pre_roll(self, samples: int) -> tuple[list[Samples], int]:
        """The last pieces that together have about `samples`, and how many they have."""
        taken: list[Samples] = []
        kept = 0
        while self._before and kept < samples:
            taken.append(self._before.pop())
            kept += len(taken[-1])
        self._before.clear()
        return taken[::-1], kept

    def _end_stretch(self, *, done: bool = False) -> None:
        now = self._now
        if now is None:
            return
        self._now = None
        self._run = 0
        if self._watch is not None:
            self._watch.cancel()
        silence = 0 if done else self._silence()
        now.end_ms = max(now.start_ms, self._audience.now_ms() - silence * 1000 // HEARING_HZ)
        now.over.set()
        now.scope.deadline = anyio.current_time() + _WORDS_WITHIN_S
        self._audience.speech_stopped(self.seat, now.end_ms, done=done)

    def _watch_for_silence(self, heard: int, *, again: bool = False) -> None:
        def look() -> None:
            if self._now is None or self._key:
                return
            if self._heard > heard:
                self._watch_for_silence(self._heard)
            elif not again:
                self._watch_for_silence(heard, again=True)
            else:
                self._end_stretch()

        self._watch = self._pulse.alarm(_LOOK_MS, look, self.failed)

    async def _recognise(self, stretch: _Stretch) -> None:
        try:
            with stretch.scope:
                await self._read(stretch)
        except ProviderError:
            pass  # told below, by its words not having come
        stretch.recognition = None
        stretch.backlog.clear()
        stretch.lost = not stretch.final.is_set()
        await stretch.over.wait()
        self._complete(stretch)

    async def _read(self, stretch: _Stretch) -> None:
        async with self._stt.recognise(
            language=self._language,
            on_partial=lambda text: self._partial(stretch, text),
            phrases=self._phrases(),
        ) as recognition:
            for samples in stretch.backlog:
                recognition.push(samples)
            stretch.backlog.clear()
            stretch.recognition = recognition
            await stretch.over.wait()
            if stretch.forced or stretch.windows >= _LEAST_WINDOWS:
                stretch.said = await recognition.finish()
            else:
                stretch.said = Transcript("")
            self._complete(stretch)

    def _complete(self, stretch: _Stretch) -> None:
        if stretch.final.is_set():
            return
        stretch.final.set()
        text = self._text()
        self._audience.words(self.seat, text, final=True, likely=self._likely(text), lost=stretch.lost)

    def _partial(self, stretch: _Stretch, text: str) -> None:
        if not stretch.final.is_set() and stretch in self._stretches:
            stretch.said = Transcript(text)
            self._audience.words(self.seat, self._text(), final=False, likely=None, lost=False)

    def _likely(self, text: str) -> float | None:
        if self._end_of_turn is None or not text:
            return None
        sound = np.concatenate(self._memory) if self._memory else np.zeros(0, np.int16)
        return self._end_of_turn.probability(text, sound)

    # --- turns --------------------------------------------------------------------------------------

    @property
    def turn_is_open(self) -> bool:
        return self._turn is not None

    @property
    def closed(self) -> bool:
        return self._closed

    @property
    def complete(self) -> bool:
        """No words are awaited."""
        return all(stretch.final.is_set() for stretch in self._stretches)

    async def wait_complete(self) -> None:
        """Until no words are awaited."""
        for stretch in self._stretches:
            await stretch.final.wait()

    def take(self) -> Said | None:
        """The turn so far, which is thereby over. None: there was none."""
        turn, stretches = self._turn, self._stretches
        self._turn, self._stretches = None, []
        if turn is None or not stretches:
            return None
        start_ms = stretches[0].start_ms
        words = tuple(
            Word(
                word.text,
                max(0, stretch.first_ms + word.start_ms - start_ms),
                max(0, stretch.first_ms + word.end_ms - start_ms),
            )
            for stretch in stretches
            for word in stretch.said.words
        )
        text = " ".join(stretch.said.text.strip() for stretch in stretches if stretch.said.text.strip())
        return Said(turn, text, words, start_ms, max(stretch.end_ms for stretch in stretches))

    def _text(self) -> str:
        return " ".join(stretch.said.text.strip() for stretch in self._stretches if stretch.said.text.strip())

    # --- switches -----------------------------------------------------------------------------------

    def set_input(self, mode: Input) -> None:
        if mode != self._input:
            self._input, self._key = mode, False
            self._end_stretch(done=True)
            self._before.clear()

    def push_to_talk(self, on: bool) -> None:
        """The key went down or up. Means nothing while the microphone is open."""
        if self._input != "ptt" or on == self._key or self._closed:
            return
        self._key = on
        if on:
            self._begin_stretch(0, forced=True)
        else:
            self._end_stretch(done=True)

    def mute(self, on: bool) -> None:
        self._muted = on
        if on:
            self._end_stretch(done=True)
            self._before.clear()

    def pause(self) -> None:
        """The device is gone and may come back."""
        self._key = False
        self._end_stretch(done=True)
        self._before.clear()

    def close(self) -> None:
        """The microphone is gone. Words that are awaited still come."""
        if not self._closed:
            self._closed = True
            self._end_stretch(done=True)
            self._ear.close()
