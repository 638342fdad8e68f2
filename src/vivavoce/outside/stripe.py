"""Stripe as the shop, through its official SDK (the extra `stripe`).

An order is a Checkout Session of one line with its price inline, so that nothing has to be set up at Stripe but the
key and the webhook. Our purchase's id goes along three times: as the reference and in the metadata of the session,
and in that of its payment, which Stripe copies to the charge: so each notice says by itself what it is about.
"""

import json
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import urlencode

import anyio
import stripe
import structlog
from anyio import to_thread

from vivavoce.domain.errors import Invalid, NotAllowed, Unavailable
from vivavoce.services.money.ports import GivenBack, Lapsed, Notice, Order, Paid

if TYPE_CHECKING:
    from stripe.params.checkout import SessionCreateParams

log = structlog.get_logger(__name__)

_TOLERANCE_S: Final = 300  # how old a signature may be
_TIMEOUT_S: Final = 15.0
_RETRIES: Final = 2
_MOST_AT_ONCE: Final = 8


class StripeShop:
    """Implements services.money.ports.Shop."""

    @property
    def name(self) -> str:
        return "stripe"

    def __init__(self, key: str, webhook_secret: str, address: str | None = None) -> None:
        """address: in place of Stripe's own."""
        self._secret = webhook_secret
        self._client = stripe.StripeClient(
            key,
            base_addresses={"api": address} if address else {},
            max_network_retries=_RETRIES,
            http_client=stripe.RequestsClient(timeout=_TIMEOUT_S),
        )
        self._threads = anyio.CapacityLimiter(_MOST_AT_ONCE)

    async def checkout(self, order: Order) -> str:
        create = partial(
            self._client.v1.checkout.sessions.create,
            _session(order),
            {"idempotency_key": f"vivavoce-{order.purchase.id}"},
        )
        try:
            made = await to_thread.run_sync(create, limiter=self._threads, abandon_on_cancel=True)
        except stripe.StripeError as error:
            # its own words may quote what was sent
            log.warning("stripe.failed", fault=type(error).__name__, status=error.http_status, stripe_code=error.code)
            raise Unavailable("The shop cannot be reached, or refuses the order. Try again in a moment.") from None
        if not made.url:
            raise Unavailable("The shop gave no page to pay at. Try again in a moment.")
        return made.url

    def read(self, body: bytes, signature: str) -> Notice:
        try:
            text = body.decode()
        except UnicodeDecodeError:
            raise Invalid("This is no notice of Stripe.") from None
        if not signature.isascii():
            raise NotAllowed("This was not signed by Stripe.")
        try:
            stripe.WebhookSignature.verify_header(  # pyright: ignore[reportUnknownMemberType]
                text, signature, self._secret, _TOLERANCE_S
            )
        except stripe.SignatureVerificationError:
            raise NotAllowed("This was not signed by Stripe, or too long ago.") from None
        try:
            return _notice(json.loads(text))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Invalid("This is no notice of Stripe.") from None


def _session(order: Order) -> "SessionCreateParams":
    purchase = order.purchase
    mark = {"purchase": purchase.id}
    params: SessionCreateParams = {
        "mode": "payment",
        "client_reference_id": purchase.id,
        "metadata": mark,
        "payment_intent_data": {"metadata": mark},
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": purchase.pack.currency,
                    "unit_amount": purchase.pack.amount,
                    "product_data": {"name": order.title},
                },
            }
        ],
        "success_url": _came_back(order.return_url, "paid"),
        "cancel_url": _came_back(order.return_url, "cancelled"),
    }
    return params


def _came_back(url: str, how: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode({'checkout': how})}"


def _notice(event: Mapping[str, object]) -> Notice:
    """What an event says to us. Raises KeyError, TypeError, AttributeError or ValueError for what is none."""
    name, kind = event["id"], event["type"]
    if not isinstance(name, str) or not isinstance(kind, str):
        raise TypeError("an event has an id and a type")
    data = cast(Mapping[str, Mapping[str, object]], event["data"])["object"]
    marks = cast(Mapping[str, object], data.get("metadata") or {})
    purchase = marks.get("purchase")
    if not isinstance(purchase, str):
        return Notice(name, None)
    match kind:
        case "checkout.session.completed" if data["payment_status"] in {"paid", "no_payment_required"}:
            return Notice(name, Paid(purchase))
        case "checkout.session.async_payment_succeeded":
            return Notice(name, Paid(purchase))
        case "checkout.session.async_payment_failed" | "checkout.session.expired":
            return Notice(name, Lapsed(purchase))
        case "charge.refunded":
            return Notice(name, GivenBack(purchase, _amount(data["amount_refunded"]), _amount(data["amount"])))
        case _:
            return Notice(name, None)


def _amount(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("an amount is a whole number")
    return value
