"""Who is asking. Every query takes one and cannot be called without."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vivavoce.base.ids import AccountId, CommunityId, SessionId


class Standing(StrEnum):
    """What somebody is in their community. Later ones may do all that earlier ones may."""

    GUEST = "guest"  # came by a link, for one session
    MEMBER = "member"
    COACH = "coach"  # may sit in the human coach's seat
    HOST = "host"  # may open sessions for others and see how they go
    ADMIN = "admin"  # people, money, personas, webhooks, insights

    def covers(self, other: "Standing") -> bool:
        """Whether this standing includes the rights of `other`."""
        order = list(Standing)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Viewer:
    """One signed-in person (or program) in one community, the tenant whose rows it may see.

    scopes: what an API key was given, as in docs/access.md; None: all that the standing allows.
    only: the one session that a guest link or room token opens; None: all that are theirs.
    """

    account: AccountId
    community: CommunityId
    name: str = ""
    standing: Standing = Standing.MEMBER
    scopes: frozenset[str] | None = None
    only: SessionId | None = None


LOCAL: Final = Viewer(AccountId("local"), CommunityId("local"), "You", Standing.ADMIN)
"""The one person of local mode, which has no sign-in and listens on loopback only."""
