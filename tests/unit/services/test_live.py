from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta

import anyio
import pytest
from tests.unit.services.site import ANSWER, CALM, LOUD, a_device, opened, running_site

from vivavoce.base.ids import NodeId, SeatId
from vivavoce.domain.errors import IllegalTransition, NotAllowed
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.sessions.events import ReplyEnded, ReplyKind, SeatLeft
from vivavoce.domain.sessions.session import EndReason, Phase
from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.providers.scripted import Answer
from vivavoce.services.end_session import end_session
from vivavoce.services.live import LiveHello, LiveSeat, attach
from vivavoce.services.live_rooms import LiveElsewhere
from vivavoce.services.start_session import start_session
from vivavoce.services.take_seat import join

pytestmark = pytest.mark.anyio
CENTURY = timedelta(days=36500)
VOICED = LiveHello(audio={"up_hz": 16_000, "down_hz": 24_000}, input="ptt")


def broken(prompt: object) -> Answer:
    raise ZeroDivisionError


async def test_a_device_starts_a_ready_session() -> None:
    async with running_site() as site:
        id = await opened(site)
        async with attach(LOCAL, id, LiveHello(), a_device()[0], use=site.use) as seat:
            assert (await site.session(id)).phase is Phase.ACTIVE
            assert seat.session.phase is Phase.ACTIVE


async def test_the_ai_greets_once_however_many_devices_come() -> None:
    async with running_site() as site:
        id = await opened(site)
        for _ in range(2):
            async with attach(LOCAL, id, VOICED, a_device()[0], use=site.use):
                await anyio.sleep(10)
        assert await site.replies(id) == [ReplyKind.GREETING]


async def test_a_seat_that_is_not_one_s_own_is_refused() -> None:
    async with running_site() as site:
        id = await opened(site)
        with pytest.raises(NotAllowed):
            async with attach(LOCAL, id, LiveHello(SeatId("sea_x")), a_device()[0], use=site.use):
                pass


async def test_a_room_nobody_is_connected_to_is_given_up() -> None:
    async with running_site() as site:
        id = await opened(site)
        async with attach(LOCAL, id, LiveHello(), a_device()[0], use=site.use):
            await anyio.sleep(5)
        await anyio.sleep(21)
        assert site.use.rooms.find(id) is None


async def test_a_room_that_was_given_up_has_no_lease() -> None:
    async with running_site() as site:
        id = await opened(site)
        async with attach(LOCAL, id, LiveHello(), a_device()[0], use=site.use):
            await anyio.sleep(5)
        await anyio.sleep(21)
        async with site.store.reading() as tx:
            assert await tx.leases.owner(id, site.use.clock.now()) is None


async def test_who_returns_to_a_room_that_was_given_up_is_not_greeted_again() -> None:
    async with running_site() as site:
        id = await opened(site)
        for _ in range(2):
            async with attach(LOCAL, id, VOICED, a_device()[0], use=site.use) as seat:
                await anyio.sleep(10)
            await anyio.sleep(30)
        async with attach(LOCAL, id, VOICED, a_device()[0], use=site.use) as seat:
            await seat.say_text("I want to sleep better.", "1")
            await anyio.sleep(10)
        assert await site.replies(id) == [ReplyKind.GREETING, ReplyKind.ANSWER]


async def test_the_same_typed_line_again_is_one_turn() -> None:
    async with running_site() as site:
        id = await opened(site)
        async with attach(LOCAL, id, VOICED, a_device()[0], use=site.use) as seat:
            await anyio.sleep(1)
            for _ in range(2):
                await seat.say_text("I want to sleep better.", "1")
            assert await site.turns(id) == ["I want to sleep better."]


async def test_a_session_whose_devices_all_vanished_ends() -> None:
    async with running_site() as site:
        id = await opened(site)
        async with attach(LOCAL, id, VOICED, a_device()[0], use=site.use):
            await anyio.sleep(10)
        await anyio.sleep(CALM.empty_s + 1)
        session, left = await site.session(id), await site.facts(id, SeatLeft)
    assert (session.end_reason, [fact.cause for fact in left]) == (EndReason.EVERYONE_LEFT, ["lost"])


