"""What `vivavoce doctor` tells about one part of the platform."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    OK = "ok"
    MISSING = "missing"  # not there, and not needed for what is configured
    FAILING = "failing"  # configured, and does not work


@dataclass(frozen=True, slots=True)
class Finding:
    """part: `store`, `llm`, ... choice: what was chosen for it. why: one sentence: why this, or what to do."""

    part: str
    choice: str
    state: State
    why: str
