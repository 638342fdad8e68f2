"""How often the crisis protocol began, as one row for a community and year."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Executable, bindparam, select

from vivavoce.base.ids import CommunityId
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.asking import Asking
from vivavoce.storage.sql import InsertInto, Running
from vivavoce.storage.tables.review import crisis_counts


@dataclass(frozen=True, slots=True)
class SqlCrises:
    """Implements services.safety.ports.Crises."""

    db: Running

    async def count(self, community: CommunityId, year: int) -> None:
        await self.db.run(_count(self.db.insert), {"community": community, "year": year, "count": 1})

    async def by_year(self, asking: Asking, community: CommunityId) -> dict[int, int]:
        if isinstance(asking, Viewer) and asking.community != community:
            return {}
        found = await self.db.run(_BY_YEAR, {"by_community": community})
        return {row.year: row.times for row in found}


_BY_YEAR = (
    select(crisis_counts.c.year, crisis_counts.c.count.label("times"))
    .where(crisis_counts.c.community == bindparam("by_community"))
    .order_by(crisis_counts.c.year)
)


@cache
def _count(insert: InsertInto) -> Executable:
    return insert(crisis_counts).on_conflict_do_update(
        index_elements=[crisis_counts.c.community, crisis_counts.c.year],
        set_={"count": crisis_counts.c.count + 1},
    )
