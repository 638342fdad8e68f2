"""What the AI is told of a session's owner: profile, goals, and the project the session is linked to.

Each section says the same twice: as lines for a language model's instructions, and as facts for the guide.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from vivavoce.domain.errors import ProjectNotFound
from vivavoce.domain.people.goals import Goal, GoalState
from vivavoce.domain.people.profile import Profile
from vivavoce.domain.people.projects import Project
from vivavoce.domain.sessions.session import Session
from vivavoce.services.asking import SYSTEM
from vivavoce.services.ports import Transaction
from vivavoce.services.section import Section

_GOALS: Final = 8
_MET: Final = 3
_ANSWERS: Final = 12
_ANSWER: Final = 300  # characters of one answer
_NOTES: Final = 3000  # characters of a project's notes
_LINKS: Final = 10


@dataclass(frozen=True, slots=True)
class Owner:
    """What is known of whose session it is. goals: the open ones, newest first."""

    profile: Profile
    goals: tuple[Goal, ...]


async def owner_of(session: Session, tx: Transaction) -> Owner:
    profile = await tx.profiles.get(SYSTEM, session.owner)
    goals = await tx.goals.page(SYSTEM, session.owner, state=GoalState.OPEN, limit=_GOALS)
    return Owner(profile, goals.items)


async def told_of_owner(session: Session, owner: Owner, tx: Transaction) -> list[Section]:
    """Sections, most important first; those with nothing to say are left out."""
    met = await tx.goals.page(SYSTEM, session.owner, state=GoalState.MET, limit=_MET)
    sections = [_goals(owner.goals, met.items), _person(owner.profile), await _project(session, tx)]
    return [section for section in sections if section is not None]


def _goals(goals: tuple[Goal, ...], met: tuple[Goal, ...]) -> Section | None:
    if not goals and not met:
        return None
    lines = [f"- {_short(goal.text)}" for goal in goals]
    lines += [f"- reached: {_short(goal.text)}" for goal in met]
    facts = {"goals": "\n".join(_short(goal.text) for goal in goals)} if goals else {}
    return Section("The person's goals", "\n".join(lines), facts)


def _person(profile: Profile) -> Section | None:
    lines = list(_lines(profile))
    if not lines:
        return None
    facts = {
        "onboarding": _pairs(profile.onboarding),
        "preferences": _pairs(profile.preferences),
        "challenges": "\n".join(profile.challenges),
    }
    return Section("About the person", "\n".join(lines), {name: text for name, text in facts.items() if text})


def _lines(profile: Profile) -> Iterator[str]:
    for question, answer in list(profile.onboarding.items())[:_ANSWERS]:
        yield f"- Asked “{question}”, they answered: {_short(answer)}"
    for name, value in list(profile.preferences.items())[:_ANSWERS]:
        yield f"- They prefer {name}: {_short(value)}"
    for challenge in profile.challenges[:_ANSWERS]:
        yield f"- Hard for them: {_short(challenge)}"


async def told_of_project(session: Session, tx: Transaction) -> list[Section]:
    """The project alone: what was linked to a session is for everybody in it."""
    project = await _project(session, tx)
    return [] if project is None else [project]


async def _project(session: Session, tx: Transaction) -> Section | None:
    if session.project is None:
        return None
    try:
        project = await tx.projects.get(SYSTEM, session.project)
    except ProjectNotFound:  # thrown away since
        return None
    if (project.community, project.owner) != (session.community, session.owner):
        return None
    text = "\n".join(part for part in (_cut(project.notes, _NOTES), _links(project)) if part)
    facts = {"project_title": project.title, "project_notes": _cut(project.notes, _NOTES)}
    title = f"The project of this session: {project.title}"
    return Section(title, text or "No notes yet.", {name: text for name, text in facts.items() if text})


def _links(project: Project) -> str:
    """You cannot open links: the AI is told where they lead, not what is there."""
    lines = [f"- {link.title or 'Link'}: {link.url}" for link in project.links[:_LINKS]]
    return "\n".join(["Links (you cannot open them):", *lines]) if lines else ""


def _pairs(answers: Mapping[str, str]) -> str:
    return "\n".join(f"{name}: {_short(value)}" for name, value in list(answers.items())[:_ANSWERS])


def _short(text: str) -> str:
    return _cut(" ".join(text.split()), _ANSWER)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
