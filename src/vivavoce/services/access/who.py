"""Who a cookie, an API key or a room token stands for, now."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from vivavoce.base.ids import AccountId, CommunityId, SessionId
from vivavoce.base.tokens import hash_of
from vivavoce.domain.errors import AccountNotFound, NotSignedIn
from vivavoce.domain.people.account import AccountState
from vivavoce.domain.people.sign_ins import Signed, Way
from vivavoce.domain.people.viewer import Standing
from vivavoce.services.access import signing
from vivavoce.services.confined import as_platform
from vivavoce.services.container import Services
from vivavoce.services.ports import SYSTEM

KEY_PREFIX: Final = "viv_"
ROOM: Final = "room"  # the kind of room tokens, and of the secret they are signed with
_SEEN_EVERY: Final = timedelta(minutes=5)  # a write for each request would be too much
_USED_EVERY: Final = timedelta(minutes=1)


async def by_cookie(token: str, *, use: Services) -> Signed | None:
    """None: the sign-in was ended, has run out, or its account is disabled."""
    now = use.clock.now()
    with as_platform():
        async with use.store.reading() as tx:
            found = await tx.sign_ins.by_hash(SYSTEM, hash_of(token))
        if found is None:
            return None
        sign_in, account = found
        idle = timedelta(days=use.config.access.sign_in_idle_days)
        if not sign_in.lives(now, idle) or account.state is not AccountState.ACTIVE:
            return None
        if now - sign_in.seen_at > _SEEN_EVERY:
            async with use.store.transaction() as tx:
                await tx.sign_ins.seen(sign_in.id, now)
    return Signed(account, account.viewer, sign_in.way, sign_in.id)


async def by_bearer(token: str, *, use: Services) -> Signed:
    """Whom an API key or a room token stands for. Raises NotSignedIn."""
    with as_platform():
        return await (_by_key(token, use=use) if token.startswith(KEY_PREFIX) else _by_room_token(token, use=use))


async def _by_key(token: str, *, use: Services) -> Signed:
    now = use.clock.now()
    async with use.store.reading() as tx:
        found = await tx.keys.by_hash(SYSTEM, hash_of(token))
    if found is None or not found[0].lives(now) or found[1].state is not AccountState.ACTIVE:
        raise NotSignedIn("This API key is not valid: it was revoked, has run out, or its account is disabled.")
    key, account = found
    if key.used_at is None or now - key.used_at > _USED_EVERY:
        async with use.store.transaction() as tx:
            await tx.keys.used(key.id, now)
    return Signed(account, replace(account.viewer, scopes=key.scopes), Way.KEY, key=key.id)


async def _by_room_token(token: str, *, use: Services) -> Signed:
    now = use.clock.now()
    try:
        said = signing.unverified(token)
        community = CommunityId(str(said.get("com", "")))
        async with use.store.reading() as tx:
            secrets = await tx.links.secrets(SYSTEM, community, ROOM, now)
            claims = signing.read(token, secrets, int(now.timestamp()), ROOM)
            account = await tx.people.account(SYSTEM, AccountId(str(claims["sub"])))
    except signing.Old:
        raise NotSignedIn("This room token has run out. Ask for a new one.") from None
    except (signing.Bad, AccountNotFound, KeyError):
        raise NotSignedIn("This token is not valid here.") from None
    if account.state is not AccountState.ACTIVE or account.community != community:
        raise NotSignedIn("This token is not valid here.")
    viewer = replace(account.viewer, standing=Standing.GUEST, only=SessionId(str(claims["ses"])))
    return Signed(account, viewer, Way.ROOM)


async def still_welcome(signed: Signed, *, use: Services) -> bool:
    """Whether somebody who is connected may stay: their account was not disabled, nor did their sign-in or key end."""
    if signed.account is None:
        return True  # local mode
    async with use.store.reading() as tx:
        try:
            account = await tx.people.account(SYSTEM, signed.viewer.account)
        except AccountNotFound:
            return False
        known = signed.sign_in is None or any(
            one.id == signed.sign_in for one in await tx.sign_ins.of(SYSTEM, account.id)
        )
        keyed = signed.key is None or any(
            one.id == signed.key and one.lives(use.clock.now()) for one in await tx.keys.of(SYSTEM, account.id)
        )
    return known and keyed and account.state is AccountState.ACTIVE
