"""Signing in by a signed link: a community's own platform vouches for its member.

The platform signs a JWT (HMAC-SHA256) with the community's secret:

    {"iss": "<community>", "aud": "vivavoce", "sub": "<external id>", "name": "Ana", "email": "ana@example.org",
     "iat": 1795255200, "exp": 1795255500, "jti": "<new for each link>"}

`email` and `standing` (member, coach or host) may be left out. It lasts at most ten minutes and is used once.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from vivavoce.base.ids import AccountId, CommunityId
from vivavoce.base.new_id import new_id
from vivavoce.domain.errors import Invalid, LinkElsewhere, LinkExpired, LinkRefused, LinkUsed
from vivavoce.domain.people.account import Account, AccountState, normal_email
from vivavoce.domain.people.sign_ins import Way
from vivavoce.domain.people.viewer import Standing, Viewer
from vivavoce.services.access import signing
from vivavoce.services.access.by_password import add_account, usual_name
from vivavoce.services.access.entering import Entered, Origin, enter
from vivavoce.services.access.limits import LINKS_OF_ADDRESS
from vivavoce.services.access.news import tell_changed
from vivavoce.services.access.ports import Secret
from vivavoce.services.access.taking_over import proven
from vivavoce.services.changes import Change, Records
from vivavoce.services.confined import as_platform
from vivavoce.services.container import Services
from vivavoce.services.ports import SYSTEM

KIND: Final = "link"
AUDIENCE: Final = "vivavoce"
LONGEST: Final = timedelta(minutes=10)
OVERLAP: Final = timedelta(hours=24)  # so long the secret before is still good, unless it was given away
_VOUCHED: Final = frozenset({Standing.MEMBER, Standing.COACH, Standing.HOST})


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the platform vouches for."""

    community: CommunityId
    external_id: str
    name: str
    email: str | None
    standing: Standing | None
    nonce: str
    expires_at: datetime


async def sign_in_by_link(
    token: str, origin: Origin, *, use: Services, community: CommunityId | None = None
) -> Entered:
    """The member's account, made if it is their first time, and signed in. community: the only one that is expected.

    Raises LinkRefused, LinkExpired, LinkUsed, LinkElsewhere, SignInFailed for a disabled account, TooMany.
    """
    use.access.limits.take(f"link from {origin.address}", LINKS_OF_ADDRESS, use.clock.monotonic_ms())
    with as_platform():
        vouched = await _vouched(token, community, use=use)
        async with use.records.change() as change:
            if not await change.tx.links.use_once(vouched.community, vouched.nonce, vouched.expires_at):
                raise LinkUsed("This link was used already. Go back to where you came from, and click again.")
            account = await _account(change, vouched)
            return await enter(change, account, Way.LINK, origin, use=use)


async def _vouched(token: str, expected: CommunityId | None, *, use: Services) -> Vouched:
    now = use.clock.now()
    try:
        issuer = signing.unverified(token).get("iss")
        of = CommunityId(issuer if isinstance(issuer, str) else "")
        async with use.store.reading() as tx:
            secrets = await tx.links.secrets(SYSTEM, of, KIND, now)
        claims = signing.read(token, secrets, int(now.timestamp()))
    except signing.Old:
        raise LinkExpired("This link has run out. Go back to where you came from, and click again.") from None
    except signing.Bad:
        raise LinkRefused("This link was not signed by a community of this server.") from None
    if expected is not None and expected != of:
        raise LinkElsewhere("This link is for another community.")
    return _read(of, claims, now)


def _read(community: CommunityId, claims: dict[str, Any], now: datetime) -> Vouched:
    """Raises LinkRefused for what is missing or makes no sense."""
    external_id, nonce, name = (claims.get(one) for one in ("sub", "jti", "name"))
    audience = claims.get("aud")
    if audience not in (AUDIENCE, [AUDIENCE]):
        raise LinkRefused(f"The link is not for here: its `aud` must be {AUDIENCE!r}.")
    for key, value in (("sub", external_id), ("jti", nonce)):
        if not isinstance(value, str) or not 1 <= len(value) <= 200:
            raise LinkRefused(f"The link lacks `{key}`: a text of 1 to 200 characters.")
    if claims["exp"] - now.timestamp() > LONGEST.total_seconds() + signing.LEEWAY_S:
        raise LinkRefused("The link lasts too long: its `exp` is at most ten minutes ahead.")
    email: object = claims.get("email")
    standing: object = claims.get("standing")
    try:
        return Vouched(
            community=community,
            external_id=str(external_id),
            name=usual_name(name if isinstance(name, str) else ""),
            email=normal_email(email) if isinstance(email, str) else None,
            standing=Standing(standing) if standing is not None else None,
            nonce=str(nonce),
            expires_at=datetime.fromtimestamp(claims["exp"], UTC) + timedelta(seconds=signing.LEEWAY_S),
        )
    except Invalid:
        raise LinkRefused("The link lacks `name`: a text of 1 to 80 characters.") from None
    except ValueError:
        raise LinkRefused("The link's `standing` is none of member, coach and host.") from None


async def _account(change: Change, vouched: Vouched) -> Account:
    if vouched.standing is not None and vouched.standing not in _VOUCHED:
        raise LinkRefused("The link's `standing` is none of member, coach and host.")
    account = await change.tx.people.by_external_id(SYSTEM, vouched.community, vouched.external_id)
    if account is None and vouched.email is not None:
        same = await change.tx.people.by_email(SYSTEM, vouched.community, vouched.email)
        if same is not None and same.external_id is None:
            account = await proven(change, same)
    if account is None:
        return await _new(change, vouched)
    state = AccountState.ACTIVE if account.state is AccountState.INVITED else account.state
    standing = account.standing
    if vouched.standing is not None and standing is not Standing.ADMIN:
        standing = vouched.standing
    now = replace(account, name=vouched.name, external_id=vouched.external_id, state=state, standing=standing)
    if now != account:
        await change.tx.people.save(now)
    if now.standing is not account.standing:
        await change.audit(now.community, "account.standing", now.id, standing=standing.value, way="link")
    await tell_changed(change, account, now)
    return now


async def _new(change: Change, vouched: Vouched) -> Account:
    taken = vouched.email is not None and await change.tx.people.by_email(SYSTEM, vouched.community, vouched.email)
    return await add_account(
        change,
        Account(
            AccountId(new_id("acc")),
            vouched.community,
            vouched.name,
            vouched.standing or Standing.MEMBER,
            None if taken else vouched.email,
            created_at=change.at,
            external_id=vouched.external_id,
            email_verified=vouched.email is not None and not taken,
        ),
    )


async def rotate_secret(by: Viewer | CommunityId, *, records: Records, at_once: bool = False) -> Secret:
    """A new secret for the community's platform to sign with. The one before stays good for a day, or not at all.

    Raises CommunityNotFound.
    """
    community = by.community if isinstance(by, Viewer) else by
    async with records.change() as change:
        await change.tx.communities.get(SYSTEM, community)
        await change.tx.links.expire_secrets(community, KIND, change.at + (timedelta() if at_once else OVERLAP))
        secret = await signing.new_secret(change, community, KIND)
        await change.audit(by, "link_secret.made", secret.id, at_once=str(at_once).lower())
        return secret
