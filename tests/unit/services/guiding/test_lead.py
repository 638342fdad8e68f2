"""A human coach beside the AI in the coaching room."""

from dataclasses import replace

import anyio
import pytest
from tests.unit.services.company import ANA, BEN, KIM, opened_by, seat_coach, together
from tests.unit.services.site import Site, running_site

from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import Conflict, IllegalTransition, Invalid, NotAllowed, SessionNotFound
from vivavoce.domain.sessions.events import LedBy, ReplyEnded, ReplyKind, ReplyStarted, Withheld
from vivavoce.domain.sessions.session import EndReason, Phase
from vivavoce.engine.ports import Prompt
from vivavoce.formats.coaching_room import FORMAT
from vivavoce.providers.scripted import Answer
from vivavoce.services.guiding.lead import hand_back, take_over, whisper
from vivavoce.services.read_log import events_after
from vivavoce.services.send_message import send_text
from vivavoce.services.take_seat import join, leave
from vivavoce.services.transcripts import transcript_of
from vivavoce.storage.memory import MemoryStore

pytestmark = pytest.mark.anyio
ROOM = replace(FORMAT, idle=None)
SECRET = "Ask about her sister."


async def coached(site: Site) -> SessionId:
    id = await opened_by(ANA, "coaching_room", site)
    await seat_coach(site, id)
    return id


async def last_reply(site: Site, id: SessionId) -> ReplyEnded:
    return (await site.facts(id, ReplyEnded))[-1]


def prompts(site: Site) -> list[Prompt]:
    return site.llm.prompts


async def test_a_room_is_closed_to_all_who_were_not_invited() -> None:
    async with running_site(format=ROOM) as site:
        id = await coached(site)
        with pytest.raises(SessionNotFound):
            await join(BEN, id, use=site.use)
        _, seat = await join(KIM, id, use=site.use)
        assert seat.name == "Kim"


async def test_the_ai_takes_a_whisper_into_its_next_reply_and_the_client_never_sees_it() -> None:
    async with running_site(format=ROOM) as site:
        id = await coached(site)
        async with together(site, id, ANA, KIM) as [(ana, seen), (_, kims)]:
            await anyio.sleep(10)
            await whisper(KIM, id, SECRET, use=site.use)
            await anyio.sleep(1)
            await ana.say_text("I keep putting it off.")
            await anyio.sleep(10)
            assert SECRET in prompts(site)[-1].task
            assert "Kim" in prompts(site)[-1].task
            await ana.say_text("It is hard.")
            await anyio.sleep(10)
            assert SECRET not in prompts(site)[-1].task
            assert SECRET in prompts(site)[-1].instructions, "it stays known"
        hers = await events_after(ANA, id, 0, 1000, use=site.use)
        his = await events_after(KIM, id, 0, 1000, use=site.use)
        assert SECRET not in str(hers)
        assert SECRET in str(his)
        assert SECRET not in str((await transcript_of(ANA, id, use=site.use)).entries)
        assert [event.seq for event in hers] == [event.seq for event in his]
        assert sum(isinstance(event.fact, Withheld) for event in hers) == 1
        assert seen is not kims


async def test_only_the_human_coach_may_whisper_and_lead() -> None:
    async with running_site(format=ROOM) as site:
        id = await coached(site)
        with pytest.raises(IllegalTransition):
            await whisper(KIM, id, SECRET, use=site.use)
        await send_text(ANA, id, "Hello", use=site.use)
        for attempt in (
            whisper(ANA, id, SECRET, use=site.use),
            take_over(ANA, id, use=site.use),
            hand_back(ANA, id, use=site.use),
        ):
            with pytest.raises(NotAllowed):
                await attempt
        for text in (" ", "a" * 2001):
            with pytest.raises(Invalid):
                await whisper(KIM, id, text, use=site.use)


