"""What people and admins see of the crisis protocol outside of a session."""

from vivavoce.base.ids import SessionId
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.safety.help_lines import Help
from vivavoce.domain.sessions.transcript import read
from vivavoce.services.container import Services
from vivavoce.services.safety.country import country_of
from vivavoce.services.stored_log import whole_log


async def country_for(viewer: Viewer, *, use: Services) -> str:
    """The viewer's country, as far as it is known; empty if it is not."""
    async with use.store.reading() as tx:
        return await country_of(viewer.account, tx, use.config.safety.country)


async def help_shown(viewer: Viewer, id: SessionId, *, use: Services) -> Help | None:
    """The help lines that a session shows, while the crisis protocol is on in it. Raises SessionNotFound."""
    async with use.store.reading() as tx:
        crisis = read(await whole_log(viewer, id, tx), "").crisis
    return crisis.help if crisis is not None else None


async def counted(viewer: Viewer, *, use: Services) -> dict[int, int]:
    """How often the protocol began in the viewer's community, by year."""
    async with use.store.reading() as tx:
        return await tx.crises.by_year(viewer, viewer.community)
