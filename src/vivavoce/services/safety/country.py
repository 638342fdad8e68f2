"""Where a person is, so that the help lines are those of their country."""

from vivavoce.base.ids import AccountId
from vivavoce.domain.errors import NotFound
from vivavoce.services.asking import SYSTEM
from vivavoce.services.ports import Transaction


async def country_of(account: AccountId | None, tx: Transaction, usual: str = "") -> str:
    """ISO 3166-1 alpha-2: the account's country, else the region of its language (`de-AT`), else `usual`."""
    if account is None:
        return usual
    try:
        known = await tx.people.account(SYSTEM, account)
    except NotFound:
        return usual
    region = known.language.replace("_", "-").partition("-")[2]
    return known.country or (region.upper() if len(region) == 2 else "") or usual
