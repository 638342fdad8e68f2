import anyio
import pytest
from tests.unit.services.site import CALM, a_device, opened, running_site

from vivavoce.base.ids import AccountId, SeatId
from vivavoce.domain.errors import IllegalTransition, Invalid, NotAllowed, SessionFull, SessionNotFound
from vivavoce.domain.people.viewer import LOCAL, Viewer
from vivavoce.domain.sessions.events import SeatJoined, SeatLeft
from vivavoce.domain.sessions.session import EndReason, Phase, Role, Seat
from vivavoce.services.end_session import end_session
from vivavoce.services.live import LiveHello, attach
from vivavoce.services.send_message import send_text
from vivavoce.services.take_seat import join, leave, sit_down

pytestmark = pytest.mark.anyio
STRANGER = Viewer(AccountId("ben"), LOCAL.community, "Ben")


async def test_joining_takes_one_s_seat() -> None:
    async with running_site() as site:
        session, seat = await join(LOCAL, await opened(site), use=site.use)
    assert [(known.id, known.present) for known in session.seats] == [(seat.id, True)]


async def test_joining_again_changes_nothing() -> None:
    async with running_site() as site:
        id = await opened(site)
        for _ in range(2):
            await join(LOCAL, id, use=site.use)
        assert len(await site.facts(id, SeatJoined)) == 1


async def test_joining_again_renews_name_and_consent() -> None:
    async with running_site() as site:
        id = await opened(site)
        await join(LOCAL, id, use=site.use)
        _, seat = await join(LOCAL, id, use=site.use, name="Ana", record=True)
    assert (seat.name, seat.record) == ("Ana", True)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
async def test_a_name_has_1_to_80_characters(name: str) -> None:
    async with running_site() as site:
        with pytest.raises(Invalid):
            await join(LOCAL, await opened(site), use=site.use, name=name)


async def test_a_session_that_is_over_cannot_be_joined() -> None:
    async with running_site() as site:
        id = await opened(site)
        await end_session(LOCAL, id, use=site.use)
        with pytest.raises(IllegalTransition):
            await join(LOCAL, id, use=site.use)


async def test_nobody_sits_down_where_all_seats_are_taken() -> None:
    async with running_site() as site:
        id = await opened(site)
        await join(LOCAL, id, use=site.use)
        async with site.use.records.change() as change:
            with pytest.raises(SessionFull):
                await sit_down(change, await site.session(id), Seat(SeatId("sea_2"), "Ben", Role.MEMBER))


async def test_another_account_does_not_see_the_session() -> None:
    async with running_site() as site:
        id = await opened(site)
        with pytest.raises(SessionNotFound):
            await join(STRANGER, id, use=site.use)


async def test_nobody_leaves_a_seat_that_is_not_theirs() -> None:
    async with running_site() as site:
        id = await opened(site)
        with pytest.raises(NotAllowed):
            await leave(LOCAL, id, SeatId("sea_other"), use=site.use)


async def test_leaving_twice_is_leaving_once() -> None:
    async with running_site() as site:
        id = await opened(site)
        await join(LOCAL, id, use=site.use)
        for _ in range(2):
            await leave(LOCAL, id, use=site.use)
        assert len(await site.facts(id, SeatLeft)) == 1


async def test_a_session_everybody_left_ends() -> None:
    async with running_site() as site:
        id = await opened(site)
        await join(LOCAL, id, use=site.use)
        await send_text(LOCAL, id, "I want to sleep better.", use=site.use)
        await leave(LOCAL, id, use=site.use)
        await anyio.sleep(CALM.empty_s + 1)
        assert (await site.session(id)).end_reason is EndReason.EVERYONE_LEFT


async def test_leaving_closes_all_devices_of_the_seat() -> None:
    async with running_site() as site:
        id = await opened(site)
        (one, _), (two, _) = a_device(), a_device()
        async with (
            attach(LOCAL, id, LiveHello(), one, use=site.use) as seat,
            attach(LOCAL, id, LiveHello(), two, use=site.use),
        ):
            await seat.leave()
            assert (one.code, two.code) == (1000, 1000)


async def test_who_comes_back_after_leaving_keeps_the_session_going() -> None:
    async with running_site() as site:
        id = await opened(site)
        async with attach(LOCAL, id, LiveHello(), a_device()[0], use=site.use) as seat:
            await seat.leave()
        await anyio.sleep(60)
        async with attach(LOCAL, id, LiveHello(), a_device()[0], use=site.use):
            await anyio.sleep(CALM.empty_s + 60)
            assert (await site.session(id)).phase is Phase.ACTIVE
