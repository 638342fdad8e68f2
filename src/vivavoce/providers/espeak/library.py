"""eSpeak NG's C library through ctypes: what of espeak_ng/speak_lib.h we call. Not thread-safe: one thread only."""

import ctypes
from collections.abc import Callable, Sequence
from typing import Any, Final

import espeakng_loader

from vivavoce.providers.espeak.timeline import EndEvent, Mark, SoundEvent, WordEvent
from vivavoce.providers.worker_loop import Refused

# speak_lib.h, enumerations espeak_AUDIO_OUTPUT, espeak_EVENT_TYPE, espeak_PARAMETER, and flags
_SYNCHRONOUS: Final = 2
_PHONEME_EVENTS: Final = 0x0001
_PHONEMES_IN_IPA: Final = 0x0002
_DO_NOT_EXIT: Final = 0x8000
_CHARS_UTF8: Final = 0x0001
_END_PAUSE: Final = 0x1000
_PHONEMES_AS_IPA: Final = 0x02
_TERMINATORS: Final = ",;:.?!"
_LIST_TERMINATED, _WORD, _END, _PHONEME = 0, 1, 5, 7
_RATE, _VOLUME, _PITCH, _RANGE = 1, 2, 3, 4


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),  # in characters, from 1
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),  # ms
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback: Final = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))

Listener = Callable[[bytes, Sequence[Mark]], bool]  # int16 sound and its events; True: stop


class Synthesiser:
    """The library, initialised once per process."""

    def __init__(self) -> None:
        """Raises Refused if the library or its data cannot be loaded."""
        try:
            self._library: Any = ctypes.CDLL(espeakng_loader.get_library_path())
            data = espeakng_loader.get_data_path()
        except (OSError, RuntimeError):
            raise Refused("the eSpeak NG library of espeakng-loader does not load on this machine") from None
        options = _PHONEME_EVENTS | _PHONEMES_IN_IPA | _DO_NOT_EXIT
        self.rate_hz: int = self._library.espeak_Initialize(_SYNCHRONOUS, 0, data.encode(), options)
        if self.rate_hz <= 0:
            raise Refused("eSpeak NG does not find its data")
        self._listener: Listener = lambda _pcm, _marks: True
        self._callback = _Callback(self._told)  # must live as long as the library may call it
        self._library.espeak_SetSynthCallback(self._callback)
        self._voice = ""

    def choose(self, candidates: Sequence[str], *, rate: int, pitch: int, pitch_range: int) -> None:
        """Speak with the first of the voices that exists. rate: words per minute. Raises Refused if none does."""
        if self._voice not in candidates[:1]:
            found = (name for name in candidates if self._library.espeak_SetVoiceByName(name.encode()) == 0)
            voice = next(found, None)
            if voice is None:
                self._voice = ""
                raise Refused("there is no voice for this language")
            self._voice = voice
        for parameter, value in ((_RATE, rate), (_PITCH, pitch), (_RANGE, pitch_range)):
            self._library.espeak_SetParameter(parameter, value, 0)

    def speak(self, text: str, listener: Listener) -> None:
        """Synthesise the plain text; `listener` is called with each 60 ms or less, and says when to stop."""
        self._listener = listener
        data = text.encode() + b"\0"
        self._library.espeak_Synth(data, ctypes.c_size_t(len(data)), 0, 0, 0, _CHARS_UTF8 | _END_PAUSE, None, None)

    def phonemes(self, text: str) -> list[tuple[str, str]]:
        """The plain text's clauses as (IPA, punctuation mark that ends it or nothing)."""
        data = text.encode()
        at = ctypes.c_char_p(data)
        start = ctypes.cast(at, ctypes.c_void_p).value or 0
        to_phonemes = self._library.espeak_TextToPhonemes
        to_phonemes.restype = ctypes.c_char_p
        clauses: list[tuple[str, str]] = []
        while at.value is not None:
            sounds: bytes = to_phonemes(ctypes.byref(at), _CHARS_UTF8, _PHONEMES_AS_IPA) or b""
            reached = ctypes.cast(at, ctypes.c_void_p).value
            # it reads one character into the next clause, and stands at no place after the last
            read = data if reached is None else data[: reached - start][:-1]
            last = read.decode(errors="ignore").rstrip()[-1:]
            clauses.append((sounds.decode(), last if last and last in _TERMINATORS else ""))
        return [clause for clause in clauses if clause[0]]

    def _told(self, wave: Any, count: int, events: Any) -> int:
        pcm = ctypes.string_at(wave, 2 * count) if wave and count > 0 else b""
        marks: list[Mark] = []
        at = 0
        while events[at].type != _LIST_TERMINATED:
            mark = _mark(events[at])
            if mark is not None:
                marks.append(mark)
            at += 1
        return int(self._listener(pcm, marks))


def _mark(event: Any) -> Mark | None:
    match event.type:
        case t if t == _WORD:
            return WordEvent(event.text_position - 1, event.audio_position)
        case t if t == _PHONEME:
            return SoundEvent(event.id.string.decode(errors="ignore"), event.audio_position)
        case t if t == _END:
            return EndEvent(event.audio_position)
        case _:
            return None
