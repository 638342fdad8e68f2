"""Voice activity with Silero's model on onnxruntime, batched over tracks."""
