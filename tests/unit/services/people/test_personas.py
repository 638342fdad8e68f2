"""Personas that a community writes, and the sessions that run with them."""

from collections.abc import Sequence
from dataclasses import replace

import anyio
import pytest
from tests.unit.services.site import Site, a_device, opened, running_site

from vivavoce.base.ids import AccountId, CommunityId, PersonaId
from vivavoce.domain.errors import IllegalTransition, Invalid, NotAllowed, OwnPersonaNotFound, PersonaNotFound
from vivavoce.domain.people.persona import PersonaDraft
from vivavoce.domain.people.viewer import LOCAL, Standing, Viewer
from vivavoce.domain.sessions.events import ReplyEnded, SessionCreated
from vivavoce.engine.ports import Models, Prompt
from vivavoce.providers.scripted import Answer, ScriptedLanguageModel
from vivavoce.services.live import LiveHello, attach
from vivavoce.services.people import personas
from vivavoce.services.send_message import send_text
from vivavoce.storage.personas import FilePersonas

DRAFT = PersonaDraft("Rosa", "AI mentor", "You are Rosa. You talk about {{topic}}.", greeting="Hello from {{place}}.")
MEMBER = Viewer(AccountId("acc_member"), LOCAL.community, "Mo", Standing.MEMBER)
HOST = replace(MEMBER, standing=Standing.HOST)
ELSEWHERE = Viewer(AccountId("acc_else"), CommunityId("com_else"), "El", Standing.ADMIN)
UNKNOWN = PersonaId("per_00000000000000000000000000")


async def published(site: Site, draft: PersonaDraft = DRAFT) -> PersonaId:
    made = await personas.draft_persona(LOCAL, draft, use=site.use)
    return (await personas.publish(LOCAL, made.id, use=site.use)).id


async def write(site: Site, id: PersonaId, **changes: object) -> None:
    await personas.change_draft(LOCAL, id, lambda draft: replace(draft, **changes), use=site.use)


async def heard_by_model(site: Site, persona: str, **variables: str) -> Prompt:
    """The prompt of an answer in a new session with the persona."""
    prompts: list[Prompt] = []

    def answer(prompt: Prompt) -> Answer:
        prompts.append(prompt)
        return Answer("Yes.")

    site.script.answer = answer
    id = await opened(site, persona=persona, variables=variables)
    await send_text(LOCAL, id, "Hello there, my friend", use=site.use)
    return prompts[-1]


async def test_a_draft_can_be_chosen_by_nobody() -> None:
    async with running_site() as site:
        made = await personas.draft_persona(LOCAL, DRAFT, use=site.use)
        with pytest.raises(PersonaNotFound):
            await opened(site, persona=made.id)
        assert made.id not in [persona.id for persona in await site.use.personas.all(LOCAL)]


async def test_its_instructions_reach_the_model_with_the_sessions_variables() -> None:
    async with running_site() as site:
        told = await heard_by_model(site, await published(site), topic="tea")
        assert told.instructions.startswith("You are Rosa. You talk about tea.")


async def test_a_session_keeps_the_version_it_was_opened_with() -> None:
    async with running_site() as site:
        id = await published(site)
        before = await opened(site, persona=id)
        await write(site, id, name="Rose")
        await personas.publish(LOCAL, id, use=site.use)
        after = await opened(site, persona=id)
        sessions = [await site.session(one) for one in (before, after)]
        assert [one.persona for one in sessions] == [f"{id}@1", f"{id}@2"]
        assert [(one.persona_id, one.persona_version) for one in sessions] == [(id, 1), (id, 2)]
        names = [(await site.use.personas.get(LOCAL, one.persona)).name for one in sessions]
        assert names == ["Rosa", "Rose"]
        assert [fact.persona for fact in await site.facts(before, SessionCreated)] == [id]


async def test_rolling_back_publishes_an_earlier_version_and_keeps_the_draft() -> None:
    async with running_site() as site:
        id = await published(site)
        await write(site, id, name="Rose")
        await personas.publish(LOCAL, id, use=site.use)
        back = await personas.roll_back(LOCAL, id, 1, use=site.use)
        assert (back.published, back.draft.name) == (1, "Rose")
        assert (await site.use.personas.get(LOCAL, id)).name == "Rosa"
        again = await personas.publish(LOCAL, id, use=site.use)
        assert again.published == 2  # the draft says what version 2 says
        assert [one.version for one in await personas.versions(LOCAL, id, use=site.use)] == [2, 1]
        with pytest.raises(OwnPersonaNotFound):
            await personas.roll_back(LOCAL, id, 3, use=site.use)


async def test_an_archived_persona_is_offered_no_more_and_its_sessions_go_on() -> None:
    async with running_site() as site:
        id = await published(site)
        session = await opened(site, persona=id)
        await personas.archive(LOCAL, id, use=site.use)
        await personas.archive(LOCAL, id, use=site.use)
        with pytest.raises(PersonaNotFound):
            await opened(site, persona=id)
        assert (await send_text(LOCAL, session, "Are you there?", use=site.use)).reply_text
        with pytest.raises(IllegalTransition):
            await personas.publish(LOCAL, id, use=site.use)


