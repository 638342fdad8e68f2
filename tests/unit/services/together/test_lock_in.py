"""Working side by side: seats, tasks, the timer, and an AI that speaks only when it is called."""

from dataclasses import replace
from datetime import timedelta

import anyio
import pytest
from tests.unit.services.company import ANA, BEN, CYN, KIM, opened_by, together
from tests.unit.services.site import a_device, running_site

from vivavoce.base.ids import AccountId, CommunityId, ProjectId, SeatId
from vivavoce.domain.errors import (
    IllegalTransition,
    Invalid,
    NotAllowed,
    ProjectNotFound,
    SessionFull,
    SessionNotFound,
    TaskNotFound,
)
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.events import FocusChanged, Noticed, ReplyEnded, ReplyKind, ReplyStarted, TurnHeard
from vivavoce.domain.sessions.session import Address, EndReason, Phase, Role, Seat
from vivavoce.formats.coaching import FORMAT as COACHING
from vivavoce.formats.lock_in import FORMAT
from vivavoce.providers.guide.scripts import speak
from vivavoce.providers.scripted import Answer
from vivavoce.services.end_session import end_session
from vivavoce.services.live import LiveHello, attach
from vivavoce.services.people.projects import add_project
from vivavoce.services.send_message import send_text
from vivavoce.services.start_session import start_session
from vivavoce.services.steer_assistant import switch_assistant
from vivavoce.services.take_seat import join, leave
from vivavoce.services.together.focus import FocusRunning, start_focus, stop_focus
from vivavoce.services.together.rooms import RoomState, participants, rooms, seats_left
from vivavoce.services.together.tasks import declare, report, tasks_of
from vivavoce.storage.memory import MemoryStore

pytestmark = pytest.mark.anyio
ELSEWHERE = Viewer(AccountId("acc_eve"), CommunityId("com_2"), "Eve")


# --- who comes --------------------------------------------------------------------------------------


async def test_everybody_of_the_community_finds_it_and_may_take_a_seat() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site, variables={"type": "coding"})
        later = site.use.clock.now() + timedelta(hours=5)
        planned = await opened_by(BEN, "lock_in", site, scheduled_for=later)
        await start_session(ANA, id, use=site.use)
        active = await rooms(CYN, state=RoomState.ACTIVE, use=site.use)
        upcoming = await rooms(CYN, state=RoomState.UPCOMING, use=site.use)
        assert [one.id for one in active.items] == [id]
        assert [one.id for one in upcoming.items] == [planned]
        assert len((await rooms(CYN, use=site.use)).items) == 2
        sooner = await opened_by(ANA, "lock_in", site, scheduled_for=later - timedelta(hours=1))
        upcoming = await rooms(CYN, state=RoomState.UPCOMING, use=site.use)
        assert [one.id for one in upcoming.items] == [sooner, planned]
        assert (await rooms(ELSEWHERE, use=site.use)).items == ()
        await join(CYN, id, use=site.use)
        with pytest.raises(SessionNotFound):
            await join(ELSEWHERE, id, use=site.use)


async def test_a_kind_that_is_none_is_refused() -> None:
    async with running_site(format=FORMAT) as site:
        with pytest.raises(Invalid):
            await opened_by(ANA, "lock_in", site, variables={"type": "partying"})


async def test_the_seat_after_the_last_one_is_refused_until_somebody_leaves() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site, max_participants=2)
        for viewer in (ANA, BEN):
            await join(viewer, id, use=site.use)
        with pytest.raises(SessionFull):
            await join(CYN, id, use=site.use)
        await leave(BEN, id, use=site.use)
        session = await participants(ANA, id, use=site.use)
        assert [(seat.name, seat.present) for seat in session.seats] == [("Ana", True), ("Ben", False)]
        assert seats_left(session) == 1
        await join(CYN, id, use=site.use)
        assert seats_left(await site.session(id)) == 0


async def test_the_seat_of_somebody_whose_devices_are_gone_is_free_after_a_while() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site, max_participants=2)
        async with together(site, id, ANA):
            async with together(site, id, BEN):
                await anyio.sleep(10)
            await anyio.sleep(60)
            with pytest.raises(SessionFull):
                await join(CYN, id, use=site.use)
            await anyio.sleep(70)
            await join(CYN, id, use=site.use)


async def test_a_seat_that_was_taken_without_ever_coming_is_free_after_ten_minutes() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site, max_participants=2)
        await join(BEN, id, use=site.use)
        async with together(site, id, ANA):
            await anyio.sleep(590)
            with pytest.raises(SessionFull):
                await join(CYN, id, use=site.use)
            await anyio.sleep(11)
            await join(CYN, id, use=site.use)
            assert [one.name for one in (await site.session(id)).seats if one.present] == ["Ana", "Cyn"]


