"""Credits over HTTP, with a whole server and a local Stripe."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.server import Server, running_server
from tests.stripe_server import KEY, SECRET, paid, signed, stripe_server

pytestmark = pytest.mark.integration


def call(
    server: Server, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
) -> tuple[int, Any]:
    """Status and body of an answer. body: JSON, or bytes as they are."""
    data = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{server.url}{path}", data, method=method)
    for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
        request.add_header(name, value)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            content = answer.read()
            return answer.status, json.loads(content) if content else None
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def test_credits_are_seen_given_bought_held_and_missing(tmp_path: Path) -> None:
    with stripe_server() as stripe:
        settings = {
            "VIVAVOCE_MONEY_PACKS": "small:60:900:eur",
            "VIVAVOCE_MONEY_STRIPE_KEY": KEY,
            "VIVAVOCE_MONEY_STRIPE_WEBHOOK_SECRET": SECRET,
            "VIVAVOCE_MONEY_STRIPE_ADDRESS": stripe.url,
        }
        with running_server(tmp_path, **settings) as server:
            _walk(server, stripe.sessions)


def _walk(server: Server, sessions: list[dict[str, Any]]) -> None:
    assert call(server, "GET", "/api/credits") == (200, {"balance": 60, "held": 0, "available": 60})
    price = {"format": "coaching", "credits": 100, "after_s": 120, "set_here": True}
    status, found = call(server, "PUT", "/api/credits/prices/coaching", {"credits": 100})
    assert (status, {name: found[name] for name in price}) == (200, price)

    _, session = call(server, "POST", "/api/sessions", {"format": "coaching"})
    path = f"/api/sessions/{session['id']}"
    status, problem = call(server, "POST", f"{path}/start")
    assert (status, problem["code"], problem["missing"], problem["balance"], problem["price"]) == (
        *(402, "not_enough_credits", 40, 60, 100),
    )
    assert problem["packs"] == call(server, "GET", "/api/credits/packs")[1]["items"]

    grant = {"account": "local", "credits": 10, "reason": "Sorry"}
    once = {"Idempotency-Key": "grant-1"}
    granted = [call(server, "POST", "/api/credits/grants", grant, once) for _ in range(2)]
    assert granted[0] == granted[1]

    status, checkout = call(server, "POST", "/api/credits/checkout", {"pack": "small"})
    assert (status, sessions[0]["client_reference_id"]) == (200, checkout["id"])
    assert sessions[0]["success_url"].startswith(server.url)
    body, signature = signed(paid(sessions[0]))
    assert call(server, "POST", "/api/credits/stripe", body)[0] == 403
    for _ in range(2):
        assert call(server, "POST", "/api/credits/stripe", body, {"Stripe-Signature": signature})[0] == 204
    assert call(server, "GET", "/api/credits")[1]["balance"] == 130

    now = datetime.now(UTC)
    late = (now - timedelta(seconds=200)).isoformat()
    assert call(server, "POST", f"{path}/start", {"mic_on_at": late})[0] == 422
    status, started = call(server, "POST", f"{path}/start", {"mic_on_at": now.isoformat()})
    assert (status, started["phase"]) == (200, "active")
    assert datetime.fromisoformat(started["mic_on_at"]) <= datetime.now(UTC)
    assert call(server, "GET", "/api/credits")[1] == {"balance": 130, "held": 100, "available": 30}
    call(server, "POST", f"{path}/end")
    assert call(server, "GET", "/api/credits")[1]["available"] == 130
    _, events = call(server, "GET", f"{path}/events")
    moved = [event["state"] for event in events["items"] if event["type"] == "credits.moved"]
    assert moved == ["held", "released"]

    _, page = call(server, "GET", "/api/credits/entries?limit=2")
    assert [entry["kind"] for entry in page["items"]] == ["purchase", "grant"]
    _, rest = call(server, "GET", f"/api/credits/entries?cursor={page['next_cursor']}")
    assert ([entry["reason"] for entry in rest["items"]], rest["next_cursor"]) == (["Welcome"], None)
    assert call(server, "DELETE", "/api/credits/prices/coaching")[1]["credits"] == 0
    refund = {"charge": rest["items"][0]["id"], "reason": "No charge"}
    assert call(server, "POST", "/api/credits/refunds", refund)[0] == 422


def test_without_a_shop_nothing_is_sold(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        assert call(server, "GET", "/api/credits/packs")[1]["items"] == []
        status, problem = call(server, "POST", "/api/credits/checkout", {"pack": "small"})
        assert (status, problem["code"]) == (404, "no_shop")
        assert call(server, "POST", "/api/credits/stripe", {"id": "evt_1"})[0] == 404
