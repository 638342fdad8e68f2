"""After a session what its people said of themselves is kept, with where it is from; what is not to be kept is not."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

import anyio
import pytest
from tests.unit.services.site import CALM, Site, opened, running_site

from vivavoce.base.ids import AccountId, MemoryId, SeatId, SessionId, TurnId
from vivavoce.domain.errors import MemoryNotFound, NotAllowed
from vivavoce.domain.memory.memory import Memory, MemoryKind
from vivavoce.domain.people.profile import Profile
from vivavoce.domain.people.viewer import LOCAL, Standing
from vivavoce.domain.sessions.events import Source, TurnHeard
from vivavoce.domain.sessions.session import Role, Seat
from vivavoce.engine.ports import Prompt, ProviderUnavailable
from vivavoce.providers.scripted import Answer
from vivavoce.services.briefing import as_text, briefing, facts_of
from vivavoce.services.end_session import end_session
from vivavoce.services.memory import known
from vivavoce.services.memory.known import Changes
from vivavoce.services.memory.reading import Item, Items
from vivavoce.services.memory.remember import remember
from vivavoce.services.memory.switch import set_switch
from vivavoce.services.ports import SYSTEM
from vivavoce.services.room_settings import room_settings
from vivavoce.services.send_message import send_text
from vivavoce.services.start_session import start_session

T = TypeVar("T")


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running_site(jobs=False) as running:
        yield running


async def talked(site: Site, *sayings: str) -> SessionId:
    """A session in which this was said, over and gone through."""
    id = await opened(site)
    for text in sayings:
        await send_text(LOCAL, id, text, use=site.use)
    await end_session(LOCAL, id, use=site.use)
    await remember(id, use=site.use)
    return id


async def remembered(site: Site) -> list[Memory]:
    return list(reversed((await known.list_memories(LOCAL, use=site.use)).items))


async def texts(site: Site) -> list[str]:
    return sorted(memory.text for memory in await remembered(site))


async def test_what_a_person_said_is_kept_with_the_turn_and_the_words(site: Site) -> None:
    id = await talked(site, "Hello! I live in Bonn.", "By Friday I will call my sister.")
    [turn, _] = await site.facts(id, TurnHeard)
    home = next(memory for memory in await remembered(site) if memory.kind is MemoryKind.FACT)
    assert (home.text, home.session, home.turn, home.quote) == ("I live in Bonn", id, turn.turn, "I live in Bonn")
    assert await texts(site) == ["I live in Bonn", "I will call my sister by Friday"]


async def test_the_words_of_the_ai_are_never_learnt(site: Site) -> None:
    site.script.answer = lambda prompt: Answer("My name is Ada. I live in Berlin. I want to help you.")
    await talked(site, "Okay.")
    assert await remembered(site) == []


async def test_a_session_is_gone_through_once_however_often_the_job_runs(site: Site) -> None:
    id = await talked(site, "I live in Bonn.")
    [memory] = await remembered(site)
    await known.forget_memory(LOCAL, memory.id, use=site.use)
    await remember(id, use=site.use)
    assert await remembered(site) == []


async def test_the_job_is_queued_at_the_end_and_runs_by_itself() -> None:
    async with running_site() as site:
        id = await opened(site)
        await send_text(LOCAL, id, "I live in Bonn.", use=site.use)
        await end_session(LOCAL, id, use=site.use)
        await anyio.sleep(5)
        assert await texts(site) == ["I live in Bonn"]


async def test_the_newer_wins_and_the_history_is_kept(site: Site) -> None:
    first = await talked(site, "I live in Berlin.")
    second = await talked(site, "I moved to Bonn.")
    [now] = await remembered(site)
    history = await known.history_of(LOCAL, now.id, use=site.use)
    assert [(one.text, one.session, one.replaced_by) for one in history] == [
        ("I live in Berlin", first, now.id),
        ("I live in Bonn", second, None),
    ]


async def test_the_same_thing_said_again_refreshes_it(site: Site) -> None:
    await talked(site, "I live in Bonn.")
    [before] = await remembered(site)
    again = await talked(site, "i live in bonn")
    [after] = await remembered(site)
    assert (after.id, after.session, after.created_at) == (before.id, again, before.created_at)


async def test_nothing_is_kept_for_who_switched_memory_off(site: Site) -> None:
    await set_switch(LOCAL, on=False, forget=False, use=site.use)
    await talked(site, "I live in Bonn.")
    await set_switch(LOCAL, on=True, forget=False, use=site.use)
    assert await remembered(site) == []


async def test_switching_off_says_what_is_kept_and_forgets_it_on_wish(site: Site) -> None:
    await talked(site, "I live in Bonn.", "I'm vegan.")
    off = await set_switch(LOCAL, on=False, forget=False, use=site.use)
    assert (off.on, off.kept) == (False, 2)
    assert (await set_switch(LOCAL, on=False, forget=True, use=site.use)).kept == 0


async def test_nothing_is_kept_from_a_format_that_does_not_remember() -> None:
    async with running_site(jobs=False, format=replace(CALM, remembers=False)) as site:
        await talked(site, "I live in Bonn.")
        assert await remembered(site) == []


async def test_nothing_is_kept_of_a_turn_in_danger_nor_of_what_is_said_while_the_crisis_protocol_is_on(
    site: Site,
) -> None:
    await talked(site, "I live in Bonn and I want to kill myself. I'll call my sister tomorrow.", "I'm vegan.")
    assert await texts(site) == []


async def test_what_was_forgotten_is_not_learnt_again_from_the_same_turn(site: Site) -> None:
    id = await opened(site)
    await send_text(LOCAL, id, "I live in Bonn.", use=site.use)
    [turn] = await site.facts(id, TurnHeard)
    now = site.use.clock.now()
    earlier = Memory(
        MemoryId("mem_1"),
        LOCAL.community,
        LOCAL.account,
        MemoryKind.FACT,
        "I live in Bonn",
        now,
        now,
        session=id,
        turn=turn.turn,
        quote="I live in Bonn",
    )
    async with site.use.records.change() as change:
        await change.tx.memories.add(earlier)
        await change.tx.memories.forget(LOCAL, earlier.id)
    await end_session(LOCAL, id, use=site.use)
    await remember(id, use=site.use)
    assert await remembered(site) == []


# --- several people ---------------------------------------------------------------------------------


async def _seated(site: Site, *seats: Seat) -> SessionId:
    """A started session with these seats besides the owner's."""
    id = await opened(site)
    await start_session(LOCAL, id, use=site.use)
    async with site.use.records.change() as change:
        session = await change.tx.sessions.lock(SYSTEM, id)
        there = tuple(replace(seat, joined_at=change.at) for seat in (*session.seats, *seats))
        await change.tx.sessions.save(replace(session, seats=there, version=session.version + 1))
    return id


