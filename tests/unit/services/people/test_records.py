"""Notes, the daily record, and what each format takes."""

from dataclasses import replace
from datetime import date, timedelta

import anyio
import pytest
from tests.unit.services.site import CALM, LOUD, Site, a_device, opened, running_site

from vivavoce.base.ids import AccountId, NoteId
from vivavoce.domain.errors import IllegalTransition, Invalid, ModalityNotOffered, NoteNotFound, SessionNotFound
from vivavoce.domain.people.days import Day, Streak
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.sessions.events import NoteKept, ReplyKind, ReplyStarted
from vivavoce.domain.sessions.session import Address, EndReason
from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.formats.silent_reflection import FORMAT as SILENCE
from vivavoce.formats.written_clarity import FORMAT as WRITING
from vivavoce.services.end_session import end_at_once, end_session
from vivavoce.services.format import Modality
from vivavoce.services.live import LiveHello, attach
from vivavoce.services.people import days, notes
from vivavoce.services.send_message import send_audio, send_text
from vivavoce.services.start_session import start_session
from vivavoce.services.steer_assistant import set_address

OTHER = replace(LOCAL, account=AccountId("acc_other"))
NOTED = replace(CALM, notes=True)


# --- notes ------------------------------------------------------------------------------------------


async def test_a_note_is_kept_during_a_session_and_after_and_its_words_stay_out_of_the_log() -> None:
    async with running_site(format=NOTED) as site:
        id = await opened(site)
        with pytest.raises(IllegalTransition):
            await notes.keep_note(LOCAL, id, "Too early", use=site.use)
        await start_session(LOCAL, id, use=site.use)
        first = await notes.keep_note(LOCAL, id, "During", use=site.use)
        await end_session(LOCAL, id, use=site.use)
        await notes.keep_note(LOCAL, id, "After", use=site.use)
        changed = await notes.change_note(LOCAL, id, first.id, "During it", use=site.use)
        assert [note.text for note in await notes.own_notes(LOCAL, id, use=site.use)] == ["During it", "After"]
        assert changed.created_at == first.created_at
        assert len(await site.facts(id, NoteKept)) == 2
        assert "During" not in str(await site.log(id))
        await notes.remove_note(LOCAL, id, first.id, use=site.use)
        with pytest.raises(NoteNotFound):
            await notes.remove_note(LOCAL, id, first.id, use=site.use)


async def test_nobody_else_reaches_a_note() -> None:
    async with running_site(format=NOTED) as site:
        id = await opened(site)
        await start_session(LOCAL, id, use=site.use)
        note = await notes.keep_note(LOCAL, id, "Mine", use=site.use)
        for call in (
            notes.keep_note(OTHER, id, "Theirs", use=site.use),
            notes.own_notes(OTHER, id, use=site.use),
            notes.change_note(OTHER, id, note.id, "Theirs", use=site.use),
            notes.remove_note(OTHER, id, note.id, use=site.use),
        ):
            with pytest.raises(SessionNotFound):
                await call


async def test_notes_are_for_formats_that_keep_them() -> None:
    async with running_site() as site:
        id = await opened(site)
        await start_session(LOCAL, id, use=site.use)
        with pytest.raises(IllegalTransition):
            await notes.keep_note(LOCAL, id, "Hello", use=site.use)
        with pytest.raises(Invalid):
            await notes.keep_note(LOCAL, id, "  ", use=site.use)
        with pytest.raises(NoteNotFound):
            await notes.change_note(LOCAL, id, NoteId("not_1"), "Hello", use=site.use)


# --- the daily record -------------------------------------------------------------------------------


def today(site: Site) -> date:
    return site.use.clock.now().date()


async def test_a_session_is_counted_once_however_it_ends_and_is_ended_again() -> None:
    async with running_site() as site:
        id = await opened(site)
        await send_text(LOCAL, id, "Hello there, my friend", use=site.use)
        for _ in range(3):
            await end_session(LOCAL, id, use=site.use)
            await end_at_once(LOCAL, id, EndReason.IDLE, use=site.use)
        found = await days.own_days(LOCAL, None, None, use=site.use)
        assert [(day.day, day.sessions) for day in found] == [(today(site), 1)]
        assert await days.own_streak(LOCAL, use=site.use) == Streak(1, 1, True)
        assert await days.own_days(OTHER, None, None, use=site.use) == []


