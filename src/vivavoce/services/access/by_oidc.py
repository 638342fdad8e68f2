"""Signing in with another provider (OpenID Connect): who they say it is, becomes one of our accounts.

1. A provider's person is known by issuer and subject, for ever.
2. Else by an e-mail address that the provider verified and that an account of the community has.
3. Else a new account is made, where the provider may bring new people and the community is open to them.
"""

from dataclasses import replace

from vivavoce.base.ids import AccountId, CommunityId
from vivavoce.base.new_id import new_id
from vivavoce.base.tokens import new_token
from vivavoce.domain.errors import NotFound, SignInFailed, SignUpClosed
from vivavoce.domain.people.account import Account, AccountState, normal_email
from vivavoce.domain.people.community import SignUp
from vivavoce.domain.people.sign_ins import Way
from vivavoce.domain.people.viewer import Standing
from vivavoce.services.access.by_password import add_account
from vivavoce.services.access.entering import Entered, Origin, enter
from vivavoce.services.access.limits import LINKS_OF_ADDRESS
from vivavoce.services.access.oidc_port import Claims, Leaving, OidcProvider
from vivavoce.services.access.taking_over import proven
from vivavoce.services.changes import Change
from vivavoce.services.confined import as_platform
from vivavoce.services.container import Services
from vivavoce.services.ports import SYSTEM

_LONGEST_NAME = 80


def provider_called(id: str, *, use: Services) -> OidcProvider:
    """Raises NotFound."""
    found = use.access.providers.get(id)
    if found is None:
        raise NotFound(f"Nobody can sign in with {id!r} here.")
    return found


async def leave(id: str, return_to: str, *, use: Services) -> tuple[Leaving, str]:
    """What to remember of the person who leaves for the provider, and where to send them.

    Raises NotFound, Unavailable.
    """
    leaving = Leaving(new_token(), new_token(), new_token(), return_to)
    return leaving, await provider_called(id, use=use).address(leaving)


async def come_back(
    id: str, community: CommunityId, code: str, leaving: Leaving, origin: Origin, *, use: Services
) -> Entered:
    """The person whom the provider sent back. Raises NotFound, SignInFailed, SignUpClosed, Unavailable, TooMany."""
    use.access.limits.take(f"oidc from {origin.address}", LINKS_OF_ADDRESS, use.clock.monotonic_ms())
    provider = provider_called(id, use=use)
    claims = await provider.claims(code, leaving)
    with as_platform():
        async with use.records.change() as change:
            account = await _account(change, community, claims, may_create=provider.create)
            return await enter(change, account, Way.OIDC, origin, use=use)


async def _account(change: Change, community: CommunityId, claims: Claims, *, may_create: bool) -> Account:
    known = await change.tx.sign_ins.known_as(SYSTEM, community, claims.issuer, claims.subject)
    if known is not None:
        return await change.tx.people.account(SYSTEM, known)
    email = normal_email(claims.email) if claims.email is not None else None
    account = await change.tx.people.by_email(SYSTEM, community, email) if email is not None else None
    if account is not None:
        account = await _welcomed(change, await proven(change, account))
    else:
        account = await _new(change, community, claims, email, may_create=may_create)
    await change.tx.sign_ins.link(community, claims.issuer, claims.subject, account.id)
    await change.audit(account.viewer, "identity.linked", account.id, issuer=claims.issuer)
    return account


async def _welcomed(change: Change, account: Account) -> Account:
    """Who was invited and comes this way needs no password."""
    if account.state is AccountState.INVITED:
        account = replace(account, state=AccountState.ACTIVE)
        await change.tx.people.save(account)
    return account


async def _new(
    change: Change, community: CommunityId, claims: Claims, email: str | None, *, may_create: bool
) -> Account:
    found = next((one for one in await change.tx.communities.all(SYSTEM) if one.id == community), None)
    if found is None:
        raise SignInFailed(f"There is no community {community!r}.")
    if found.sign_up is not SignUp.OPEN or not may_create:
        raise SignUpClosed("There is no account here with the address your provider gave. Ask an admin to invite you.")
    name = " ".join(claims.name.split())[:_LONGEST_NAME] or (email or "").partition("@")[0] or "New member"
    account = Account(
        AccountId(new_id("acc")),
        community,
        name,
        Standing.MEMBER,
        email,
        created_at=change.at,
        email_verified=email is not None,
    )
    return await add_account(change, account)
