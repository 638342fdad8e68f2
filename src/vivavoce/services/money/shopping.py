"""Buying credits: what is on sale, the way to the shop, and what the shop tells us afterwards."""

from dataclasses import replace
from datetime import datetime

from vivavoce.base.config_money import MoneyConfig
from vivavoce.base.new_id import new_id
from vivavoce.base.packs import Pack
from vivavoce.domain.errors import Conflict, NotAllowed, NotFound
from vivavoce.domain.money.ledger import EntryKind, to_take_back
from vivavoce.domain.money.pricing import Purchase, PurchaseState
from vivavoce.domain.people.viewer import Standing, Viewer
from vivavoce.services.asking import SYSTEM
from vivavoce.services.container import Services
from vivavoce.services.money.ports import GivenBack, Lapsed, Order, Paid, Purse, Shop
from vivavoce.services.money.purses import locked, new_entry
from vivavoce.services.ports import Transaction


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

    Raises NoShop, NotAllowed for one that the shop did not sign, Conflict for one that came too early.
    """
    shop = _shop(use)
    notice = shop.read(body, signature)
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
                await _paid(tx, purchase, at, use.config.money)
            case Lapsed() if purchase.state is PurchaseState.OPEN:
                await tx.credits.save_purchase(replace(purchase, state=PurchaseState.LAPSED, closed_at=at))
            case Lapsed():
                pass  # it was paid in another way
            case GivenBack() as back:
                await _given_back(tx, purchase, back, at, use.config.money)


def _shop(use: Services) -> Shop:
    if use.outside.shop is None:
        raise NoShop("Nothing is sold here. Ask who runs this server for credits.")
    return use.outside.shop


async def _paid(tx: Transaction, purchase: Purchase, at: datetime, money: MoneyConfig) -> None:
    if purchase.state is PurchaseState.PAID:
        return
    purse, pack = Purse(purchase.community, purchase.account), purchase.pack
    await locked(tx, purse, at, money)
    reason, key = f"Bought: {pack.credits} credits", f"purchase:{purchase.id}"
    by = purchase.shop
    await tx.credits.add(new_entry(purse, EntryKind.PURCHASE, pack.credits, reason, key=key, by=by, at=at))
    await tx.credits.save_purchase(replace(purchase, state=PurchaseState.PAID, closed_at=at))


async def _given_back(tx: Transaction, purchase: Purchase, back: GivenBack, at: datetime, money: MoneyConfig) -> None:
    if purchase.state is not PurchaseState.PAID:
        raise Conflict("This purchase is not known to be paid yet: tell again later.")
    purse = Purse(purchase.community, purchase.account)
    available = (await locked(tx, purse, at, money)).available
    due, taken = to_take_back(purchase.pack.credits, back.paid, back.amount, purchase.returned, available)
    if taken:
        key, by = f"take_back:{purchase.id}:{due}", purchase.shop
        entry = new_entry(purse, EntryKind.TAKE_BACK, -taken, "Its money was given back", key=key, by=by, at=at)
        await tx.credits.add(entry)
    if due != purchase.returned:
        await tx.credits.save_purchase(replace(purchase, returned=due))
