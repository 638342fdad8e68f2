"""Credits: look at them, give, refund and buy them, and set what sessions cost."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Path, Query, Request, Response

from vivavoce.api.access import Asker, Use
from vivavoce.api.errors import problems
from vivavoce.api.http.credits_shapes import (
    BalanceOut,
    CheckoutIn,
    CheckoutOut,
    CreditsEntryOut,
    EntryPage,
    FormatPriceOut,
    GrantIn,
    PackList,
    PackOut,
    PriceIn,
    PriceList,
    RefundIn,
)
from vivavoce.api.http.cursors import read_cursor, write_cursor
from vivavoce.api.idempotency import HEADER, IdempotentRoute
from vivavoce.base.ids import AccountId, EntryId
from vivavoce.domain.errors import (
    AccountNotFound,
    Conflict,
    FormatNotFound,
    IdempotencyMismatch,
    Invalid,
    NotAllowed,
    Unavailable,
)
from vivavoce.domain.money.ledger import EntryNotFound
from vivavoce.services.money import accounts, prices, shopping
from vivavoce.services.money.accounts import AlreadyRefunded, Grant
from vivavoce.services.money.shopping import NoShop, PackNotFound

router = APIRouter(prefix="/api/credits", tags=["credits"], route_class=IdempotentRoute)
_ONCE: Final = {"parameters": [HEADER]}
_KEYED: Final = (IdempotencyMismatch, Conflict)
_NOTICE: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object"}, "example": {"id": "evt_1", "type": "..."}}},
    }
}
Whose = Annotated[str | None, Query(description="Another account of the community: for its admins.", max_length=200)]
FormatName = Annotated[str, Path(description="The format's name.", examples=["interview"], max_length=64)]


@router.get("", operation_id="readCredits", responses=problems(NotAllowed, AccountNotFound))
async def read_credits(viewer: Asker, use: Use, account: Whose = None) -> BalanceOut:
    """See how many credits one has. An account that looks for the first time may find a few for a start."""
    return BalanceOut.of(await accounts.balance(viewer, _account(account), use=use))


@router.get("/entries", operation_id="listCreditEntries", responses=problems(Invalid, NotAllowed, AccountNotFound))
async def list_entries(
    viewer: Asker,
    use: Use,
    account: Whose = None,
    cursor: Annotated[str | None, Query(description="`next_cursor` of the page before.", max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="Entries on a page.")] = 50,
) -> EntryPage:
    """List what was given and taken, newest first."""
    after = read_cursor(cursor) if cursor is not None else None
    page = await accounts.entries(viewer, _account(account), use=use, after=after, limit=limit)
    return EntryPage(
        items=[CreditsEntryOut.of(entry) for entry in page.items],
        next_cursor=write_cursor(page.next) if page.next is not None else None,
    )


def _account(given: str | None) -> AccountId | None:
    return AccountId(given) if given else None


@router.post(
    "/grants",
    operation_id="grantCredits",
    openapi_extra=_ONCE,
    responses=problems(NotAllowed, AccountNotFound, Invalid, *_KEYED),
)
async def grant(given: GrantIn, request: Request, viewer: Asker, use: Use) -> CreditsEntryOut:
    """Give credits to an account of the community, with a reason that its person reads. For admins."""
    key = request.headers.get("idempotency-key")
    return CreditsEntryOut.of(
        await accounts.grant(viewer, Grant(given.account, given.credits, given.reason, key), use=use)
    )


@router.post(
    "/refunds",
    operation_id="refundCharge",
    openapi_extra=_ONCE,
    responses=problems(NotAllowed, EntryNotFound, Invalid, AlreadyRefunded, *_KEYED),
)
async def refund(given: RefundIn, viewer: Asker, use: Use) -> CreditsEntryOut:
    """Give a charge back, whole or in part: each charge once. For admins."""
    entry = await accounts.refund(viewer, EntryId(given.charge), given.credits, given.reason, use=use)
    return CreditsEntryOut.of(entry)


@router.get("/prices", operation_id="listPrices", responses=problems())
async def list_prices(viewer: Asker, use: Use) -> PriceList:
    """See what sessions cost in one's community."""
    return PriceList(items=[FormatPriceOut.of(one) for one in await prices.prices(viewer, use=use)])


@router.put("/prices/{format}", operation_id="setPrice", responses=problems(NotAllowed, FormatNotFound))
async def set_price(format: FormatName, given: PriceIn, viewer: Asker, use: Use) -> FormatPriceOut:
    """Set what a format's sessions cost in the community from now on. For admins. One that runs keeps its price."""
    return FormatPriceOut.of(await prices.set_price(viewer, format, given.credits, given.after_s, use=use))


@router.delete("/prices/{format}", operation_id="unsetPrice", responses=problems(NotAllowed, FormatNotFound))
async def unset_price(format: FormatName, viewer: Asker, use: Use) -> FormatPriceOut:
    """Take the format's own price again. For admins. Safe to repeat."""
    return FormatPriceOut.of(await prices.unset_price(viewer, format, use=use))


@router.get("/packs", operation_id="listPacks", responses=problems())
async def list_packs(viewer: Asker, use: Use) -> PackList:
    """See what can be bought here."""
    return PackList(items=[PackOut.of(pack) for pack in shopping.packs(use=use)])


@router.post(
    "/checkout",
    operation_id="checkOut",
    openapi_extra=_ONCE,
    responses=problems(NoShop, PackNotFound, NotAllowed, Unavailable, *_KEYED),
)
async def check_out(wanted: CheckoutIn, request: Request, viewer: Asker, use: Use) -> CheckoutOut:
    """Go and buy a pack: answers where it is paid. The credits are there once the shop has told us of the payment."""
    back = use.config.money.return_url or use.config.access.public_url or str(request.base_url)
    purchase, url = await shopping.checkout(viewer, wanted.pack, back, use=use)
    return CheckoutOut(id=purchase.id, url=url)


@router.post(
    "/stripe",
    status_code=204,
    operation_id="hearStripe",
    openapi_extra=_NOTICE,
    responses=problems(NoShop, NotAllowed, Invalid, Conflict),
)
async def hear_stripe(
    request: Request,
    use: Use,
    signature: Annotated[
        str, Header(alias="Stripe-Signature", description="Made with the webhook's secret.", max_length=1000)
    ] = "",
) -> Response:
    """Stripe's notices of payments arrive here: name this address in its dashboard. Safe to repeat."""
    await shopping.hear(await request.body(), signature, use=use)
    return Response(status_code=204)
