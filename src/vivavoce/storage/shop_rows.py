"""Prices, purchases and the notices of shops, as rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, bindparam, delete, insert, select

from vivavoce.base.ids import AccountId, CommunityId
from vivavoce.base.packs import Pack
from vivavoce.domain.money.pricing import Purchase, PurchaseState, SetPrice
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.asking import Asking, System
from vivavoce.storage.sql import InsertInto, Row, Running, who
from vivavoce.storage.tables.money import prices, purchases, shop_notices


@dataclass(frozen=True, slots=True)
class SqlShopRows:
    db: Running

    async def price(self, asking: Asking, community: CommunityId, format: str) -> SetPrice | None:
        values = {**who(asking), "in_community": community, "by_format": format}
        found = (await self.db.run(_price(type(asking), True), values)).mappings().one_or_none()
        return None if found is None else _set_price(found)

    async def prices(self, asking: Asking, community: CommunityId) -> list[SetPrice]:
        found = await self.db.run(_price(type(asking), False), {**who(asking), "in_community": community})
        return [_set_price(row) for row in found.mappings()]

    async def set_price(self, price: SetPrice) -> None:
        row = {
            "community": price.community,
            "format": price.format,
            "credits": price.credits,
            "after_s": price.after_s,
            "at": price.at,
            "by": price.by,
        }
        await self.db.run(_set(self.db.insert), row)

    async def unset_price(self, community: CommunityId, format: str) -> None:
        await self.db.run(_UNSET, {"in_community": community, "by_format": format})

    async def add_purchase(self, purchase: Purchase) -> None:
        await self.db.run(_ADD, {**_state(purchase), **_fixed(purchase)})

    async def lock_purchase(self, asking: System, id: str) -> Purchase | None:
        found = (await self.db.run(_LOCK, {"by_id": id})).mappings().one_or_none()
        return None if found is None else _purchase(found)

    async def save_purchase(self, purchase: Purchase) -> None:
        await self.db.run(_SAVE, {**_state(purchase), "by_id": purchase.id})

    async def first_notice(self, shop: str, event: str, at: datetime) -> bool:
        row = {"shop": shop, "event": event, "at": at}
        return (await self.db.run(_notice(self.db.insert), row)).one_or_none() is not None


# --- statements, built once -------------------------------------------------------------------------

_IN = prices.c.community == bindparam("in_community")
_OF = prices.c.format == bindparam("by_format")
_UNSET = delete(prices).where(_IN, _OF)
_ADD = insert(purchases)
_LOCK = select(purchases).where(purchases.c.id == bindparam("by_id")).with_for_update()
_SAVE = purchases.update().where(purchases.c.id == bindparam("by_id"))  # sets the columns it is given


@cache
def _price(asking: type[Asking], one: bool) -> Executable:
    query = select(prices).where(_IN).order_by(prices.c.format)
    query = query.where(_OF) if one else query
    return query.where(prices.c.community == bindparam("by_community")) if asking is Viewer else query


@cache
def _set(insert: InsertInto) -> Executable:
    wanted = insert(prices)
    new = wanted.excluded
    return wanted.on_conflict_do_update(
        index_elements=[prices.c.community, prices.c.format],
        set_={"credits": new.credits, "after_s": new.after_s, "at": new.at, "by": new.by},
    )


@cache
def _notice(insert: InsertInto) -> Executable:
    return insert(shop_notices).on_conflict_do_nothing().returning(shop_notices.c.event)


# --- rows -------------------------------------------------------------------------------------------


def _set_price(row: Mapping[Any, Any]) -> SetPrice:
    return SetPrice(
        community=CommunityId(row["community"]),
        format=row["format"],
        credits=row["credits"],
        after_s=row["after_s"],
        at=row["at"],
        by=row["by"],
    )


def _fixed(purchase: Purchase) -> Row:
    return {
        "id": purchase.id,
        "community": purchase.community,
        "account": purchase.account,
        "pack": purchase.pack.id,
        "credits": purchase.pack.credits,
        "amount": purchase.pack.amount,
        "currency": purchase.pack.currency,
        "shop": purchase.shop,
        "created_at": purchase.created_at,
    }


def _state(purchase: Purchase) -> Row:
    return {"state": purchase.state.value, "closed_at": purchase.closed_at, "returned": purchase.returned}


def _purchase(row: Mapping[Any, Any]) -> Purchase:
    return Purchase(
        id=row["id"],
        community=CommunityId(row["community"]),
        account=AccountId(row["account"]),
        pack=Pack(row["pack"], row["credits"], row["amount"], row["currency"]),
        shop=row["shop"],
        created_at=row["created_at"],
        state=PurchaseState(row["state"]),
        closed_at=row["closed_at"],
        returned=row["returned"],
    )
