"""How loud a track is while somebody speaks, and while nobody does.

Powers are mean squares of samples in -1..1. Both are running means, so that they follow a speaker who moves away and a
room that gets noisy. `energetic` is the power that tells speech from its surroundings; it can be trusted only when
speech stands out by 12 dB.
"""

from typing import Final

_SPEECH_SHARE: Final = 0.1  # of a new window in the mean: about 0.3 s of memory
_NOISE_UP: Final = 0.05
_NOISE_DOWN: Final = 0.3  # silence is believed faster than noise
_FAINTEST: Final = 1e-9  # -90 dB
_STANDS_OUT: Final = 16.0  # 12 dB
_ABOVE_NOISE: Final = 4.0  # 6 dB
_BELOW_SPEECH: Final = 0.003  # -25 dB: soft ends of words still count


class Level:
    __slots__ = ("energetic", "noise", "speech")

    def __init__(self) -> None:
        self.noise = _FAINTEST
        self.speech = 0.0
        self.energetic = _FAINTEST * _ABOVE_NOISE

    @property
    def trusted(self) -> bool:
        return self.speech >= _STANDS_OUT * self.noise

    def heard_speech(self, power: float) -> None:
        self.speech += _SPEECH_SHARE * (power - self.speech) if self.speech else power
        self._tell_apart()

    def heard_noise(self, power: float) -> None:
        share = _NOISE_DOWN if power < self.noise else _NOISE_UP
        self.noise = max(_FAINTEST, self.noise + share * (power - self.noise))
        self._tell_apart()

    def _tell_apart(self) -> None:
        self.energetic = max(_ABOVE_NOISE * self.noise, _BELOW_SPEECH * self.speech)
