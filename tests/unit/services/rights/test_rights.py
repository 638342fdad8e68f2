"""All that is kept of a person, in their hands, and gone; and sessions kept for as long as was agreed."""

import io
import json
import zipfile
from dataclasses import replace
from typing import Any

import anyio
import pytest
from tests.contract.filling import rows
from tests.unit.services.site import CALM, LOUD, Site, a_device, running_site

from vivavoce.base.config import Config
from vivavoce.base.config_safety import RetentionConfig
from vivavoce.base.ids import AccountId, SessionId
from vivavoce.domain.errors import FormatNotFound, NotAllowed, SessionNotFound
from vivavoce.domain.people.account import Account
from vivavoce.domain.people.audit import AuditEntry
from vivavoce.domain.people.community import Community
from vivavoce.domain.people.viewer import LOCAL, Standing, Viewer
from vivavoce.domain.sessions.session import Role, Seat
from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.engine.ports import Prompt
from vivavoce.providers.scripted import Answer
from vivavoce.services.end_session import end_session
from vivavoce.services.format import Format
from vivavoce.services.live import LiveHello, attach
from vivavoce.services.open_session import NewSession, open_session
from vivavoce.services.ports import SYSTEM
from vivavoce.services.rights.erase import SessionsGoOn, erase_account, erase_me
from vivavoce.services.rights.export import export_of
from vivavoce.services.rights.retention import SessionNotOver, days_of, erase_session, kept_days, retain, set_days
from vivavoce.services.send_message import send_text
from vivavoce.services.take_seat import join, leave
from vivavoce.services.transcripts import recordings, transcript_of
from vivavoce.storage.tables import metadata

pytestmark = pytest.mark.anyio
ANA = Viewer(AccountId("acc_ana"), LOCAL.community, "Ana Quist")
BEN = Viewer(AccountId("acc_ben"), LOCAL.community, "Ben")
BOSS = Viewer(AccountId("acc_boss"), LOCAL.community, "Boss", Standing.ADMIN)
TOGETHER = replace(CALM, max_participants=3, listed=True)


async def with_accounts(site: Site) -> None:
    at = site.use.clock.now()
    async with site.store.transaction() as tx:
        await tx.communities.save(Community(LOCAL.community, "Home", at))
        for viewer in (ANA, BEN, BOSS):
            await tx.people.add(Account(viewer.account, viewer.community, viewer.name, viewer.standing, created_at=at))


async def held(site: Site, viewer: Viewer, text: str) -> SessionId:
    """A session of the viewer's that is over."""
    session = await open_session(viewer, NewSession("coaching"), use=site.use)
    await send_text(viewer, session.id, text, use=site.use)
    await end_session(viewer, session.id, use=site.use)
    return session.id


async def shared(site: Site, owner: Viewer, guest: Viewer) -> SessionId:
    """A session in which both said something, not over yet."""
    session = await open_session(owner, NewSession("coaching", max_participants=3), use=site.use)
    await join(owner, session.id, use=site.use)
    await join(guest, session.id, use=site.use)
    await send_text(owner, session.id, f"{owner.name} wants to sleep more.", use=site.use)
    await send_text(guest, session.id, f"{guest.name} wants to run more.", use=site.use)
    return session.id


async def everything(site: Site) -> str:
    """All rows of all tables as text."""
    async with site.store.reading() as tx:
        told = {name: await rows(tx.personal.db, table) for name, table in metadata.tables.items()}
    return json.dumps(told, default=str)


async def audited(site: Site) -> list[AuditEntry]:
    async with site.store.reading() as tx:
        return list((await tx.audit.page(SYSTEM, LOCAL.community)).items)


async def exported(viewer: Viewer, site: Site) -> zipfile.ZipFile:
    content = b"".join([piece async for piece in await export_of(viewer, use=site.use)])
    return zipfile.ZipFile(io.BytesIO(content))


async def test_an_export_holds_sessions_transcripts_rows_and_own_recordings() -> None:
    async with running_site(format=TOGETHER) as site:
        await with_accounts(site)
        id = await shared(site, ANA, BEN)
        session = await site.session(id)
        seats = {seat.account: seat.id for seat in session.seats}
        for who in (seats[ANA.account], seats[BEN.account], "assistant"):
            await site.use.files.put(f"{id}/recordings/{who}-0.ogg", who.encode())
        zip = await exported(ANA, site)
        assert zip.testzip() is None
        names = set(zip.namelist())
        assert {"README.txt", "export.json", "account.json", "sessions.json", "memories.json"} <= names
        own = f"sessions/{id}/recordings/{seats[ANA.account]}-0.ogg"
        assert zip.read(own) == seats[ANA.account].encode()
        assert [name for name in names if "recordings" in name] == [own]
        told = json.loads(zip.read(f"sessions/{id}/transcript.json"))
        assert "Ana Quist wants to sleep more." in [entry["text"] for entry in told]
        (kept,) = json.loads(zip.read("sessions.json"))
        assert [seat["you"] for seat in kept["seats"]] == [True, False]
        assert str(BEN.account) not in zip.read("sessions.json").decode()


