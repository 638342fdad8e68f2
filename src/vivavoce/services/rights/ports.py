"""What exporting, erasing and keeping no longer than agreed need of the store."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from vivavoce.base.ids import AccountId, CommunityId, SessionId
from vivavoce.domain.sessions.events import Fact
from vivavoce.domain.sessions.session import Session
from vivavoce.services.asking import Cursor, System

Rows = Sequence[Mapping[str, object]]


class PersonalRows(Protocol):
    """All that is about one person, over all tables."""

    async def exported(self, asking: System, community: CommunityId, account: AccountId) -> Mapping[str, Rows]:
        """The rows about the person, by the name of their file in the export. Values are JSON."""
        ...

    async def sessions_of(self, asking: System, community: CommunityId, account: AccountId) -> list[Session]:
        """Those they own or have a seat in, oldest first."""
        ...

    async def erase_session(self, asking: System, id: SessionId) -> None:
        """The session with all that goes with it; what was learnt from it loses its quotation."""
        ...

    async def rewrite(self, asking: System, id: SessionId, facts: Mapping[int, Fact]) -> None:
        """Put these facts in place of those with these numbers, and drop what was made of the session's words: its
        reports, and what webhooks were told."""
        ...

    async def erase(self, asking: System, community: CommunityId, account: AccountId, as_: AccountId) -> None:
        """Every row about the person is gone, or names `as_` instead, as storage/personal.py says for its table."""
        ...

    async def ended_before(
        self, asking: System, format: str, created_before: datetime, after: Cursor | None = None
    ) -> list[Session]:
        """Sessions of a format that are over and were opened before then, oldest first, at most 500. after: the last
        one of those before."""
        ...
