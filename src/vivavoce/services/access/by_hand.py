"""Accounts as who runs the server makes them, on the command line."""

from dataclasses import dataclass, replace

from vivavoce.base.ids import AccountId, CommunityId
from vivavoce.base.new_id import new_id
from vivavoce.domain.errors import AccountNotFound, EmailTaken, Invalid
from vivavoce.domain.people.account import Account, AccountState
from vivavoce.domain.people.password_rules import check_password
from vivavoce.domain.people.viewer import LOCAL, Standing
from vivavoce.services.access.by_password import add_account, usual_email, usual_name
from vivavoce.services.access.passwords import Passwords
from vivavoce.services.changes import Change, Records
from vivavoce.services.ports import SYSTEM


@dataclass(frozen=True, slots=True)
class ByHand:
    """from_local: they get the account of local mode, with all that was made there."""

    community: CommunityId
    email: str
    name: str
    standing: Standing
    password: str
    from_local: bool = False


async def make_account(new: ByHand, *, records: Records, passwords: Passwords) -> Account:
    """An account that can sign in. Raises CommunityNotFound, AccountNotFound, EmailTaken, Invalid."""
    if new.standing is Standing.GUEST:
        raise Invalid("A guest is invited to a session, not to the community.")
    email, name = usual_email(new.email), usual_name(new.name)
    check_password(new.password, (email, name))
    hash = await passwords.hash(new.password)
    async with records.change() as change:
        await change.tx.communities.get(SYSTEM, new.community)
        account = Account(
            AccountId(new_id("acc")),
            new.community,
            name,
            new.standing,
            email,
            created_at=change.at,
            email_verified=True,
        )
        if new.from_local:
            account = await _from_local(change, account)
        else:
            await add_account(change, account)
        await change.tx.people.set_password(account.id, hash)
        return account


async def _from_local(change: Change, wanted: Account) -> Account:
    if await change.tx.people.by_email(SYSTEM, LOCAL.community, wanted.email or "") is not None:
        raise EmailTaken("There is an account with this e-mail address.")
    known = await change.tx.people.account(SYSTEM, LOCAL.account)
    account = replace(known, name=wanted.name, standing=wanted.standing, email=wanted.email, email_verified=True)
    await change.tx.people.save(account)
    await change.audit(account.community, "account.taken_over", account.id, standing=account.standing.value)
    return account


async def set_password(
    community: CommunityId, email: str, password: str, *, records: Records, passwords: Passwords
) -> Account:
    """A new password for somebody; all their sign-ins end. Raises AccountNotFound, Invalid."""
    check_password(password, (email,))
    hash = await passwords.hash(password)
    async with records.change() as change:
        account = await change.tx.people.by_email(SYSTEM, community, usual_email(email))
        if account is None:
            raise AccountNotFound(f"There is no account with this e-mail address in the community {community!r}.")
        if account.state is AccountState.INVITED:
            await change.tx.people.save(replace(account, state=AccountState.ACTIVE))
        await change.tx.people.set_password(account.id, hash)
        await change.tx.sign_ins.end_all(account.id)
        await change.tx.links.drop_tickets(account.id)
        await change.audit(community, "password.set", account.id)
        return account
