"""Communities: made on the command line, looked after by their admins."""

import re
from dataclasses import replace
from typing import Final

from vivavoce.base.ids import CommunityId
from vivavoce.domain.errors import CommunityNotFound, Conflict, Invalid
from vivavoce.domain.people.community import Community, SignUp
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.access.by_password import usual_name
from vivavoce.services.changes import Records
from vivavoce.services.confined import as_platform
from vivavoce.services.container import Services
from vivavoce.services.ports import SYSTEM

_ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}", re.ASCII)


async def make_community(id: str, name: str, sign_up: SignUp, *, records: Records) -> Community:
    """Raises Conflict if there is one with this id, Invalid."""
    if _ID.fullmatch(id) is None:
        raise Invalid("A community's id has 1 to 40 small letters, digits, dashes and underscores.")
    async with records.change() as change:
        try:
            await change.tx.communities.get(SYSTEM, CommunityId(id))
        except CommunityNotFound:
            made = Community(CommunityId(id), usual_name(name), change.at, sign_up)
            await change.tx.communities.save(made)
            await change.audit(made.id, "community.made", made.id)
            return made
    raise Conflict(f"There is a community {id!r} already.")


async def my_community(viewer: Viewer, *, use: Services) -> Community:
    """Raises CommunityNotFound."""
    async with use.store.reading() as tx:
        return await tx.communities.get(viewer, viewer.community)


async def change_community(viewer: Viewer, name: str | None, sign_up: SignUp | None, *, use: Services) -> Community:
    """None: as it is. Raises Invalid."""
    async with use.records.change() as change:
        before = await change.tx.communities.get(viewer, viewer.community)
        after = replace(
            before, name=usual_name(name) if name is not None else before.name, sign_up=sign_up or before.sign_up
        )
        await change.tx.communities.save(after)
        await change.audit(viewer, "community.changed", after.id, sign_up=after.sign_up.value)
        return after


async def community_called(id: CommunityId, *, use: Services) -> Community:
    """For anybody who wants to sign in to it. Raises CommunityNotFound."""
    with as_platform():
        async with use.store.reading() as tx:
            return await tx.communities.get(SYSTEM, id)
