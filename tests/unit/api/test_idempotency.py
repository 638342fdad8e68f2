"""The same request sent again."""

import anyio
import pytest
from starlette.testclient import TestClient
from tests.unit.api.fakes import FakeUseCases

from vivavoce.api.idempotency import fingerprint
from vivavoce.api.wiring import Wiring
from vivavoce.domain.errors import Unavailable
from vivavoce.domain.people.viewer import LOCAL

KEY = {"idempotency-key": "once-1"}
BODY = {"format": "coaching"}


def test_a_request_sent_again_has_the_answer_of_the_first(client: TestClient) -> None:
    first = client.post("/api/sessions", json=BODY, headers=KEY)
    again = client.post("/api/sessions", json=BODY, headers=KEY)
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["location"] == first.headers["location"]
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert len(client.get("/api/sessions").json()["items"]) == 1


def test_without_a_key_each_request_is_its_own(client: TestClient) -> None:
    for _ in range(2):
        client.post("/api/sessions", json=BODY)
    assert len(client.get("/api/sessions").json()["items"]) == 2


def test_a_key_stands_for_one_request_only(client: TestClient, id: str) -> None:
    client.post("/api/sessions", json=BODY, headers=KEY)
    other_body = client.post("/api/sessions", json=BODY | {"title": "b"}, headers=KEY)
    assert (other_body.status_code, other_body.json()["code"]) == (422, "idempotency_mismatch")
    assert client.post(f"/api/sessions/{id}/join", headers=KEY).status_code == 422


def test_a_request_that_failed_may_be_sent_again(client: TestClient, id: str, use: FakeUseCases) -> None:
    use.fails["send_text"] = Unavailable("Not now.")
    assert client.post(f"/api/sessions/{id}/messages", json={"text": "a"}, headers=KEY).status_code == 503
    use.fails["send_text"] = ZeroDivisionError()
    assert client.post(f"/api/sessions/{id}/messages", json={"text": "a"}, headers=KEY).status_code == 500
    use.fails.clear()
    answer = client.post(f"/api/sessions/{id}/messages", json={"text": "a"}, headers=KEY)
    assert answer.status_code == 200
    assert "idempotency-replayed" not in answer.headers


def test_while_the_first_still_runs_the_second_is_refused(client: TestClient, parts: Wiring) -> None:
    mark = fingerprint("POST", "/api/sessions", "", b'{"format":"coaching"}')

    async def begin() -> None:
        async with parts.store.transaction() as tx:
            await tx.idempotency.begin(LOCAL, "once-1", mark, parts.clock.now())

    anyio.run(begin)
    headers = KEY | {"content-type": "application/json"}
    answer = client.post("/api/sessions", content=b'{"format":"coaching"}', headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")


def test_a_form_sent_again_is_the_same_though_its_separator_is_not(client: TestClient, id: str) -> None:
    path = f"/api/sessions/{id}/messages"
    answers = [client.post(path, files={"audio": ("a.wav", b"RIFF", "audio/wav")}, headers=KEY) for _ in range(2)]
    assert [answer.headers.get("idempotency-replayed") for answer in answers] == [None, "true"]
    assert client.post(path, files={"audio": ("a.wav", b"RIFX", "audio/wav")}, headers=KEY).status_code == 422


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "é"])
def test_a_key_is_visible_ascii(client: TestClient, key: str) -> None:
    headers = {"idempotency-key": key.encode("latin-1")}
    answer = client.post("/api/sessions", json=BODY, headers=headers)  # pyright: ignore[reportArgumentType]
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
