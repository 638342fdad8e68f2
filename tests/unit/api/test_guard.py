"""Who may send requests from a browser."""

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from tests.unit.api.conftest import client_of

from vivavoce.api.wiring import Wiring

EVIL = "https://evil.example"


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "127.0.0.1", "localhost:8080", "LOCALHOST", "[::1]:8080", "[::1]"])
def test_local_mode_answers_to_loopback_names(client: TestClient, host: str) -> None:
    assert client.get("/api/status", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8080", "", "[::2]"])
def test_local_mode_answers_to_no_other_name(client: TestClient, host: str) -> None:
    for path in ("/api/status", "/", "/metrics"):
        answer = client.get(path, headers={"host": host})
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_a_name_can_be_added(parts: Wiring) -> None:
    with client_of(parts, hosts=frozenset({"coach.lan"})) as client:
        assert client.get("/api/status", headers={"host": "coach.lan:8080"}).status_code == 200
        assert client.get("/api/status", headers={"host": "other.lan"}).status_code == 403


def test_with_sign_in_any_name_is_answered_unless_some_are_listed(parts: Wiring) -> None:
    with client_of(parts, local=False) as client:
        assert client.get("/api/status", headers={"host": "coach.example"}).status_code == 200
    with client_of(parts, local=False, hosts=frozenset({"coach.example"})) as client:
        assert client.get("/api/status", headers={"host": "localhost"}).status_code == 403


@pytest.mark.parametrize(
    "origin",
    [EVIL, "null", "http://127.0.0.1:9999", "http://localhost:8080", "file://", "http://127.0.0.1", "http://["],
)
def test_a_page_of_another_origin_cannot_change_anything(client: TestClient, origin: str) -> None:
    answer = client.post("/api/sessions", json={"format": "coaching"}, headers={"origin": origin})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert client.get("/api/sessions").json()["items"] == []


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8080", "https://127.0.0.1:8080", "HTTP://127.0.0.1:8080"])
def test_our_own_pages_can(client: TestClient, origin: str) -> None:
    assert client.post("/api/sessions", json={"format": "coaching"}, headers={"origin": origin}).status_code == 201


def test_a_default_port_may_be_left_out(client: TestClient) -> None:
    headers = {"origin": "http://localhost:80", "host": "localhost"}
    assert client.post("/api/sessions", json={"format": "coaching"}, headers=headers).status_code == 201


def test_other_origins_cannot_read_either(client: TestClient) -> None:
    answer = client.get("/api/status", headers={"origin": EVIL})
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert client.options("/api/sessions", headers={"origin": EVIL}).status_code == 405


def test_an_origin_can_be_added_and_then_reads_and_writes(parts: Wiring) -> None:
    with client_of(parts, origins=frozenset({"https://app.example"})) as client:
        headers = {"origin": "https://app.example"}
        answer = client.post("/api/sessions", json={"format": "coaching"}, headers=headers)
        assert answer.status_code == 201
        assert answer.headers["access-control-allow-origin"] == "https://app.example"
        preflight = headers | {
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        }
        assert client.options("/api/sessions", headers=preflight).status_code == 200
        assert client.post("/api/sessions", json={"format": "coaching"}, headers={"origin": EVIL}).status_code == 403


@pytest.mark.parametrize("headers", [{"origin": EVIL}, {"origin": "null"}, {"host": "evil.example"}])
def test_a_websocket_from_elsewhere_is_not_accepted(client: TestClient, id: str, headers: dict[str, str]) -> None:
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect(f"ws://127.0.0.1:8080/api/sessions/{id}/live", headers=headers),
    ):
        pass
    assert refused.value.code == 4403
