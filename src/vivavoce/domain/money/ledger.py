"""Whole credits in an append-only ledger: a balance is the sum of its entries, and is never below zero.

A hold keeps credits for a session. It is settled once, by a charge, or released. What is *available* is the balance
less the open holds: only that can be held or taken back, so neither can bring a balance below zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from vivavoce.base.ids import AccountId, CommunityId, EntryId, HoldId, SessionId
from vivavoce.domain.errors import Conflict, Invalid, NotFound

MOST: Final = 1_000_000  # credits in one entry


class EntryNotFound(NotFound):
    code = "entry_not_found"


class EntryKind(StrEnum):
    GRANT = "grant"  # given by an admin, or to a new account
    PURCHASE = "purchase"  # bought
    CHARGE = "charge"  # taken for a session
    REFUND = "refund"  # of a charge
    TAKE_BACK = "take_back"  # what was bought, and its money given back


_GIVES: Final = frozenset({EntryKind.GRANT, EntryKind.PURCHASE, EntryKind.REFUND})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger. It is never changed.

    credits: more than 0 where something is given, less where it is taken. reason: for the person to read. by: the
    account that did it, or `system`. key: the same key is the same entry. charge: of a refund, what it gives back.
    """

    id: EntryId
    community: CommunityId
    account: AccountId
    kind: EntryKind
    credits: int
    reason: str
    key: str
    by: str
    at: datetime
    session: SessionId | None = None
    charge: EntryId | None = None

    def __post_init__(self) -> None:
        if self.credits == 0 or (self.credits > 0) != (self.kind in _GIVES):
            raise ValueError(f"a {self.kind} of {self.credits} credits")


class HoldState(StrEnum):
    HELD = "held"
    SETTLED = "settled"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Hold:
    """Credits kept for a session, at the price of its start. after_s: when they are due, counted from the microphone.

    key: the same key is the same hold.
    """

    id: HoldId
    community: CommunityId
    account: AccountId
    session: SessionId
    credits: int
    after_s: int
    key: str
    created_at: datetime
    state: HoldState = HoldState.HELD
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """credits: the sum of the entries. held: of the open holds. Never less available than nothing."""

    credits: int = 0
    held: int = 0

    @property
    def available(self) -> int:
        return self.credits - self.held


def balance_of(entries: Iterable[Entry], holds: Iterable[Hold]) -> Balance:
    """What the ledger says."""
    held = sum(hold.credits for hold in holds if hold.state is HoldState.HELD)
    return Balance(sum(entry.credits for entry in entries), held)


def missing(balance: Balance, credits: int) -> int:
    """How many credits are lacking; 0 if there are enough."""
    return max(0, credits - balance.available)


def settled(hold: Hold, entry: EntryId, reason: str, at: datetime) -> tuple[Hold, Entry]:
    """The hold, and the charge that settles it. Raises Conflict if it is open no more."""
    charge = Entry(
        entry,
        hold.community,
        hold.account,
        EntryKind.CHARGE,
        -hold.credits,
        reason,
        f"charge:{hold.id}",
        "system",
        at,
        hold.session,
    )
    return _closed(hold, HoldState.SETTLED, at), charge


def released(hold: Hold, at: datetime) -> Hold:
    """Raises Conflict if the hold is open no more."""
    return _closed(hold, HoldState.RELEASED, at)


def _closed(hold: Hold, state: HoldState, at: datetime) -> Hold:
    if hold.state is not HoldState.HELD:
        raise Conflict(f"These credits are {hold.state} already.")
    return replace(hold, state=state, closed_at=at)


def refund(charge: Entry, credits: int | None, *, entry: EntryId, reason: str, by: str, at: datetime) -> Entry:
    """What gives a charge back, in part or (None) whole. There is one key for each charge, so one refund.

    Raises Invalid for an entry that is no charge, and for more than was charged.
    """
    if charge.kind is not EntryKind.CHARGE:
        raise Invalid(f"Only a charge can be refunded, and this is a {charge.kind}.")
    given = -charge.credits if credits is None else credits
    if not 1 <= given <= -charge.credits:
        raise Invalid(f"A refund of this charge is 1 to {-charge.credits} credits.")
    return Entry(
        entry,
        charge.community,
        charge.account,
        EntryKind.REFUND,
        given,
        reason,
        refund_key(charge.id),
        by,
        at,
        charge.session,
        charge.id,
    )


def refund_key(charge: EntryId) -> str:
    return f"refund:{charge}"


def to_take_back(credits: int, paid: int, given_back: int, before: int, available: int) -> tuple[int, int]:
    """A purchase of `credits` for `paid` (money), of which `given_back` was given back in all.

    before: the credits that earlier notices of it stood for. Gives those that it stands for now, and how many are
    taken back for it: the same share as of the money, rounded down, but no more than are left. What was spent is
    not asked for later.
    """
    due = credits * min(given_back, paid) // paid if paid > 0 else credits
    due = max(before, due)
    return due, min(due - before, max(0, available))
