"""The question bank, and which questions of it suit a job.

1. Six to eight questions, in this order: opening, behavioural, skill, situational, closing. They fit into 15 minutes
   with a follow-up each.
2. A question of the job's own field is preferred, most of all one about a skill that weighs much; each skill is asked
   about once.
3. Among questions that suit equally the description decides which: the same description brings the same questions.
"""

import tomllib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from vivavoce.domain.interviews.plan import Kind, Level, Question, Skill

_COUNTS: Final[Mapping[Level, Mapping[Kind, int]]] = {
    Level.INTERN: {Kind.OPENING: 1, Kind.BEHAVIOURAL: 2, Kind.SKILL: 1, Kind.SITUATIONAL: 1, Kind.CLOSING: 1},
    Level.JUNIOR: {Kind.OPENING: 1, Kind.BEHAVIOURAL: 2, Kind.SKILL: 2, Kind.SITUATIONAL: 1, Kind.CLOSING: 1},
}
_USUAL: Final[Mapping[Kind, int]] = {
    Kind.OPENING: 1,
    Kind.BEHAVIOURAL: 2,
    Kind.SKILL: 3,
    Kind.SITUATIONAL: 1,
    Kind.CLOSING: 1,
}
_FOLLOW_UPS: Final = {Kind.OPENING: 1, Kind.BEHAVIOURAL: 2, Kind.SKILL: 1, Kind.SITUATIONAL: 1, Kind.CLOSING: 0}
_PLACEHOLDER: Final = "{skill}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A question of the bank. about: names of skills and categories. levels: empty for everybody."""

    id: str
    text: str
    intent: str
    kind: Kind
    track: str = ""
    about: frozenset[str] = frozenset()
    levels: frozenset[Level] = frozenset()


@dataclass(frozen=True, slots=True)
class Job:
    """What questions are chosen for. seed: of the description."""

    title: str
    level: Level
    track: str
    skills: Sequence[Skill]
    seed: int


@cache
def bank() -> tuple[Entry, ...]:
    content = tomllib.loads((files("vivavoce.domain.interviews") / "questions.toml").read_text("utf-8"))
    return tuple(entry for group in content["group"] for entry in _entries(group))


def _entries(group: Mapping[str, Any]) -> Iterable[Entry]:
    levels = frozenset(Level(level) for level in group.get("levels", ()))
    for number, row in enumerate(group["questions"], start=1):
        about = frozenset(name.strip() for name in (row[2] if len(row) > 2 else "").split("|") if name.strip())
        id = f"{group['id']}.{number}"
        yield Entry(id, row[0], row[1], Kind(group["kind"]), group.get("track", ""), about, levels)


def seed_of(description: str) -> int:
    return zlib.crc32(" ".join(description.split()).encode())


def chosen(job: Job) -> tuple[Question, ...]:
    """The questions of an interview for this job, in order."""
    questions: list[Question] = []
    asked: set[str] = set()
    for kind, count in _COUNTS.get(job.level, _USUAL).items():
        for _ in range(count):
            question = _next(kind, job, questions, asked)
            questions.append(question)
            asked.add(question.skill)
    return tuple(questions)


def _next(kind: Kind, job: Job, before: Sequence[Question], asked: set[str]) -> Question:
    used = {question.id for question in before}
    left = [entry for entry in bank() if entry.kind is kind and entry.id not in used and _is_for(entry, job)]
    ranked = [(_merit(entry, job, asked), _chance(entry, job), entry) for entry in left]
    (_, skill), _, entry = max(ranked, key=lambda one: (one[0][0], one[1]))
    text = entry.text.replace(_PLACEHOLDER, _in_text(skill)).replace("{title}", job.title or "the person for this job")
    return Question(entry.id, text, entry.intent, kind, skill, _FOLLOW_UPS[kind])


def _is_for(entry: Entry, job: Job) -> bool:
    return entry.track in ("", job.track) and (not entry.levels or job.level in entry.levels)


def _merit(entry: Entry, job: Job, asked: set[str]) -> tuple[float, str]:
    """How well it suits, and the skill that it would be about."""
    open_skills = [skill for skill in job.skills if skill.name not in asked]
    if _PLACEHOLDER in entry.text:
        hard = next((skill for skill in open_skills if skill.category not in _SOFT), None)
        return (0.8 + hard.weight * 2, hard.name) if hard is not None else (-1.0, "the main part of this work")
    best, merit = "", 0.0
    for skill in open_skills:
        fits = 2.0 if skill.name in entry.about else 1.0 if skill.category in entry.about else 0.0
        if fits * (0.3 + skill.weight) > merit:
            best, merit = skill.name, fits * (0.3 + skill.weight)
    own = 1.0 if entry.track else 0.0
    levelled = 0.4 if entry.levels else 0.0
    return merit + own + levelled, best


_SOFT: Final = frozenset({"working with people", "ways of working", "language", "driving"})


def _in_text(skill: str) -> str:
    """A skill's name in the middle of a sentence: `Patient care` is written small, `SQL` and `Python` are not."""
    return skill[0].lower() + skill[1:] if " " in skill and skill[1:].islower() else skill


def _chance(entry: Entry, job: Job) -> int:
    return zlib.crc32(f"{job.seed}:{entry.id}".encode())
