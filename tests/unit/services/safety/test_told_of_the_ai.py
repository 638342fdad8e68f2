"""Everybody is told that they are talking with an AI: in every installed format, by every built-in persona."""

from dataclasses import replace

import anyio
import pytest
from tests.unit.services.site import Site, a_device, running_site

from vivavoce.base.ids import SeatId, SessionId
from vivavoce.bootstrap import installed_formats
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.safety.is_ai import says_ai
from vivavoce.domain.sessions.events import Noticed, ReplyEnded
from vivavoce.domain.sessions.session import Phase, Role, Seat, Session
from vivavoce.providers.scripted import Answer
from vivavoce.services.format import Modality
from vivavoce.services.live import LiveHello, attach
from vivavoce.services.ports import SYSTEM
from vivavoce.services.send_message import send_text
from vivavoce.storage.personas import FilePersonas

pytestmark = pytest.mark.anyio
FORMATS = installed_formats()
ID = SessionId("ses_00000000000000000000000001")


async def ready(site: Site, persona: str) -> None:
    """A session of the site's format with this persona, ready to begin."""
    (format,) = site.use.formats.values()
    now = site.use.clock.now()
    seat = Seat(SeatId("sea_1"), "Sam", Role.HOST, LOCAL.account)
    session = Session(
        ID,
        LOCAL.community,
        LOCAL.account,
        format.name,
        persona,
        Phase.READY,
        now,
        address=format.address,
        seats=(seat,),
    )
    async with site.store.transaction() as tx:
        await tx.sessions.add(session)


@pytest.mark.parametrize("name", sorted(FORMATS))
async def test_a_live_session_of_every_format_tells_that_it_is_an_ai(name: str) -> None:
    format = replace(FORMATS[name], price=None, set_up=None, needs=())
    async with running_site(format=format) as site:
        site.script.answer = lambda prompt: Answer("Welcome. Where shall we begin?")
        await ready(site, format.persona)
        device, _ = a_device()
        async with attach(LOCAL, ID, LiveHello(), device, use=site.use):
            await anyio.sleep(8)
        (told,) = [fact for fact in await site.facts(ID, Noticed) if fact.kind == "is_ai"]
        assert says_ai(told.text) and told.seat == "sea_1"
        replies = await site.facts(ID, ReplyEnded)
        assert not replies or says_ai(replies[0].heard)


@pytest.mark.parametrize("name", sorted(name for name, one in FORMATS.items() if Modality.TEXT in one.modalities))
async def test_the_first_message_of_every_format_is_answered_by_what_says_that_it_is_an_ai(name: str) -> None:
    format = replace(FORMATS[name], price=None, set_up=None, needs=())
    async with running_site(format=format) as site:
        site.script.answer = lambda prompt: Answer("Where shall we begin?")
        await ready(site, format.persona)
        said = await send_text(LOCAL, ID, "Hey agent, hello there.", use=site.use)
        assert not said.reply_text or says_ai(said.reply_text)


async def test_every_built_in_persona_greets_as_an_ai() -> None:
    personas = FilePersonas()
    for persona in await personas.all(SYSTEM):
        if persona.greeting is not None:
            assert says_ai(persona.greeting), persona.id
