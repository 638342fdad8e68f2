"""What people say of a reply or a session afterwards, as the store keeps it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from vivavoce.base.ids import AccountId, SessionId
from vivavoce.services.asking import Asking


class FeedbackKind(StrEnum):
    REPLY = "reply"  # value: 1 helpful, 0 not
    SESSION = "session"  # value: 1 to 5


@dataclass(frozen=True, slots=True)
class Feedback:
    """One person's word on one thing. subject: a reply's id; of a session as a whole the session's own."""

    session: SessionId
    account: AccountId
    kind: FeedbackKind
    subject: str
    value: int
    at: datetime
    text: str = ""


class Feedbacks(Protocol):
    """A person sees what they said themselves; the platform sees all."""

    async def save(self, feedback: Feedback) -> None:
        """In place of what the same person said of it before. Raises SessionNotFound."""
        ...

    async def of_sessions(
        self, asking: Asking, sessions: Sequence[SessionId], kind: FeedbackKind | None = None
    ) -> list[Feedback]:
        """Oldest first; of all kinds where none is named."""
        ...

    async def of_account(self, asking: Asking, account: AccountId) -> list[Feedback]:
        """All that a person said, oldest first."""
        ...

    async def forget(self, asking: Asking, account: AccountId) -> None:
        """Nothing that this person said is left."""
        ...
