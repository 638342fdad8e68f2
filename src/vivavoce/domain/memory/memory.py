"""What is kept about a person between sessions: short sentences in their own words, each with where it comes from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from vivavoce.base.ids import AccountId, CommunityId, MemoryId, SessionId, TurnId

LONGEST_TEXT: Final = 500  # characters
LONGEST_QUOTE: Final = 1000


class MemoryKind(StrEnum):
    FACT = "fact"  # "I live in Bonn"
    GOAL = "goal"  # "I want to run a marathon"
    COMMITMENT = "commitment"  # "I will call my sister by Friday"
    PREFERENCE = "preference"  # "I'd rather write than talk"


@dataclass(frozen=True, slots=True)
class Memory:
    """text: in the first person. session, turn, quote: where it comes from, word for word; none for a person's own
    note. about: what it is the answer to ("home"), of which there is one at a time; empty: it stands for itself.
    noted: the person wrote it down themselves. paused: kept, and not used. replaced_by: the newer memory
    that took its place; None: it holds today.
    """

    id: MemoryId
    community: CommunityId
    account: AccountId
    kind: MemoryKind
    text: str
    created_at: datetime
    updated_at: datetime
    session: SessionId | None = None
    turn: TurnId | None = None
    quote: str = ""
    about: str = ""
    noted: bool = False
    pinned: bool = False
    paused: bool = False
    replaced_by: MemoryId | None = None

    @property
    def current(self) -> bool:
        return self.replaced_by is None


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person said, start to end."""

    id: TurnId
    text: str


@dataclass(frozen=True, slots=True)
class Learnt:
    """Something a person said that is worth keeping.

    drops: what is no longer true because of it ("drink coffee"). done: it only tells that a commitment was kept, and
    is worth nothing without that commitment. replaces: a known memory that it takes the place of, where that is known.
    """

    kind: MemoryKind
    text: str
    turn: TurnId
    quote: str
    about: str = ""
    drops: str = ""
    done: bool = False
    replaces: MemoryId | None = None
