from collections.abc import Callable
from dataclasses import replace
from typing import Any

import anyio
import pytest
from tests.unit.services.site import ANSWER, CALM, a_device, opened, running_site

from vivavoce.base.ids import NodeId
from vivavoce.domain.errors import IllegalTransition, Invalid
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.sessions.events import Noticed, ReplyKind, TurnHeard
from vivavoce.domain.sessions.session import Address, EndReason, Phase, WrapUp
from vivavoce.engine.ports import ProviderRejected
from vivavoce.providers.scripted import Answer
from vivavoce.services.end_session import end_session
from vivavoce.services.exchange import Exchange
from vivavoce.services.live import LiveHello, attach
from vivavoce.services.live_rooms import LiveElsewhere
from vivavoce.services.send_message import MAX_TEXT, send_text
from vivavoce.services.start_session import start_session
from vivavoce.services.steer_assistant import set_address

pytestmark = pytest.mark.anyio
SILENT = LiveHello(audio=None)
WITHOUT_LIMIT = replace(CALM, time_limit_s=None, idle_s=600)


async def test_a_message_starts_a_ready_session() -> None:
    async with running_site() as site:
        id = await opened(site)
        said = await send_text(LOCAL, id, "I want to sleep better.", use=site.use)
    assert said.session.phase is Phase.ACTIVE


async def test_a_message_is_answered() -> None:
    async with running_site() as site:
        id = await opened(site)
        said = await send_text(LOCAL, id, " I want to sleep better. ", use=site.use)
    assert (said.heard, said.reply_text) == ("I want to sleep better.", ANSWER)


async def test_messages_are_counted() -> None:
    async with running_site() as site:
        id = await opened(site)
        for text in ("One.", "Two.", "Three."):
            said = await send_text(LOCAL, id, text, use=site.use)
    assert said.session.message_count == 3


async def test_the_answer_comes_with_the_log_s_number_behind_it() -> None:
    async with running_site() as site:
        id = await opened(site)
        said = await send_text(LOCAL, id, "I want to sleep better.", use=site.use)
        assert said.session.last_seq == len(await site.log(id))


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (MAX_TEXT + 1)])
async def test_an_empty_or_endless_text_is_refused(text: str) -> None:
    async with running_site() as site:
        id = await opened(site)
        with pytest.raises(Invalid):
            await send_text(LOCAL, id, text, use=site.use)


async def test_a_session_that_is_over_takes_no_message() -> None:
    async with running_site() as site:
        id = await opened(site)
        await end_session(LOCAL, id, use=site.use)
        with pytest.raises(IllegalTransition):
            await send_text(LOCAL, id, "Hello?", use=site.use)


# --- wrap-up ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "phase", "wrap_up", "kind"),
    [
        ("Yes, please.", Phase.ANALYZING, WrapUp.CONFIRMED, ReplyKind.GOODBYE),
        ("No, let's go on.", Phase.ACTIVE, WrapUp.NONE, ReplyKind.ANSWER),
        ("What about my sister?", Phase.ACTIVE, WrapUp.NONE, ReplyKind.ANSWER),
    ],
)
async def test_what_follows_the_question_whether_to_close(
    answer: str, phase: Phase, wrap_up: WrapUp, kind: ReplyKind
) -> None:
    async with running_site() as site:
        id = await opened(site)
        asked = await send_text(LOCAL, id, "Let's wrap up.", use=site.use)
        said = await send_text(LOCAL, id, answer, use=site.use)
        kinds = await site.replies(id)
    assert asked.session.wrap_up is WrapUp.ASKED
    assert (said.session.phase, said.session.wrap_up, kinds) == (phase, wrap_up, [ReplyKind.WRAP_UP_ASK, kind])


async def test_a_format_without_wrap_up_is_not_asked_to_close() -> None:
    async with running_site(format=replace(CALM, wrap_up=False)) as site:
        id = await opened(site)
        await send_text(LOCAL, id, "Let's wrap up.", use=site.use)
        assert await site.replies(id) == [ReplyKind.ANSWER]


