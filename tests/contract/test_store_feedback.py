"""The contract of services.exchanges.ports.Feedbacks, and of lists of sessions that others opened."""

from dataclasses import replace

import pytest
from tests.contract.samples import ANA, BEN, EVE, NOW, a_session, add, later, note

from vivavoce.base.ids import SeatId, SessionId
from vivavoce.domain.errors import SessionNotFound
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.session import Phase, Role, Seat
from vivavoce.services.exchanges.ports import Feedback, FeedbackKind
from vivavoce.services.ports import SYSTEM, Store

ONE, TWO = SessionId("ses_1"), SessionId("ses_2")


def helpful(viewer: Viewer, value: int = 1, subject: str = "reply_1", at_s: float = 0) -> Feedback:
    return Feedback(ONE, viewer.account, FeedbackKind.REPLY, subject, value, later(at_s))


async def test_the_last_word_of_each_person_counts(store: Store) -> None:
    await add(store, a_session("ses_1"))
    async with store.transaction() as tx:
        await tx.feedback.save(helpful(ANA))
        await tx.feedback.save(helpful(BEN, at_s=1))
        await tx.feedback.save(helpful(ANA, 0, at_s=2))
    async with store.reading() as tx:
        assert await tx.feedback.of_sessions(SYSTEM, [ONE]) == [helpful(BEN, at_s=1), helpful(ANA, 0, at_s=2)]
        assert await tx.feedback.of_account(SYSTEM, ANA.account) == [helpful(ANA, 0, at_s=2)]


async def test_a_person_sees_their_own_feedback_only(store: Store) -> None:
    await add(store, a_session("ses_1"))
    async with store.transaction() as tx:
        await tx.feedback.save(helpful(ANA))
        await tx.feedback.save(replace(helpful(ANA), kind=FeedbackKind.SESSION, subject=ONE, value=5, text="Good."))
    async with store.reading() as tx:
        assert await tx.feedback.of_sessions(BEN, [ONE]) == []
        assert await tx.feedback.of_sessions(EVE, [ONE]) == []
        assert await tx.feedback.of_account(EVE, ANA.account) == []
        assert len(await tx.feedback.of_account(ANA, ANA.account)) == 2
        assert await tx.feedback.of_sessions(ANA, [ONE, TWO], FeedbackKind.REPLY) == [helpful(ANA)]


async def test_feedback_of_a_person_can_be_forgotten(store: Store) -> None:
    await add(store, a_session("ses_1"))
    async with store.transaction() as tx:
        await tx.feedback.save(helpful(ANA))
        await tx.feedback.save(helpful(BEN))
        await tx.feedback.forget(ANA, BEN.account)
        await tx.feedback.forget(ANA, ANA.account)
    async with store.reading() as tx:
        assert await tx.feedback.of_sessions(SYSTEM, [ONE]) == [helpful(BEN)]


async def test_feedback_is_on_a_session_that_exists(store: Store) -> None:
    with pytest.raises(SessionNotFound):
        async with store.transaction() as tx:
            await tx.feedback.save(helpful(ANA))


async def test_a_list_of_ones_own_sessions_leaves_out_what_is_only_listed(store: Store) -> None:
    open_to_all = replace(a_session("ses_1"), listed=True)
    seated = replace(
        a_session("ses_2", at=later(1)),
        listed=True,
        seats=(*open_to_all.seats, Seat(SeatId("sea_2"), "Ben", Role.MEMBER, BEN.account)),
    )
    await add(store, open_to_all, seated, a_session("ses_3", of=BEN, at=later(2)))
    async with store.reading() as tx:
        assert [one.id for one in (await tx.sessions.page(BEN)).items] == ["ses_3", "ses_2"]
        assert [one.id for one in (await tx.sessions.page(BEN, listed=True)).items] == ["ses_2", "ses_1"]
        assert [one.id for one in (await tx.sessions.page(EVE, listed=True)).items] == []
        only = replace(BEN, only=TWO)
        assert [one.id for one in (await tx.sessions.page(only, listed=True)).items] == ["ses_2"]


async def test_the_community_sees_the_active_and_the_upcoming_ones(store: Store) -> None:
    active = replace(a_session("ses_1", phase=Phase.ACTIVE), listed=True)
    planned = replace(a_session("ses_2", at=later(1), phase=Phase.SCHEDULED), listed=True, scheduled_for=later(3600))
    await add(store, active, planned, replace(a_session("ses_3", phase=Phase.COMPLETE), listed=True))
    async with store.reading() as tx:
        found = await tx.sessions.page(BEN, listed=True, phases=frozenset({Phase.ACTIVE}))
        assert [one.id for one in found.items] == ["ses_1"]
        found = await tx.sessions.page(BEN, listed=True, phases=frozenset({Phase.SCHEDULED}))
        assert [one.id for one in found.items] == ["ses_2"]


async def test_upcoming_rooms_come_soonest_first_page_by_page(store: Store) -> None:
    at_once = replace(a_session("ses_1", at=later(9), phase=Phase.READY), listed=True)
    planned = [
        replace(
            a_session(f"ses_{n}", at=later(n), phase=Phase.SCHEDULED), listed=True, scheduled_for=later(hours * 3600)
        )
        for n, hours in ((2, 50), (3, 2), (4, 26))
    ]
    under_way = replace(a_session("ses_5", phase=Phase.ACTIVE), listed=True)
    private = replace(a_session("ses_6", phase=Phase.SCHEDULED), scheduled_for=later(60))
    await add(store, at_once, *planned, under_way, private)
    async with store.reading() as tx:
        first = await tx.sessions.upcoming(BEN, limit=2)
        assert [one.id for one in first.items] == ["ses_1", "ses_3"]
        rest = await tx.sessions.upcoming(BEN, after=first.next, limit=2)
        assert ([one.id for one in rest.items], rest.next) == (["ses_4", "ses_2"], None)
        assert (await tx.sessions.upcoming(EVE)).items == ()


async def test_how_far_the_logs_of_several_sessions_are(store: Store) -> None:
    await add(store, a_session("ses_1"), a_session("ses_2"))
    async with store.transaction() as tx:
        await tx.log.append(TWO, [], NOW)
        await tx.log.append(ONE, [note(1), note(2)], NOW)
    async with store.reading() as tx:
        assert await tx.sessions.last_seqs([ONE, TWO, SessionId("ses_3")]) == {ONE: 2, TWO: 0}
        assert await tx.sessions.last_seqs([]) == {}
