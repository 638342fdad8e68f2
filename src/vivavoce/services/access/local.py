"""Local mode's community and account: there from the start, so that whatever belongs to somebody can name them.

The community stays the server's own when accounts are switched on.
"""

from vivavoce.domain.errors import AccountNotFound, CommunityNotFound, Conflict
from vivavoce.domain.people.account import local_account
from vivavoce.domain.people.community import Community
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.services.changes import Change, Records
from vivavoce.services.container import Services
from vivavoce.services.ports import SYSTEM


async def ensure_local(use: Services) -> None:
    """The store has the community `local` and, in local mode, its account `local`. Safe to repeat."""
    await ensure_home(use.records, person=use.config.server.accounts == "off")


async def ensure_home(records: Records, *, person: bool) -> None:
    """person: whether local mode's account is to be there too."""
    try:
        async with records.change() as change:
            await _ensure(change, person=person)
    except Conflict:  # another node that starts now was first
        async with records.change() as change:
            await _ensure(change, person=person)


async def _ensure(change: Change, *, person: bool) -> None:
    try:
        await change.tx.communities.get(SYSTEM, LOCAL.community)
    except CommunityNotFound:
        await change.tx.communities.save(Community(LOCAL.community, "Home", change.at))
    if not person:
        return
    try:
        await change.tx.people.account(SYSTEM, LOCAL.account)
    except AccountNotFound:
        await change.tx.people.add(local_account(change.at))
