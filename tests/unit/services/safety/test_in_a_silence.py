"""What is heard in a silent reflection all the same: danger, and a clear wish to stop. Nothing else is kept."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import anyio
import numpy as np
import pytest
from tests.unit.services.site import LOUD, Site, a_device, opened, running_site

from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import ModalityNotOffered
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.sessions.events import CrisisNoticed, ReplyEnded, ReplyKind
from vivavoce.domain.sessions.session import EndReason, Phase
from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.formats.silent_reflection import FORMAT as SILENCE
from vivavoce.providers.scripted import Heard
from vivavoce.services.live import LiveHello, LiveSeat, attach
from vivavoce.services.people.notes import keep_note
from vivavoce.services.send_message import send_text
from vivavoce.simulator.device import Message

pytestmark = pytest.mark.anyio
QUIET = np.zeros(3200, np.int16)


@asynccontextmanager
async def silence(site: Site, *, record: bool = False) -> AsyncGenerator[tuple[SessionId, LiveSeat, list[Message]]]:
    id = await opened(site, format=SILENCE.name, variables={"minutes": "10"})
    device, told = a_device()
    async with attach(LOCAL, id, LiveHello(audio={"down_hz": 24000}), device, use=site.use) as seat:
        await anyio.sleep(60)
        yield id, seat, told


async def say(site: Site, seat: LiveSeat, text: str) -> None:
    """Two seconds of sound, heard as `text`, and what the AI says to it."""
    site.script.heard = Heard(text)
    for number in range(20):
        seat.hear(AudioFrame(LOUD if number < 10 else QUIET, 16_000, number * LOUD.size))
        await anyio.sleep(0.2)
    await anyio.sleep(40)


async def test_danger_spoken_in_a_silence_is_heard_and_the_person_is_not_left_alone() -> None:
    async with running_site(format=SILENCE) as site, silence(site) as (id, seat, _):
        await say(site, seat, "I want to kill myself.")
        (noticed,) = await site.facts(id, CrisisNoticed)
        assert noticed.kind == "suicide" and noticed.turn is not None
        assert (await site.facts(id, ReplyEnded))[-1].heard.startswith("I am pausing what we were doing")
        await say(site, seat, "I don't know what to do.")
        assert (await site.replies(id)) == [ReplyKind.GREETING, ReplyKind.CRISIS, ReplyKind.CRISIS]
        assert await site.turns(id) == ["I want to kill myself.", "I don't know what to do."]


async def test_what_is_said_in_a_silence_is_neither_kept_nor_shown_nor_recorded_nor_answered() -> None:
    async with running_site(format=SILENCE) as site, silence(site) as (id, seat, told):
        before = len(told)
        await say(site, seat, "I wonder what my sister is doing.")
        assert await site.turns(id) == []
        assert await site.replies(id) == [ReplyKind.GREETING]
        assert "sister" not in str(await site.log(id)) + str(told)
        assert [one for one in told[before:] if one.get("type") in ("partial", "speaking")] == []
        assert [tape.kept for tape in site.tapes] == [[]] or all(None is who for t in site.tapes for who in t.kept)


async def test_a_clear_wish_to_stop_a_silence_is_asked_back_once_and_closes_it_aloud() -> None:
    async with running_site(format=SILENCE) as site:
        async with silence(site) as (id, seat, _):
            await say(site, seat, "I'd like to stop here.")
            assert (await site.facts(id, ReplyEnded))[-1].heard == "Shall we close here?"
            await say(site, seat, "Yes, please.")
            await seat.wait_over()
        assert await site.replies(id) == [ReplyKind.GREETING, ReplyKind.WRAP_UP_ASK, ReplyKind.GOODBYE]
        assert (await site.session(id)).end_reason is EndReason.WRAPPED_UP


async def test_a_no_lets_the_silence_go_on_without_a_word() -> None:
    async with running_site(format=SILENCE) as site, silence(site) as (id, seat, _):
        await say(site, seat, "I'd like to stop here.")
        await say(site, seat, "No, not yet.")
        await say(site, seat, "Yes.")
        assert await site.replies(id) == [ReplyKind.GREETING, ReplyKind.WRAP_UP_ASK]
        assert (await site.session(id)).phase is Phase.ACTIVE


async def test_while_the_protocol_is_on_one_may_type_in_a_silence() -> None:
    async with running_site(format=SILENCE) as site, silence(site) as (id, seat, _):
        with pytest.raises(ModalityNotOffered):
            await send_text(LOCAL, id, "How much longer?", use=site.use)
        await keep_note(LOCAL, id, "I want to kill myself.", use=site.use)
        await anyio.sleep(40)
        await seat.say_text("I don't know.")
        await anyio.sleep(40)
        said = await send_text(LOCAL, id, "I am safe now, and I want to go on.", use=site.use)
        assert "we go on" in said.reply_text and said.help is None
        assert set((await site.replies(id))[1:]) == {ReplyKind.CRISIS}
        with pytest.raises(ModalityNotOffered):
            await seat.say_text("And now?")


async def test_who_wants_to_stop_during_a_crisis_in_a_silence_is_asked_and_let_go_with_the_numbers() -> None:
    async with running_site(format=SILENCE) as site:
        async with silence(site) as (id, seat, _):
            await say(site, seat, "I want to kill myself.")
            await say(site, seat, "I have to go.")
            assert (await site.facts(id, ReplyEnded))[-1].heard.endswith("Shall we close here?")
            await say(site, seat, "Yes.")
            await seat.wait_over()
        assert (await site.facts(id, ReplyEnded))[-1].heard.startswith("Please reach out to somebody now.")
        assert (await site.session(id)).end_reason is EndReason.WRAPPED_UP


async def test_the_last_words_of_a_silence_are_not_kept_either() -> None:
    async with running_site(format=SILENCE) as site:
        async with silence(site) as (id, seat, _):
            site.script.heard = Heard("and so I thought of her")
            for number in range(10):
                seat.hear(AudioFrame(LOUD, 16_000, number * LOUD.size))
            await seat.end()
            await seat.wait_over()
        assert await site.turns(id) == []
