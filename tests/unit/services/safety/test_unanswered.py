"""Danger where the AI does not answer: a human coach leads, or it stands in a note."""

from dataclasses import replace

import anyio
import pytest
from tests.unit.services.company import ANA, KIM, opened_by, seat_coach, together
from tests.unit.services.safety.test_protocol import Worried, counts
from tests.unit.services.site import CALM, Site, a_device, opened, running_site

from vivavoce.base.config import Config
from vivavoce.base.config_safety import SafetyConfig
from vivavoce.base.ids import SessionId
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.sessions.events import CrisisNoticed, ReplyEnded, ReplyKind
from vivavoce.domain.sessions.session import EndReason, Phase
from vivavoce.formats.coaching_room import FORMAT
from vivavoce.services.guiding.lead import hand_back, take_over
from vivavoce.services.live import LiveHello, attach
from vivavoce.services.people.notes import change_note, keep_note
from vivavoce.services.safety.overview import help_shown
from vivavoce.services.send_message import send_text
from vivavoce.services.start_session import start_session

pytestmark = pytest.mark.anyio
ROOM = replace(FORMAT, idle=None)
NOTED = replace(CALM, notes=True)
DANGER = "I want to kill myself."


async def led(site: Site) -> SessionId:
    """A session by messages that a human coach leads."""
    id = await opened_by(ANA, "coaching_room", site)
    await seat_coach(site, id)
    await send_text(ANA, id, "I keep putting it off.", use=site.use)
    await take_over(KIM, id, use=site.use)
    return id


async def alerts(site: Site) -> list[str]:
    jobs = await site.store.claim_jobs(site.use.node, site.use.clock.now(), lease_s=60, limit=100)
    return sorted(job.payload["way"] for job in jobs if job.kind == "alert")


async def test_danger_written_while_a_human_leads_is_noticed_and_alerted_of_and_the_ai_stays_silent() -> None:
    async with running_site(format=ROOM, jobs=False) as site:
        id = await led(site)
        before = await site.replies(id)
        said = await send_text(ANA, id, DANGER, use=site.use)
        assert (said.reply_text, said.reply) == ("", None)
        assert await site.replies(id) == before
        (noticed,) = await site.facts(id, CrisisNoticed)
        assert (noticed.state, noticed.kind, noticed.again) == ("danger", "suicide", False)
        assert await alerts(site) == ["email", "url"]
        assert list((await counts(site)).values()) == [1]
        assert said.session.last_seq == (await site.session(id)).last_seq


async def test_help_lines_reach_who_writes_while_a_human_leads() -> None:
    async with running_site(format=ROOM) as site:
        use = replace(site.use, config=Config(safety=SafetyConfig(country="DE")))
        id = await led(site)
        assert (await send_text(ANA, id, "Hello Kim.", use=use)).help is None
        said = await send_text(ANA, id, DANGER, use=use)
        assert said.help is not None and said.help.emergency == "112" and said.help.lines[0].number == "0800 1110111"
        (noticed,) = await site.facts(id, CrisisNoticed)
        assert noticed.lines == said.help.lines, "all screens show the same"
        assert (await send_text(ANA, id, "I don't know.", use=use)).help == said.help


async def test_the_same_message_again_while_a_human_leads_notices_danger_once() -> None:
    async with running_site(format=ROOM) as site:
        id = await led(site)
        for _ in range(3):
            said = await send_text(ANA, id, DANGER, use=site.use, message_id="m1")
            assert said.help is not None
        assert len(await site.facts(id, CrisisNoticed)) == 1
        await send_text(ANA, id, DANGER, use=site.use)
        assert [fact.again for fact in await site.facts(id, CrisisNoticed)] == [False, True]


async def test_handed_back_after_danger_the_ai_is_careful() -> None:
    async with running_site(format=ROOM) as site:
        id = await led(site)
        await send_text(ANA, id, DANGER, use=site.use)
        await hand_back(KIM, id, use=site.use)
        asked = len(site.llm.prompts)
        said = await send_text(ANA, id, "I don't know.", use=site.use)
        assert (await site.replies(id))[-1] is ReplyKind.CRISIS and said.help is not None
        async with together(site, id, ANA):
            await anyio.sleep(10)
        assert len(site.llm.prompts) == asked, "no language model writes any of it"


async def test_a_room_that_opens_after_danger_was_written_to_a_leading_human_says_that_it_is_there() -> None:
    async with running_site(format=ROOM) as site:
        id = await led(site)
        await send_text(ANA, id, DANGER, use=site.use)
        await hand_back(KIM, id, use=site.use)
        async with together(site, id, ANA):
            await anyio.sleep(20)
            (reply,) = (await site.facts(id, ReplyEnded))[1:]
        assert reply.heard.startswith("I am still here.")