async def test_a_seat_is_kept_for_who_writes_or_has_come_with_a_device() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site, max_participants=3)
        for viewer in (BEN, CYN):
            await join(viewer, id, use=site.use)
        async with together(site, id, ANA, CYN):
            for _ in range(4):
                await anyio.sleep(400)
                await send_text(BEN, id, "Still at it.", use=site.use)
            assert all(seat.present for seat in (await site.session(id)).seats)


async def test_who_opened_it_always_finds_a_seat() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site, max_participants=2)
        await join(BEN, id, use=site.use)
        assert seats_left(await site.session(id)) == 0
        with pytest.raises(SessionFull):
            await join(CYN, id, use=site.use)
        await join(ANA, id, use=site.use)


async def test_who_left_speaks_again_only_from_a_free_seat() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site, max_participants=2)
        await join(BEN, id, use=site.use)
        await start_session(ANA, id, use=site.use)
        await leave(BEN, id, use=site.use)
        await send_text(BEN, id, "One more thing.", use=site.use)
        assert [seat.present for seat in (await site.session(id)).seats if seat.name == "Ben"] == [True]
        await leave(BEN, id, use=site.use)
        await join(CYN, id, use=site.use)
        with pytest.raises(SessionFull):
            await send_text(BEN, id, "And another.", use=site.use)


async def test_who_was_invited_and_writes_takes_a_seat() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site, max_participants=2)
        async with site.use.records.change() as change:
            session = await change.tx.sessions.lock(ANA, id)
            invited = Seat(SeatId("sea_ben"), "Ben", Role.GUEST, BEN.account)
            await change.tx.sessions.save(
                replace(session, seats=(*session.seats, invited), version=session.version + 1)
            )
        assert seats_left(await site.session(id)) == 1
        await send_text(BEN, id, "Good morning.", use=site.use)
        assert seats_left(await site.session(id)) == 0
        with pytest.raises(SessionFull):
            await join(CYN, id, use=site.use)


async def test_who_comes_back_in_time_keeps_the_seat() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site)
        async with together(site, id, ANA):
            async with together(site, id, BEN):
                pass
            await anyio.sleep(60)
            async with together(site, id, BEN):
                await anyio.sleep(300)
                assert all(seat.present for seat in (await site.session(id)).seats)


async def test_only_who_opened_it_ends_it() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site)
        async with together(site, id, ANA, BEN) as [_, (ben, _)]:
            with pytest.raises(NotAllowed):
                await ben.end()
            await ben.say_text("Hey agent, let's end the session here.")
            await anyio.sleep(10)
            await ben.say_text("Hey agent, yes.")
            await anyio.sleep(10)
            assert (await site.session(id)).phase is Phase.ACTIVE
            await end_session(ANA, id, use=site.use)
        assert (await site.session(id)).end_reason is EndReason.ENDED_BY_HOST


# --- the AI -----------------------------------------------------------------------------------------


async def test_the_ai_answers_who_calls_it_by_name_and_then_is_silent() -> None:
    async with running_site(format=FORMAT) as site:
        site.script.answer = lambda prompt: Answer(speak(prompt))
        id = await opened_by(ANA, "lock_in", site)
        async with together(site, id, ANA, BEN) as [(ana, _), (ben, _)]:
            await ana.say_text("Did you see that? My travel agent said it is late.")
            await ben.say_text("Hey agent")
            await anyio.sleep(5)
            await ana.say_text("What is a monad?")
            await ben.say_text("How much time is left?")
            await anyio.sleep(10)
            await ben.say_text("Thanks.")
            await anyio.sleep(600)
        assert [fact.heard for fact in await site.facts(id, ReplyEnded)] == [
            "Ben, yes?",
            "Ben, no timer runs. Anybody here can start one.",
        ]
        assert [fact.addressed for fact in await site.facts(id, TurnHeard)] == [False, True, False, True, False]


async def test_a_call_is_known_in_writing_too_alone_or_in_one_breath() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site)
        await join(BEN, id, use=site.use)
        assert (await send_text(ANA, id, "Did you see that?", use=site.use)).reply is None
        assert (await send_text(ANA, id, "Hay agent, what is a monad?", use=site.use)).reply is not None
        assert (await send_text(ANA, id, "hey kit", use=site.use)).reply is not None
        assert (await send_text(BEN, id, "What is it?", use=site.use)).reply is None
        assert (await send_text(ANA, id, "What is a functor?", use=site.use)).reply is not None
        assert (await send_text(ANA, id, "Nice.", use=site.use)).reply is None
        await send_text(ANA, id, "hey kit", use=site.use)
        await anyio.sleep(20)
        assert (await send_text(ANA, id, "Where was I?", use=site.use)).reply is None