async def _heard(site: Site, id: SessionId, *turns: TurnHeard) -> None:
    async with site.use.records.change() as change:
        await change.record_all(id, turns)


def _turn(number: int, seat: str, text: str, *, addressed: bool = True) -> TurnHeard:
    return TurnHeard(TurnId(f"turn_{number}"), SeatId(seat), seat, text, Source.TEXT, 0, 1, addressed=addressed)


async def test_guests_coaches_and_who_has_no_account_leave_nothing(site: Site) -> None:
    coach = Seat(SeatId("sea_coach"), "Cora", Role.COACH, AccountId("acc_cora"))
    guest = Seat(SeatId("sea_guest"), "Gus", Role.GUEST, AccountId("acc_gus"))
    nobody = Seat(SeatId("sea_none"), "Nobody", Role.MEMBER)
    unknown = Seat(SeatId("sea_gone"), "Gone", Role.MEMBER, AccountId("acc_gone"))
    id = await _seated(site, coach, guest, nobody, unknown)
    for number, seat in enumerate((coach, guest, nobody, unknown)):
        await _heard(site, id, _turn(number, seat.id, "I live in Rome."))
    await end_session(LOCAL, id, use=site.use)
    await remember(id, use=site.use)
    async with site.store.reading() as tx:
        assert list(await tx.memories.of_session(SYSTEM, id)) == []