# --- the same message again -------------------------------------------------------------------------


async def test_the_same_message_again_gives_the_same_exchange() -> None:
    async with running_site() as site:
        id = await opened(site)
        first = await send_text(LOCAL, id, "I want to sleep better.", use=site.use, message_id="1")
        again = await send_text(LOCAL, id, "I want to sleep better.", use=site.use, message_id="1")
    assert (again.reply, again.reply_text) == (first.reply, first.reply_text)


async def test_the_same_message_again_is_one_turn() -> None:
    async with running_site() as site:
        id = await opened(site)
        for _ in range(2):
            await send_text(LOCAL, id, "I want to sleep better.", use=site.use, message_id="1")
        assert await site.turns(id) == ["I want to sleep better."]


async def test_the_yes_that_ended_a_session_can_be_sent_again() -> None:
    async with running_site() as site:
        id = await opened(site)
        await send_text(LOCAL, id, "Let's wrap up.", use=site.use)
        first = await send_text(LOCAL, id, "Yes.", use=site.use, message_id="yes")
        again = await send_text(LOCAL, id, "Yes.", use=site.use, message_id="yes")
    assert again.reply == first.reply


async def test_messages_at_the_same_time_are_answered_one_after_the_other() -> None:
    async with running_site() as site:
        site.script.answer = lambda prompt: Answer(ANSWER, first_s=2)
        id = await opened(site)
        async with anyio.create_task_group() as tasks:
            for text in ("One.", "Two."):
                tasks.start_soon(lambda text=text: send_text(LOCAL, id, text, use=site.use))
        kinds = [type(event.fact).__name__ for event in await site.log(id)]
    heard = [n for n, kind in enumerate(kinds) if kind == "TurnHeard"]
    assert kinds.index("ReplyEnded") < heard[1]


async def test_a_turn_whose_answer_was_lost_is_not_recorded_again() -> None:
    async with running_site() as site:
        site.script.answer = lambda prompt: Answer(ANSWER, first_s=10)
        id = await opened(site)
        with anyio.move_on_after(1):  # whoever asked hangs up
            await send_text(LOCAL, id, "I want to sleep better.", use=site.use, message_id="1")
        said = await send_text(LOCAL, id, "I want to sleep better.", use=site.use, message_id="1")
        turns = await site.turns(id)
    assert (turns, said.reply_text) == (["I want to sleep better."], ANSWER)


async def test_a_broken_model_leaves_the_session_to_whoever_tries_next() -> None:
    async with running_site() as site, running_site(site.store, node="there") as other:
        site.script.answer = broken
        id = await opened(site)
        with pytest.raises(ZeroDivisionError):
            await send_text(LOCAL, id, "I want to sleep better.", use=site.use, message_id="1")
        said = await send_text(LOCAL, id, "I want to sleep better.", use=other.use, message_id="1")
    assert said.reply_text == ANSWER


def broken(prompt: object) -> Answer:
    raise ZeroDivisionError


# --- what fails -------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [Answer("", fails=ProviderRejected("no key")), Answer("")])
async def test_a_model_that_says_nothing_is_owned_up_to(answer: Answer) -> None:
    async with running_site() as site:
        site.script.answer = lambda prompt: answer
        id = await opened(site)
        said = await send_text(LOCAL, id, "I want to sleep better.", use=site.use)
    assert "I'm sorry, I could not answer" in said.reply_text


async def test_a_message_to_a_session_that_another_node_answers_is_refused() -> None:
    async with running_site() as site:
        id = await opened(site)
        async with site.store.transaction() as tx:
            await tx.leases.take(id, NodeId("there"), site.use.clock.now(), 30)
        with pytest.raises(LiveElsewhere):
            await send_text(LOCAL, id, "Hello?", use=site.use)


async def test_a_refused_message_leaves_no_turn() -> None:
    async with running_site() as site:
        id = await opened(site)
        async with site.store.transaction() as tx:
            await tx.leases.take(id, NodeId("there"), site.use.clock.now(), 30)
        with pytest.raises(LiveElsewhere):
            await send_text(LOCAL, id, "Hello?", use=site.use)
        assert await site.turns(id) == []


