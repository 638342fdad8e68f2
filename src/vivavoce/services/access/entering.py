"""Somebody comes in: what every way of signing in ends with."""

from dataclasses import dataclass
from datetime import timedelta

from vivavoce.base.ids import SignInId
from vivavoce.base.new_id import new_id
from vivavoce.base.tokens import hash_of, new_token
from vivavoce.domain.errors import SignInFailed
from vivavoce.domain.people.account import Account, AccountState
from vivavoce.domain.people.sign_ins import SignIn, Way
from vivavoce.services.changes import Change
from vivavoce.services.container import Services

_DEVICE_MOST = 200


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from. address: of the network. device: what the browser calls itself."""

    address: str
    device: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """Somebody who just signed in. token: for their cookie; it is not kept here."""

    account: Account
    sign_in: SignIn
    token: str


async def enter(change: Change, account: Account, way: Way, origin: Origin, *, use: Services) -> Entered:
    """A new sign-in. Raises SignInFailed for an account that is disabled."""
    if account.state is AccountState.DISABLED:
        raise SignInFailed("This account is disabled. Ask an admin of your community.")
    expires_at = change.at + timedelta(days=use.config.access.sign_in_days)
    sign_in = SignIn(
        id=SignInId(new_id("sgn")),
        community=account.community,
        account=account.id,
        way=way,
        device=origin.device[:_DEVICE_MOST],
        created_at=change.at,
        seen_at=change.at,
        expires_at=expires_at,
    )
    token = new_token()
    await change.tx.sign_ins.add(sign_in, hash_of(token))
    await change.audit(account.viewer, "sign_in.made", account.id, way=way.value)
    return Entered(account, sign_in, token)
