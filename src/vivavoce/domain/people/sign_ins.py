"""Ways to be known: sign-ins that a cookie stands for, and API keys. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from vivavoce.base.ids import AccountId, CommunityId, KeyId, SignInId
from vivavoce.domain.people.account import Account
from vivavoce.domain.people.viewer import Viewer


class Way(StrEnum):
    """How somebody came in."""

    LOCAL = "local"  # local mode: nobody signs in
    PASSWORD = "password"
    OIDC = "oidc"
    LINK = "link"  # their community's platform vouched for them
    GUEST = "guest"  # a link for one session
    KEY = "key"
    ROOM = "room"  # a short-lived token for one session


@dataclass(frozen=True, slots=True)
class SignIn:
    """device: what the browser calls itself. expires_at: its end, whatever happens."""

    id: SignInId
    community: CommunityId
    account: AccountId
    way: Way
    device: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime

    def lives(self, now: datetime, idle: timedelta) -> bool:
        return now < self.expires_at and now < self.seen_at + idle


@dataclass(frozen=True, slots=True)
class ApiKey:
    """scopes: what it may be used for; None: all that its account may do. start: its first characters, to show."""

    id: KeyId
    community: CommunityId
    account: AccountId
    name: str
    start: str
    scopes: frozenset[str] | None
    created_at: datetime
    used_at: datetime | None = None
    expires_at: datetime | None = None

    def lives(self, now: datetime) -> bool:
        return self.expires_at is None or now < self.expires_at


@dataclass(frozen=True, slots=True)
class Signed:
    """Somebody who proved who they are. sign_in: of a cookie. key: of an API key."""

    account: Account | None
    viewer: Viewer
    way: Way
    sign_in: SignInId | None = None
    key: KeyId | None = None