async def test_an_answer_that_took_too_long_gives_way_to_the_other_node_s() -> None:
    async with running_site() as site, running_site(site.store, node="there") as other:
        site.script.answer = lambda prompt: Answer("Slow.", first_s=60)
        id = await opened(site)
        slow, quick = list[Exchange](), list[Exchange]()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(collect, slow, lambda: send_text(LOCAL, id, "Hello?", use=site.use, message_id="1"))
            await anyio.sleep(40)
            await collect(quick, lambda: send_text(LOCAL, id, "Hello?", use=other.use, message_id="1"))
        replies = await site.replies(id)
    assert (replies, slow[0].reply) == ([ReplyKind.ANSWER], quick[0].reply)


async def collect(into: list[Exchange], ask: Callable[[], Any]) -> None:
    into.append(await ask())


async def test_an_answer_that_comes_after_the_end_is_not_given() -> None:
    async with running_site() as site:
        site.script.answer = lambda prompt: Answer("Too late.", first_s=5)
        id = await opened(site)
        said: list[Exchange] = []
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(collect, said, lambda: send_text(LOCAL, id, "Hello?", use=site.use))
            await anyio.sleep(1)
            await end_session(LOCAL, id, use=site.use)
        replies = await site.replies(id)
    assert (replies, said[0].reply) == ([], None)


# --- who may address the AI -------------------------------------------------------------------------


async def test_where_nobody_may_address_the_ai_a_message_gets_no_answer() -> None:
    async with running_site() as site:
        id = await opened(site)
        await set_address(LOCAL, id, Address.NOBODY, use=site.use)
        said = await send_text(LOCAL, id, "Hello?", use=site.use)
        [turn] = await site.facts(id, TurnHeard)
    assert (said.reply, turn.addressed) == (None, False)


@pytest.mark.parametrize(("text", "kinds"), [("So what?", []), ("Hey agent, so what?", [ReplyKind.ANSWER])])
async def test_where_the_ai_must_be_called_it_answers_who_calls(text: str, kinds: list[ReplyKind]) -> None:
    async with running_site(format=replace(CALM, address=Address.WHEN_CALLED)) as site:
        id = await opened(site)
        await send_text(LOCAL, id, text, use=site.use)
        assert await site.replies(id) == kinds


# --- time ------------------------------------------------------------------------------------------


async def test_the_time_left_is_told_twice() -> None:
    async with running_site() as site:
        id = await opened(site)
        await send_text(LOCAL, id, "I want to sleep better.", use=site.use)
        await anyio.sleep(3599)
        assert [fact.value for fact in await site.facts(id, Noticed)] == [120, 30]


async def test_at_the_time_limit_it_says_goodbye_and_ends() -> None:
    async with running_site() as site:
        id = await opened(site)
        await send_text(LOCAL, id, "I want to sleep better.", use=site.use)
        await anyio.sleep(3602)
        session, kinds = await site.session(id), await site.replies(id)
    assert (session.end_reason, kinds[-1]) == (EndReason.TIME_LIMIT, ReplyKind.GOODBYE)


async def test_a_session_nobody_writes_to_any_more_ends_as_idle() -> None:
    async with running_site(format=WITHOUT_LIMIT) as site:
        id = await opened(site)
        await send_text(LOCAL, id, "I want to sleep better.", use=site.use)
        await anyio.sleep(WITHOUT_LIMIT.idle_s + 1)
        assert (await site.session(id)).end_reason is EndReason.IDLE


async def test_every_message_puts_the_idle_end_off() -> None:
    async with running_site(format=WITHOUT_LIMIT) as site:
        id = await opened(site)
        for _ in range(4):
            await send_text(LOCAL, id, "I want to sleep better.", use=site.use)
            await anyio.sleep(WITHOUT_LIMIT.idle_s - 1)
        assert (await site.session(id)).phase is Phase.ACTIVE


