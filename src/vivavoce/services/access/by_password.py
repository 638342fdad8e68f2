"""Accounts with e-mail address and password: sign up, sign in, change and replace the password.

Signing in says the same, and takes as long, whether the address is unknown or the password wrong.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

import structlog

from vivavoce.base.ids import AccountId, CommunityId
from vivavoce.base.new_id import new_id
from vivavoce.base.tokens import hash_of, new_token
from vivavoce.domain.errors import CommunityNotFound, Conflict, EmailTaken, Invalid, SignInFailed, SignUpClosed
from vivavoce.domain.people.account import Account, AccountState, normal_email
from vivavoce.domain.people.community import SignUp
from vivavoce.domain.people.password_rules import check_password
from vivavoce.domain.people.sign_ins import Signed, Way
from vivavoce.domain.people.viewer import Standing
from vivavoce.services.access.entering import Entered, Origin, enter
from vivavoce.services.access.limits import (
    LINKS_OF_ADDRESS,
    MAILS_TO_ACCOUNT,
    SIGN_INS_OF_ACCOUNT,
    SIGN_INS_OF_ADDRESS,
    SIGN_UPS_OF_ADDRESS,
)
from vivavoce.services.access.news import tell_changed, tell_made
from vivavoce.services.changes import Change
from vivavoce.services.confined import as_platform
from vivavoce.services.container import Services
from vivavoce.services.ports import SYSTEM, JobKind

log = structlog.get_logger()

MAX_NAME: Final = 80
RESET, INVITE, VERIFY = "reset", "invite", "verify"
_LASTS: Final = {RESET: timedelta(hours=1), INVITE: timedelta(days=7), VERIFY: timedelta(days=7)}
_WRONG: Final = "The e-mail address and the password do not belong together."
_OVER: Final = "This link was used already, or has run out. Ask for a new one."


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Who wants an account."""

    community: CommunityId
    email: str
    password: str
    name: str


async def sign_in(community: CommunityId, email: str, password: str, origin: Origin, *, use: Services) -> Entered:
    """Raises SignInFailed, TooMany."""
    known = normal_email(email) or ""
    of_account = f"sign-in {community} {known}"
    now_ms = use.clock.monotonic_ms()
    use.access.limits.take(f"sign-in from {origin.address}", SIGN_INS_OF_ADDRESS, now_ms)
    use.access.limits.take(of_account, SIGN_INS_OF_ACCOUNT, now_ms)
    with as_platform():
        async with use.store.reading() as tx:
            account = await tx.people.by_email(SYSTEM, community, known)
            hash = await tx.people.password(SYSTEM, account.id if account is not None else AccountId(""))
        verdict = await use.access.passwords.verify(hash, password)
        if account is None or not verdict.right or account.state is not AccountState.ACTIVE:
            log.info("sign_in.failed")
            raise SignInFailed(_WRONG)
        better = await use.access.passwords.hash(password) if verdict.rehash else None
        async with use.records.change() as change:
            if better is not None:
                await change.tx.people.set_password(account.id, better)
            entered = await enter(change, account, Way.PASSWORD, origin, use=use)
    use.access.limits.clear(of_account)
    return entered


async def sign_up(new: NewPerson, origin: Origin, *, use: Services) -> Entered:
    """An account, and its first sign-in. Raises SignUpClosed, EmailTaken, Invalid, TooMany."""
    use.access.limits.take(f"sign-up from {origin.address}", SIGN_UPS_OF_ADDRESS, use.clock.monotonic_ms())
    email = usual_email(new.email)
    check_password(new.password, (email, new.name))
    with as_platform():
        await _check_open(new.community, use=use)
        hash = await use.access.passwords.hash(new.password)
        async with use.records.change() as change:
            account = await add_account(
                change,
                Account(
                    AccountId(new_id("acc")),
                    new.community,
                    usual_name(new.name),
                    Standing.MEMBER,
                    email,
                    created_at=change.at,
                ),
            )
            await change.tx.people.set_password(account.id, hash)
            await mail_link(change, account, VERIFY, use=use)
            return await enter(change, account, Way.PASSWORD, origin, use=use)


async def _check_open(community: CommunityId, *, use: Services) -> None:
    async with use.store.reading() as tx:
        try:
            found = await tx.communities.get(SYSTEM, community)
        except CommunityNotFound:
            raise SignUpClosed(f"There is no community {community!r} that accounts can be made in.") from None
    if found.sign_up is SignUp.INVITED:
        raise SignUpClosed("This community takes who was invited. Ask one of its admins.")
    if found.sign_up is SignUp.CLOSED:
        raise SignUpClosed("Nobody can make an account for themselves in this community.")


