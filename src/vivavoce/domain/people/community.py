"""A community: the tenant. People, personas, formats and money belong to one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from vivavoce.base.ids import CommunityId


class SignUp(StrEnum):
    """Who may make an account for themselves."""

    OPEN = "open"  # anybody
    INVITED = "invited"  # who an admin invited
    CLOSED = "closed"  # nobody: accounts are made on the command line, by an admin, or by a signed link


@dataclass(frozen=True, slots=True)
class Community:
    """settings: further ones, by name, small and JSON; each subject reads its own."""

    id: CommunityId
    name: str
    created_at: datetime
    sign_up: SignUp = SignUp.INVITED
    settings: Mapping[str, object] = field(default_factory=dict[str, object])
