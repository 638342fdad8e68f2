"""An account: one person, or a program, known in one community."""

from dataclasses import KW_ONLY, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from vivavoce.base.ids import AccountId, CommunityId, SessionId
from vivavoce.domain.people.viewer import LOCAL, Standing, Viewer


class AccountState(StrEnum):
    ACTIVE = "active"
    INVITED = "invited"  # by an admin; has not signed in yet
    DISABLED = "disabled"  # cannot sign in; what it made stays


@dataclass(frozen=True, slots=True)
class Account:
    """external_id: how the community's own platform names the person. country: ISO 3166-1 alpha-2, or empty.

    email_verified: somebody proved that the address is theirs. only: of a guest, the session they came for.
    """

    id: AccountId
    community: CommunityId
    name: str
    standing: Standing = Standing.MEMBER
    email: str | None = None
    state: AccountState = AccountState.ACTIVE
    _: KW_ONLY
    created_at: datetime
    language: str = "en"
    country: str = ""
    time_zone: str = "UTC"
    external_id: str | None = None
    email_verified: bool = False
    only: SessionId | None = None

    @property
    def viewer(self) -> Viewer:
        """Who asks when this account is signed in with all its rights."""
        return Viewer(self.id, self.community, self.name, self.standing, only=self.only)


def local_account(at: datetime) -> Account:
    """The one account of local mode."""
    return Account(LOCAL.account, LOCAL.community, LOCAL.name, LOCAL.standing, created_at=at)


MAX_EMAIL: Final = 254  # RFC 5321, section 4.5.3.1.3: a path has 256 octets, two of them brackets


def normal_email(text: str) -> str | None:
    """The address in the form it is kept and looked for; None if it can be none. Letters' case does not count."""
    email = text.strip().casefold()
    local, at, host = email.rpartition("@")
    well_formed = bool(local and at and host) and not any(char.isspace() or ord(char) < 32 for char in email)
    return email if well_formed and len(email) <= MAX_EMAIL and "@" not in local else None
