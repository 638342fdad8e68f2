"""Stripe on loopback, as far as Checkout needs it: it checks each request as Stripe does, and signs its notices.

Form-encoded fields, the key as bearer, the version of the interface in a header, `Idempotency-Key` with its rules.
"""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qsl

KEY: Final = "sk_test_vivavoce"
SECRET: Final = "whsec_vivavoce"
_FIELDS: Final = {
    "mode",
    "client_reference_id",
    "metadata[purchase]",
    "payment_intent_data[metadata][purchase]",
    "line_items[0][quantity]",
    "line_items[0][price_data][currency]",
    "line_items[0][price_data][unit_amount]",
    "line_items[0][price_data][product_data][name]",
    "success_url",
    "cancel_url",
}


@dataclass
class StripeServer:
    """sessions: the Checkout Sessions that were made, oldest first. refuses: answers 500 as often as this says."""

    url: str = ""
    sessions: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    versions: list[str] = field(default_factory=list[str])
    refuses: int = 0
    requests: int = 0
    payments: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    _answers: dict[str, tuple[str, bytes]] = field(default_factory=dict[str, tuple[str, bytes]])

    def answer(self, path: str, headers: Mapping[str, str], body: str) -> tuple[int, bytes]:
        self.requests += 1
        if self.refuses:
            self.refuses -= 1
            return _error(500, "api_error", "something went wrong")
        if headers.get("authorization") != f"Bearer {KEY}":
            return _error(401, "invalid_request_error", "Invalid API Key provided")
        if path != "/v1/checkout/sessions":
            return _error(404, "invalid_request_error", f"Unrecognized request URL (POST: {path})")
        if headers.get("content-type") != "application/x-www-form-urlencoded" or not headers.get("stripe-version"):
            return _error(400, "invalid_request_error", "content type or version")
        self.versions.append(headers["stripe-version"])
        key = headers.get("idempotency-key", "")
        if key in self._answers:
            known, answer = self._answers[key]
            if known != body:
                return _error(400, "idempotency_error", "Keys for idempotent requests can only be used with the same")
            return 200, answer
        status, made = self._session(dict(parse_qsl(body, keep_blank_values=True)))
        if key and status == 200:
            self._answers[key] = (body, made)
        return status, made

    def read(self, path: str, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """The checkouts; or a payment, with the metadata that was given with its checkout."""
        self.requests += 1
        if self.refuses:
            self.refuses -= 1
            return _error(500, "api_error", "something went wrong")
        if headers.get("authorization") != f"Bearer {KEY}":
            return _error(401, "invalid_request_error", "Invalid API Key provided")
        if path.partition("?")[0] == "/v1/checkout/sessions":
            listed = {"object": "list", "url": "/v1/checkout/sessions", "has_more": False, "data": self.sessions}
            return 200, json.dumps(listed).encode()
        found = self.payments.get(path.removeprefix("/v1/payment_intents/"))
        if found is None:
            return _error(404, "invalid_request_error", "No such payment_intent")
        return 200, json.dumps(found).encode()

    def _session(self, given: dict[str, str]) -> tuple[int, bytes]:
        unknown, missing = given.keys() - _FIELDS, _FIELDS - given.keys()
        if unknown or missing:
            return _error(400, "invalid_request_error", f"parameters: {sorted(unknown)}, {sorted(missing)}")
        if given["mode"] != "payment" or not given["success_url"].startswith(("http://", "https://")):
            return _error(400, "invalid_request_error", "mode or success_url")
        amount = int(given["line_items[0][price_data][unit_amount]"]) * int(given["line_items[0][quantity]"])
        number = len(self.sessions) + 1
        session = {
            "id": f"cs_test_{number}",
            "object": "checkout.session",
            "mode": "payment",
            "status": "open",
            "payment_status": "unpaid",
            "payment_intent": f"pi_{number}",
            "amount_total": amount,
            "currency": given["line_items[0][price_data][currency]"],
            "client_reference_id": given["client_reference_id"],
            "metadata": {"purchase": given["metadata[purchase]"]},
            "success_url": given["success_url"],
            "cancel_url": given["cancel_url"],
            "url": f"https://checkout.stripe.com/c/pay/cs_test_{number}",
        }
        self.sessions.append(session)
        self.payments[f"pi_{number}"] = {
            "id": f"pi_{number}",
            "object": "payment_intent",
            "amount": amount,
            "amount_received": amount,
            "metadata": {"purchase": given["payment_intent_data[metadata][purchase]"]},
        }
        return 200, json.dumps(session).encode()


def _error(status: int, kind: str, message: str) -> tuple[int, bytes]:
    return status, json.dumps({"error": {"type": kind, "message": message}}).encode()


@contextmanager
def stripe_server() -> Generator[StripeServer]:
    server = StripeServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(*server.read(self.path, self._named()))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", "0"))).decode()
            self._send(*server.answer(self.path, self._named(), body))

        def _named(self) -> dict[str, str]:
            return {name.lower(): value for name, value in self.headers.items()}

        def _send(self, status: int, answer: bytes) -> None:
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.url = f"http://127.0.0.1:{http.server_port}"
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


# --- notices ----------------------------------------------------------------------------------------


def event(kind: str, data: Mapping[str, Any], id: str = "evt_1") -> dict[str, Any]:
    return {
        "id": id,
        "object": "event",
        "api_version": "2026-10-28.endive",
        "created": int(time.time()),
        "livemode": False,
        "type": kind,
        "data": {"object": dict(data)},
    }


def paid(session: Mapping[str, Any], id: str = "evt_paid") -> dict[str, Any]:
    return event("checkout.session.completed", {**session, "status": "complete", "payment_status": "paid"}, id)


def charge_refunded(session: Mapping[str, Any], amount: int, id: str = "evt_refunded") -> dict[str, Any]:
    """`metadata` as Stripe copies it from the payment."""
    total = session["amount_total"]
    charge = {
        "id": "ch_1",
        "object": "charge",
        "amount": total,
        "amount_refunded": amount,
        "refunded": amount == total,
        "payment_intent": session["payment_intent"],
        "metadata": session["metadata"],
    }
    return event("charge.refunded", charge, id)


def disputed(session: Mapping[str, Any], amount: int, id: str = "evt_disputed", status: str = "") -> dict[str, Any]:
    """A dispute has no metadata of its payment. status: how it was closed; left out, it was opened."""
    dispute: dict[str, Any] = {
        "id": "dp_1",
        "object": "dispute",
        "amount": amount,
        "charge": "ch_1",
        "payment_intent": session["payment_intent"],
        "metadata": {},
        "status": status or "needs_response",
    }
    return event("charge.dispute.closed" if status else "charge.dispute.created", dispute, id)


def signed(told: Mapping[str, Any], secret: str = SECRET, *, ago_s: int = 0) -> tuple[bytes, str]:
    """A notice's body, and its `Stripe-Signature`."""
    body = json.dumps(told, indent=2).encode()
    at = int(time.time()) - ago_s
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return body, f"t={at},v1={mac},v0={'0' * 64}"
