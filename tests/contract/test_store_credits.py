"""What every store does with credits."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import datetime
from typing import Any

import anyio
import pytest
from tests.contract.samples import ANA, BEN, EVE, NOW, later

from vivavoce.base.ids import AccountId, EntryId, HoldId, SessionId
from vivavoce.base.new_id import new_id
from vivavoce.base.packs import Pack
from vivavoce.domain.errors import Conflict
from vivavoce.domain.money.ledger import Entry, EntryKind, EntryNotFound, Hold, HoldState, missing, released
from vivavoce.domain.money.pricing import Purchase, PurchaseState, SetPrice
from vivavoce.domain.people.viewer import Standing, Viewer
from vivavoce.services.asking import SYSTEM
from vivavoce.services.money.ports import Purse
from vivavoce.services.ports import Store

pytestmark = pytest.mark.anyio
PURSE = Purse(ANA.community, ANA.account)
ADMIN = Viewer(AccountId("acc_adm"), ANA.community, "Ada", Standing.ADMIN)


def an_entry(credits: int = 60, *, key: str = "k", at: datetime = NOW, of: Viewer = ANA) -> Entry:
    kind = EntryKind.GRANT if credits > 0 else EntryKind.CHARGE
    return Entry(EntryId(new_id("ent")), of.community, of.account, kind, credits, "x", key, "system", at)


def a_hold(number: int = 1, credits: int = 15) -> Hold:
    session, key = SessionId(f"ses_{number}"), f"session:{number}"
    return Hold(HoldId(new_id("hol")), ANA.community, ANA.account, session, credits, 120, key, NOW)


async def test_a_balance_is_the_sum_of_the_entries(store: Store) -> None:
    async with store.transaction() as tx:
        assert (await tx.credits.balance(ANA, PURSE)).credits == 0
        for number, credits in enumerate((60, -15, 7)):
            await tx.credits.add(an_entry(credits, key=str(number)))
        await tx.credits.place(a_hold())
    async with store.reading() as tx:
        found = await tx.credits.balance(ANA, PURSE)
    assert (found.credits, found.held, found.available) == (52, 15, 37)


async def test_the_same_key_is_the_same_entry(store: Store) -> None:
    first = an_entry(60)
    async with store.transaction() as tx:
        assert await tx.credits.add(first) == first
    async with store.transaction() as tx:
        assert await tx.credits.add(an_entry(1000)) == first
        assert (await tx.credits.balance(ANA, PURSE)).credits == 60
        assert await tx.credits.keyed(SYSTEM, ANA.community, "k") == first
        assert await tx.credits.keyed(EVE, EVE.community, "k") is None


async def test_another_community_may_use_the_same_key(store: Store) -> None:
    async with store.transaction() as tx:
        await tx.credits.add(an_entry(60))
        await tx.credits.add(an_entry(5, of=EVE))
        assert (await tx.credits.balance(EVE, Purse(EVE.community, EVE.account))).credits == 5


async def test_a_purse_is_opened_once(store: Store) -> None:
    async with store.transaction() as tx:
        assert not await tx.credits.is_open(ANA, PURSE)
        assert [await tx.credits.lock(PURSE, NOW) for _ in range(2)] == [True, False]
    async with store.transaction() as tx:
        assert not await tx.credits.lock(PURSE, NOW)
        assert await tx.credits.is_open(ANA, PURSE)


async def test_nobody_sees_the_credits_of_others_but_an_admin_of_the_community(store: Store) -> None:
    entry = an_entry(60)
    async with store.transaction() as tx:
        await tx.credits.lock(PURSE, NOW)
        await tx.credits.add(entry)
        for stranger in (BEN, EVE, replace(EVE, standing=Standing.ADMIN)):
            assert (await tx.credits.balance(stranger, PURSE)).credits == 0
            assert (await tx.credits.entries(stranger, PURSE)).items == ()
            assert not await tx.credits.is_open(stranger, PURSE)
            with pytest.raises(EntryNotFound):
                await tx.credits.entry(stranger, entry.id)
        for known in (ANA, ADMIN, SYSTEM):
            assert (await tx.credits.balance(known, PURSE)).credits == 60
            assert (await tx.credits.entries(known, PURSE)).items == (entry,)
            assert await tx.credits.entry(known, entry.id) == entry


async def test_entries_come_in_pages_newest_first(store: Store) -> None:
    async with store.transaction() as tx:
        for number in range(5):
            await tx.credits.add(an_entry(number + 1, key=str(number), at=later(number)))
        first = await tx.credits.entries(ANA, PURSE, limit=3)
        rest = await tx.credits.entries(ANA, PURSE, limit=3, after=first.next)
    assert [entry.credits for entry in (*first.items, *rest.items)] == [5, 4, 3, 2, 1]
    assert rest.next is None


async def test_a_hold_is_closed_once(store: Store) -> None:
    hold = a_hold()
    async with store.transaction() as tx:
        await tx.credits.place(hold)
        assert await tx.credits.hold_of(SYSTEM, hold.session) == hold
    closed = released(hold, later(5))
    async with store.transaction() as tx:
        await tx.credits.close(closed)
        assert await tx.credits.hold_of(SYSTEM, hold.session) == closed
    with pytest.raises(Conflict):
        async with store.transaction() as tx:
            await tx.credits.close(replace(hold, state=HoldState.SETTLED))


async def test_a_session_is_held_for_once(store: Store) -> None:
    async with store.transaction() as tx:
        await tx.credits.place(a_hold())
    with pytest.raises(Conflict):
        async with store.transaction() as tx:
            await tx.credits.place(replace(a_hold(), key="another"))


async def test_holds_at_the_same_time_cannot_overdraw(store: Store) -> None:
    async with store.transaction() as tx:
        await tx.credits.add(an_entry(50))
    placed: list[int] = []

    async def start(number: int) -> None:
        async with store.transaction() as tx:
            await tx.credits.lock(PURSE, NOW)
            balance = await tx.credits.balance(SYSTEM, PURSE)
            await anyio.sleep(0.01)
            if missing(balance, 15) == 0:
                await tx.credits.place(a_hold(number))
                placed.append(number)

    await at_once(start)
    async with store.reading() as tx:
        assert (len(placed), (await tx.credits.balance(ANA, PURSE)).available) == (3, 5)


async def test_the_same_entry_from_many_at_once_is_one(store: Store) -> None:
    kept: list[EntryId] = []

    async def give(number: int) -> None:
        async with store.transaction() as tx:
            kept.append((await tx.credits.add(an_entry(60))).id)

    await at_once(give)
    async with store.reading() as tx:
        assert (len(set(kept)), (await tx.credits.balance(ANA, PURSE)).credits) == (1, 60)


async def test_a_purse_opened_by_many_at_once_is_opened_by_one(store: Store) -> None:
    opened: list[bool] = []

    async def look(number: int) -> None:
        async with store.transaction() as tx:
            opened.append(await tx.credits.lock(PURSE, NOW))

    await at_once(look)
    assert opened.count(True) == 1


async def at_once(work: Callable[[int], Coroutine[Any, Any, None]], times: int = 8) -> None:
    async with anyio.create_task_group() as tasks:
        for number in range(times):
            tasks.start_soon(work, number)


async def test_a_community_s_price_is_its_own(store: Store) -> None:
    price = SetPrice(ANA.community, "interview", 20, 60, NOW, "acc_adm")
    async with store.transaction() as tx:
        await tx.credits.set_price(replace(price, credits=5))
        await tx.credits.set_price(price)
        assert await tx.credits.price(ANA, ANA.community, "interview") == price
        assert await tx.credits.prices(ANA, ANA.community) == [price]
        assert await tx.credits.price(EVE, ANA.community, "interview") is None
        assert await tx.credits.prices(EVE, EVE.community) == []
        await tx.credits.unset_price(ANA.community, "interview")
        assert await tx.credits.price(SYSTEM, ANA.community, "interview") is None


async def test_a_purchase_is_kept_and_changed(store: Store) -> None:
    purchase = Purchase("pur_1", ANA.community, ANA.account, Pack("small", 60, 900, "eur"), "stripe", NOW)
    async with store.transaction() as tx:
        await tx.credits.add_purchase(purchase)
        assert await tx.credits.lock_purchase(SYSTEM, "pur_1") == purchase
        paid = replace(purchase, state=PurchaseState.PAID, closed_at=later(5), returned=3)
        await tx.credits.save_purchase(paid)
        assert await tx.credits.lock_purchase(SYSTEM, "pur_1") == paid
        assert await tx.credits.lock_purchase(SYSTEM, "pur_2") is None


async def test_an_event_of_a_shop_is_acted_on_once(store: Store) -> None:
    async with store.transaction() as tx:
        assert [await tx.credits.first_notice("stripe", "evt_1", NOW) for _ in range(2)] == [True, False]
    async with store.transaction() as tx:
        assert not await tx.credits.first_notice("stripe", "evt_1", NOW)
        assert await tx.credits.first_notice("other", "evt_1", NOW)
