"""After a session: what its people said of themselves is kept, each person's with them.

1. Only what people said counts, never the AI's words; and not what a human coach says, whose subject is another.
2. Nothing is kept for guests, for who switched memory off, from formats that do not remember, and of turns in which
   somebody may be in danger.
3. Where several people are together, only what was said to the AI counts; alone, or with a coach, everything does.
4. A session is gone through once: who comes second, by a job that runs twice, finds it marked.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from vivavoce.base.ids import AccountId, MemoryId, SessionId, TurnId
from vivavoce.base.new_id import new_id
from vivavoce.domain.errors import AccountNotFound
from vivavoce.domain.memory.memory import Learnt, Memory, Turn
from vivavoce.domain.memory.merging import Add, Refresh, merge, refreshed
from vivavoce.domain.people.viewer import Standing
from vivavoce.domain.sessions.crisis import crisis_turns
from vivavoce.domain.sessions.events import Event, TurnHeard
from vivavoce.domain.sessions.session import Role, Session
from vivavoce.services.changes import Change
from vivavoce.services.container import Services
from vivavoce.services.format import Format
from vivavoce.services.memory.crisis import calm_turns
from vivavoce.services.memory.reading import read_turns
from vivavoce.services.ports import SYSTEM, Transaction
from vivavoce.services.stored_log import whole_log

_SPEAKERS: Final = frozenset({Role.HOST, Role.MEMBER})


async def remember(id: SessionId, *, use: Services) -> None:
    """Keep what a session told of its people. Safe to repeat. Raises SessionNotFound."""
    async with use.store.reading() as tx:
        session = await tx.sessions.get(SYSTEM, id)
        format = use.formats.get(session.format)
        said = await _turns_of_people(session, format, tx)
        known = {account: await tx.memories.current(SYSTEM, session.community, account) for account in said}
    learnt = {
        account: await read_turns(await calm_turns(turns), known[account], use.models.extractor)
        for account, turns in said.items()
    }
    async with use.records.change() as change:
        if not await change.tx.memories.begin(id, session.community, change.at):
            return
        for account, found in learnt.items():
            if await _may_keep(session, account, change.tx):  # it may have been switched off meanwhile
                await _keep(change, session, account, found)


async def _turns_of_people(session: Session, format: Format | None, tx: Transaction) -> dict[AccountId, Sequence[Turn]]:
    """What each person said that may be kept from."""
    if format is None or not format.remembers:
        return {}
    speakers = {seat.id: seat for seat in session.seats if seat.account is not None and seat.role in _SPEAKERS}
    together = sum(seat.role is not Role.COACH and seat.joined_at is not None for seat in session.seats) > 1
    found: defaultdict[AccountId, list[Turn]] = defaultdict(list)
    for turn in _heard(await whole_log(SYSTEM, session.id, tx)):
        seat = speakers.get(turn.seat)
        if seat is not None and seat.account is not None and (turn.addressed or not together):
            found[seat.account].append(Turn(turn.turn, turn.text))
    return {account: turns for account, turns in found.items() if await _may_keep(session, account, tx)}


def _heard(events: Iterable[Event]) -> list[TurnHeard]:
    facts = [event.fact for event in events]
    in_crisis = crisis_turns(facts)
    return [fact for fact in facts if isinstance(fact, TurnHeard) and fact.turn not in in_crisis]


async def _may_keep(session: Session, account: AccountId, tx: Transaction) -> bool:
    try:
        if (await tx.people.account(SYSTEM, account)).standing is Standing.GUEST:
            return False
    except AccountNotFound:
        if account != session.owner:
            return False  # erased; the owner of local mode has no account
    return (await tx.profiles.get(SYSTEM, account)).memory


async def _keep(change: Change, session: Session, account: AccountId, learnt: Sequence[Learnt]) -> None:
    memories = change.tx.memories
    known = {one.id: one for one in await memories.current(SYSTEM, session.community, account)}
    for one in learnt:
        fresh = _fresh(change, session, account, one)
        if await memories.is_forgotten(fresh):
            continue
        match merge(known.values(), one):
            case Refresh(old):
                again = replace(
                    refreshed(old, one), session=session.id, turn=one.turn, quote=one.quote, updated_at=change.at
                )
                known[old.id] = again
                await memories.save(again)
            case Add(_, replaced):
                for old in replaced:
                    del known[old.id]
                    await memories.save(replace(old, replaced_by=fresh.id, updated_at=change.at))
                fresh = replace(fresh, pinned=any(old.pinned for old in replaced))
                known[fresh.id] = fresh
                await memories.add(fresh)
            case None:
                pass


def _fresh(change: Change, session: Session, account: AccountId, learnt: Learnt) -> Memory:
    return Memory(
        id=MemoryId(new_id("mem")),
        community=session.community,
        account=account,
        kind=learnt.kind,
        text=learnt.text,
        created_at=change.at,
        updated_at=change.at,
        session=session.id,
        turn=TurnId(learnt.turn),
        quote=learnt.quote,
        about=learnt.about,
    )