async def test_the_ai_falls_silent_in_the_middle_of_its_sentence_and_stays_silent() -> None:
    async with running_site(format=ROOM) as site:
        site.script.answer = lambda prompt: Answer("A long thought. " * 40)
        id = await coached(site)
        async with together(site, id, ANA, KIM) as [(ana, _), (kim, _)]:
            await anyio.sleep(30)
            await ana.say_text("I keep putting it off.")
            await anyio.sleep(2)
            await kim.take_over()
            await anyio.sleep(0.1)
            ended = await last_reply(site, id)
            assert (ended.cause, bool(ended.unheard)) == ("led", True)
            said = len(await site.replies(id))
            await ana.say_text("Ada, are you there? Let's wrap up.")
            await anyio.sleep(300)
            assert len(await site.replies(id)) == said
            assert (await site.session(id)).led_by == kim.seat
            assert (await site.session(id)).phase is Phase.ACTIVE


async def test_handed_back_the_ai_picks_up_once_with_all_that_was_said_and_the_briefing() -> None:
    async with running_site(format=ROOM) as site:
        id = await coached(site)
        async with together(site, id, ANA, KIM) as [(ana, _), (kim, _)]:
            await anyio.sleep(10)
            await kim.take_over()
            await ana.say_text("It is about my sister.")
            await kim.say_text("Call her on Friday.")
            await anyio.sleep(5)
            await kim.hand_back("Stay with Friday.")
            await anyio.sleep(10)
            assert (await site.replies(id))[-1] is ReplyKind.PICK_UP
            asked = prompts(site)[-1]
            assert [(line.speaker, line.text) for line in asked.history][-2:] == [
                ("Ana", "It is about my sister."),
                ("Kim", "Call her on Friday."),
            ]
            assert "Stay with Friday." in asked.task
            assert "in one sentence" in asked.task
            await anyio.sleep(100)
            assert (await site.replies(id)).count(ReplyKind.PICK_UP) == 1
        hers = await events_after(ANA, id, 0, 1000, use=site.use)
        assert "Stay with Friday." not in str(hers)
        assert "Stay with Friday." in str(await events_after(KIM, id, 0, 1000, use=site.use))


async def test_the_human_coach_is_heard_by_name_and_not_answered_unless_they_call() -> None:
    async with running_site(format=ROOM) as site:
        id = await coached(site)
        async with together(site, id, ANA, KIM) as [_, (kim, _)]:
            await anyio.sleep(10)
            said = len(await site.replies(id))
            await kim.say_text("How was your week, Ana?")
            await anyio.sleep(10)
            assert len(await site.replies(id)) == said
            await kim.say_text("Ada, what would you ask next?")
            await anyio.sleep(10)
            assert len(await site.replies(id)) == said + 1


@pytest.mark.parametrize("how", ["leaves", "is lost"])
async def test_a_coach_who_is_gone_while_leading_has_handed_back_after_a_short_while(how: str) -> None:
    async with running_site(format=ROOM) as site:
        id = await coached(site)
        async with together(site, id, ANA) as [_]:
            async with together(site, id, KIM) as [(kim, _)]:
                await anyio.sleep(10)
                await kim.take_over()
                if how == "leaves":
                    await leave(KIM, id, use=site.use)
            await anyio.sleep(15)
            assert (await site.session(id)).led_by == kim.seat
            await anyio.sleep(15)
            assert (await site.session(id)).led_by is None
            assert (await site.facts(id, LedBy))[-1] == LedBy(None, "Kim")
            assert (await site.replies(id))[-1] is ReplyKind.PICK_UP


async def test_a_coach_who_comes_back_in_time_still_leads() -> None:
    async with running_site(format=ROOM) as site:
        id = await coached(site)
        async with together(site, id, ANA):
            async with together(site, id, KIM) as [(kim, _)]:
                await kim.take_over()
            await anyio.sleep(15)
            async with together(site, id, KIM):
                await anyio.sleep(60)
                assert (await site.session(id)).led_by == kim.seat


