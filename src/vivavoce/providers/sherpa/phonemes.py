"""The sounds that Kokoro and Piper were trained to speak: IPA as eSpeak NG writes it, with the punctuation kept. Pure.

sherpa-onnx 2 has no phonemiser of its own any more; it takes the sounds as code points, one list per sentence.
"""

import unicodedata
from collections.abc import Iterable
from typing import Final

_SENTENCE_ENDS: Final = ".?!"


def code_points(clauses: Iterable[tuple[str, str]]) -> list[list[int]]:
    """clauses: (IPA, punctuation mark that ends it or nothing), in order."""
    sentences: list[str] = []
    open_ = ""
    for sounds, mark in clauses:
        open_ += (" " if open_ else "") + sounds + mark
        if mark and mark in _SENTENCE_ENDS:
            sentences.append(open_)
            open_ = ""
    if open_:
        sentences.append(open_)
    return [[ord(sound) for sound in unicodedata.normalize("NFD", text)] for text in sentences]