async def test_a_device_that_comes_back_in_time_keeps_the_session() -> None:
    async with running_site() as site:
        id = await opened(site)
        async with attach(LOCAL, id, VOICED, a_device()[0], use=site.use):
            await anyio.sleep(10)
        await anyio.sleep(CALM.empty_s - 10)
        async with attach(LOCAL, id, VOICED, a_device()[0], use=site.use):
            await anyio.sleep(60)
            assert (await site.session(id)).phase is Phase.ACTIVE


async def test_a_device_that_is_turned_away_leaves_the_clock_of_the_empty_room_running() -> None:
    async with running_site() as site:
        id = await opened(site)
        async with site.store.transaction() as tx:
            await tx.leases.take(id, NodeId("there"), site.use.clock.now(), 2)
        with pytest.raises(LiveElsewhere):
            async with attach(LOCAL, id, VOICED, a_device()[0], use=site.use):
                pass
        await anyio.sleep(CALM.empty_s + 1)
        assert (await site.session(id)).end_reason is EndReason.EVERYONE_LEFT


# --- the end ----------------------------------------------------------------------------------------


async def test_ending_waits_until_the_room_has_kept_what_was_heard() -> None:
    async with running_site() as site:
        site.script.answer = lambda prompt: Answer("word " * 200)
        id = await opened(site)
        async with attach(LOCAL, id, VOICED, a_device()[0], use=site.use) as seat:
            await seat.say_text("Tell me more.", "1")
            await anyio.sleep(3)
            await end_session(LOCAL, id, use=site.use)
        last = (await site.facts(id, ReplyEnded))[-1]
    assert 0 < len(last.heard.split()) < 200


async def test_a_room_that_ended_says_so() -> None:
    async with running_site() as site:
        id = await opened(site)
        async with attach(LOCAL, id, VOICED, a_device()[0], use=site.use) as seat:
            await end_session(LOCAL, id, use=site.use)
            assert await seat.wait_over()


async def test_at_the_time_limit_a_live_room_says_goodbye() -> None:
    async with running_site(format=replace(CALM, time_limit_s=60, time_left_s=())) as site:
        id = await opened(site)
        async with attach(LOCAL, id, VOICED, a_device()[0], use=site.use) as seat:
            assert await seat.wait_over()
        session, replies = await site.session(id), await site.replies(id)
    assert (session.end_reason, replies) == (EndReason.TIME_LIMIT, [ReplyKind.GREETING, ReplyKind.GOODBYE])


async def test_a_session_that_is_over_has_no_live_room() -> None:
    async with running_site() as site:
        id = await opened(site)
        await start_session(LOCAL, id, use=site.use)
        await end_session(LOCAL, id, use=site.use)
        with pytest.raises(IllegalTransition):
            await site.use.rooms.open(id)


# --- crashes and leases -----------------------------------------------------------------------------


async def test_a_room_that_crashes_can_be_entered_again() -> None:
    async with running_site() as site:
        id = await opened(site)
        async with attach(LOCAL, id, VOICED, a_device()[0], use=site.use) as seat:
            await anyio.sleep(10)
            site.script.answer = broken
            await seat.say_text("I want to sleep better.", "1")
            ended = await seat.wait_over()
        site.script.answer = lambda prompt: Answer(ANSWER)
        async with attach(LOCAL, id, VOICED, a_device()[0], use=site.use):
            await anyio.sleep(10)
        heard = [fact.heard for fact in await site.facts(id, ReplyEnded)]
    assert (ended, heard[-1]) == (False, ANSWER)


async def test_a_room_that_crashes_three_times_ends_its_session_as_our_fault() -> None:
    async with running_site() as site:
        id = await opened(site)
        site.script.answer = broken
        for number in range(3):
            async with attach(LOCAL, id, VOICED, a_device()[0], use=site.use) as seat:
                await seat.say_text("I want to sleep better.", str(number))
                await seat.wait_over()
        assert (await site.session(id)).end_reason is EndReason.PLATFORM_FAULT


async def test_a_crash_in_one_room_is_not_felt_in_another() -> None:
    async with running_site() as site:
        good, bad = await opened(site), await opened(site)
        async with (
            attach(LOCAL, good, VOICED, a_device()[0], use=site.use),
            attach(LOCAL, bad, VOICED, a_device()[0], use=site.use) as seat,
        ):
            await anyio.sleep(10)
            site.script.answer = broken
            await seat.say_text("I want to sleep better.", "1")
            await seat.wait_over()
            assert site.use.rooms.find(good) is not None


