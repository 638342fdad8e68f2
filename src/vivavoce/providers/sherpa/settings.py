"""What sherpa-onnx is told, for both parts."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SherpaSettings:
    """folder: the models folder. model: a name in it or a path; empty: the first of the catalogue that is there.

    workers: processes at most, each works for one person or sentence at a time. threads: of each.
    wait_s: how long one more waits for a free one.
    """

    folder: Path
    model: str = ""
    workers: int = 1
    threads: int = 1
    wait_s: float = 5.0