async def test_the_host_switches_the_ai_off_and_on_again() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site)
        async with together(site, id, ANA, BEN) as [(ana, _), _]:
            with pytest.raises(NotAllowed):
                await switch_assistant(BEN, id, on=False, use=site.use)
            assert (await switch_assistant(ANA, id, on=False, use=site.use)).address is Address.NOBODY
            await ana.say_text("Hey agent, are you there?")
            await anyio.sleep(10)
            assert await site.replies(id) == []
            assert (await switch_assistant(ANA, id, on=True, use=site.use)).address is Address.WHEN_CALLED
            await ana.say_text("Hey agent, are you there?")
            await anyio.sleep(10)
            assert await site.replies(id) == [ReplyKind.ANSWER]


async def test_the_ai_knows_the_notes_of_the_linked_project() -> None:
    async with running_site(format=FORMAT) as site:
        project = await add_project(ANA, "Atlas", "The release is due on Friday.", use=site.use)
        id = await opened_by(ANA, "lock_in", site, project=project.id)
        await send_text(ANA, id, "Hey agent, when is the release?", use=site.use)
        assert "The release is due on Friday." in site.llm.prompts[-1].instructions
        assert site.llm.prompts[-1].facts["project_title"] == "Atlas"


async def test_somebody_else_s_project_cannot_be_linked() -> None:
    async with running_site(format=FORMAT) as site:
        project = await add_project(ANA, "Atlas", "Secret.", use=site.use)
        for name in (project.id, ProjectId("pro_none")):
            with pytest.raises(ProjectNotFound):
                await opened_by(BEN, "lock_in", site, project=name)


# --- tasks ------------------------------------------------------------------------------------------


async def test_people_declare_a_task_and_report_how_it_went() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site)
        task = await declare(ANA, id, "Write the tests", use=site.use)
        with pytest.raises(IllegalTransition):
            await report(ANA, id, task.id, "yes", use=site.use)
        await join(BEN, id, use=site.use)
        await start_session(ANA, id, use=site.use)
        other = await declare(BEN, id, "Read chapter two", use=site.use)
        await declare(BEN, id, "Read chapter three", other.id, use=site.use)
        await report(ANA, id, task.id, "partly", "All but one.", use=site.use)
        _, work = await tasks_of(BEN, id, use=site.use)
        assert [(each.name, each.text, each.done, each.report) for each in work.tasks] == [
            ("Ana", "Write the tests", "partly", "All but one."),
            ("Ben", "Read chapter three", "", ""),
        ]
        with pytest.raises(NotAllowed):
            await report(ANA, id, other.id, "yes", use=site.use)
        with pytest.raises(TaskNotFound):
            await report(ANA, id, "task_none", "yes", use=site.use)
        with pytest.raises(NotAllowed):
            await declare(CYN, id, "Come in", use=site.use)
        for text in ("", "a" * 501):
            with pytest.raises(Invalid):
                await declare(ANA, id, text, use=site.use)


async def test_the_ai_knows_who_declared_what_also_when_it_was_declared_later() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site)
        async with together(site, id, ANA, BEN) as [(ana, _), (ben, _)]:
            await ben.declare("Read chapter two", None)
            await anyio.sleep(1)
            await ana.say_text("Hey agent, what is everybody working on?")
            await anyio.sleep(10)
        assert "Ben: Read chapter two (open)" in site.llm.prompts[-1].instructions


async def test_who_has_not_reported_at_the_end_is_asked_to_and_still_may() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site)
        async with together(site, id, ANA, BEN) as [(ana, _), (ben, _)]:
            await ana.declare("Write the tests", None)
            await ben.declare("Read chapter two", None)
            _, work = await tasks_of(ANA, id, use=site.use)
            await ana.report(work.tasks[0].id, "yes", "")
            await end_session(ANA, id, use=site.use)
        asked = [fact for fact in await site.facts(id, Noticed) if fact.kind == "report_back"]
        assert [(fact.seat, fact.text) for fact in asked] == [(ben.seat, 'Ben, how did it go: "Read chapter two"?')]
        kinds = [type(event.fact).__name__ for event in await site.log(id)]
        assert kinds.index("Noticed", kinds.index("TaskReported")) < len(kinds) - 1 - kinds[::-1].index("PhaseChanged")
        task = await report(BEN, id, work.tasks[1].id, "no", "Too tired.", use=site.use)
        assert task.done == "no"
        with pytest.raises(IllegalTransition):
            await declare(BEN, id, "More", use=site.use)


