"""A note that somebody keeps with a session. It is its writer's alone. Pure."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from vivavoce.base.ids import AccountId, CommunityId, NoteId, SeatId, SessionId
from vivavoce.domain.errors import Invalid

MAX_NOTE: Final = 8_000
MAX_NOTES: Final = 100  # of one person in one session


@dataclass(frozen=True, slots=True)
class Note:
    id: NoteId
    community: CommunityId
    session: SessionId
    account: AccountId
    seat: SeatId
    text: str
    created_at: datetime
    updated_at: datetime


def checked_note(text: str) -> str:
    """The note's words. Raises Invalid for none or too many."""
    if not 1 <= len(text.strip()) <= MAX_NOTE:
        raise Invalid(f"A note has 1 to {MAX_NOTE} characters.")
    return text.strip()
