"""API keys: made, shown once, listed and revoked by the person they act for."""

from datetime import datetime
from typing import Final

from vivavoce.base.ids import KeyId
from vivavoce.base.new_id import new_id
from vivavoce.base.tokens import hash_of, new_token
from vivavoce.domain.errors import Conflict, Invalid
from vivavoce.domain.people.scopes import SCOPES
from vivavoce.domain.people.sign_ins import ApiKey
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.access.by_password import usual_name
from vivavoce.services.access.who import KEY_PREFIX
from vivavoce.services.container import Services

_MOST: Final = 50
_SHOWN: Final = 8


async def make_key(
    viewer: Viewer,
    name: str,
    scopes: frozenset[str] | None,
    expires_at: datetime | None,
    *,
    use: Services,
) -> tuple[ApiKey, str]:
    """A new key, and its secret text, which is not kept. scopes: None: all that the account may do.

    Raises Invalid, Conflict when there are too many.
    """
    unknown = sorted((scopes or frozenset()) - set(SCOPES))
    if unknown:
        raise Invalid(f"There is no scope {unknown[0]!r}. There are: {', '.join(SCOPES)}.")
    if scopes is not None and not scopes:
        raise Invalid("A key needs at least one scope.")
    if expires_at is not None and expires_at <= use.clock.now():
        raise Invalid("The key would have run out already.")
    token = new_token(KEY_PREFIX)
    async with use.records.change() as change:
        if len(await change.tx.keys.of(viewer, viewer.account)) >= _MOST:
            raise Conflict(f"There are {_MOST} keys already: revoke one first.")
        key = ApiKey(
            id=KeyId(new_id("key")),
            community=viewer.community,
            account=viewer.account,
            name=usual_name(name),
            start=token[:_SHOWN],
            scopes=scopes,
            created_at=change.at,
            expires_at=expires_at,
        )
        await change.tx.keys.add(key, hash_of(token))
        await change.audit(viewer, "key.made", key.id, scopes=" ".join(sorted(scopes or {"all"})))
    return key, token


async def keys_of(viewer: Viewer, *, use: Services) -> list[ApiKey]:
    async with use.store.reading() as tx:
        return await tx.keys.of(viewer, viewer.account)


async def revoke_key(viewer: Viewer, id: KeyId, *, use: Services) -> None:
    """Raises KeyNotFound."""
    async with use.records.change() as change:
        await change.tx.keys.remove(viewer, id)
        await change.audit(viewer, "key.revoked", id)
