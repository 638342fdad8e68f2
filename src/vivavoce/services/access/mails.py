"""Mails with a link that proves who somebody is. The link is made when it is sent, so that no job holds one."""

from typing import Final

from vivavoce.base.ids import AccountId
from vivavoce.domain.errors import AccountNotFound
from vivavoce.domain.people.account import AccountState
from vivavoce.services.access.by_password import INVITE, RESET, VERIFY, new_ticket
from vivavoce.services.container import Services
from vivavoce.services.ports import SYSTEM
from vivavoce.services.ports_outside import Mail

_TEXTS: Final = {
    RESET: (
        "Choose a new password",
        "Somebody, most likely you, asked for a new password for {community}. Choose one here within an hour:\n\n"
        "{link}\n\nIf it was not you, nothing needs to be done: your password stays as it is.",
    ),
    INVITE: (
        "You are invited to {community}",
        "An account was made for you at {community}. Choose a password here within a week:\n\n{link}",
    ),
    VERIFY: (
        "Is this your address?",
        "An account with this address was made at {community}. Say that it is yours here:\n\n{link}\n\n"
        "If it was not you, nothing needs to be done.",
    ),
}
_PAGES: Final = {RESET: "reset", INVITE: "reset", VERIFY: "verify"}


async def mail_link_to(account: AccountId, kind: str, *, use: Services) -> None:
    """Send somebody a link of that kind. Raises Unavailable: it may then be sent again, with a new link."""
    mailer, base = use.outside.mailer, use.config.access.public_url
    if mailer is None or base is None or kind not in _TEXTS:
        return
    async with use.records.change() as change:
        try:
            found = await change.tx.people.account(SYSTEM, account)
        except AccountNotFound:
            return
        if found.email is None or found.state is AccountState.DISABLED:
            return
        community = await change.tx.communities.get(SYSTEM, found.community)
        link = f"{base}/sign-in#{_PAGES[kind]}={await new_ticket(change, found, kind)}"
    subject, text = (part.format(community=community.name, link=link) for part in _TEXTS[kind])
    await mailer.send(Mail(found.email, subject, text))
