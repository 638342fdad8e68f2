"""What goes over the wire of credits: balance, entries, grants, refunds, prices, packs and checkouts."""

from datetime import datetime
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, Field, StringConstraints

from vivavoce.api.http.shapes import PLAIN, Slug, shown, taken
from vivavoce.base.packs import Pack
from vivavoce.domain.money.ledger import MOST, Balance, Entry, EntryKind
from vivavoce.services.money.prices import FormatPrice

Reason = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True, pattern=PLAIN)]
_ENTRY: Final[dict[str, Any]] = {
    "id": "ent_01k9z0c0v5g2m4q8r1t3w6y9b5",
    "kind": "charge",
    "credits": -15,
    "reason": "Session: Mock interview",
    "at": "2026-03-02T09:02:04Z",
    "session": "ses_01k9z0c0v5g2m4q8r1t3w6y9b0",
    "charge": None,
}
_PRICE: Final[dict[str, Any]] = {
    "format": "interview",
    "title": "Mock interview",
    "credits": 15,
    "after_s": 120,
    "set_here": False,
}


class BalanceOut(BaseModel):
    """Somebody's credits."""

    model_config = shown({"balance": 60, "held": 15, "available": 45})

    balance: int = Field(description="The sum of the entries.")
    held: int = Field(description="Kept for sessions that run.")
    available: int = Field(description="What a session may cost that starts now.")

    @classmethod
    def of(cls, found: Balance) -> Self:
        return cls(balance=found.credits, held=found.held, available=found.available)


class CreditsEntryOut(BaseModel):
    """One line of the ledger; none is ever changed."""

    model_config = shown(_ENTRY)

    id: str
    kind: EntryKind
    credits: int = Field(description="More than 0 where something was given, less where it was taken.")
    reason: str
    at: datetime
    session: str | None
    charge: str | None = Field(description="Of a refund: the entry that it gives back.")

    @classmethod
    def of(cls, entry: Entry) -> Self:
        return cls(
            id=entry.id,
            kind=entry.kind,
            credits=entry.credits,
            reason=entry.reason,
            at=entry.at,
            session=entry.session,
            charge=entry.charge,
        )


class EntryPage(BaseModel):
    """Entries, newest first."""

    model_config = shown({"items": [_ENTRY], "next_cursor": None})

    items: list[CreditsEntryOut]
    next_cursor: str | None = Field(description="For `cursor` of the next page; null on the last one.")


class GrantIn(BaseModel):
    """Credits to give."""

    model_config = taken({"account": "acc_01k9z0c0v5g2m4q8r1t3w6y9b6", "credits": 100, "reason": "Pilot group"})

    account: Annotated[str, StringConstraints(min_length=1, max_length=254, pattern=r"^[\x21-\x7e]+$")] = Field(
        description="An account of the community: its id or e-mail address."
    )
    credits: int = Field(ge=1, le=MOST)
    reason: Reason


class RefundIn(BaseModel):
    """A charge to give back."""

    model_config = taken({"charge": "ent_01k9z0c0v5g2m4q8r1t3w6y9b5", "reason": "The voice broke up"})

    charge: Slug = Field(description="The entry of the charge.")
    credits: int | None = Field(default=None, ge=1, le=MOST, description="Left out: all of it.")
    reason: Reason


class FormatPriceOut(BaseModel):
    """What a session of a format costs."""

    model_config = shown(_PRICE)

    format: str
    title: str
    credits: int = Field(description="0: it is free.")
    after_s: int | None = Field(description="When it is due: seconds after the first microphone went on.")
    set_here: bool = Field(description="The community set it; else it is the format's own.")

    @classmethod
    def of(cls, found: FormatPrice) -> Self:
        price = found.price
        return cls(
            format=found.format,
            title=found.title,
            credits=price.credits if price else 0,
            after_s=price.after_s if price else None,
            set_here=found.own,
        )


class PriceList(BaseModel):
    """Every format's price."""

    model_config = shown({"items": [_PRICE], "next_cursor": None})

    items: list[FormatPriceOut]
    next_cursor: None = None


class PriceIn(BaseModel):
    """A price of the community's own."""

    model_config = taken({"credits": 20}, {"credits": 0}, {"credits": 5, "after_s": 60})

    credits: int = Field(ge=0, le=MOST, description="0: sessions are free.")
    after_s: int | None = Field(default=None, ge=0, le=86_400, description="Left out: as the format has it, or 120.")


class PackOut(BaseModel):
    """Credits that can be bought at once."""

    model_config = shown({"id": "small", "credits": 60, "amount": 900, "currency": "eur"})

    id: str
    credits: int
    amount: int = Field(description="In the smallest unit of the currency: cents.")
    currency: str = Field(description="ISO 4217, lower case.")

    @classmethod
    def of(cls, pack: Pack) -> Self:
        return cls(id=pack.id, credits=pack.credits, amount=pack.amount, currency=pack.currency)


class PackList(BaseModel):
    """What can be bought; nothing where no shop is configured."""

    model_config = shown(
        {"items": [{"id": "small", "credits": 60, "amount": 900, "currency": "eur"}], "next_cursor": None}
    )

    items: list[PackOut]
    next_cursor: None = None


class CheckoutIn(BaseModel):
    """What is to be bought."""

    model_config = taken({"pack": "small"})

    pack: Slug


class CheckoutOut(BaseModel):
    """Where it is paid."""

    model_config = shown(
        {"id": "pur_01k9z0c0v5g2m4q8r1t3w6y9b7", "url": "https://checkout.stripe.com/c/pay/cs_test_a1b2"}
    )

    id: str
    url: str = Field(description="The shop's page: send the person there.")