# --- while a room is live ---------------------------------------------------------------------------


async def test_a_message_to_a_live_session_is_answered_in_its_room() -> None:
    async with running_site() as site:
        id = await opened(site)
        device, _ = a_device()
        async with attach(LOCAL, id, SILENT, device, use=site.use):
            await anyio.sleep(2)
            said = await send_text(LOCAL, id, "I want to sleep better.", use=site.use)
        assert said.reply_text == ANSWER


async def test_the_same_message_to_a_room_again_has_the_same_answer_at_once() -> None:
    async with running_site() as site:
        id = await opened(site)
        device, _ = a_device()
        async with attach(LOCAL, id, SILENT, device, use=site.use):
            await anyio.sleep(2)
            first = await send_text(LOCAL, id, "I want to sleep better.", use=site.use, message_id="1")
            before_s = anyio.current_time()
            again = await send_text(LOCAL, id, "I want to sleep better.", use=site.use, message_id="1")
            took_s = anyio.current_time() - before_s
    assert (again.reply, took_s < 1) == (first.reply, True)


async def test_a_message_the_ai_is_not_to_answer_does_not_wait_in_the_room() -> None:
    async with running_site() as site:
        id = await opened(site)
        device, _ = a_device()
        async with attach(LOCAL, id, SILENT, device, use=site.use):
            await set_address(LOCAL, id, Address.NOBODY, use=site.use)
            before_s = anyio.current_time()
            said = await send_text(LOCAL, id, "Hello?", use=site.use)
            took_s = anyio.current_time() - before_s
    assert (said.reply, took_s < 1) == (None, True)


async def test_a_yes_to_a_room_answers_with_the_end() -> None:
    async with running_site() as site:
        id = await opened(site)
        device, _ = a_device()
        async with attach(LOCAL, id, SILENT, device, use=site.use):
            await anyio.sleep(2)
            await send_text(LOCAL, id, "Let's wrap up.", use=site.use)
            said = await send_text(LOCAL, id, "Yes.", use=site.use)
    assert (said.session.end_reason, said.reply_text) == (EndReason.WRAPPED_UP, ANSWER)


async def test_a_message_whose_room_goes_away_is_answered_in_writing() -> None:
    async with running_site() as site:
        id = await opened(site)
        device, _ = a_device()
        async with attach(LOCAL, id, SILENT, device, use=site.use):
            await anyio.sleep(2)
            site.script.answer = lambda prompt: Answer(ANSWER, first_s=5)
            said: list[Exchange] = []
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(collect, said, lambda: send_text(LOCAL, id, "I want to sleep better.", use=site.use))
                await anyio.sleep(1)
                live = site.use.rooms.find(id)
                assert live is not None
                live.scope.cancel()
        turns = await site.turns(id)
    assert (turns, said[0].reply_text) == (["I want to sleep better."], ANSWER)


async def test_a_room_that_opens_while_a_message_is_answered_does_not_answer_it_too() -> None:
    async with running_site() as site:
        site.script.answer = lambda prompt: Answer(ANSWER, first_s=5)
        id = await opened(site)
        await start_session(LOCAL, id, use=site.use)
        device, _ = a_device()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(lambda: send_text(LOCAL, id, "I want to sleep better.", use=site.use))
            await anyio.sleep(1)
            async with attach(LOCAL, id, SILENT, device, use=site.use):
                await anyio.sleep(20)
        assert (await site.replies(id)).count(ReplyKind.ANSWER) == 1


async def test_who_left_the_room_and_writes_is_not_away() -> None:
    async with running_site() as site:
        id = await opened(site)
        device, _ = a_device()
        async with attach(LOCAL, id, SILENT, device, use=site.use):
            await anyio.sleep(1)
        await anyio.sleep(60)
        await send_text(LOCAL, id, "I write now.", use=site.use)
        await anyio.sleep(CALM.empty_s + 1)
        assert (await site.session(id)).phase is Phase.ACTIVE
