"""What the AI is told about a session before it speaks: who the person is, what they work on, what is remembered.

Each subject adds a section of its own here; a format that wants none (`Format.told`) has none.
"""

from dataclasses import dataclass

from vivavoce.domain.sessions.session import Session
from vivavoce.services.ports import Format, Transaction


@dataclass(frozen=True, slots=True)
class Section:
    """text: lines for the AI's instructions, under `title`."""

    title: str
    text: str


Briefing = tuple[Section, ...]


async def briefing(session: Session, format: Format, tx: Transaction) -> Briefing:
    """What is known, most important first."""
    del tx
    if not format.told:
        return ()
    return ()


def as_text(told: Briefing) -> str:
    """The sections as a part of the instructions; empty for none."""
    return "\n\n".join(f"## {section.title}\n{section.text}" for section in told)
