"""Somebody proves to be who an account is for, in another way than the one it was made with.

An account whose address nobody proved may have been made by anybody. Whoever proves it now takes the account over
alone: its password, keys and sign-ins end.
"""

from dataclasses import replace

from vivavoce.domain.people.account import Account
from vivavoce.services.changes import Change


async def proven(change: Change, account: Account) -> Account:
    """The account, its address verified by the one who comes in now."""
    if account.email_verified:
        return account
    await change.tx.people.set_password(account.id, None)
    await change.tx.sign_ins.end_all(account.id)
    await change.tx.keys.remove_all(account.id)
    await change.tx.links.drop_tickets(account.id)
    account = replace(account, email_verified=True)
    await change.tx.people.save(account)
    await change.audit(account.community, "account.proven", account.id)
    return account