async def test_a_room_whose_lease_was_taken_stops() -> None:
    async with running_site() as site:
        id = await opened(site)
        async with attach(LOCAL, id, VOICED, a_device()[0], use=site.use) as seat:
            await anyio.sleep(10)
            async with site.store.transaction() as tx:
                await tx.leases.take(id, NodeId("there"), site.use.clock.now() + CENTURY, 2)
            assert not await seat.wait_over()


async def test_a_room_whose_lease_was_taken_writes_nothing_more() -> None:
    async with running_site() as site:
        id = await opened(site)
        async with attach(LOCAL, id, VOICED, a_device()[0], use=site.use) as seat:
            await anyio.sleep(10)
            async with site.store.transaction() as tx:
                await tx.leases.take(id, NodeId("there"), site.use.clock.now() + CENTURY, 2)
            with anyio.move_on_after(5):
                await seat.say_text("Who is there?", "1")
        assert await site.turns(id) == []


async def test_a_session_that_is_live_on_another_node_is_refused() -> None:
    async with running_site() as site, running_site(site.store, node="there") as other:
        id = await opened(site)
        async with attach(LOCAL, id, VOICED, a_device()[0], use=site.use):
            with pytest.raises(LiveElsewhere):
                async with attach(LOCAL, id, VOICED, a_device()[0], use=other.use):
                    pass


async def test_a_session_that_ends_on_another_node_ends_its_room_here() -> None:
    async with running_site() as site, running_site(site.store, node="there") as other:
        id = await opened(site)
        async with attach(LOCAL, id, VOICED, a_device()[0], use=site.use) as seat:
            await anyio.sleep(1)  # in the middle of its greeting
            await end_session(LOCAL, id, use=other.use)
            assert await seat.wait_over()


async def test_a_reply_that_is_cut_by_an_end_elsewhere_is_ended_once() -> None:
    async with running_site() as site, running_site(site.store, node="there") as other:
        id = await opened(site)
        async with attach(LOCAL, id, VOICED, a_device()[0], use=site.use) as seat:
            await anyio.sleep(1)
            await end_session(LOCAL, id, use=other.use)
            await seat.wait_over()
        assert len(await site.facts(id, ReplyEnded)) == 1


async def test_a_node_gives_up_many_rooms_at_once() -> None:
    async with anyio.create_task_group() as tasks:
        async with running_site() as site:
            for _ in range(30):
                tasks.start_soon(hold, attach(LOCAL, await opened(site), VOICED, a_device()[0], use=site.use))
            await anyio.sleep(5)
            before_s = anyio.current_time()
        assert anyio.current_time() - before_s < 3
        tasks.cancel_scope.cancel()


async def hold(live: AbstractAsyncContextManager[LiveSeat]) -> None:
    async with live:
        await anyio.sleep_forever()


# --- recordings -------------------------------------------------------------------------------------


@pytest.mark.parametrize("consents", [True, False])
async def test_only_a_voice_that_consented_is_kept(consents: bool) -> None:
    async with running_site() as site:
        id = await opened(site)
        _, own = await join(LOCAL, id, use=site.use, record=consents)
        async with attach(LOCAL, id, LiveHello(), a_device()[0], use=site.use) as seat:
            await anyio.sleep(1)
            seat.hear(AudioFrame(LOUD, 16_000, 0))
        assert (own.id in site.tapes[0].kept) is consents


@pytest.mark.parametrize("consents", [True, False])
async def test_the_ai_s_voice_is_kept_if_anybody_consented(consents: bool) -> None:
    async with running_site() as site:
        id = await opened(site)
        await join(LOCAL, id, use=site.use, record=consents)
        async with attach(LOCAL, id, VOICED, a_device()[0], use=site.use):
            await anyio.sleep(5)
        assert (None in site.tapes[0].kept) is consents


async def test_a_consent_that_is_taken_back_holds_at_once() -> None:
    async with running_site() as site:
        id = await opened(site)
        await join(LOCAL, id, use=site.use, record=True)
        async with attach(LOCAL, id, LiveHello(), a_device()[0], use=site.use) as seat:
            await anyio.sleep(1)
            site.tapes[0].kept.clear()
            await join(LOCAL, id, use=site.use, record=False)
            seat.hear(AudioFrame(LOUD, 16_000, 0))
        assert site.tapes[0].kept == []
