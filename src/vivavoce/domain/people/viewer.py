"""Who is asking. Every query takes one and cannot be called without."""

from dataclasses import dataclass
from typing import Final

from vivavoce.base.ids import AccountId, CommunityId


@dataclass(frozen=True, slots=True)
class Viewer:
    """One signed-in person (or program) in one community, the tenant whose rows it may see."""

    account: AccountId
    community: CommunityId
    name: str = ""


LOCAL: Final = Viewer(AccountId("local"), CommunityId("local"), "You")
"""The one person of local mode, which has no sign-in and listens on loopback only."""
