"""What a community's webhooks are told of its accounts: which one, and how it stands; not who it is."""

from vivavoce.domain.people.account import Account, AccountState
from vivavoce.domain.webhooks.news import News
from vivavoce.services.changes import Change


async def tell_made(change: Change, account: Account) -> None:
    await _tell(change, account, News.ACCOUNT_MADE)


async def tell_changed(change: Change, before: Account, after: Account) -> None:
    """Nothing is told of what concerns the person alone: name, language, time zone."""
    if after.standing is not before.standing:
        await _tell(change, after, News.ACCOUNT_STANDING)
    if after.state is not before.state:
        disabled = after.state is AccountState.DISABLED
        await _tell(change, after, News.ACCOUNT_DISABLED if disabled else News.ACCOUNT_ENABLED)


async def _tell(change: Change, account: Account, news: News) -> None:
    standing, state, outside = account.standing.value, account.state.value, account.external_id
    told = {"account": account.id, "standing": standing, "state": state, "external_id": outside}
    await change.tell(account.community, news, told)
