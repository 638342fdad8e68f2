"""What the AI is told about a session before it speaks: who the person is, what they work on, what is remembered.

Each subject adds a section of its own here; a format that wants none (`Format.told`) has that of a linked project
and that of its plan alone.
"""

from vivavoce.domain.sessions.session import Session
from vivavoce.services.format import Format
from vivavoce.services.memory.told import told_of_memory
from vivavoce.services.people.told import owner_of, told_of_owner, told_of_project
from vivavoce.services.planned import told_of_plan
from vivavoce.services.ports import Transaction
from vivavoce.services.section import Section

Briefing = tuple[Section, ...]


async def briefing(session: Session, format: Format, tx: Transaction) -> Briefing:
    """What is known, most important first."""
    planned = told_of_plan(session)
    if not format.told:
        return (*planned, *await told_of_project(session, tx))
    owner = await owner_of(session, tx)
    return (*planned, *await told_of_owner(session, owner, tx), *await told_of_memory(session, format, owner, tx))


def facts_of(told: Briefing) -> dict[str, str]:
    """What the guide is told of it."""
    return {name: text for section in told for name, text in section.facts.items()}


def as_text(told: Briefing) -> str:
    """The sections as a part of the instructions; empty for none."""
    return "\n\n".join(f"## {section.title}\n{section.text}" for section in told)