async def test_an_export_is_written_down() -> None:
    async with running_site() as site:
        await with_accounts(site)
        await exported(ANA, site)
        assert [(entry.action, entry.actor) for entry in await audited(site)] == [("person.exported", ANA.account)]


async def test_who_came_for_one_session_has_no_export_and_erases_nobody() -> None:
    async with running_site() as site:
        guest = replace(ANA, only=SessionId("ses_1"))
        with pytest.raises(NotAllowed):
            await export_of(guest, use=site.use)
        with pytest.raises(NotAllowed):
            await erase_me(guest, use=site.use)


async def test_an_erased_person_is_gone_from_every_table_and_file() -> None:
    async with running_site(format=TOGETHER) as site:
        await with_accounts(site)
        id = await held(site, ANA, "I live in Bergen with my cat.")
        for key in (f"{id}/replies/rep_1.wav", f"{id}/recordings/assistant-0.ogg", "avatars/local/acc_ana/one.png"):
            await site.use.files.put(key, b"sound")
        kept = await held(site, BEN, "I like tea.")
        await site.use.files.put(f"{kept}/replies/rep_2.wav", b"sound")
        await anyio.sleep(5)  # reports are written, memories kept
        done = await erase_me(ANA, use=site.use)
        assert done.sessions == 1
        told = await everything(site)
        assert ANA.account not in told and "Bergen" not in told and "Ana Quist" not in told
        assert "I like tea." in told
        assert await site.use.files.list("") == [f"{kept}/replies/rep_2.wav"]


async def test_others_keep_their_words_when_somebody_is_taken_out_of_their_session() -> None:
    def answer(prompt: Prompt) -> Answer:
        return Answer(f"I am an AI. Thank you, {prompt.history[-1].speaker}: {prompt.history[-1].text}")

    async with running_site(format=TOGETHER) as site:
        await with_accounts(site)
        site.script.answer = answer
        id = await shared(site, BEN, ANA)
        await leave(ANA, id, use=site.use)
        await end_session(BEN, id, use=site.use)
        await anyio.sleep(5)
        session = await site.session(id)
        seat = next(seat for seat in session.seats if seat.account == ANA.account)
        await site.use.files.put(f"{id}/recordings/{seat.id}-0.ogg", b"voice")
        await site.use.files.put(f"{id}/recordings/{session.seats[0].id}-0.ogg", b"voice")
        done = await erase_me(ANA, use=site.use)
        assert (done.sessions, done.left) == (0, 1)
        told = await everything(site)
        assert "Ana Quist" not in told and "wants to run more" not in told and ANA.account not in told
        assert "Ben wants to sleep more." in told
        assert [seat.name for seat in (await site.session(id)).seats] == ["Ben", "erased"]
        words = [entry.text for entry in (await transcript_of(BEN, id, use=site.use)).entries]
        assert words[0] == "Ben wants to sleep more."
        assert await site.use.files.list("") == [f"{id}/recordings/{session.seats[0].id}-0.ogg"]


async def test_who_opened_a_session_that_others_go_on_with_is_not_erased_yet_but_leaves_it() -> None:
    async with running_site(format=TOGETHER) as site:
        await with_accounts(site)
        id = await shared(site, ANA, BEN)
        with pytest.raises(SessionsGoOn) as refused:
            await erase_me(ANA, use=site.use)
        assert refused.value.members == {"sessions": [id]}
        present = {seat.name: seat.present for seat in (await site.session(id)).seats}
        assert present == {"Ana Quist": False, "Ben": True}
        assert ANA.account in await everything(site)


async def test_a_session_that_the_person_is_alone_in_ends_before_they_are_erased() -> None:
    async with running_site() as site:
        await with_accounts(site)
        session = await open_session(ANA, NewSession("coaching"), use=site.use)
        device, _ = a_device()
        with anyio.move_on_after(30):
            async with attach(ANA, session.id, LiveHello(), device, use=site.use):
                await anyio.sleep(2)
                assert (await erase_me(ANA, use=site.use)).sessions == 1
        assert ANA.account not in await everything(site)


async def test_an_admin_erases_somebody_of_their_community_and_it_is_written_down_without_a_name() -> None:
    async with running_site() as site:
        await with_accounts(site)
        with pytest.raises(NotAllowed):
            await erase_account(BEN, ANA.account, use=site.use)
        await erase_account(BOSS, ANA.account, use=site.use)
        (entry,) = await audited(site)
        assert (entry.action, entry.actor) == ("person.erased", BOSS.account)
        assert entry.subject != ANA.account


async def test_whoever_opened_a_session_erases_it_once_it_is_over() -> None:
    async with running_site(format=TOGETHER) as site:
        await with_accounts(site)
        id = await shared(site, ANA, BEN)
        with pytest.raises(SessionNotOver):
            await erase_session(ANA, id, use=site.use)
        await end_session(ANA, id, use=site.use)
        with pytest.raises(NotAllowed):
            await erase_session(BEN, id, use=site.use)
        await site.use.files.put(f"{id}/replies/rep_1.wav", b"sound")
        await erase_session(ANA, id, use=site.use)
        with pytest.raises(SessionNotFound):
            await transcript_of(ANA, id, use=site.use)
        assert await site.use.files.list("") == []


