"""A link that gives a seat in one session. Pure."""

from dataclasses import dataclass
from datetime import datetime

from vivavoce.base.ids import AccountId, CommunityId, InvitationId, SessionId
from vivavoce.domain.sessions.session import Role


@dataclass(frozen=True, slots=True)
class Invitation:
    """name: what the guest is called until they say otherwise. anyone_coaches: its coach needs no standing as one."""

    id: InvitationId
    community: CommunityId
    session: SessionId
    role: Role
    name: str
    created_by: AccountId
    created_at: datetime
    expires_at: datetime
    most_uses: int = 1
    uses: int = 0
    anyone_coaches: bool = False
    revoked_at: datetime | None = None

    def refusal(self, now: datetime) -> str | None:
        """Why it cannot be used any more, as a sentence; None if it can."""
        if self.revoked_at is not None:
            return "This link was taken back. Ask for a new one."
        if now >= self.expires_at:
            return "This link has run out. Ask for a new one."
        if self.uses >= self.most_uses:
            return "This link was used already. Ask for a new one."
        return None