async def change_password(signed: Signed, old: str, new: str, *, use: Services) -> None:
    """All other sign-ins of the account end. Raises SignInFailed for a wrong old password, Invalid, TooMany."""
    viewer = signed.viewer
    use.access.limits.take(f"password {viewer.account}", SIGN_INS_OF_ACCOUNT, use.clock.monotonic_ms())
    check_password(new, _own(signed.account))
    async with use.store.reading() as tx:
        hash = await tx.people.password(SYSTEM, viewer.account)
    if not (await use.access.passwords.verify(hash, old)).right:
        raise SignInFailed("The old password is not right.")
    hashed = await use.access.passwords.hash(new)
    async with use.records.change() as change:
        await change.tx.people.set_password(viewer.account, hashed)
        await change.tx.sign_ins.end_all(viewer.account, but=signed.sign_in)
        await change.audit(viewer, "password.changed", viewer.account)


def _own(account: Account | None) -> tuple[str, ...]:
    return () if account is None else (account.email or "", account.name)


async def forgot(community: CommunityId, email: str, origin: Origin, *, use: Services) -> None:
    """Have the link to a new password sent, if there is such an account; nobody is told whether. Raises TooMany."""
    known = normal_email(email) or ""
    now_ms = use.clock.monotonic_ms()
    use.access.limits.take(f"forgot from {origin.address}", SIGN_INS_OF_ADDRESS, now_ms)
    use.access.limits.take(f"forgot {community} {known}", MAILS_TO_ACCOUNT, now_ms)
    with as_platform():
        async with use.records.change() as change:
            account = await change.tx.people.by_email(SYSTEM, community, known)
            if account is not None and account.state is not AccountState.DISABLED:
                await mail_link(change, account, RESET, use=use)


async def choose_password(token: str, password: str, name: str | None, origin: Origin, *, use: Services) -> Entered:
    """A new password by a link that was sent, for an account that was forgotten or invited; all its sign-ins end.

    Who has the link has the mailbox: the address is verified by it. Raises SignInFailed, Invalid, TooMany.
    """
    use.access.limits.take(f"link from {origin.address}", LINKS_OF_ADDRESS, use.clock.monotonic_ms())
    check_password(password)
    hash = await use.access.passwords.hash(password)
    with as_platform():
        async with use.records.change() as change:
            before = await _holder(change, token, RESET, INVITE)
            check_password(password, _own(before))
            account = replace(
                before,
                state=AccountState.ACTIVE,
                email_verified=True,
                name=usual_name(name) if name else before.name,
            )
            await change.tx.people.save(account)
            await change.tx.people.set_password(account.id, hash)
            await change.tx.sign_ins.end_all(account.id)
            await change.tx.links.drop_tickets(account.id)
            await change.audit(account.viewer, "password.chosen", account.id)
            await tell_changed(change, before, account)
            return await enter(change, account, Way.PASSWORD, origin, use=use)


async def verify_email(token: str, origin: Origin, *, use: Services) -> None:
    """Raises SignInFailed, TooMany."""
    use.access.limits.take(f"link from {origin.address}", LINKS_OF_ADDRESS, use.clock.monotonic_ms())
    with as_platform():
        async with use.records.change() as change:
            account = await _holder(change, token, VERIFY)
            await change.tx.people.save(replace(account, email_verified=True))


async def _holder(change: Change, token: str, *kinds: str) -> Account:
    id = await change.tx.links.take_ticket(SYSTEM, hash_of(token), kinds, change.at)
    if id is None:
        raise SignInFailed(_OVER)
    account = await change.tx.people.account(SYSTEM, id)
    if account.state is AccountState.DISABLED:
        raise SignInFailed(_OVER)
    return account


# --- shared with the other ways in ------------------------------------------------------------------


async def add_account(change: Change, account: Account) -> Account:
    """Raises EmailTaken."""
    if account.email is not None:
        taken = await change.tx.people.by_email(SYSTEM, account.community, account.email)
        if taken is not None:
            raise EmailTaken("There is an account with this e-mail address. Sign in, or have a new password sent.")
    try:
        await change.tx.people.add(account)
    except Conflict:
        raise EmailTaken("There is an account with this e-mail address or external id by now.") from None
    await change.audit(account.viewer, "account.made", account.id, standing=account.standing.value)
    await tell_made(change, account)
    return account


async def new_ticket(change: Change, account: Account, kind: str) -> str:
    token = new_token()
    expires_at = change.at + _LASTS[kind]
    await change.tx.links.add_ticket(hash_of(token), account.community, account.id, kind, expires_at)
    return token


async def mail_link(change: Change, account: Account, kind: str, *, use: Services) -> None:
    """Have a link sent, if mails can be sent at all. The link itself is made when it is sent."""
    if use.outside.mailer is not None and use.config.access.public_url and account.email is not None:
        key = f"{JobKind.MAIL_LINK}:{kind}:{account.id}"
        await change.tx.jobs.enqueue(JobKind.MAIL_LINK, {"account": account.id, "kind": kind}, key=key, due=change.at)


def usual_email(text: str) -> str:
    """Raises Invalid."""
    email = normal_email(text)
    if email is None:
        raise Invalid("This is no e-mail address.")
    return email


def usual_name(text: str) -> str:
    """Raises Invalid."""
    name = " ".join(text.split())
    if not 1 <= len(name) <= MAX_NAME:
        raise Invalid(f"A name has 1 to {MAX_NAME} characters.")
    return name
