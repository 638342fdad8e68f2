"""What every store does with calendars."""

from dataclasses import replace

import pytest
from tests.contract.samples import ANA, BEN, EVE, NOW, a_session, add, later

from vivavoce.base.ids import SeatId
from vivavoce.domain.sessions.session import Role, Seat
from vivavoce.services.asking import SYSTEM
from vivavoce.services.ports import Store
from vivavoce.services.scheduling.ports import Feed

pytestmark = pytest.mark.anyio


async def test_an_account_has_one_feed_and_a_new_address_replaces_the_old(store: Store) -> None:
    feed = Feed(ANA.community, ANA.account, NOW)
    async with store.transaction() as tx:
        assert await tx.calendars.feed(ANA) is None
        await tx.calendars.save(feed, "old")
        await tx.calendars.save(replace(feed, created_at=later(5)), "new")
        assert await tx.calendars.by_hash(SYSTEM, "old") is None
        assert await tx.calendars.by_hash(SYSTEM, "new") == replace(feed, created_at=later(5))
        assert await tx.calendars.feed(EVE) is None
        await tx.calendars.forget(EVE, ANA.account)
        assert await tx.calendars.feed(ANA) is not None
        await tx.calendars.forget(ANA, ANA.account)
        assert await tx.calendars.by_hash(SYSTEM, "new") is None


async def test_a_calendar_holds_what_is_planned_for_its_person_soonest_first(store: Store) -> None:
    seat = Seat(SeatId("sea_9"), "Ben", Role.MEMBER, BEN.account)
    late = replace(a_session("ses_1"), scheduled_for=later(200), rescheduled=2)
    soon = replace(a_session("ses_2"), scheduled_for=later(100), seats=(*a_session().seats, seat))
    past = replace(a_session("ses_3"), scheduled_for=later(-100))
    listed = replace(a_session("ses_4", of=BEN), scheduled_for=later(50), listed=True)
    await add(store, late, soon, past, listed, a_session("ses_5"), replace(a_session("ses_6", of=EVE)))
    async with store.reading() as tx:
        assert await tx.calendars.planned(ANA, NOW) == [soon, late]
        assert await tx.calendars.planned(BEN, NOW) == [listed, soon]
        assert await tx.calendars.planned(EVE, NOW) == []
