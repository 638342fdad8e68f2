"""Values to keep in a store."""

from datetime import UTC, datetime, timedelta

from vivavoce.base.ids import AccountId, CommunityId, SeatId, SessionId
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.events import Noticed
from vivavoce.domain.sessions.session import Phase, Role, Seat, Session
from vivavoce.services.ports import Store

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ANA = Viewer(AccountId("acc_ana"), CommunityId("com_1"), "Ana")
BEN = Viewer(AccountId("acc_ben"), CommunityId("com_1"), "Ben")  # of the same community
EVE = Viewer(AccountId("acc_ana"), CommunityId("com_2"), "Eve")  # the same account's name, elsewhere


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def a_session(id: str = "ses_1", *, of: Viewer = ANA, at: datetime = NOW, phase: Phase = Phase.READY) -> Session:
    return Session(
        id=SessionId(id),
        community=of.community,
        owner=of.account,
        format="coaching",
        persona="maya",
        phase=phase,
        created_at=at,
        entered={phase: at},
        seats=(Seat(SeatId("sea_1"), of.name, Role.HOST, of.account),),
    )


def note(number: int) -> Noticed:
    return Noticed("time_left", number)


async def add(store: Store, *sessions: Session) -> None:
    async with store.transaction() as tx:
        for session in sessions:
            await tx.sessions.add(session)
