"""Models that do what a script says: for tests, benchmarks and the simulator.

Deterministic, without threads, processes or the real time: all waiting is `anyio.sleep`, so a virtual clock drives
them. Each takes a function that is asked what to do next; what it returns can delay, fail and lie as real ones do.
"""

from vivavoce.providers.scripted.extractor import ScriptedExtractor
from vivavoce.providers.scripted.language_model import Answer, ScriptedLanguageModel
from vivavoce.providers.scripted.speech_to_text import Heard, ScriptedSpeechToText
from vivavoce.providers.scripted.text_to_speech import ScriptedTextToSpeech, Voicing
from vivavoce.providers.scripted.vad import ScriptedVad

__all__ = [
    "Answer",
    "Heard",
    "ScriptedExtractor",
    "ScriptedLanguageModel",
    "ScriptedSpeechToText",
    "ScriptedTextToSpeech",
    "ScriptedVad",
    "Voicing",
]
