"""What sessions cost in a community: its own price for a format, or the format's."""

from dataclasses import dataclass

from vivavoce.domain.money.pricing import USUAL_AFTER_S, SetPrice
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.container import Services
from vivavoce.services.format import Format, Price
from vivavoce.services.money.rights import require_admin


@dataclass(frozen=True, slots=True)
class FormatPrice:
    """price: None: it is free. own: set by the community, in place of the format's."""

    format: str
    title: str
    price: Price | None
    own: bool


async def prices(viewer: Viewer, *, use: Services) -> list[FormatPrice]:
    """Every format's price in the viewer's community."""
    async with use.store.reading() as tx:
        known = {price.format: price for price in await tx.credits.prices(viewer, viewer.community)}
    return [_priced(format, known.get(format.name)) for format in use.formats.values()]


def _priced(format: Format, found: SetPrice | None) -> FormatPrice:
    price = format.price if found is None else Price(found.credits, found.after_s)
    return FormatPrice(format.name, format.title, price if price and price.credits else None, found is not None)


async def set_price(
    viewer: Viewer, name: str, credits: int, after_s: int | None = None, *, use: Services
) -> FormatPrice:
    """Sessions that start from now on cost this; 0: nothing. after_s: left out, as the format has it.

    Raises NotAllowed, FormatNotFound, Invalid.
    """
    require_admin(viewer, "set prices")
    format = use.format(name)
    if after_s is None:
        after_s = format.price.after_s if format.price is not None else USUAL_AFTER_S
    async with use.records.change() as change:
        price = SetPrice(viewer.community, name, credits, after_s, change.at, viewer.account)
        await change.tx.credits.set_price(price)
        await change.audit(viewer, "price.set", name, credits=str(credits), after_s=str(after_s))
    return _priced(format, price)


async def unset_price(viewer: Viewer, name: str, *, use: Services) -> FormatPrice:
    """The format's own price holds again. Safe to repeat. Raises NotAllowed, FormatNotFound."""
    require_admin(viewer, "set prices")
    format = use.format(name)
    async with use.records.change() as change:
        await change.tx.credits.unset_price(viewer.community, name)
        await change.audit(viewer, "price.unset", name)
    return _priced(format, None)
