"""Local mode's community and account: there from the start, so that whatever belongs to somebody can name them."""

from vivavoce.domain.errors import AccountNotFound, CommunityNotFound, Conflict
from vivavoce.domain.people.account import local_account
from vivavoce.domain.people.community import Community
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.services.container import Services
from vivavoce.services.ports import SYSTEM


async def ensure_local(use: Services) -> None:
    """The store has the community `local`, and its account `local`. Safe to repeat."""
    try:
        await _ensure(use)
    except Conflict:  # another node that starts now was first
        await _ensure(use)


async def _ensure(use: Services) -> None:
    async with use.records.change() as change:
        try:
            await change.tx.communities.get(SYSTEM, LOCAL.community)
        except CommunityNotFound:
            await change.tx.communities.save(Community(LOCAL.community, "Home", change.at))
        try:
            await change.tx.people.account(SYSTEM, LOCAL.account)
        except AccountNotFound:
            await change.tx.people.add(local_account(change.at))
