"""Text to speech without a download: eSpeak NG, in a worker process, behind a pipe (it is GPL; see the decision)."""
