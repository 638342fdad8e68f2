"""People who sit in one session, for tests: who opened it, and others with seats of their own."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import Final

from tests.unit.services.site import Site, a_device

from vivavoce.base.ids import AccountId, CommunityId, SeatId, SessionId
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.session import Role, Seat
from vivavoce.services.live import LiveHello, LiveSeat, attach
from vivavoce.services.open_session import NewSession, open_session
from vivavoce.services.ports import SYSTEM
from vivavoce.services.take_seat import join
from vivavoce.simulator.device import Message

HERE: Final = CommunityId("local")
ANA: Final = Viewer(AccountId("acc_ana"), HERE, "Ana")
BEN: Final = Viewer(AccountId("acc_ben"), HERE, "Ben")
CYN: Final = Viewer(AccountId("acc_cyn"), HERE, "Cyn")
KIM: Final = Viewer(AccountId("acc_kim"), HERE, "Kim")  # the human coach
VOICED: Final = LiveHello(audio={"up_hz": 16_000, "down_hz": 24_000}, input="ptt")


async def opened_by(viewer: Viewer, format: str, site: Site, **fields: object) -> SessionId:
    return (await open_session(viewer, replace(NewSession(format), **fields), use=site.use)).id


async def seat_coach(site: Site, id: SessionId, coach: Viewer = KIM) -> SeatId:
    """What accepting an invitation does."""
    seat = Seat(SeatId(f"sea_{coach.name.lower()}"), coach.name, Role.COACH, coach.account)
    async with site.store.transaction() as tx:
        session = await tx.sessions.get(SYSTEM, id)
        await tx.sessions.save(replace(session, seats=(*session.seats, seat), version=session.version + 1))
    return seat.id


@asynccontextmanager
async def together(site: Site, id: SessionId, *people: Viewer) -> AsyncGenerator[list[tuple[LiveSeat, list[Message]]]]:
    """All of them in the live room, each with what their device is told."""
    async with AsyncExitStack() as stack:
        found: list[tuple[LiveSeat, list[Message]]] = []
        for viewer in people:
            await join(viewer, id, use=site.use)
            device, told = a_device()
            found.append((await stack.enter_async_context(attach(viewer, id, VOICED, device, use=site.use)), told))
        yield found