async def test_a_language_model_may_see_danger_in_what_is_written_to_a_leading_human() -> None:
    async with running_site(format=ROOM) as site:
        use = replace(site.use, models=replace(site.use.models, extractor=Worried()))
        id = await led(site)
        said = await send_text(ANA, id, "I don't want to be here anymore.", use=use)
        assert said.help is not None and said.reply is None
        assert len(await site.facts(id, CrisisNoticed)) == 1


async def test_ways_of_speaking_written_to_a_leading_human_change_nothing() -> None:
    async with running_site(format=ROOM) as site:
        id = await led(site)
        assert (await send_text(ANA, id, "This deadline is killing me.", use=site.use)).help is None
        assert await site.facts(id, CrisisNoticed) == []


async def test_a_message_into_the_live_room_brings_the_help_lines_too() -> None:
    async with running_site(format=ROOM) as site:
        id = await led(site)
        async with together(site, id, KIM):
            said = await send_text(ANA, id, DANGER, use=site.use)
            assert said.reply is None and said.help is not None and said.help.lines


# --- notes ------------------------------------------------------------------------------------------


async def test_danger_in_a_note_makes_the_live_room_careful() -> None:
    async with running_site(format=NOTED) as site:
        id = await opened(site)
        device, _ = a_device()
        async with attach(LOCAL, id, LiveHello(), device, use=site.use) as seat:
            await anyio.sleep(5)
            asked = len(site.llm.prompts)
            await keep_note(LOCAL, id, DANGER, use=site.use)
            await anyio.sleep(30)
            assert (await site.facts(id, ReplyEnded))[-1].heard.startswith("Your note worries me")
            await seat.say_text("I want to plan my week.")
            await anyio.sleep(30)
        assert len(site.llm.prompts) == asked, "no language model is asked"
        assert (await site.replies(id))[-2:] == [ReplyKind.CRISIS, ReplyKind.CRISIS]
        assert len(await site.facts(id, CrisisNoticed)) == 1, "the room does not record it again"


async def test_danger_in_a_note_puts_off_the_time_limit() -> None:
    async with running_site(format=replace(NOTED, time_limit_s=120)) as site:
        id = await opened(site)
        device, _ = a_device()
        async with attach(LOCAL, id, LiveHello(), device, use=site.use):
            await anyio.sleep(60)
            await keep_note(LOCAL, id, DANGER, use=site.use)
            await anyio.sleep(1200)
            assert (await site.session(id)).phase is Phase.ACTIVE
        await anyio.sleep(1)
        async with attach(LOCAL, id, LiveHello(), device, use=site.use):
            await anyio.sleep(300)
            assert (await site.session(id)).phase is Phase.ACTIVE, "also in a room that is built anew"
            await anyio.sleep(900)
        assert (await site.session(id)).end_reason is EndReason.TIME_LIMIT


async def test_who_comes_into_the_room_after_a_note_of_danger_is_spoken_to() -> None:
    async with running_site(format=NOTED) as site:
        id = await opened(site)
        await start_session(LOCAL, id, use=site.use)
        await keep_note(LOCAL, id, DANGER, use=site.use)
        device, _ = a_device()
        async with attach(LOCAL, id, LiveHello(), device, use=site.use):
            await anyio.sleep(30)
        assert await site.replies(id) == [ReplyKind.CRISIS]


async def test_danger_in_a_note_makes_the_answers_to_messages_careful() -> None:
    async with running_site(format=NOTED) as site:
        id = await opened(site)
        await send_text(LOCAL, id, "I want to sleep more.", use=site.use)
        await keep_note(LOCAL, id, DANGER, use=site.use)
        await send_text(LOCAL, id, "Let's go on.", use=site.use)
        assert (await site.replies(id))[-1] is ReplyKind.CRISIS


async def test_danger_that_comes_into_a_note_later_is_noticed_and_is_noticed_once() -> None:
    async with running_site(format=NOTED, jobs=False) as site:
        id = await opened(site)
        await start_session(LOCAL, id, use=site.use)
        note = await keep_note(LOCAL, id, "A long day.", use=site.use)
        assert await help_shown(LOCAL, id, use=site.use) is None
        await change_note(LOCAL, id, note.id, f"A long day. {DANGER}", use=site.use)
        await change_note(LOCAL, id, note.id, f"A very long day. {DANGER}", use=site.use)
        assert len(await site.facts(id, CrisisNoticed)) == 1
        assert await help_shown(LOCAL, id, use=site.use) is not None


async def test_every_note_of_danger_is_alerted_of() -> None:
    async with running_site(format=NOTED, jobs=False) as site:
        id = await opened(site)
        await start_session(LOCAL, id, use=site.use)
        for text in (DANGER, "I am going to end my life."):
            await keep_note(LOCAL, id, text, use=site.use)
        assert await alerts(site) == ["email", "email", "url", "url"]
        assert [fact.again for fact in await site.facts(id, CrisisNoticed)] == [False, True]
        assert list((await counts(site)).values()) == [1]
