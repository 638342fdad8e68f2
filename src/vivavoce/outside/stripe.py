"""Stripe as the shop, through its official SDK (the extra `stripe`).

An order is a Checkout Session of one line with its price inline, so that nothing has to be set up at Stripe but the
key and the webhook. Our purchase's id goes along three times: as the reference and in the metadata of the session,
and in that of its payment, which Stripe copies to the charge: so each notice says by itself what it is about. Only a
dispute does not: its payment is asked for.
"""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast
from urllib.parse import urlencode

import anyio
import stripe
import structlog
from anyio import to_thread

from vivavoce.domain.errors import Invalid, NotAllowed, Unavailable
from vivavoce.services.money.ports import Disputed, GivenBack, Lapsed, Notice, Order, Paid

if TYPE_CHECKING:
    from stripe.params.checkout import SessionCreateParams

log = structlog.get_logger(__name__)
T = TypeVar("T")

_TOLERANCE_S: Final = 300  # how old a signature may be
_TIMEOUT_S: Final = 15.0
_RETRIES: Final = 2
_MOST_AT_ONCE: Final = 8
_DISPUTES: Final = ("charge.dispute.created", "charge.dispute.closed")
_INQUIRY: Final = "warning_"  # a dispute's status while no money is taken yet


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
        made = await self._asked(create, "The page to pay at")
        if not made.url:
            raise Unavailable("The shop gave no page to pay at. Try again in a moment.")
        return made.url

    async def check(self) -> None:
        """Whether Stripe answers and takes our key. Raises Unavailable."""
        await self._asked(
            partial(self._client.v1.checkout.sessions.list, {"limit": 1}), "An answer (is the key right?)"
        )

    async def read(self, body: bytes, signature: str) -> Notice:
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
            told = json.loads(text)
            return await self._dispute(told) if told["type"] in _DISPUTES else _notice(told)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Invalid("This is no notice of Stripe.") from None

    async def _dispute(self, event: Mapping[str, Any]) -> Notice:
        """What a dispute is about. Raises as `_notice` does, and Unavailable."""
        name, dispute = str(event["id"]), event["data"]["object"]
        status, closed = str(dispute["status"]), event["type"] == "charge.dispute.closed"
        if dispute["payment_intent"] is None or status.startswith(_INQUIRY) or (closed and status != "won"):
            return Notice(name, None)  # lost: what was taken stays taken
        ask = partial(self._client.v1.payment_intents.retrieve, str(dispute["payment_intent"]))
        payment = await self._asked(ask, "The payment")
        purchase = payment.metadata.to_dict().get("purchase")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        if not isinstance(purchase, str):
            return Notice(name, None)
        amount, paid = _amount(dispute["amount"]), _amount(payment.amount_received)
        return Notice(name, Disputed(purchase, str(dispute["id"]), amount, paid, won=closed))

    async def _asked(self, ask: Callable[[], T], what: str) -> T:
        """What Stripe answers. Raises Unavailable."""
        try:
            return await to_thread.run_sync(ask, limiter=self._threads, abandon_on_cancel=True)
        except stripe.StripeError as error:
            # its own words may quote what was sent
            log.warning("stripe.failed", fault=type(error).__name__, status=error.http_status, stripe_code=error.code)
            raise Unavailable(f"{what} cannot be had from the shop just now. Try again in a moment.") from None


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
