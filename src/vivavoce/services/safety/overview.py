"""What people and admins see of the crisis protocol outside of a session."""

from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.container import Services
from vivavoce.services.safety.country import country_of


async def country_for(viewer: Viewer, *, use: Services) -> str:
    """The viewer's country, as far as it is known; empty if it is not."""
    async with use.store.reading() as tx:
        return await country_of(viewer.account, tx, use.config.safety.country)


async def counted(viewer: Viewer, *, use: Services) -> dict[int, int]:
    """How often the protocol began in the viewer's community, by year."""
    async with use.store.reading() as tx:
        return await tx.crises.by_year(viewer, viewer.community)
