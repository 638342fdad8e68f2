"""A community's people, for its admins; and one's own account."""

from dataclasses import dataclass, replace
from zoneinfo import available_timezones

from vivavoce.base.ids import AccountId
from vivavoce.base.new_id import new_id
from vivavoce.domain.errors import Invalid, NotAllowed
from vivavoce.domain.people.account import Account, AccountState
from vivavoce.domain.people.countries import check_country
from vivavoce.domain.people.viewer import Standing, Viewer
from vivavoce.services.access.by_password import (
    INVITE,
    add_account,
    mail_link,
    new_ticket,
    usual_email,
    usual_name,
)
from vivavoce.services.access.news import tell_changed
from vivavoce.services.asking import Cursor
from vivavoce.services.container import Services
from vivavoce.services.people.ports import Listing
from vivavoce.services.ports import SYSTEM


@dataclass(frozen=True, slots=True)
class Changes:
    """None: as it is."""

    name: str | None = None
    standing: Standing | None = None
    state: AccountState | None = None
    language: str | None = None
    country: str | None = None
    time_zone: str | None = None


async def my_account(viewer: Viewer, *, use: Services) -> Account:
    async with use.store.reading() as tx:
        return await tx.people.account(viewer, viewer.account)


async def account_of(viewer: Viewer, id: AccountId, *, use: Services) -> Account:
    """Raises AccountNotFound."""
    async with use.store.reading() as tx:
        return await tx.people.account(viewer, id)


async def list_accounts(
    viewer: Viewer, *, use: Services, state: AccountState | None = None, after: Cursor | None = None, limit: int = 50
) -> Listing[Account]:
    """The community's people, newest first. limit: 1 to 100."""
    async with use.store.reading() as tx:
        return await tx.people.accounts(viewer, viewer.community, state=state, after=after, limit=limit)


async def change_mine(viewer: Viewer, changes: Changes, *, use: Services) -> Account:
    """Raises Invalid."""
    async with use.records.change() as change:
        before = await change.tx.people.account(viewer, viewer.account)
        account = _changed(before, replace(changes, standing=None, state=None))
        if account != before:
            await change.tx.people.save(account)
            await change.audit(viewer, "account.changed", account.id)
        return account


async def change_account(viewer: Viewer, id: AccountId, changes: Changes, *, use: Services) -> Account:
    """An admin changes somebody. Who is disabled is signed out everywhere at once.

    Raises AccountNotFound, Invalid, NotAllowed for one's own standing and state.
    """
    async with use.records.change() as change:
        before = await change.tx.people.account(viewer, id)
        account = _changed(before, changes)
        if id == viewer.account and (account.standing, account.state) != (before.standing, before.state):
            raise NotAllowed("You may not change your own standing or state: another admin may.")
        if before.only is not None and account.standing is not Standing.GUEST:
            raise Invalid("A guest of one session stays a guest. Invite them with their e-mail address.")
        await change.tx.people.save(account)
        if account.state is AccountState.DISABLED:
            await change.tx.sign_ins.end_all(id)
            await change.tx.links.drop_tickets(id)
        for name, was, now in (
            ("standing", before.standing, account.standing),
            ("state", before.state, account.state),
        ):
            if was != now:
                await change.audit(viewer, f"account.{name}", id, was=was.value, now=now.value)
        await tell_changed(change, before, account)
        return account


def _changed(account: Account, changes: Changes) -> Account:
    """Raises Invalid."""
    state = changes.state or account.state
    if state is AccountState.INVITED and account.state is not AccountState.INVITED:
        raise Invalid("An account that was used cannot go back to being invited.")
    if changes.time_zone is not None and changes.time_zone not in available_timezones():
        raise Invalid("There is no such time zone. It is one of the IANA names, such as Europe/Vienna.")
    check_country(changes.country or "")
    return replace(
        account,
        name=usual_name(changes.name) if changes.name is not None else account.name,
        standing=changes.standing or account.standing,
        state=state,
        language=changes.language if changes.language is not None else account.language,
        country=changes.country if changes.country is not None else account.country,
        time_zone=changes.time_zone if changes.time_zone is not None else account.time_zone,
    )


async def invite(viewer: Viewer, email: str, name: str, standing: Standing, *, use: Services) -> tuple[Account, str]:
    """A new account that waits for its person, and the token of the link to give them. It is mailed too, where mails
    can be sent. Inviting again gives a new link. Raises EmailTaken, Invalid."""
    email = usual_email(email)
    if standing is Standing.GUEST:
        raise Invalid("A guest is invited to a session, not to the community.")
    async with use.records.change() as change:
        known = await change.tx.people.by_email(SYSTEM, viewer.community, email)
        if known is not None and known.state is AccountState.INVITED:
            account = replace(known, name=usual_name(name), standing=standing)
            await change.tx.people.save(account)
        else:
            account = await add_account(
                change,
                Account(
                    AccountId(new_id("acc")),
                    viewer.community,
                    usual_name(name),
                    standing,
                    email,
                    AccountState.INVITED,
                    created_at=change.at,
                ),
            )
        await change.audit(viewer, "account.invited", account.id, standing=standing.value)
        await mail_link(change, account, INVITE, use=use)
        return account, await new_ticket(change, account, INVITE)
