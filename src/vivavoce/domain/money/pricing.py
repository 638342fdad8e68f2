"""What a session costs, and what can be bought."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from vivavoce.base.ids import AccountId, CommunityId
from vivavoce.base.packs import Pack
from vivavoce.domain.errors import DomainError, Invalid
from vivavoce.domain.money.ledger import MOST, Balance, missing

USUAL_AFTER_S: Final = 120
_LONGEST_AFTER_S: Final = 24 * 3600


@dataclass(frozen=True, slots=True)
class SetPrice:
    """What a community takes for sessions of a format, in place of the format's own price."""

    community: CommunityId
    format: str
    credits: int
    after_s: int
    at: datetime
    by: str

    def __post_init__(self) -> None:
        if not 0 <= self.credits <= MOST:
            raise Invalid(f"A price is 0 to {MOST} credits.")
        if not 0 <= self.after_s <= _LONGEST_AFTER_S:
            raise Invalid(f"after_s is 0 to {_LONGEST_AFTER_S} seconds.")


class PurchaseState(StrEnum):
    OPEN = "open"  # not paid yet
    PAID = "paid"
    LAPSED = "lapsed"  # the payment failed or ran out


@dataclass(frozen=True, slots=True)
class Purchase:
    """One pack that somebody went to pay for. returned: credits that repayments stood for so far."""

    id: str
    community: CommunityId
    account: AccountId
    pack: Pack
    shop: str
    created_at: datetime
    state: PurchaseState = PurchaseState.OPEN
    closed_at: datetime | None = None
    returned: int = 0


class NotEnoughCredits(DomainError):
    code = "not_enough_credits"


def not_enough(balance: Balance, credits: int, packs: tuple[Pack, ...]) -> NotEnoughCredits:
    """Says how many are missing, and what can be bought."""
    lacking = missing(balance, credits)
    how = (
        "You can buy more, or ask an admin of your community." if packs else "Ask an admin of your community for more."
    )
    held = f", {balance.held} of them held for another session" if balance.held else ""
    return NotEnoughCredits(
        f"This session costs {credits} credits, and you have {balance.credits}{held}: {lacking} are missing. {how}",
        missing=lacking,
        balance=balance.credits,
        available=balance.available,
        price=credits,
        packs=[pack_facts(pack) for pack in packs],
    )


def pack_facts(pack: Pack) -> dict[str, str | int]:
    return {"id": pack.id, "credits": pack.credits, "amount": pack.amount, "currency": pack.currency}