def _kept(days: int | None) -> Format:
    return replace(CALM, retention_days=days)


@pytest.mark.parametrize(
    ("format", "server", "community", "days"),
    [
        (_kept(None), {}, {}, None),
        (_kept(30), {}, {}, 30),
        (_kept(30), {"coaching": 90}, {}, 90),
        (_kept(30), {"coaching": 90}, {"retention_days": {"coaching": 7}}, 7),
        (_kept(30), {}, {"retention_days": {"interview": 7}}, 30),
        (_kept(30), {}, {"retention_days": "nonsense"}, 30),
    ],
)
def test_the_community_decides_before_the_server_and_the_server_before_the_format(
    format: Format, server: dict[str, int], community: dict[str, Any], days: int | None
) -> None:
    assert kept_days(format, server, community) == days


async def test_an_admin_sets_how_long_their_community_keeps_sessions() -> None:
    async with running_site(format=_kept(30)) as site:
        await with_accounts(site)
        assert await days_of(BOSS, use=site.use) == {"coaching": 30}
        assert await set_days(BOSS, {"coaching": 7}, use=site.use) == {"coaching": 7}
        assert await set_days(BOSS, {}, use=site.use) == {"coaching": 30}
        with pytest.raises(FormatNotFound):
            await set_days(BOSS, {"gardening": 7}, use=site.use)


async def test_sessions_past_their_time_are_erased_and_others_are_kept() -> None:
    async with running_site() as site:
        await with_accounts(site)
        use = replace(site.use, config=Config(retention=RetentionConfig(days={"coaching": 10})))
        old = await held(site, ANA, "I sleep badly.")
        await site.use.files.put(f"{old}/replies/rep_1.wav", b"sound")
        await anyio.sleep(6 * 24 * 3600)
        young = await held(site, ANA, "I sleep well.")
        assert await retain(use=use) == 0
        await anyio.sleep(5 * 24 * 3600)
        assert await retain(use=use) == 1
        with pytest.raises(SessionNotFound):
            await site.session(old)
        assert (await site.session(young)).id == young
        assert await site.use.files.list(f"{old}/") == []
        assert ("session.retention", "system") in [(entry.action, entry.actor) for entry in await audited(site)]
        assert await retain(use=use) == 0


async def test_only_seats_that_consented_are_recorded_and_the_ai_when_anybody_did() -> None:
    async with running_site(format=TOGETHER) as site:
        await with_accounts(site)
        session = await open_session(ANA, NewSession("coaching", max_participants=3), use=site.use)
        kept: dict[bool, set[Any]] = {}
        for consent in (False, True):
            await join(ANA, session.id, use=site.use, record=consent)
            await join(BEN, session.id, use=site.use, record=False)
            device, _ = a_device()
            async with (
                attach(ANA, session.id, LiveHello(audio={"rate": 16000}), device, use=site.use) as ana,
                attach(BEN, session.id, LiveHello(audio={"rate": 16000}), a_device()[0], use=site.use) as ben,
            ):
                for n in range(10):
                    ana.hear(AudioFrame(LOUD, 16000, n * len(LOUD)))
                    ben.hear(AudioFrame(LOUD, 16000, n * len(LOUD)))
                    await anyio.sleep(0.2)
                await ana.say_text("Hello?")
                await anyio.sleep(5)
            kept[consent] = {who for tape in site.tapes for who in tape.kept}
        seats = {seat.account: seat.id for seat in (await site.session(session.id)).seats}
        assert kept[False] == set()
        assert kept[True] == {seats[ANA.account], None}


async def test_a_human_coach_who_reads_a_transcript_is_written_down_and_its_people_are_not() -> None:
    async with running_site(format=TOGETHER) as site:
        await with_accounts(site)
        id = await shared(site, ANA, BEN)
        async with site.store.transaction() as tx:
            session = await tx.sessions.lock(SYSTEM, id)
            coach = Seat(session.seats[1].id, "Ben", Role.COACH, BEN.account)
            await tx.sessions.save(replace(session, seats=(session.seats[0], coach), version=session.version + 1))
        await transcript_of(ANA, id, use=site.use)
        assert await audited(site) == []
        await transcript_of(BEN, id, use=site.use)
        (entry,) = await audited(site)
        assert (entry.action, entry.actor, entry.session) == ("transcript.seen", BEN.account, id)


async def test_recordings_of_a_session_that_all_may_find_are_for_those_who_were_in_it() -> None:
    async with running_site(format=TOGETHER) as site:
        await with_accounts(site)
        session = await open_session(ANA, NewSession("coaching", max_participants=3), use=site.use)
        assert await recordings(ANA, session.id, use=site.use) == []
        with pytest.raises(SessionNotFound):
            await recordings(BEN, session.id, use=site.use)