async def test_among_others_only_what_was_said_to_the_ai_counts(site: Site) -> None:
    other = Seat(SeatId("sea_other"), "Otto", Role.MEMBER)
    id = await _seated(site, other)
    mine = (await site.session(id)).seats[0].id
    await _heard(
        site,
        id,
        _turn(1, mine, "I live in Bonn.", addressed=False),
        _turn(2, mine, "I want to finish chapter two."),
    )
    await end_session(LOCAL, id, use=site.use)
    await remember(id, use=site.use)
    assert await texts(site) == ["I want to finish chapter two"]


# --- with a language model --------------------------------------------------------------------------


@dataclass
class ScriptedExtractor:
    """Implements engine.ports.Extractor: gives these items, whatever the form."""

    items: tuple[Item, ...] = ()
    fails: bool = False
    name: str = "scripted"
    asked: list[str] = field(default_factory=list[str])

    async def extract(self, form: type[T], *, instructions: str, text: str) -> T:
        self.asked.append(text)
        if self.fails:
            raise ProviderUnavailable("away")
        assert form is Items
        return cast(T, Items(self.items))


def with_model(site: Site, extractor: ScriptedExtractor) -> Site:
    use = replace(site.use, models=replace(site.use.models, extractor=extractor))
    return replace(site, use=use)


async def test_a_language_model_picks_and_a_quote_that_was_not_said_is_rejected(site: Site) -> None:
    id = await opened(site)
    await send_text(LOCAL, id, "My sister Lena just had twins, I can't wait to see them.", use=site.use)
    [turn] = await site.facts(id, TurnHeard)
    good = Item("fact", "My sister Lena has twins", turn.turn, "my sister lena just had twins", "sister")
    invented = Item("goal", "I want twins", turn.turn, "I want to have twins")
    elsewhere = replace(good, turn="turn_none")
    nonsense = replace(good, kind="mood")
    smart = with_model(site, ScriptedExtractor((good, invented, elsewhere, nonsense)))
    await end_session(LOCAL, id, use=smart.use)
    await remember(id, use=smart.use)
    [memory] = await remembered(site)
    assert (memory.text, memory.quote) == ("My sister Lena has twins", "My sister Lena just had twins")


async def test_the_model_is_told_what_is_known_and_may_replace_it(site: Site) -> None:
    await talked(site, "I want to run a marathon.")
    id = await opened(site)
    await send_text(LOCAL, id, "You know, the half distance is plenty for me.", use=site.use)
    [turn] = await site.facts(id, TurnHeard)
    extractor = ScriptedExtractor(
        (Item("goal", "I want to run a half marathon", turn.turn, "the half distance is plenty for me", "", 1),)
    )
    smart = with_model(site, extractor)
    await end_session(LOCAL, id, use=smart.use)
    await remember(id, use=smart.use)
    assert "1. (goal) I want to run a marathon" in extractor.asked[0]
    assert await texts(site) == ["I want to run a half marathon"]


async def test_where_the_model_fails_the_patterns_serve(site: Site) -> None:
    smart = with_model(site, ScriptedExtractor(fails=True))
    await talked(smart, "I live in Bonn.")
    assert await texts(site) == ["I live in Bonn"]


# --- told to the next session -----------------------------------------------------------------------


async def test_the_next_session_is_told_and_the_guide_gets_the_last_commitment(site: Site) -> None:
    await talked(site, "I live in Bonn.", "I'll call my sister on Friday.")
    session = await site.session(await opened(site))
    async with site.store.reading() as tx:
        told = await briefing(session, CALM, tx)
    text = as_text(told)
    assert "What you know of You from earlier sessions" in text
    assert "“I will call my sister on Friday”" in text
    assert facts_of(told)["last_commitment"] == "call your sister"


