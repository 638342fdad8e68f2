"""Tokens that carry what they say, signed with a secret of their community (JWT, HMAC-SHA256).

Bad      not one of ours
└── Old  it was, until its `exp`

joserfc is loaded with the first token: local mode needs none, and it takes 9 MB.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any, Final, cast

from vivavoce.base.ids import CommunityId
from vivavoce.base.new_id import new_id
from vivavoce.base.tokens import new_token
from vivavoce.services.access.ports import Secret
from vivavoce.services.changes import Change
from vivavoce.services.ports import SYSTEM

LEEWAY_S: Final = 30  # of other machines' clocks
_LONGEST: Final = 8192
_ALGORITHM: Final = "HS256"


class Bad(Exception):
    """Not signed with any of the secrets, or no token at all."""


class Old(Bad):
    """It has run out."""


async def own_secret(change: Change, community: CommunityId, kind: str) -> Secret:
    """The community's secret of that kind, made when it is first needed."""
    known = await change.tx.links.secrets(SYSTEM, community, kind, change.at)
    return known[0] if known else await new_secret(change, community, kind)


async def new_secret(change: Change, community: CommunityId, kind: str) -> Secret:
    made = Secret(new_id("sec"), community, kind, new_token(), change.at)
    await change.tx.links.add_secret(made)
    return made


def sign(claims: dict[str, Any], secret: Secret, kind: str) -> str:
    from joserfc import jwt
    from joserfc.jwk import OctKey

    return jwt.encode({"alg": _ALGORITHM, "typ": kind}, claims, OctKey.import_key(secret.secret))


def unverified(token: str) -> dict[str, Any]:
    """What a token says of itself: only to look up who should have signed it. Raises Bad."""
    try:
        parts = token.split(".")
        if len(parts) != 3 or len(token) > _LONGEST:
            raise Bad
        padded = parts[1] + "=" * (-len(parts[1]) % 4)
        claims = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
    except (ValueError, binascii.Error, RecursionError):
        raise Bad from None
    if not isinstance(claims, dict):
        raise Bad
    return cast("dict[str, Any]", claims)


def read(token: str, secrets: Sequence[Secret], now_s: int, kind: str | None = None) -> dict[str, Any]:
    """What a token says, signed by one of the secrets and not run out. kind: what it must be for. Raises Bad, Old."""
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import OctKey

    for secret in secrets:
        try:
            found = jwt.decode(token, OctKey.import_key(secret.secret), algorithms=[_ALGORITHM])
        except (JoseError, ValueError):
            continue
        if kind is not None and found.header.get("typ") != kind:
            raise Bad
        expires_at: object = found.claims.get("exp")
        if not isinstance(expires_at, int | float) or isinstance(expires_at, bool):
            raise Bad
        if expires_at + (0 if kind else LEEWAY_S) <= now_s:
            raise Old
        return found.claims
    raise Bad
