"""Buying credits: what is on sale, the way to the shop, and what the shop tells us afterwards."""

from dataclasses import replace

from vivavoce.base.config_money import MoneyConfig
from vivavoce.base.new_id import new_id
from vivavoce.base.packs import Pack
from vivavoce.domain.errors import Conflict, NotAllowed, NotFound
from vivavoce.domain.money.ledger import EntryKind, to_take_back
from vivavoce.domain.money.pricing import Purchase, PurchaseState
from vivavoce.domain.people.viewer import Standing, Viewer
from vivavoce.services.asking import SYSTEM
from vivavoce.services.changes import Change
from vivavoce.services.container import Services
from vivavoce.services.money.ports import Disputed, GivenBack, Lapsed, Order, Paid, Purse, Shop
from vivavoce.services.money.purses import locked, new_entry, put


class NoShop(NotFound):
    code = "no_shop"


class PackNotFound(NotFound):
    code = "pack_not_found"


def packs(*, use: Services) -> tuple[Pack, ...]:
    """What can be bought here; nothing where there is no shop."""
    return use.config.money.packs if use.outside.shop is not None else ()


async def checkout(viewer: Viewer, pack: str, return_url: str, *, use: Services) -> tuple[Purchase, str]:
    """A purchase that is open, and the address of the page where it is paid.

    Raises NoShop, PackNotFound, NotAllowed for a guest, Unavailable when the shop does not answer.
    """
    shop = _shop(use)
    if viewer.standing is Standing.GUEST or viewer.only is not None:
        raise NotAllowed("A guest has no credits to buy: sign in with an account.")
    wanted = next((one for one in use.config.money.packs if one.id == pack), None)
    if wanted is None:
        raise PackNotFound("There is no such pack: see GET /api/credits/packs.")
    now = use.clock.now()
    purchase = Purchase(new_id("pur"), viewer.community, viewer.account, wanted, shop.name, now)
    async with use.store.transaction() as tx:
        await tx.credits.add_purchase(purchase)
    url = await shop.checkout(Order(purchase, f"{wanted.credits} credits", return_url))
    return purchase, url


async def hear(body: bytes, signature: str, *, use: Services) -> None:
    """Act on a notice of the shop. Safe to repeat: each event counts once, and each payment once.

    Raises NoShop, NotAllowed for one that the shop did not sign, Conflict for one that came too early, Unavailable.
    """
    shop = _shop(use)
    notice = await shop.read(body, signature)
    if notice.news is None:
        return
    async with use.records.change() as change:
        tx, at = change.tx, change.at
        if not await tx.credits.first_notice(shop.name, notice.event, at):
            return
        purchase = await tx.credits.lock_purchase(SYSTEM, notice.news.purchase)
        if purchase is None or purchase.shop != shop.name:
            return  # the shop sells for others too
        match notice.news:
            case Paid():
                await _paid(change, purchase, use.config.money)
            case Lapsed() if purchase.state is PurchaseState.OPEN:
                await tx.credits.save_purchase(replace(purchase, state=PurchaseState.LAPSED, closed_at=at))
            case Lapsed():
                pass  # it was paid in another way
            case GivenBack() as back:
                await _given_back(change, purchase, back, use.config.money)
            case Disputed(won=False) as dispute:
                await _disputed(change, purchase, dispute, use.config.money)
            case Disputed() as dispute:
                await _won(change, purchase, dispute)


def _shop(use: Services) -> Shop:
    if use.outside.shop is None:
        raise NoShop("Nothing is sold here. Ask who runs this server for credits.")
    return use.outside.shop


async def _paid(change: Change, purchase: Purchase, money: MoneyConfig) -> None:
    if purchase.state is PurchaseState.PAID:
        return
    await locked(change, _purse(purchase), money)
    credits, key = purchase.pack.credits, f"purchase:{purchase.id}"
    await _book(change, purchase, credits, f"Bought: {credits} credits", key)
    await change.tx.credits.save_purchase(replace(purchase, state=PurchaseState.PAID, closed_at=change.at))


async def _given_back(change: Change, purchase: Purchase, back: GivenBack, money: MoneyConfig) -> None:
    _check_paid(purchase)
    available = (await locked(change, _purse(purchase), money)).available
    due, taken = to_take_back(purchase.pack.credits, back.paid, back.amount, purchase.returned, available)
    key = f"take_back:{purchase.id}:{due}"
    await _book(change, purchase, -taken, "Its money was given back", key)
    if due != purchase.returned:
        await change.tx.credits.save_purchase(replace(purchase, returned=due))


async def _disputed(change: Change, purchase: Purchase, dispute: Disputed, money: MoneyConfig) -> None:
    """As if the money was given back, beside what was given back before."""
    _check_paid(purchase)
    key, pack = _key(purchase, dispute), purchase.pack
    available = (await locked(change, _purse(purchase), money)).available
    if await change.tx.credits.keyed(SYSTEM, purchase.community, key) is not None:
        return
    share, _ = to_take_back(pack.credits, dispute.paid, dispute.amount, 0, 0)
    due = min(share, pack.credits - purchase.returned)
    await _book(change, purchase, -min(due, available), "Its payment was disputed", key)
    await change.tx.credits.save_purchase(replace(purchase, returned=purchase.returned + due))


async def _won(change: Change, purchase: Purchase, dispute: Disputed) -> None:
    """What the dispute took is there again."""
    taken = await change.tx.credits.keyed(SYSTEM, purchase.community, _key(purchase, dispute))
    if taken is None:
        return
    await change.tx.credits.lock(_purse(purchase), change.at)
    reason, key = "Its payment stands after all", f"{_key(purchase, dispute)}:won"
    await _book(change, purchase, -taken.credits, reason, key)


async def _book(change: Change, purchase: Purchase, credits: int, reason: str, key: str) -> None:
    """Add an entry for a purchase, and write it down; nothing for no credits, or if it was booked before."""
    if not credits:
        return
    kind = EntryKind.PURCHASE if credits > 0 else EntryKind.TAKE_BACK
    entry = new_entry(_purse(purchase), kind, credits, reason, key=key, by=purchase.shop, at=change.at)
    if (await put(change, entry)).id == entry.id:
        action = "credits.bought" if credits > 0 else "credits.taken_back"
        told = str(abs(credits))
        await change.audit(purchase.community, action, purchase.account, entry=entry.id, credits=told)


def _check_paid(purchase: Purchase) -> None:
    """Raises Conflict."""
    if purchase.state is not PurchaseState.PAID:
        raise Conflict("This purchase is not known to be paid yet: tell again later.")


def _key(purchase: Purchase, dispute: Disputed) -> str:
    return f"dispute:{purchase.id}:{dispute.dispute}"


def _purse(purchase: Purchase) -> Purse:
    return Purse(purchase.community, purchase.account)
