"""Many sessions at once on one site whose node is killed again and again; then every log is checked."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Final

import anyio

from vivavoce.base.ids import SessionId
from vivavoce.domain.sessions.session import Phase
from vivavoce.services.ports import SYSTEM
from vivavoce.services.stored_log import whole_log
from vivavoce.simulator.casting import cast
from vivavoce.simulator.checks import broken_rules
from vivavoce.simulator.node import Faults, running_node, unreliable_models
from vivavoce.simulator.person import Person, Site
from vivavoce.storage.memory import MemoryStore

_AT_LEAST_S: Final = 10.0  # a node lives so long,
_LONGER_S: Final = 120.0  # and this much longer on average
_DOWN_S: Final = 3.0
_ALL_OVER_S: Final = 36 * 3600.0  # virtual: by then every timer of every session has struck


@dataclass(frozen=True, slots=True)
class Findings:
    """What a simulation came to. broken: broken rules by session. ends, formats: sessions by end reason and format."""

    sessions: int
    kills: int
    events: int
    ends: Mapping[str, int]
    formats: Mapping[str, int]
    broken: Mapping[SessionId, list[str]] = field(default_factory=dict[SessionId, list[str]])


async def simulate(sessions: int, seed: int, faults: Faults | None = None) -> Findings:
    """Run so many sessions of all kinds, most of them live, through failures and kills, all drawn from `seed`.

    Call it on a virtual clock (`run_virtually`).
    """
    chance = Random(seed)
    store, site = MemoryStore(), Site()
    people: list[list[Person]] = []
    kills: list[float] = []
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_keep_up, site, store, chance, faults or Faults(), kills)
        async with anyio.create_task_group() as sitting:
            for number in range(sessions):
                sitting.start_soon(_one, site, Random(seed * 1_000_003 + number), number, people)
        await _wait_all_over(store)
        tasks.cancel_scope.cancel()
    return await _checked(store, people, len(kills))


async def _one(site: Site, chance: Random, number: int, people: list[list[Person]]) -> None:
    await anyio.sleep(chance.random() * 60)
    company = await cast(site, chance, number)
    people.append(company)
    part = company[0].part
    if len(company) == 1 and part.speaks and part.types and chance.random() < 0.3:
        await company[0].write()
        return
    async with anyio.create_task_group() as tasks:
        for person in company:
            tasks.start_soon(person.live)


async def _keep_up(site: Site, store: MemoryStore, chance: Random, faults: Faults, kills: list[float]) -> None:
    """One node after the other."""
    while True:
        async with running_node(f"node-{len(kills) % 2}", store, unreliable_models(chance, faults)) as node:
            site.becomes(node)
            await anyio.sleep(_AT_LEAST_S + chance.expovariate(1 / _LONGER_S))
            kills.append(anyio.current_time())
            site.becomes(None)
            node.kill()
        await anyio.sleep(chance.random() * _DOWN_S)


async def _wait_all_over(store: MemoryStore) -> None:
    with anyio.fail_after(_ALL_OVER_S):
        while await _open_sessions(store):  # noqa: ASYNC110 - no node tells
            await anyio.sleep(30)


async def _open_sessions(store: MemoryStore) -> int:
    async with store.reading() as tx:
        return sum([len(await tx.sessions.in_phase(SYSTEM, phase)) for phase in (Phase.ACTIVE, Phase.ANALYZING)])


async def _checked(store: MemoryStore, people: list[list[Person]], kills: int) -> Findings:
    broken: dict[SessionId, list[str]] = {}
    ends: Counter[str] = Counter()
    formats: Counter[str] = Counter()
    events = 0
    async with store.reading() as tx:
        for company in people:
            id = company[0].session
            session = await tx.sessions.get(SYSTEM, id)
            log = await whole_log(SYSTEM, id, tx)
            said = [line for person in company for line in person.said]
            wrong = broken_rules(log, said, sum(person.spoken for person in company))
            wrong += [rule for person in company for rule in _seen(person)]
            if await tx.reports.get(SYSTEM, id) is None and session.started_at is not None:
                wrong.append("there is no report")
            if wrong:
                broken[id] = wrong
            ends[str(session.end_reason)] += 1
            formats[session.format] += 1
            events += len(log)
    return Findings(len(people), kills, events, ends, formats, broken)


def _seen(person: Person) -> Iterator[str]:
    """What this person's device must not have been told."""
    numbers = [message["seq"] for message in person.seen]
    if numbers != list(range(1, len(numbers) + 1)):
        yield "a device saw a gap or a repeat"
    whispers = any(message["type"] == "assistant.whispered" or message.get("briefing") for message in person.seen)
    if whispers and not person.part.coaches:
        yield "somebody else heard what a coach told the AI"
