"""A section of what the AI is told. Apart from briefing.py, which asks every subject for its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Section:
    """text: lines for the AI's instructions, under `title`. facts: the same for the guide, which reads no prose."""

    title: str
    text: str
    facts: Mapping[str, str] = field(default_factory=dict[str, str])
