"""What the next session is told of what is remembered: as lines for a language model, and as facts for the guide."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from vivavoce.domain.errors import ProjectNotFound
from vivavoce.domain.memory.memory import Memory, MemoryKind
from vivavoce.domain.memory.recall import last_commitment, recall
from vivavoce.domain.memory.telling import promised
from vivavoce.domain.people.goals import Goal
from vivavoce.domain.sessions.session import Role, Session
from vivavoce.services.asking import SYSTEM
from vivavoce.services.format import Format
from vivavoce.services.people.told import Owner
from vivavoce.services.ports import Transaction
from vivavoce.services.section import Section

_FOUND: Final = 50
_TOPICS: Final = 5  # the newest memories stand for what the last sessions were about
_HEADS: Final = {
    MemoryKind.COMMITMENT: "They said they will do this",
    MemoryKind.GOAL: "They want",
    MemoryKind.PREFERENCE: "They prefer",
    MemoryKind.FACT: "About them",
}


async def told_of_memory(session: Session, format: Format, owner: Owner, tx: Transaction) -> list[Section]:
    """One section, or none: nothing is remembered, memory is switched off, or others would hear it."""
    if not owner.profile.memory or not _alone(session):
        return []
    known = await tx.memories.current(SYSTEM, session.community, session.owner)
    if not known:
        return []
    now = session.started_at or session.created_at
    query = await _about(session, owner.goals, known, tx)
    found = await tx.memories.search(SYSTEM, session.community, session.owner, query, _FOUND)
    told = recall(known, found, now)
    if not told:
        return []
    text = "\n".join(_line(memory) for memory in told)
    asked = last_commitment(known, now) if format.asks_back else None
    return [Section(_title(session), f"{text}\n{_MANNERS}", _facts(told, asked))]


_MANNERS: Final = (
    "These are their own words from before. Use them where they help, ask how commitments went, and believe the person"
    " if something has changed. Do not recite them."
)


def _alone(session: Session) -> bool:
    """Whether nobody but the owner, and a coach, has a seat: what is remembered is not for others' ears."""
    return all(seat.account == session.owner or seat.role in {Role.COACH, Role.ASSISTANT} for seat in session.seats)


async def _about(session: Session, goals: Sequence[Goal], known: list[Memory], tx: Transaction) -> str:
    """What the session may be about, as words to search by."""
    parts = [session.title, *session.variables.values(), *(goal.text for goal in goals)]
    if session.project is not None:
        with suppress(ProjectNotFound):  # thrown away since
            parts.append((await tx.projects.get(SYSTEM, session.project)).title)
    return " ".join([*parts, *(memory.text for memory in known[:_TOPICS])])


def _title(session: Session) -> str:
    name = next((seat.name for seat in session.seats if seat.account == session.owner), "the person")
    return f"What you know of {name} from earlier sessions"


def _line(memory: Memory) -> str:
    return f"- {_HEADS[memory.kind]} ({memory.updated_at:%d %B %Y}): “{memory.text}”"


def _facts(told: list[Memory], asked: Memory | None) -> dict[str, str]:
    """For the guide, which reads no prose. last_commitment: a verb phrase in the second person, "call your sister"."""
    found = {"remembered": "\n".join(memory.text for memory in told)}
    promise = promised(asked) if asked is not None else ""
    if promise:
        found["last_commitment"] = promise
    goal = next((memory.text for memory in told if memory.kind is MemoryKind.GOAL), "")
    return found | ({"last_goal": goal} if goal else {})
