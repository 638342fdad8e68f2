"""Whose credits they are: a purse is opened, with what new accounts are given, when it is first needed."""

import hashlib
from datetime import datetime
from typing import Final

from vivavoce.base.config_money import MoneyConfig
from vivavoce.base.ids import EntryId
from vivavoce.base.new_id import new_id
from vivavoce.domain.money.ledger import Balance, Entry, EntryKind
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.services.asking import SYSTEM
from vivavoce.services.money.ports import Purse
from vivavoce.services.ports import Transaction

LOCAL_WELCOME: Final = 60
"""The one person of local mode begins with these, so that a priced format can be tried with nothing configured."""


def welcome_credits(purse: Purse, money: MoneyConfig) -> int:
    """What the purse begins with."""
    if money.welcome_credits is not None:
        return money.welcome_credits
    return LOCAL_WELCOME if (purse.community, purse.account) == (LOCAL.community, LOCAL.account) else 0


async def locked(tx: Transaction, purse: Purse, at: datetime, money: MoneyConfig) -> Balance:
    """What is in the purse. Nobody else holds, gives or takes its credits until the transaction ends."""
    if await tx.credits.lock(purse, at):
        given = welcome_credits(purse, money)
        if given:
            key = key_of("welcome", purse.account)
            await tx.credits.add(new_entry(purse, EntryKind.GRANT, given, "Welcome", key=key, by="system", at=at))
    return await tx.credits.balance(SYSTEM, purse)


def key_of(kind: str, *parts: str) -> str:
    """An entry's key made of what makes it the same entry. It does not tell whose it is: entries outlive accounts."""
    return f"{kind}:{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"


def new_entry(purse: Purse, kind: EntryKind, credits: int, reason: str, *, key: str, by: str, at: datetime) -> Entry:
    return Entry(EntryId(new_id("ent")), purse.community, purse.account, kind, credits, reason, key, by, at)
