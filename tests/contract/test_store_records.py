"""What every store promises about the daily record and written notes."""

from dataclasses import replace
from datetime import date

import pytest
from tests.contract.samples import ANA, BEN, EVE, a_session, add, later

from vivavoce.base.ids import NoteId, SeatId, SessionId
from vivavoce.domain.errors import NoteNotFound
from vivavoce.domain.people.days import Day
from vivavoce.domain.people.notes import Note
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.asking import SYSTEM
from vivavoce.services.ports import Store

OTHERS = [BEN, EVE]
SES = SessionId("ses_1")
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def a_note(number: int, of: Viewer = ANA) -> Note:
    id = NoteId(f"not_{of.community}_{of.account}_{number}")
    return Note(id, of.community, SES, of.account, SeatId("sea_1"), f"Note {number}", later(number), later(number))


async def test_sessions_of_a_day_add_up(store: Store) -> None:
    async with store.transaction() as tx:
        for day, seconds in ((MONDAY, 60), (TUESDAY, 30), (MONDAY, 40)):
            await tx.days.count(ANA.community, ANA.account, day, seconds)
        for by in OTHERS:
            await tx.days.count(by.community, by.account, MONDAY, 7)
    async with store.reading() as tx:
        both = [Day(MONDAY, 2, 100), Day(TUESDAY, 1, 30)]
        assert await tx.days.between(ANA, ANA.account, MONDAY, TUESDAY) == both
        assert await tx.days.between(ANA, ANA.account, TUESDAY, TUESDAY) == both[1:]
        assert await tx.days.all(ANA, ANA.account) == [MONDAY, TUESDAY]


@pytest.mark.parametrize("by", OTHERS)
async def test_nobody_else_sees_a_day(store: Store, by: Viewer) -> None:
    async with store.transaction() as tx:
        await tx.days.count(ANA.community, ANA.account, MONDAY, 60)
        assert await tx.days.all(by, ANA.account) == []
        assert await tx.days.between(by, ANA.account, MONDAY, TUESDAY) == []
        await tx.days.forget(by, ANA.account)
        assert await tx.days.all(ANA, ANA.account) == [MONDAY]
        await tx.days.forget(SYSTEM, ANA.account)
        assert await tx.days.all(ANA, ANA.account) == []


async def test_notes_come_in_the_order_in_which_they_were_written(store: Store) -> None:
    await add(store, a_session())
    async with store.transaction() as tx:
        for number in (2, 1):
            await tx.notes.add(a_note(number))
        changed = replace(a_note(1), text="odd \0 text", updated_at=later(9))
        await tx.notes.save(changed)
        assert await tx.notes.count(SES, ANA.account) == 2
    async with store.reading() as tx:
        found = await tx.notes.of(ANA, SES, ANA.account)
        assert [note.id for note in found] == [a_note(1).id, a_note(2).id]
        assert found[0].updated_at == later(9)
        assert await tx.notes.get(ANA, SES, a_note(2).id) == a_note(2)


@pytest.mark.parametrize("by", OTHERS)
async def test_nobody_else_sees_or_removes_a_note(store: Store, by: Viewer) -> None:
    await add(store, a_session())
    async with store.transaction() as tx:
        await tx.notes.add(a_note(1))
        with pytest.raises(NoteNotFound):
            await tx.notes.get(by, SES, a_note(1).id)
        with pytest.raises(NoteNotFound):
            await tx.notes.remove(by, SES, a_note(1).id)
        assert await tx.notes.of(by, SES, ANA.account) == []
        await tx.notes.forget(by, ANA.account)
        assert await tx.notes.of(ANA, SES, ANA.account) == [a_note(1)]


async def test_a_note_belongs_to_its_session(store: Store) -> None:
    await add(store, a_session(), a_session("ses_2"))
    async with store.transaction() as tx:
        await tx.notes.add(a_note(1))
        with pytest.raises(NoteNotFound):
            await tx.notes.get(ANA, SessionId("ses_2"), a_note(1).id)
        await tx.notes.remove(ANA, SES, a_note(1).id)
        await tx.notes.add(a_note(2))
        await tx.notes.forget(SYSTEM, ANA.account)
        assert await tx.notes.of(ANA, SES, ANA.account) == []