async def test_paused_memories_are_not_told_nor_any_while_memory_is_off(site: Site) -> None:
    await talked(site, "I live in Bonn.", "I'm vegan.")
    home = next(one for one in await remembered(site) if "Bonn" in one.text)
    await known.change_memory(LOCAL, home.id, Changes(paused=True), use=site.use)
    session = await site.session(await opened(site))
    async with site.store.reading() as tx:
        text = as_text(await briefing(session, CALM, tx))
        assert "vegan" in text
        assert "Bonn" not in text
    await set_switch(LOCAL, on=False, forget=False, use=site.use)
    async with site.store.reading() as tx:
        assert "vegan" not in as_text(await briefing(session, CALM, tx))


async def test_what_is_remembered_is_not_told_where_others_would_hear_it(site: Site) -> None:
    await talked(site, "I'm vegan.")
    session = await site.session(await _seated(site, Seat(SeatId("sea_2"), "Otto", Role.MEMBER)))
    async with site.store.reading() as tx:
        assert "vegan" not in as_text(await briefing(session, CALM, tx))


async def test_a_model_is_told_in_its_instructions(site: Site) -> None:
    await talked(site, "I'm vegan.")
    seen: list[Prompt] = []

    def answer(prompt: Prompt) -> Answer:
        seen.append(prompt)
        return Answer("Fine.")

    site.script.answer = answer
    await send_text(LOCAL, await opened(site), "Hello.", use=site.use)
    assert "“I am vegan”" in seen[-1].instructions


# --- one's own ----------------------------------------------------------------------------------------


async def test_a_person_adds_changes_pins_and_forgets(site: Site) -> None:
    note = await known.add_memory(LOCAL, MemoryKind.PREFERENCE, "  Write   short ", pinned=True, use=site.use)
    assert (note.text, note.pinned) == ("Write short", True)
    changed = await known.change_memory(LOCAL, note.id, Changes(text="Write long", pinned=False), use=site.use)
    assert (changed.text, changed.pinned) == ("Write long", False)
    await known.forget_memory(LOCAL, note.id, use=site.use)
    with pytest.raises(MemoryNotFound):
        await known.get_memory(LOCAL, note.id, use=site.use)


async def test_a_memory_says_where_it_is_from(site: Site) -> None:
    id = await talked(site, "I live in Bonn.")
    [memory] = await remembered(site)
    origin = await known.origin_of(LOCAL, memory.id, use=site.use)
    assert origin.session is not None
    assert (origin.session.id, origin.memory.quote) == (id, "I live in Bonn")


async def test_a_guest_has_no_memory(site: Site) -> None:
    with pytest.raises(NotAllowed):
        await known.add_memory(
            replace(LOCAL, standing=Standing.GUEST), MemoryKind.FACT, "I live in Bonn", pinned=False, use=site.use
        )


async def test_a_profile_that_was_never_saved_remembers(site: Site) -> None:
    assert Profile(LOCAL.account).memory


async def test_a_room_opens_by_asking_how_the_commitment_went_in_the_personas_own_greeting(site: Site) -> None:
    await talked(site, "I'll call my sister on Friday.")
    session = await site.session(await opened(site))
    persona = await site.use.personas.get(SYSTEM, session.persona)
    async with site.store.reading() as tx:
        told = await briefing(session, CALM, tx)
        silent = await briefing(session, replace(CALM, asks_back=False), tx)
    greeting = room_settings(session, CALM, persona, told).greeting
    assert greeting is not None
    assert greeting.endswith("Last time you wanted to call your sister. How did that go?")
    assert "an AI coach" in greeting
    assert greeting.count("?") == 1
    assert room_settings(session, CALM, persona, silent).greeting == persona.greeting
