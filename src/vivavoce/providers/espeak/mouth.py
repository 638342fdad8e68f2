"""From the sounds eSpeak NG names (IPA) to the 15 mouth shapes of Oculus/Meta. Pure.

The shapes and the sounds they stand for: https://developers.meta.com/horizon/documentation/unity/audio-ovrlipsync-viseme-reference
(read 2025-11). Where that table has no row for a sound, the nearest place of the tongue and lips decides.
"""

from typing import Final

SILENCE: Final = "sil"

_SOUNDS: Final = {
    "PP": "p b m ɱ ʙ",
    "FF": "f v ʋ ɸ β",
    "TH": "θ ð",
    "DD": "t d ɾ ʈ ɖ",
    "kk": "k ɡ g ŋ x ɣ q χ c ɟ",
    "CH": "ʃ ʒ tʃ dʒ ɕ ʑ",
    "SS": "s z",
    "nn": "n l ɲ ʎ ɫ ɭ ɬ",
    "RR": "r ɹ ʁ ɚ ɝ ɜ ɻ ʀ",
    "aa": "a ɑ æ ʌ ɐ",
    "E": "e ɛ ə ɘ",
    "I": "i ɪ j y ɨ ʏ ᵻ",
    "O": "o ɔ ɒ ø œ ɤ",
    "U": "u ʊ w ʉ ɯ ʍ",
}
_SHAPE: Final = {sound: shape for shape, sounds in _SOUNDS.items() for sound in sounds.split()}


def shapes_of(sound: str) -> tuple[str, ...]:
    """The shapes one phoneme goes through, in order: `aɪ` opens and then spreads. Empty for a sound that takes the
    shape of its neighbours (h), SILENCE for none."""
    if not sound:
        return (SILENCE,)
    shapes: list[str] = []
    at = 0
    while at < len(sound):
        length = 2 if sound[at : at + 2] in _SHAPE else 1
        shape = _SHAPE.get(sound[at : at + length])  # stress and length signs have none
        if shape and shapes[-1:] != [shape]:
            shapes.append(shape)
        at += length
    return tuple(shapes)
