"""Look at credits, give them and give them back."""

from dataclasses import dataclass
from typing import Final

from vivavoce.base.config_money import MoneyConfig
from vivavoce.base.ids import AccountId, EntryId, SessionId
from vivavoce.base.new_id import new_id
from vivavoce.domain.errors import AccountNotFound, Conflict, Invalid, SessionNotFound
from vivavoce.domain.money import ledger
from vivavoce.domain.money.ledger import MOST, Balance, Entry, EntryKind
from vivavoce.domain.people.audit import AuditEntry
from vivavoce.domain.people.viewer import LOCAL, Standing, Viewer
from vivavoce.domain.sessions.events import CreditsMoved
from vivavoce.services.asking import SYSTEM, Asking, Cursor
from vivavoce.services.changes import Change
from vivavoce.services.container import Services
from vivavoce.services.money.ports import Purse
from vivavoce.services.money.purses import key_of, locked, new_entry, put
from vivavoce.services.money.rights import require_admin
from vivavoce.services.people.ports import Listing
from vivavoce.services.ports import Transaction

_MAX_REASON: Final = 500


class AlreadyRefunded(Conflict):
    code = "already_refunded"


def own_purse(viewer: Viewer) -> Purse:
    return Purse(viewer.community, viewer.account)


async def balance(viewer: Viewer, account: AccountId | None = None, *, use: Services) -> Balance:
    """The viewer's credits or, for an admin, those of another account of the community.

    Raises NotAllowed, AccountNotFound.
    """
    purse = await _purse(viewer, account, use)
    async with use.store.reading() as tx:
        if await tx.credits.is_open(viewer, purse) or viewer.standing is Standing.GUEST:
            return await tx.credits.balance(viewer, purse)
    async with use.records.change() as change:
        return await locked(change, purse, use.config.money)


async def entries(
    viewer: Viewer,
    account: AccountId | None = None,
    *,
    use: Services,
    after: Cursor | None = None,
    limit: int = 50,
) -> Listing[Entry]:
    """What was given and taken, newest first. Raises NotAllowed, AccountNotFound."""
    purse = await _purse(viewer, account, use)
    async with use.store.reading() as tx:
        return await tx.credits.entries(viewer, purse, after=after, limit=limit)


async def _purse(viewer: Viewer, account: AccountId | None, use: Services) -> Purse:
    if account in (None, viewer.account):
        return own_purse(viewer)
    require_admin(viewer, "see the credits of others")
    async with use.records.change() as change:
        purse = await find(viewer, account, change.tx)
        await change.audit(viewer, "credits.seen", purse.account)
    return purse


async def find(asking: Asking, named: str, tx: Transaction) -> Purse:
    """The purse of an account, by its id or e-mail address. Raises AccountNotFound, Conflict if there are several."""
    if named == LOCAL.account and (not isinstance(asking, Viewer) or asking.community == LOCAL.community):
        return own_purse(LOCAL)
    found = await tx.credits.find(asking, named)
    if not found:
        raise AccountNotFound("There is no account with this id or e-mail address.")
    if len(found) > 1:
        raise Conflict("Several communities know this e-mail address: give the account's id.")
    return found[0]


@dataclass(frozen=True, slots=True)
class Grant:
    """key: the same key by the same admin is the same grant."""

    to: str
    credits: int
    reason: str
    key: str | None = None


async def grant(viewer: Viewer, given: Grant, *, use: Services) -> Entry:
    """Give credits to an account of the community. Raises NotAllowed, AccountNotFound, Invalid."""
    require_admin(viewer, "grant credits")
    async with use.records.change() as change:
        purse = await find(viewer, given.to, change.tx)
        return await granted(change, purse, given, by=viewer.account, money=use.config.money)


async def granted(change: Change, purse: Purse, given: Grant, *, by: str, money: MoneyConfig) -> Entry:
    """The grant's entry; it was made before if it is older than the change. Raises Invalid."""
    reason = _checked(given.reason)
    if not 1 <= given.credits <= MOST:
        raise Invalid(f"A grant is 1 to {MOST} credits.")
    await locked(change, purse, money)
    key = key_of("grant", by, purse.account, given.key or new_id("key"))
    entry = new_entry(purse, EntryKind.GRANT, given.credits, reason, key=key, by=by, at=change.at)
    kept = await put(change, entry)
    if kept.id == entry.id:
        detail = {"credits": str(given.credits), "entry": entry.id}
        actor, id, subject = AccountId(by), new_id("aud"), purse.account
        seen = AuditEntry(id, purse.community, change.at, actor, "credits.granted", subject, None, detail)
        await change.tx.audit.add(seen)
    return kept


async def refund(viewer: Viewer, id: EntryId, credits: int | None, reason: str, *, use: Services) -> Entry:
    """Give a charge back, in part or (None) whole; each charge once.

    Raises NotAllowed, EntryNotFound, Invalid, AlreadyRefunded.
    """
    require_admin(viewer, "refund charges")
    async with use.records.change() as change:
        charged = await change.tx.credits.entry(viewer, id)
        told = await _locked_session(change, charged)  # before the purse, as a charge does
        purse = Purse(charged.community, charged.account)
        await change.tx.credits.lock(purse, change.at)
        entry = ledger.refund(
            charged, credits, entry=EntryId(new_id("ent")), reason=_checked(reason), by=viewer.account, at=change.at
        )
        kept = await put(change, entry)
        if kept.id != entry.id:
            raise AlreadyRefunded(f"This charge was refunded before, by {kept.credits} credits.", entry=kept.id)
        await change.audit(viewer, "credits.refunded", purse.account, session=told, entry=entry.id)
        if told is not None:
            await change.record(told, CreditsMoved("refunded", entry.credits))
    return entry


async def _locked_session(change: Change, charged: Entry) -> SessionId | None:
    """The session of a charge, if it is still there: its log tells of the refund too."""
    if charged.session is None:
        return None
    try:
        return (await change.tx.sessions.lock(SYSTEM, charged.session)).id
    except SessionNotFound:
        return None


def _checked(reason: str) -> str:
    if not 1 <= len(reason.strip()) <= _MAX_REASON:
        raise Invalid(f"Say why, in 1 to {_MAX_REASON} characters.")
    return reason.strip()
