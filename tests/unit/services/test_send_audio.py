"""Audio messages, decoded for real: threads, and so the real time, though none is waited for."""

import io
import wave

import pytest
from tests.unit.services.site import ANSWER, LOUD, opened, running_site

from vivavoce.base.clock import SystemClock
from vivavoce.domain.errors import IllegalTransition, Unavailable, UnsupportedMedia
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.sessions.events import Source, TurnHeard
from vivavoce.engine.ports import ProviderUnavailable
from vivavoce.providers.scripted import Heard
from vivavoce.services.end_session import end_session
from vivavoce.services.exchange import NothingHeard
from vivavoce.services.send_message import send_audio
from vivavoce.services.spoken import reply_audio

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def a_wav() -> bytes:
    """200 ms of sound."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes(LOUD.tobytes())
    return file.getvalue()


async def test_an_audio_message_is_answered() -> None:
    async with running_site(clock=SystemClock()) as site:
        said = await send_audio(LOCAL, await opened(site), a_wav(), use=site.use)
    assert (said.heard, said.reply_text) == ("I want to sleep more", ANSWER)


async def test_an_audio_message_is_recorded_with_the_times_of_its_words() -> None:
    async with running_site(clock=SystemClock()) as site:
        id = await opened(site)
        await send_audio(LOCAL, id, a_wav(), use=site.use)
        [turn] = await site.facts(id, TurnHeard)
    assert (turn.source, [word.text for word in turn.words]) == (Source.AUDIO, ["I", "want", "to", "sleep", "more"])


async def test_a_recording_without_words_is_no_turn() -> None:
    async with running_site(clock=SystemClock()) as site:
        site.script.heard = Heard("")
        with pytest.raises(NothingHeard):
            await send_audio(LOCAL, await opened(site), a_wav(), use=site.use)


async def test_what_is_no_sound_is_refused() -> None:
    async with running_site(clock=SystemClock()) as site:
        with pytest.raises(UnsupportedMedia):
            await send_audio(LOCAL, await opened(site), b"<html>not a sound</html>", use=site.use)


async def test_a_broken_recogniser_is_told_as_such() -> None:
    async with running_site(clock=SystemClock()) as site:
        site.script.heard = Heard("", fails=ProviderUnavailable("down"))
        with pytest.raises(Unavailable):
            await send_audio(LOCAL, await opened(site), a_wav(), use=site.use)


async def test_a_session_that_is_over_does_not_even_listen() -> None:
    async with running_site(clock=SystemClock()) as site:
        id = await opened(site)
        await end_session(LOCAL, id, use=site.use)
        with pytest.raises(IllegalTransition):
            await send_audio(LOCAL, id, b"no sound at all", use=site.use)


async def test_the_same_audio_message_again_gives_the_same_exchange() -> None:
    async with running_site(clock=SystemClock()) as site:
        id = await opened(site)
        first = await send_audio(LOCAL, id, a_wav(), use=site.use, message_id="1")
        again = await send_audio(LOCAL, id, a_wav(), use=site.use, message_id="1")
    assert (again.heard, again.reply) == (first.heard, first.reply)


async def test_a_reply_can_be_listened_to() -> None:
    async with running_site(clock=SystemClock()) as site:
        id = await opened(site)
        said = await send_audio(LOCAL, id, a_wav(), use=site.use)
        assert said.reply is not None
        sound = await reply_audio(LOCAL, id, said.reply, "wav", use=site.use)
    with wave.open(io.BytesIO(sound)) as file:
        assert file.getnframes() > 0
