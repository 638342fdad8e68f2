"""A pack of credits, as the configuration names it and a shop sells it."""

import re
from dataclasses import dataclass
from typing import Final

_FORM: Final = re.compile(r"([a-z0-9_-]{1,40}):([1-9]\d{0,6}):([1-9]\d{0,8}):([a-z]{3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pack:
    """Credits that can be bought at once. amount: money, in the smallest unit of the currency (cents)."""

    id: str
    credits: int
    amount: int
    currency: str  # ISO 4217, lower case


def read_packs(value: object) -> object:
    """`"small:60:900:eur, large:200:2500:eur"` as packs. Raises ValueError."""
    if not isinstance(value, str):
        return value
    packs = [_read(part.strip()) for part in value.split(",") if part.strip()]
    if len({pack.id for pack in packs}) < len(packs):
        raise ValueError("it names a pack twice")
    return tuple(packs)


def _read(text: str) -> Pack:
    match = _FORM.fullmatch(text.lower())
    if match is None:
        raise ValueError("a pack is NAME:CREDITS:AMOUNT:CURRENCY, such as small:60:900:eur")
    return Pack(match[1], int(match[2]), int(match[3]), match[4])
