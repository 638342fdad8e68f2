"""What an interview follows: kept as JSON in the session's `plan`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, cast


class Level(StrEnum):
    """How much experience a job asks for, least first."""

    INTERN = "intern"
    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"
    LEAD = "lead"
    PRINCIPAL = "principal"
    EXECUTIVE = "executive"


class Kind(StrEnum):
    OPENING = "opening"
    BEHAVIOURAL = "behavioural"
    SKILL = "skill"
    SITUATIONAL = "situational"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Skill:
    """weight: its share of what the description asks for, 0 to 1; the weights of a plan add up to about 1."""

    name: str
    category: str
    weight: float


@dataclass(frozen=True, slots=True)
class Question:
    """intent: what it is to bring to light. skill: the name of a skill, or empty. follow_ups: at most so many."""

    id: str
    text: str
    intent: str
    kind: Kind
    skill: str = ""
    follow_ups: int = 1


@dataclass(frozen=True, slots=True)
class InterviewPlan:
    """domain: the field of work, one of the tracks of skills.toml where rules made it. company: empty if not told.

    made_by: rules, or the name of the language model.
    """

    title: str
    level: Level
    domain: str
    skills: tuple[Skill, ...]
    questions: tuple[Question, ...]
    company: str = ""
    made_by: str = "rules"


def to_json(plan: InterviewPlan) -> dict[str, object]:
    return asdict(plan)


def questions_of(plan: Mapping[str, object]) -> tuple[Question, ...]:
    """The questions of a plan that was kept; those that are none are left out."""
    rows = plan.get("questions")
    found: list[Question] = []
    for row in cast("list[object]", rows) if isinstance(rows, list | tuple) else []:
        match row:
            case {"id": str(id), "text": str(text), "kind": str(kind)} if kind in set(Kind):
                row = cast("Mapping[str, Any]", row)
                follow_ups = row.get("follow_ups", 1)
                found.append(
                    Question(
                        id,
                        text,
                        str(row.get("intent", "")),
                        Kind(kind),
                        str(row.get("skill", "")),
                        follow_ups if isinstance(follow_ups, int) else 1,
                    )
                )
            case _:
                continue
    return tuple(found)
