"""A speech worker without a model, for the tests of the pools: what it does is in its options and requests."""

import os
import time
from typing import Any

from vivavoce.providers.messages import Piece
from vivavoce.providers.worker_loop import Job, Refused, Work, serve


def load(options: Any) -> tuple[Work, dict[str, Any]]:
    match options:
        case {"start": "refuse"}:
            raise Refused("the model is missing")
        case {"start": "crash"}:
            raise KeyError("what somebody said")
        case {"start": "hang"}:
            time.sleep(60)
        case {"start": "exit"}:
            os._exit(3)
        case {"start": "noise"}:
            os.write(1, b"a C library prints this\n")
        case _:
            pass
    return (speak if options.get("voice") else hear), {}


def hear(job: Job) -> None:
    """The words are the first samples of each piece pushed; some have a meaning."""
    said = ["expecting", *job.request["phrases"]] if "phrases" in job.request else []
    for pcm in job.audio():
        first = int.from_bytes(pcm[:2], "little", signed=True)
        if first == -1:
            os._exit(3)
        if first == -2:
            raise KeyError("what somebody said")
        if first == -3:
            raise Refused("not this one")
        if first == -4:
            time.sleep(60)
        said.append(str(first))
        job.partial(" ".join(said))
    words = [(word, 100 * n, 100 * n + 100) for n, word in enumerate(said)]
    job.done({"text": " ".join(said), "words": words, "confidence": 0.5})


def speak(job: Job) -> None:
    """A piece per word, endlessly for `forever`."""
    for word in job.request["text"].split():
        if word == "exit":
            os._exit(3)
        if word == "hang":
            time.sleep(60)
        while word == "forever" and not job.abandoned:
            job.piece(Piece(bytes(9_600)))
        job.piece(Piece(bytes(960), [(word, 0, 20)], [(0, "aa")]))
    job.done({})


if __name__ == "__main__":
    serve(load)