async def test_one_that_was_never_begun_or_only_a_slip_is_not_counted() -> None:
    async with running_site() as site:
        await end_session(LOCAL, await opened(site), use=site.use)  # cancelled
        slip = await opened(site)
        await start_session(LOCAL, slip, use=site.use)
        await end_session(LOCAL, slip, use=site.use)
        assert await days.own_days(LOCAL, None, None, use=site.use) == []
        assert await days.own_streak(LOCAL, use=site.use) == Streak(0, 0, False)


async def test_days_in_a_row_make_a_streak_and_a_day_left_out_ends_it() -> None:
    async with running_site(format=replace(CALM, idle_s=10**9, time_limit_s=None)) as site:
        for pause_h in (24, 24, 48, 0):
            id = await opened(site)
            await send_text(LOCAL, id, "Hello there, my friend", use=site.use)
            await end_session(LOCAL, id, use=site.use)
            await anyio.sleep(pause_h * 3600)
        assert await days.own_streak(LOCAL, use=site.use) == Streak(1, 3, True)
        await anyio.sleep(24 * 3600)
        assert await days.own_streak(LOCAL, use=site.use) == Streak(1, 3, False)
        await anyio.sleep(24 * 3600)
        assert await days.own_streak(LOCAL, use=site.use) == Streak(0, 3, False)


async def test_days_are_asked_for_by_first_and_last() -> None:
    async with running_site() as site:
        async with site.store.transaction() as tx:
            for day in (1, 5, 9):
                await tx.days.count(LOCAL.community, LOCAL.account, date(2026, 3, day), 60)
        found = await days.own_days(LOCAL, date(2026, 3, 5), date(2026, 3, 9), use=site.use)
        assert found == [Day(date(2026, 3, 5), 1, 60), Day(date(2026, 3, 9), 1, 60)]
        for first, last in ((date(2026, 3, 9), date(2026, 3, 5)), (date.min, date.max)):
            with pytest.raises(Invalid):
                await days.own_days(LOCAL, first, last, use=site.use)
        await days.own_days(LOCAL, None, date.min, use=site.use)
        await days.own_days(LOCAL, date.max - timedelta(days=1), None, use=site.use)


# --- what a format takes ----------------------------------------------------------------------------


@pytest.mark.parametrize("modality", [Modality.TEXT, Modality.AUDIO])
async def test_a_message_that_the_format_does_not_take_is_refused_and_starts_nothing(modality: Modality) -> None:
    async with running_site(format=replace(CALM, modalities=CALM.modalities - {modality})) as site:
        id = await opened(site)
        with pytest.raises(ModalityNotOffered, match="takes no"):
            if modality is Modality.TEXT:
                await send_text(LOCAL, id, "Hello", use=site.use)
            else:
                await send_audio(LOCAL, id, b"RIFF", use=site.use)
        assert (await site.session(id)).started_at is None


async def test_in_writing_the_ai_is_read_and_not_heard() -> None:
    async with running_site(format=WRITING) as site:
        id = await opened(site, format=WRITING.name)
        device, _ = a_device()
        async with attach(LOCAL, id, LiveHello(audio={"down_hz": 24000}), device, use=site.use) as seat:
            assert not seat.voiced
            await seat.say_text("I begin with the first sentence.")
            await anyio.sleep(3600)  # nobody is nudged, however long it takes
            assert await site.replies(id) == [ReplyKind.GREETING, ReplyKind.ANSWER]


async def test_a_silence_is_opened_and_closed_and_nothing_in_between_is_heard() -> None:
    async with running_site(format=SILENCE) as site:
        id = await opened(site, format=SILENCE.name, variables={"minutes": "20"})
        assert (await site.session(id)).time_limit_s == 1225
        device, _ = a_device()
        async with attach(LOCAL, id, LiveHello(audio={"down_hz": 24000}), device, use=site.use) as seat:
            await anyio.sleep(60)
            for number in range(20):
                seat.hear(AudioFrame(LOUD, 16_000, number * LOUD.size))
                await anyio.sleep(0.2)
            with pytest.raises(ModalityNotOffered):
                await seat.say_text("How much longer?")
            with pytest.raises(IllegalTransition):
                await set_address(LOCAL, id, Address.EVERYONE, use=site.use)
            await anyio.sleep(1000)
            assert await site.replies(id) == [ReplyKind.GREETING]
            await anyio.sleep(300)
        assert [fact.kind for fact in await site.facts(id, ReplyStarted)] == [ReplyKind.GREETING, ReplyKind.GOODBYE]
        assert (await site.session(id)).end_reason is EndReason.TIME_LIMIT
        assert await site.turns(id) == []
