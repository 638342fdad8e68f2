"""What the crisis protocol keeps in the store: a number, and nothing else."""

from typing import Protocol

from vivavoce.base.ids import CommunityId
from vivavoce.services.asking import Asking


class Crises(Protocol):
    """How often the protocol began, by community and year. No personal data."""

    async def count(self, community: CommunityId, year: int) -> None: ...

    async def by_year(self, asking: Asking, community: CommunityId) -> dict[int, int]:
        """For a viewer of another community none."""
        ...