@pytest.mark.parametrize("id", ["per_x@1", "per_x@", "per_x@99999999999999999999", "per_x@1@2", "per_\0", "@", "per_"])
async def test_an_id_with_a_version_or_of_nobody_opens_nothing(id: str) -> None:
    async with running_site() as site:
        with pytest.raises(PersonaNotFound):
            await opened(site, persona=id)


async def test_a_version_cannot_be_chosen_by_its_number() -> None:
    async with running_site() as site:
        with pytest.raises(PersonaNotFound):
            await opened(site, persona=f"{await published(site)}@1")


async def test_only_hosts_and_admins_write_personas() -> None:
    async with running_site() as site:
        made = await personas.draft_persona(HOST, DRAFT, use=site.use)
        for refused in (MEMBER, replace(MEMBER, standing=Standing.COACH)):
            with pytest.raises(NotAllowed):
                await personas.draft_persona(refused, DRAFT, use=site.use)
            with pytest.raises(NotAllowed):
                await personas.get_persona(refused, made.id, use=site.use)
            with pytest.raises(NotAllowed):
                await personas.publish(refused, made.id, use=site.use)


async def test_another_community_neither_sees_nor_uses_a_persona() -> None:
    async with running_site() as site:
        id = await published(site)
        await site.use.personas.get(LOCAL, id)  # known to the node by now
        for named in (id, f"{id}@1"):
            with pytest.raises(PersonaNotFound):
                await site.use.personas.get(ELSEWHERE, named)
        with pytest.raises(OwnPersonaNotFound):
            await personas.get_persona(ELSEWHERE, id, use=site.use)
        assert id not in [persona.id for persona in await site.use.personas.all(ELSEWHERE)]
        assert id in [persona.id for persona in await site.use.personas.all(MEMBER)]


@pytest.mark.parametrize(
    "changes",
    [
        {"name": " "},
        {"instructions": ""},
        {"patience": 1.5},
        {"instructions": "You are {{first name}}."},
        {"greeting": "Hello {{name"},
        {"time_limit_s": 5},
        {"reply_words": 1},
        {"wake_phrase": "!!"},
        {"models": tuple("abcdef")},
    ],
)
async def test_a_persona_that_makes_no_sense_is_refused(changes: dict[str, object]) -> None:
    async with running_site() as site:
        with pytest.raises(Invalid):
            await personas.draft_persona(LOCAL, replace(DRAFT, **changes), use=site.use)


async def test_its_limits_hold() -> None:
    async with running_site() as site:
        id = await published(site, replace(DRAFT, time_limit_s=600, reply_words=40))
        assert (await site.session(await opened(site, persona=id))).time_limit_s == 600
        assert "No reply has more than 40 words." in (await heard_by_model(site, id)).instructions


async def test_the_models_a_persona_names_are_asked() -> None:
    async with running_site() as site:
        own = ScriptedLanguageModel(lambda prompt: Answer("From my own model."))
        asked: list[tuple[str, ...]] = []

        def models_of(names: Sequence[str]) -> Models:
            asked.append(tuple(names))
            return replace(site.use.models, llm=own)

        use = replace(site.use, models_of=models_of)
        id = await published(site, replace(DRAFT, models=("openai:big", "openai:small")))
        session = await opened(site, persona=id)
        said = await send_text(LOCAL, session, "Hello there, my friend", use=use)
        assert said.reply_text.endswith("From my own model.")
        assert asked == [("openai:big", "openai:small")]
        plain = await opened(site)
        assert "own model" not in (await send_text(LOCAL, plain, "Hello there, my friend", use=use)).reply_text


async def test_there_are_six_distinct_personas_from_the_start() -> None:
    found = await FilePersonas().all(LOCAL)
    assert {"ada", "theo", "iris", "samuel", "morgan", "kit"} <= {persona.id for persona in found}
    titles = [persona.title for persona in found]
    assert [titles.count(title) for title in ("AI coach", "AI mentor", "AI interviewer")] == [2, 2, 1]
    assert len({persona.voice for persona in found}) == len(found)
    assert len({persona.instructions for persona in found}) == len(found)


async def test_a_reply_is_no_longer_than_the_persona_allows() -> None:
    async with running_site() as site:
        long = "One two three four five. " * 20
        site.script.answer = lambda prompt: Answer(long)
        id = await opened(site, persona=await published(site, replace(DRAFT, reply_words=12)))
        said = (await send_text(LOCAL, id, "Hello there, my friend", use=site.use)).reply_text
        assert said.count("One two three four five.") == 2
        device, _ = a_device()
        async with attach(LOCAL, id, LiveHello(), device, use=site.use) as seat:
            await seat.say_text("And once more, please.")
            await anyio.sleep(30)
        spoken = [fact.heard for fact in await site.facts(id, ReplyEnded)][-1]
        assert spoken.count("One two three four five.") == 2
