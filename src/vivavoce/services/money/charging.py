"""A priced session's credits: held at its start, settled once or released. The rule is in domain/money/charging.py.

Every step is taken in the transaction of what brings it about, and safe to repeat.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from vivavoce.base.config_money import MoneyConfig
from vivavoce.base.ids import CommunityId, EntryId, HoldId, SeatId, SessionId
from vivavoce.base.new_id import new_id
from vivavoce.domain.errors import SessionNotFound
from vivavoce.domain.money import ledger
from vivavoce.domain.money.charging import Verdict, due_at, verdict
from vivavoce.domain.money.ledger import Hold, HoldState, missing
from vivavoce.domain.money.pricing import not_enough
from vivavoce.domain.sessions.events import CreditsMoved, Fact, MicOn, TurnHeard
from vivavoce.domain.sessions.session import EndReason, Phase, Session
from vivavoce.services.asking import SYSTEM
from vivavoce.services.changes import Change, Records
from vivavoce.services.format import Format, Price
from vivavoce.services.money.ports import Purse
from vivavoce.services.money.purses import locked, put
from vivavoce.services.ports import JobKind, Transaction


async def price_of(tx: Transaction, community: CommunityId, format: Format) -> Price | None:
    """What a session of the format costs there: the community's price, or the format's. None: it has none."""
    found = await tx.credits.price(SYSTEM, community, format.name)
    return format.price if found is None else Price(found.credits, found.after_s)


async def hold_price(change: Change, session: Session, format: Format, money: MoneyConfig) -> None:
    """Hold what the session costs its owner, who must have it; nothing for a free one. Raises NotEnoughCredits."""
    price = await price_of(change.tx, session.community, format)
    if price is None or price.credits == 0:
        return
    purse = Purse(session.community, session.owner)
    balance = await locked(change, purse, money)
    if missing(balance, price.credits):
        raise not_enough(balance, price.credits, money.on_sale)
    hold = Hold(
        HoldId(new_id("hol")),
        purse.community,
        purse.account,
        session.id,
        price.credits,
        price.after_s,
        f"session:{session.id}",
        change.at,
    )
    await change.tx.credits.place(hold)
    await change.record(session.id, CreditsMoved("held", hold.credits))


async def microphone_on(change: Change, session: Session, seat: SeatId, at: datetime) -> Session:
    """The locked session, with its first microphone on since `at`. Nothing changes if one was on before."""
    if session.phase is not Phase.ACTIVE or session.mic_on_at is not None:
        return session
    session = replace(session, mic_on_at=at, version=session.version + 1)
    await change.tx.sessions.save(session)
    await change.record(session.id, MicOn(seat))
    await arm(change, session)
    return change.current(session)


async def first_words(change: Change, session: Session, facts: Sequence[Fact]) -> Session:
    """In a priced session where people only type, the first message is what the microphone is elsewhere.

    session: with `facts` counted.
    """
    said = [fact for fact in facts if isinstance(fact, TurnHeard)]
    if not said or session.message_count > len(said) or session.mic_on_at is not None:
        return session
    if await change.tx.credits.hold_of(SYSTEM, session.id) is None:
        return session
    return await microphone_on(change, session, said[0].seat, change.at)


async def arm(change: Change, session: Session) -> None:
    """Have an open hold settled at its time. Safe to repeat."""
    hold = await change.tx.credits.hold_of(SYSTEM, session.id)
    due = due_at(hold, session.mic_on_at) if hold is not None and hold.state is HoldState.HELD else None
    if due is not None:
        await change.timer(JobKind.CHARGE, session.id, max(0.0, (due - change.at).total_seconds()))


async def charge(id: SessionId, *, records: Records) -> None:
    """The time to charge has come, or the clock says so. Safe to repeat, and at any time."""
    async with records.change() as change:
        try:
            session = await change.tx.sessions.lock(SYSTEM, id)
        except SessionNotFound:  # it was erased
            session = None
        hold = await change.tx.credits.hold_of(SYSTEM, id)
        if hold is None or hold.state is not HoldState.HELD:
            return
        if session is None:
            await change.tx.credits.close(ledger.released(hold, change.at))
            return
        decided = verdict(hold, session, change.at)
        due = due_at(hold, session.mic_on_at)
        if decided is Verdict.WAIT and due is not None:  # the clock was set back
            await change.push_back(JobKind.CHARGE, id, (due - change.at).total_seconds())
        else:
            await _carry_out(change, session, hold, decided)


async def close(change: Change, session: Session) -> None:
    """The session ended: settle its hold or release it. What a fault of the platform ended was charged for nothing."""
    hold = await change.tx.credits.hold_of(SYSTEM, session.id)
    if hold is None:
        return
    await change.no_timer(JobKind.CHARGE, session.id)
    if hold.state is HoldState.HELD:
        await _carry_out(change, session, hold, verdict(hold, session, change.at))
    elif hold.state is HoldState.SETTLED and session.end_reason is EndReason.PLATFORM_FAULT:
        await _give_back(change, session, hold)


async def _carry_out(change: Change, session: Session, hold: Hold, decided: Verdict) -> None:
    credits = change.tx.credits
    match decided:
        case Verdict.WAIT:
            return
        case Verdict.SETTLE:
            reason = f"Session: {session.title}" if session.title else "Session"
            closed, entry = ledger.settled(hold, EntryId(new_id("ent")), reason, change.at)
            await credits.lock(Purse(hold.community, hold.account), change.at)
            await credits.close(closed)
            await put(change, entry)
        case Verdict.RELEASE:
            closed = ledger.released(hold, change.at)
            await credits.close(closed)
    await change.record(session.id, CreditsMoved(closed.state.value, hold.credits))


async def _give_back(change: Change, session: Session, hold: Hold) -> None:
    credits = change.tx.credits
    charged = await credits.keyed(SYSTEM, hold.community, f"charge:{hold.id}")
    if charged is None or await credits.keyed(SYSTEM, hold.community, ledger.refund_key(charged.id)) is not None:
        return
    reason = "The session ended by a fault of the platform"
    entry = ledger.refund(charged, None, entry=EntryId(new_id("ent")), reason=reason, by="system", at=change.at)
    await put(change, entry)
    await change.record(session.id, CreditsMoved("refunded", entry.credits))
