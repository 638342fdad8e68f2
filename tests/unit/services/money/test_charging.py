"""The rule for priced formats: held at the start, due 120 s after the microphone, once or not at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import anyio
import pytest
from tests.unit.services.site import CALM, LOUD, Site, a_device, opened, running_site

from vivavoce.base.ids import EntryId, HoldId, SessionId
from vivavoce.base.packs import Pack
from vivavoce.domain.errors import Invalid
from vivavoce.domain.money.ledger import Balance, EntryKind, Hold
from vivavoce.domain.money.pricing import NotEnoughCredits
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.sessions.events import CreditsMoved, MicOn
from vivavoce.domain.sessions.session import EndReason, Phase
from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.services import recover
from vivavoce.services.end_session import end_at_once, end_session
from vivavoce.services.format import Price
from vivavoce.services.live import LiveHello, attach
from vivavoce.services.money import accounts, charging
from vivavoce.services.money.prices import set_price, unset_price
from vivavoce.services.ports import JobKind
from vivavoce.services.send_message import send_text
from vivavoce.services.start_session import start_session

pytestmark = pytest.mark.anyio
PRICED: Final = replace(CALM, price=Price(15, 120), time_limit_s=900)


async def balance(site: Site) -> Balance:
    return await accounts.balance(LOCAL, use=site.use)


async def kinds(site: Site) -> list[EntryKind]:
    found = await accounts.entries(LOCAL, use=site.use)
    return [entry.kind for entry in reversed(found.items)]


async def moved(site: Site, id: SessionId) -> list[str]:
    return [fact.state for fact in await site.facts(id, CreditsMoved)]


async def started(site: Site, mic_after_s: float | None = 0) -> SessionId:
    """A session that runs, its microphone on since the start."""
    id = await opened(site)
    now = site.use.clock.now()
    mic = None if mic_after_s is None else now + timedelta(seconds=mic_after_s)
    await start_session(LOCAL, id, use=site.use, mic_on_at=mic)
    return id


# --- the start --------------------------------------------------------------------------------------


async def test_local_mode_begins_with_sixty_credits_once() -> None:
    async with running_site(format=PRICED) as site:
        assert [(await balance(site)).credits for _ in range(2)] == [60, 60]
        assert await kinds(site) == [EntryKind.GRANT]


async def test_a_start_holds_the_price() -> None:
    async with running_site(format=PRICED) as site:
        id = await started(site, None)
        assert await balance(site) == Balance(60, 15)
        assert await moved(site, id) == ["held"]


async def test_a_start_without_enough_credits_says_how_many_are_missing_and_changes_nothing() -> None:
    async with running_site(format=replace(PRICED, price=Price(75, 120))) as site:
        id = await opened(site)
        with pytest.raises(NotEnoughCredits) as caught:
            await start_session(LOCAL, id, use=site.use)
        session = await site.session(id)
    assert {name: caught.value.members[name] for name in ("missing", "balance", "price", "packs")} == {
        "missing": 15,
        "balance": 60,
        "price": 75,
        "packs": [],
    }
    assert session.phase is Phase.READY


async def test_what_is_held_for_one_session_does_not_pay_another() -> None:
    async with running_site(format=replace(PRICED, price=Price(40, 120))) as site:
        await started(site)
        with pytest.raises(NotEnoughCredits, match="20 are missing"):
            await started(site)


async def test_a_first_message_and_a_first_device_need_the_price_too() -> None:
    async with running_site(format=replace(PRICED, price=Price(75, 120))) as site:
        id = await opened(site)
        with pytest.raises(NotEnoughCredits):
            await send_text(LOCAL, id, "Hello there", use=site.use)
        with pytest.raises(NotEnoughCredits):
            async with attach(LOCAL, id, LiveHello(), a_device()[0], use=site.use):
                pass
        assert (await site.session(id)).phase is Phase.READY


async def test_starting_again_holds_nothing_more() -> None:
    async with running_site(format=PRICED) as site:
        id = await started(site)
        await start_session(LOCAL, id, use=site.use)
        assert (await balance(site)).held == 15


async def test_a_free_format_has_nothing_to_do_with_credits() -> None:
    async with running_site() as site:
        id = await started(site)
        await anyio.sleep(200)
        assert await moved(site, id) == []
        assert await balance(site) == Balance(60, 0)


async def test_a_community_sets_its_own_price_and_may_take_it_back() -> None:
    async with running_site(format=PRICED) as site:
        await set_price(LOCAL, "coaching", 50, use=site.use)
        await started(site)
        assert (await balance(site)).held == 50
        await unset_price(LOCAL, "coaching", use=site.use)
        with pytest.raises(NotEnoughCredits, match="costs 15"):
            await started(site)


async def test_the_price_of_a_session_is_that_of_its_start() -> None:
    async with running_site(format=PRICED) as site:
        await started(site)
        await set_price(LOCAL, "coaching", 50, 10, use=site.use)
        await anyio.sleep(119)
        before = await balance(site)
        await anyio.sleep(2)
        assert (before, await balance(site)) == (Balance(60, 15), Balance(45, 0))


# --- the microphone ---------------------------------------------------------------------------------


async def test_credits_are_charged_exactly_once_when_120_s_have_passed_since_the_microphone_went_on() -> None:
    async with running_site(format=PRICED) as site:
        id = await opened(site)
        await start_session(LOCAL, id, use=site.use)
        await anyio.sleep(60)
        await start_session(LOCAL, id, use=site.use, mic_on_at=site.use.clock.now())
        await anyio.sleep(119.9)
        before = await balance(site)
        await anyio.sleep(0.2)
        assert (before, await balance(site)) == (Balance(60, 15), Balance(45, 0))
        await anyio.sleep(600)
        await end_session(LOCAL, id, use=site.use)
        assert await kinds(site) == [EntryKind.GRANT, EntryKind.CHARGE]
        assert await moved(site, id) == ["held", "settled"]


async def test_an_end_before_that_charges_nothing() -> None:
    async with running_site(format=PRICED) as site:
        id = await started(site)
        await anyio.sleep(119)
        await end_session(LOCAL, id, use=site.use)
        await anyio.sleep(300)
        assert await balance(site) == Balance(60, 0)
        assert await moved(site, id) == ["held", "released"]


async def test_a_session_without_a_microphone_and_without_words_costs_nothing() -> None:
    async with running_site(format=PRICED) as site:
        id = await started(site, None)
        await anyio.sleep(901)
        assert (await site.session(id)).end_reason is EndReason.TIME_LIMIT
        assert await balance(site) == Balance(60, 0)


async def test_a_microphone_goes_on_once() -> None:
    async with running_site(format=PRICED) as site:
        id = await started(site)
        first = (await site.session(id)).mic_on_at
        await anyio.sleep(50)
        await start_session(LOCAL, id, use=site.use, mic_on_at=site.use.clock.now())
        assert (await site.session(id)).mic_on_at == first
        assert len(await site.facts(id, MicOn)) == 1


@pytest.mark.parametrize("off_s", [-61, 61])
async def test_a_microphone_before_the_start_or_in_the_future_is_refused_with_the_start(off_s: float) -> None:
    async with running_site(format=PRICED) as site:
        id = await opened(site)
        with pytest.raises(Invalid):
            at = site.use.clock.now() + timedelta(seconds=off_s)
            await start_session(LOCAL, id, use=site.use, mic_on_at=at)
        assert (await site.session(id)).phase is Phase.READY
        assert (await balance(site)).held == 0


async def test_a_device_s_clock_may_be_a_little_fast() -> None:
    async with running_site(format=PRICED) as site:
        id = await started(site, 30)
        assert (await site.session(id)).mic_on_at == datetime(2026, 1, 1, tzinfo=UTC)


async def test_the_first_sound_of_a_live_device_is_the_microphone_going_on() -> None:
    async with running_site(format=PRICED) as site:
        id = await opened(site)
        async with attach(LOCAL, id, LiveHello(), a_device()[0], use=site.use) as seat:
            await anyio.sleep(5)
            assert (await site.session(id)).mic_on_at is None
            for at in range(3):
                seat.hear(AudioFrame(LOUD, 16_000, at * len(LOUD)))
                await anyio.sleep(0.2)
            assert await site.facts(id, MicOn) == [MicOn(seat.seat)]
            await anyio.sleep(120)
        assert (await balance(site)).credits == 45


async def test_a_muted_microphone_is_not_on() -> None:
    async with running_site(format=PRICED) as site:
        id = await opened(site)
        async with attach(LOCAL, id, LiveHello(), a_device()[0], use=site.use) as seat:
            seat.mute(True)
            await anyio.sleep(1)
            seat.hear(AudioFrame(LOUD, 16_000, 0))
            await anyio.sleep(1)
            assert (await site.session(id)).mic_on_at is None


async def test_a_reconnecting_device_turns_no_second_microphone_on() -> None:
    async with running_site(format=PRICED) as site:
        id = await opened(site)
        for _ in range(2):
            async with attach(LOCAL, id, LiveHello(), a_device()[0], use=site.use) as seat:
                await anyio.sleep(1)
                seat.hear(AudioFrame(LOUD, 16_000, 0))
                await anyio.sleep(1)
            await anyio.sleep(25)  # the room is given up
        assert len(await site.facts(id, MicOn)) == 1


@pytest.mark.parametrize("live", [False, True])
async def test_where_people_only_type_the_first_message_counts(live: bool) -> None:
    async with running_site(format=PRICED) as site:
        id = await opened(site)
        if live:
            async with attach(LOCAL, id, LiveHello(), a_device()[0], use=site.use) as seat:
                await anyio.sleep(30)
                await seat.say_text("Good morning to you")
        else:
            await start_session(LOCAL, id, use=site.use)
            await anyio.sleep(30)
            await send_text(LOCAL, id, "Good morning to you", use=site.use)
        session = await site.session(id)
        await anyio.sleep(121)
        assert session.mic_on_at is not None
        assert await balance(site) == Balance(45, 0)


async def test_a_typed_message_in_a_free_session_is_no_microphone() -> None:
    async with running_site() as site:
        id = await opened(site)
        await send_text(LOCAL, id, "Good morning to you", use=site.use)
        assert (await site.session(id)).mic_on_at is None


# --- faults -----------------------------------------------------------------------------------------


async def test_a_session_that_a_fault_of_the_platform_ended_is_not_charged() -> None:
    async with running_site(format=PRICED, jobs=False) as site:
        id = await started(site)
        await anyio.sleep(300)
        await end_at_once(LOCAL, id, EndReason.PLATFORM_FAULT, use=site.use)
        assert await balance(site) == Balance(60, 0)


async def test_a_fault_of_the_platform_after_the_charge_is_refunded_once() -> None:
    async with running_site(format=PRICED) as site:
        id = await started(site)
        await anyio.sleep(300)
        for _ in range(2):
            await end_at_once(LOCAL, id, EndReason.PLATFORM_FAULT, use=site.use)
        assert await kinds(site) == [EntryKind.GRANT, EntryKind.CHARGE, EntryKind.REFUND]
        assert await moved(site, id) == ["held", "settled", "refunded"]
        assert await balance(site) == Balance(60, 0)


async def test_an_end_settles_what_a_late_timer_did_not() -> None:
    async with running_site(format=PRICED, jobs=False) as site:
        id = await started(site)
        await anyio.sleep(120)
        await end_session(LOCAL, id, use=site.use)
        await charging.charge(id, records=site.use.records)
        assert await kinds(site) == [EntryKind.GRANT, EntryKind.CHARGE]


async def test_the_charge_survives_a_crash_and_is_done_late_rather_than_never() -> None:
    async with running_site(format=PRICED, jobs=False) as old:
        id = await started(old)
        await anyio.sleep(500)
        async with old.store.transaction() as tx:
            await tx.jobs.cancel(f"{JobKind.CHARGE}:{id}")  # as if it had never been stored
        async with running_site(old.store, format=PRICED) as site:
            await recover.sweep(use=site.use)
            await anyio.sleep(1)
            assert await balance(site) == Balance(45, 0)


async def test_the_timer_of_a_session_that_was_erased_releases_what_was_held() -> None:
    async with running_site(format=PRICED, jobs=False) as site:
        gone, now = SessionId("ses_gone"), site.use.clock.now()
        purse = accounts.own_purse(LOCAL)
        hold = Hold(HoldId("hol_1"), purse.community, purse.account, gone, 15, 120, "session:gone", now)
        async with site.store.transaction() as tx:
            await tx.credits.place(hold)
        for _ in range(2):
            await charging.charge(gone, records=site.use.records)
        assert await balance(site) == Balance(60, 0)


# --- admins -----------------------------------------------------------------------------------------


async def test_a_charge_is_refunded_at_most_once_and_the_session_s_log_tells_it() -> None:
    async with running_site(format=PRICED) as site:
        id = await started(site)
        await anyio.sleep(121)
        charge = (await accounts.entries(LOCAL, use=site.use)).items[0]
        await accounts.refund(LOCAL, charge.id, 5, "The voice broke up", use=site.use)
        with pytest.raises(accounts.AlreadyRefunded):
            await accounts.refund(LOCAL, charge.id, None, "Again", use=site.use)
        assert (await balance(site)).credits == 50
        assert await moved(site, id) == ["held", "settled", "refunded"]


async def test_only_a_charge_can_be_refunded() -> None:
    async with running_site(format=PRICED) as site:
        await balance(site)
        welcome = (await accounts.entries(LOCAL, use=site.use)).items[0]
        with pytest.raises(Invalid):
            await accounts.refund(LOCAL, EntryId(welcome.id), None, "Why not", use=site.use)


async def test_the_same_grant_again_is_one_grant() -> None:
    async with running_site(format=PRICED) as site:
        given = accounts.Grant("local", 100, "Pilot", "key-1")
        entries = [await accounts.grant(LOCAL, given, use=site.use) for _ in range(2)]
        assert entries[0] == entries[1]
        assert (await balance(site)).credits == 160


async def test_the_low_balance_answer_names_the_packs_on_sale() -> None:
    pack = Pack("small", 60, 900, "eur")
    async with running_site(format=replace(PRICED, price=Price(75, 120))) as site:
        money = site.use.config.money.model_copy(update={"packs": (pack,), "stripe_key": "sk_test"})
        use = replace(site.use, config=site.use.config.model_copy(update={"money": money}))
        id = await opened(site)
        with pytest.raises(NotEnoughCredits) as caught:
            await start_session(LOCAL, id, use=use)
    assert caught.value.members["packs"] == [{"id": "small", "credits": 60, "amount": 900, "currency": "eur"}]


async def test_what_admins_do_with_credits_and_prices_is_on_record() -> None:
    async with running_site(format=PRICED) as site:
        for _ in range(2):
            await accounts.grant(LOCAL, accounts.Grant("local", 100, "Pilot", "key-1"), use=site.use)
        await set_price(LOCAL, "coaching", 20, use=site.use)
        await started(site)
        await anyio.sleep(121)
        charge = (await accounts.entries(LOCAL, use=site.use)).items[0]
        await accounts.refund(LOCAL, charge.id, None, "Sorry", use=site.use)
        await unset_price(LOCAL, "coaching", use=site.use)
        async with site.store.reading() as tx:
            found = (await tx.audit.page(LOCAL, LOCAL.community)).items
    actions = [entry.action for entry in found if entry.action.startswith(("credits.", "price."))]
    assert sorted(actions) == ["credits.granted", "credits.refunded", "price.set", "price.unset"]