async def test_a_format_without_tasks_has_none() -> None:
    async with running_site(format=COACHING) as site:
        id = await opened_by(ANA, "coaching", site)
        with pytest.raises(IllegalTransition):
            await declare(ANA, id, "Write the tests", use=site.use)
        await start_session(ANA, id, use=site.use)
        with pytest.raises(IllegalTransition):
            await start_focus(ANA, id, 25, use=site.use)


# --- the timer --------------------------------------------------------------------------------------


async def test_when_the_timer_runs_down_a_chime_sounds_and_people_are_asked() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site)
        async with together(site, id, ANA, BEN) as [(ana, _), (ben, _)]:
            live = site.use.rooms.find(id)
            assert live is not None
            played: list[SeatId | None] = []
            live.room.tap = lambda who, samples, rate_hz, at_ms: played.append(who)
            await ben.declare("Read chapter two", None)
            await ben.focus(25)
            await anyio.sleep(24 * 60)
            assert played == []
            await anyio.sleep(90)
            assert len(played) > 70, "a second and a half of chime, 20 ms each"
            states = [fact.state for fact in await site.facts(id, FocusChanged)]
            assert states == ["started", "over"]
            assert [fact.seat for fact in await site.facts(id, Noticed) if fact.kind == "report_back"] == [ben.seat]
            assert [fact.kind for fact in await site.facts(id, ReplyStarted)] == [ReplyKind.NOTICE]
            ended = (await site.facts(id, ReplyEnded))[0]
            assert (ended.heard, ended.model) == ("The focus time is over. Ben, how did it go?", "")
            assert ana.seat != ben.seat


async def test_where_the_ai_is_switched_off_the_chime_sounds_alone() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site)
        async with together(site, id, ANA) as [(ana, _)]:
            await switch_assistant(ANA, id, on=False, use=site.use)
            await ana.focus(1)
            await anyio.sleep(70)
            assert [(fact.heard, fact.unheard) for fact in await site.facts(id, ReplyEnded)] == [("", "")]


async def test_the_timer_runs_down_although_the_server_was_away() -> None:
    store = MemoryStore()
    async with running_site(store, format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site)
        async with together(site, id, ANA) as [(ana, _)]:
            await ana.focus(5)
    await anyio.sleep(600)
    async with running_site(store, format=FORMAT) as site:
        await anyio.sleep(1)
        assert [fact.state for fact in await site.facts(id, FocusChanged)] == ["started", "over"]


async def test_one_timer_at_a_time_stopped_by_who_started_it_or_the_host() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site)
        with pytest.raises(IllegalTransition):
            await start_focus(ANA, id, 25, use=site.use)
        for viewer in (BEN, CYN):
            await join(viewer, id, use=site.use)
        await start_session(ANA, id, use=site.use)
        await start_focus(BEN, id, 25, use=site.use)
        with pytest.raises(FocusRunning):
            await start_focus(ANA, id, 25, use=site.use)
        with pytest.raises(NotAllowed):
            await stop_focus(CYN, id, use=site.use)
        await stop_focus(ANA, id, use=site.use)
        await stop_focus(ANA, id, use=site.use)
        await start_focus(CYN, id, 1, use=site.use)
        await anyio.sleep(30 * 60)
        states = [fact.state for fact in await site.facts(id, FocusChanged)]
        assert states == ["started", "stopped", "started", "over"]
        for minutes in (0, 241):
            with pytest.raises(Invalid):
                await start_focus(ANA, id, minutes, use=site.use)


# --- devices ----------------------------------------------------------------------------------------


async def test_devices_of_a_room_reach_each_other() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site)
        async with together(site, id, ANA, BEN) as [(ana, heard), (ben, told)]:
            ana.signal(ben.seat, {"sdp": "v=0"})
            assert told[-1] == {"type": "signal", "from": ana.seat, "data": {"sdp": "v=0"}}
            assert all(message["type"] != "signal" for message in heard)
            for nobody in (ana.seat, SeatId("sea_none")):
                with pytest.raises(Invalid):
                    ana.signal(nobody, {})


async def test_who_has_no_seat_gets_one_where_everybody_may_join_and_one_is_free() -> None:
    async with running_site(format=FORMAT) as site:
        id = await opened_by(ANA, "lock_in", site, max_participants=2)
        async with attach(KIM, id, LiveHello(), a_device()[0], use=site.use) as seat:
            assert [one.id for one in (await site.session(id)).seats if one.present] == [seat.seat]
            with pytest.raises(SessionFull):  # the other seat is that of who opened it
                async with attach(CYN, id, LiveHello(), a_device()[0], use=site.use):
                    pass
    async with running_site(format=replace(FORMAT, listed=False)) as site:
        id = await opened_by(ANA, "lock_in", site)
        with pytest.raises(SessionNotFound):
            async with attach(KIM, id, LiveHello(), a_device()[0], use=site.use):
                pass
