"""Voice activity with Silero's model on onnxruntime, batched over tracks."""

from vivavoce.providers.silero.vad import SileroVad

__all__ = ["SileroVad"]
