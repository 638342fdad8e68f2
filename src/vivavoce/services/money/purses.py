"""Whose credits they are: a purse is opened, with what new accounts are given, when it is first needed."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from vivavoce.base.config_money import MoneyConfig
from vivavoce.base.ids import EntryId
from vivavoce.base.new_id import new_id
from vivavoce.domain.money.ledger import Balance, Entry, EntryKind
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.webhooks.news import News
from vivavoce.services.asking import SYSTEM
from vivavoce.services.changes import Change
from vivavoce.services.money.ports import Purse

LOCAL_WELCOME: Final = 60
"""The one person of local mode begins with these, so that a priced format can be tried with nothing configured."""
_NEWS: Final[Mapping[EntryKind, News]] = {
    EntryKind.GRANT: News.CREDITS_GRANTED,
    EntryKind.PURCHASE: News.CREDITS_BOUGHT,
    EntryKind.CHARGE: News.CREDITS_CHARGED,
    EntryKind.REFUND: News.CREDITS_REFUNDED,
    EntryKind.TAKE_BACK: News.CREDITS_TAKEN_BACK,
}


def welcome_credits(purse: Purse, money: MoneyConfig) -> int:
    """What the purse begins with."""
    if money.welcome_credits is not None:
        return money.welcome_credits
    return LOCAL_WELCOME if (purse.community, purse.account) == (LOCAL.community, LOCAL.account) else 0


async def locked(change: Change, purse: Purse, money: MoneyConfig) -> Balance:
    """What is in the purse. Nobody else holds, gives or takes its credits until the transaction ends."""
    if await change.tx.credits.lock(purse, change.at):
        given = welcome_credits(purse, money)
        if given:
            key, at = key_of("welcome", purse.account), change.at
            await put(change, new_entry(purse, EntryKind.GRANT, given, "Welcome", key=key, by="system", at=at))
    return await change.tx.credits.balance(SYSTEM, purse)


async def put(change: Change, entry: Entry) -> Entry:
    """The entry of this key, in the ledger: this one, which webhooks are told of, or the one that was there before."""
    kept = await change.tx.credits.add(entry)
    if kept.id != entry.id:
        return kept
    left = await change.tx.credits.balance(SYSTEM, Purse(entry.community, entry.account))
    told = {"account": entry.account, "balance": left.credits, "available": left.available}
    about = {"entry": entry.id, "credits": abs(entry.credits), "session": entry.session}
    await change.tell(entry.community, _NEWS[entry.kind], told | about)
    if entry.kind is EntryKind.CHARGE and left.available < -entry.credits:
        await change.tell(entry.community, News.CREDITS_LOW, told | {"price": -entry.credits})
    return kept


def key_of(kind: str, *parts: str) -> str:
    """An entry's key made of what makes it the same entry. It does not tell whose it is: entries outlive accounts."""
    return f"{kind}:{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"


def new_entry(purse: Purse, kind: EntryKind, credits: int, reason: str, *, key: str, by: str, at: datetime) -> Entry:
    return Entry(EntryId(new_id("ent")), purse.community, purse.account, kind, credits, reason, key, by, at)
