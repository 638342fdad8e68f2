"""A person's goals: open until they are met or dropped. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from vivavoce.base.ids import AccountId, CommunityId, GoalId, SessionId
from vivavoce.domain.errors import Invalid

MAX_GOAL: Final = 500


class GoalState(StrEnum):
    OPEN = "open"
    MET = "met"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Goal:
    """session: where it was set, if in one. closed_at: when it was met or dropped."""

    id: GoalId
    community: CommunityId
    account: AccountId
    text: str
    state: GoalState
    created_at: datetime
    session: SessionId | None = None
    closed_at: datetime | None = None


def checked_goal(text: str) -> str:
    """The goal's words. Raises Invalid for none or too many."""
    if not 1 <= len(text.strip()) <= MAX_GOAL:
        raise Invalid(f"A goal has 1 to {MAX_GOAL} characters.")
    return text.strip()


def changed(goal: Goal, at: datetime, *, text: str | None = None, state: GoalState | None = None) -> Goal:
    """The goal with other words or in another state; the same state again keeps its date. Raises Invalid."""
    if text is not None:
        goal = replace(goal, text=checked_goal(text))
    if state is not None and state is not goal.state:
        goal = replace(goal, state=state, closed_at=None if state is GoalState.OPEN else at)
    return goal
