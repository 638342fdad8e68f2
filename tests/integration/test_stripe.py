"""Buying credits: the official SDK against a local Stripe that checks what it is sent, and signs what it tells."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

import pytest
from tests.stripe_server import (
    KEY,
    SECRET,
    StripeServer,
    charge_refunded,
    disputed,
    event,
    paid,
    signed,
    stripe_server,
)
from tests.unit.services.money.test_charging import PRICED, balance, kinds, started
from tests.unit.services.site import Site, running_site

from vivavoce.base.packs import Pack
from vivavoce.domain.errors import Conflict, Invalid, NotAllowed, Unavailable
from vivavoce.domain.money.ledger import EntryKind
from vivavoce.domain.people.viewer import LOCAL, Standing
from vivavoce.outside.stripe import StripeShop
from vivavoce.services.container import Outside, Services
from vivavoce.services.money import shopping

pytestmark = [pytest.mark.integration, pytest.mark.anyio]
PACK: Final = Pack("small", 60, 900, "eur")
BACK: Final = "https://coach.example/credits"


@dataclass(frozen=True)
class Shopping:
    stripe: StripeServer
    site: Site
    use: Services

    async def tell(self, told: dict[str, Any]) -> None:
        body, signature = signed(told)
        await shopping.hear(body, signature, use=self.use)

    async def credits(self) -> int:
        return (await balance(self.site)).credits

    async def ordered(self) -> dict[str, Any]:
        await shopping.checkout(LOCAL, "small", BACK, use=self.use)
        return self.stripe.sessions[-1]


async def audited(site: Site) -> list[str]:
    async with site.use.store.reading() as tx:
        return [entry.action for entry in (await tx.audit.page(LOCAL, LOCAL.community)).items]


@asynccontextmanager
async def the_shop() -> AsyncGenerator[Shopping]:
    with stripe_server() as stripe:
        async with running_site(format=PRICED, jobs=False) as site:
            money = site.use.config.money.model_copy(update={"packs": (PACK,)})
            config = site.use.config.model_copy(update={"money": money})
            shop = StripeShop(KEY, SECRET, stripe.url)
            await balance(site)  # 60 to begin with
            yield Shopping(stripe, site, replace(site.use, config=config, outside=Outside(shop=shop)))


async def test_a_pack_is_paid_on_stripes_page_and_its_credits_come_with_the_notice() -> None:
    async with the_shop() as here:
        purchase, url = await shopping.checkout(LOCAL, "small", BACK, use=here.use)
        assert url == "https://checkout.stripe.com/c/pay/cs_test_1"
        session = here.stripe.sessions[0]
        assert (session["amount_total"], session["currency"]) == (900, "eur")
        assert (session["client_reference_id"], session["success_url"]) == (purchase.id, f"{BACK}?checkout=paid")
        assert here.stripe.versions[0]
        assert await here.credits() == 60
        await here.tell(paid(session))
        assert await here.credits() == 120
        assert await kinds(here.site) == [EntryKind.GRANT, EntryKind.PURCHASE]


async def test_a_notice_told_again_counts_once_by_event_and_by_payment() -> None:
    async with the_shop() as here:
        session = await here.ordered()
        for id in ("evt_1", "evt_1", "evt_2"):
            await here.tell(paid(session, id))
        await here.tell(event("checkout.session.async_payment_succeeded", session, "evt_3"))
        assert await here.credits() == 120


async def test_a_payment_that_takes_days_is_credited_when_it_succeeded() -> None:
    async with the_shop() as here:
        session = await here.ordered()
        await here.tell(event("checkout.session.completed", session, "evt_1"))
        assert await here.credits() == 60
        await here.tell(event("checkout.session.async_payment_succeeded", session, "evt_2"))
        assert await here.credits() == 120


@pytest.mark.parametrize("kind", ["checkout.session.async_payment_failed", "checkout.session.expired"])
async def test_a_payment_that_failed_brings_nothing(kind: str) -> None:
    async with the_shop() as here:
        session = await here.ordered()
        await here.tell(event(kind, session))
        assert await here.credits() == 60


async def test_money_given_back_takes_its_share_of_the_credits_back() -> None:
    async with the_shop() as here:
        session = await here.ordered()
        await here.tell(paid(session))
        await here.tell(charge_refunded(session, 450, "evt_2"))
        assert await here.credits() == 90
        await here.tell(charge_refunded(session, 900, "evt_3"))
        await here.tell(charge_refunded(session, 450, "evt_4"))  # late
        assert await here.credits() == 60


async def test_no_more_is_taken_back_than_is_left_and_what_is_held_stays_held() -> None:
    async with the_shop() as here:
        session = await here.ordered()
        await here.tell(paid(session))
        for _ in range(7):
            await started(here.site)
        assert (await balance(here.site)).available == 15
        await here.tell(charge_refunded(session, 900, "evt_2"))
        found = await balance(here.site)
        assert (found.credits, found.available) == (105, 0)


async def test_a_refund_that_comes_before_its_payment_is_to_be_told_again() -> None:
    async with the_shop() as here:
        session = await here.ordered()
        with pytest.raises(Conflict):
            await here.tell(charge_refunded(session, 900, "evt_2"))
        await here.tell(paid(session))
        await here.tell(charge_refunded(session, 900, "evt_2"))
        assert await here.credits() == 60


async def test_a_disputed_payment_takes_its_credits_back_and_is_written_down() -> None:
    async with the_shop() as here:
        session = await here.ordered()
        await here.tell(paid(session))
        for id in ("evt_2", "evt_2", "evt_3"):
            await here.tell(disputed(session, 900, id))
        assert await here.credits() == 60
        assert await kinds(here.site) == [EntryKind.GRANT, EntryKind.PURCHASE, EntryKind.TAKE_BACK]
        assert await audited(here.site) == ["credits.taken_back", "credits.bought"]


async def test_a_dispute_takes_no_more_than_is_left() -> None:
    async with the_shop() as here:
        session = await here.ordered()
        await here.tell(paid(session))
        for _ in range(7):
            await started(here.site)
        await here.tell(disputed(session, 900))
        found = await balance(here.site)
        assert (found.credits, found.available) == (105, 0)


async def test_what_was_refunded_is_not_taken_again_by_a_dispute_of_the_rest() -> None:
    async with the_shop() as here:
        session = await here.ordered()
        await here.tell(paid(session))
        await here.tell(charge_refunded(session, 450, "evt_2"))
        await here.tell(disputed(session, 450, "evt_3"))
        assert await here.credits() == 60


@pytest.mark.parametrize(("status", "credits"), [("won", 120), ("lost", 60)])
async def test_a_dispute_that_was_won_gives_back_what_it_took(status: str, credits: int) -> None:
    async with the_shop() as here:
        session = await here.ordered()
        await here.tell(paid(session))
        await here.tell(disputed(session, 900, "evt_2"))
        for id in ("evt_3", "evt_4"):
            await here.tell(disputed(session, 900, id, status))
        assert await here.credits() == credits


async def test_a_dispute_is_to_be_told_again_while_stripe_does_not_say_what_it_is_about() -> None:
    async with the_shop() as here:
        session = await here.ordered()
        await here.tell(paid(session))
        here.stripe.refuses = 3
        with pytest.raises(Unavailable):
            await here.tell(disputed(session, 900))
        await here.tell(disputed(session, 900))
        assert await here.credits() == 60


async def test_an_inquiry_takes_nothing_as_no_money_is_gone_yet() -> None:
    async with the_shop() as here:
        session = await here.ordered()
        await here.tell(paid(session))
        told = disputed(session, 900)
        told["data"]["object"]["status"] = "warning_needs_response"
        await here.tell(told)
        assert await here.credits() == 120


async def test_what_is_not_signed_by_stripe_a_moment_ago_changes_nothing() -> None:
    async with the_shop() as here:
        told = paid(await here.ordered())
        body, signature = signed(told)
        wrong = [(body, ""), (body, "x"), (body + b" ", signature), (body, "t=1,v1=é"), signed(told, "whsec_other")]
        for sent, mark in [*wrong, signed(told, ago_s=301)]:
            with pytest.raises(NotAllowed):
                await shopping.hear(sent, mark, use=here.use)
        assert await here.credits() == 60


async def test_what_is_signed_but_no_event_is_refused() -> None:
    async with the_shop() as here:
        wrong: list[dict[str, Any]] = [{}, {"id": "evt_1", "type": "x", "data": {}}, {"id": 5, "type": "x", "data": {}}]
        for told in wrong:
            with pytest.raises(Invalid):
                await here.tell(told)
        with pytest.raises(Invalid):
            await shopping.hear(b"\xff", "t=1,v1=0", use=here.use)


async def test_what_stripe_tells_of_others_is_let_be() -> None:
    async with the_shop() as here:
        await here.tell(event("customer.created", {"id": "cus_1", "metadata": {}}))
        await here.tell(event("invoice.paid", {"id": "in_1", "metadata": None}, "evt_2"))
        stranger = {"payment_status": "paid", "metadata": {"purchase": "pur_of_another_server"}}
        await here.tell(event("checkout.session.completed", stranger, "evt_3"))
        assert await here.credits() == 60


async def test_a_fault_of_stripe_is_retried_with_the_same_key_and_makes_one_checkout() -> None:
    async with the_shop() as here:
        here.stripe.refuses = 1
        await here.ordered()
        assert (here.stripe.requests, len(here.stripe.sessions)) == (2, 1)


async def test_a_stripe_that_does_not_take_the_key_is_an_unavailable_shop() -> None:
    async with the_shop() as here:
        use = replace(here.use, outside=Outside(shop=StripeShop("sk_wrong", SECRET, here.stripe.url)))
        with pytest.raises(Unavailable):
            await shopping.checkout(LOCAL, "small", BACK, use=use)


async def test_only_packs_are_sold_and_guests_buy_nothing() -> None:
    async with the_shop() as here:
        with pytest.raises(shopping.PackNotFound):
            await shopping.checkout(LOCAL, "giant", BACK, use=here.use)
        with pytest.raises(NotAllowed):
            await shopping.checkout(replace(LOCAL, standing=Standing.GUEST), "small", BACK, use=here.use)
        with pytest.raises(shopping.NoShop):
            await shopping.checkout(LOCAL, "small", BACK, use=here.site.use)