async def test_a_room_that_is_built_again_goes_on_as_it_was_led_and_told() -> None:
    store = MemoryStore()
    async with running_site(store, format=ROOM) as site:
        id = await coached(site)
        async with together(site, id, ANA, KIM) as [_, (kim, _)]:
            await anyio.sleep(10)
            await kim.whisper(SECRET)
            await kim.take_over()
    async with running_site(store, format=ROOM) as site, together(site, id, ANA, KIM) as [(ana, _), (kim, _)]:
        said = len(await site.replies(id))
        await ana.say_text("Where were we?")
        await anyio.sleep(10)
        assert len(await site.replies(id)) == said
        await kim.hand_back("")
        await anyio.sleep(10)
        assert SECRET in prompts(site)[-1].task


async def test_a_coach_who_does_not_come_back_after_a_crash_has_handed_back() -> None:
    store = MemoryStore()
    async with running_site(store, format=ROOM, jobs=False) as site:
        id = await coached(site)
        async with together(site, id, ANA, KIM) as [_, (kim, _)]:
            await anyio.sleep(10)
            await kim.take_over()
            site.use.rooms.find(id).scope.cancel()  # pyright: ignore[reportOptionalMemberAccess]
            await anyio.sleep(1)
    async with running_site(store, format=ROOM) as site, together(site, id, ANA):
        await anyio.sleep(30)
        assert (await site.session(id)).led_by is None
        assert (await site.replies(id))[-1] is ReplyKind.PICK_UP


async def test_one_coach_at_a_time_leads() -> None:
    async with running_site(format=ROOM) as site:
        id = await coached(site)
        await seat_coach(site, id, BEN)
        async with together(site, id, KIM, BEN) as [(kim, _), _]:
            await kim.take_over()
            await kim.take_over()
            with pytest.raises(Conflict):
                await take_over(BEN, id, use=site.use)
        assert len(await site.facts(id, LedBy)) == 1


async def test_in_writing_nobody_is_answered_while_a_coach_leads() -> None:
    async with running_site(format=ROOM) as site:
        id = await coached(site)
        await send_text(ANA, id, "Hello", use=site.use)
        await send_text(ANA, id, "Let's stop here.", use=site.use)
        await take_over(KIM, id, use=site.use)
        said = await send_text(ANA, id, "Yes.", use=site.use)
        assert (said.reply, said.session.phase) == (None, Phase.ACTIVE)
        await hand_back(KIM, id, SECRET, use=site.use)
        assert (await send_text(ANA, id, "Yes.", use=site.use)).reply is not None
        assert SECRET in prompts(site)[-1].task


async def test_the_time_limit_holds_while_a_coach_leads() -> None:
    async with running_site(format=replace(ROOM, time_limit_s=300)) as site:
        id = await coached(site)
        async with together(site, id, ANA, KIM) as [_, (kim, _)]:
            await anyio.sleep(20)
            await kim.take_over()
            said = len(await site.facts(id, ReplyStarted))
            await anyio.sleep(290)
        session = await site.session(id)
        assert session.end_reason is EndReason.TIME_LIMIT
        assert len(await site.facts(id, ReplyStarted)) == said


async def test_another_node_s_take_over_reaches_the_room() -> None:
    store = MemoryStore()
    async with running_site(store, format=ROOM) as site, running_site(store, node="there", format=ROOM) as there:
        id = await coached(site)
        async with together(site, id, ANA, KIM) as [(ana, seen), (kim, _)]:
            await anyio.sleep(10)
            await take_over(KIM, id, use=there.use)
            await anyio.sleep(1)
            said = len(await site.replies(id))
            await ana.say_text("Are you there?")
            await anyio.sleep(10)
            assert len(await site.replies(id)) == said
            assert (await site.session(id)).led_by == kim.seat
            assert isinstance(seen, list)
