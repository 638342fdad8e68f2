"""Every failure is a problem with a stable code."""

from dataclasses import replace

import pytest
from starlette.testclient import TestClient
from starlette.types import Message
from tests.unit.api.conftest import client_of
from tests.unit.api.fakes import FakeUseCases, domain_error

from vivavoce.api.app import build_app
from vivavoce.api.errors import TABLE, codes, rule_of
from vivavoce.api.wiring import Wiring
from vivavoce.domain import errors
from vivavoce.domain.errors import Conflict, DomainError, SessionOpen

NOBODY = "/api/sessions/ses_00000000000000000000000000"


@pytest.mark.parametrize("kind", TABLE, ids=lambda kind: kind.__name__)
def test_a_domain_error_is_told_by_the_table(
    kind: type[DomainError], client: TestClient, id: str, use: FakeUseCases
) -> None:
    use.fails["send_text"] = domain_error(kind)
    answer = client.post(f"/api/sessions/{id}/messages", json={"text": "hello"})
    assert answer.status_code == TABLE[kind].status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem == {
        "type": f"/api/docs#{kind.code}",
        "title": TABLE[kind].title,
        "status": TABLE[kind].status,
        "detail": "A sentence that says what to do.",
        "code": kind.code,
        "instance": f"/api/sessions/{id}/messages",
        "request_id": answer.headers["x-request-id"],
    }
    assert answer.headers.get("retry-after") == (str(after) if (after := TABLE[kind].retry_after_s) else None)


def test_an_error_that_the_table_does_not_name_has_the_answer_of_its_family() -> None:
    class TooEager(Conflict):
        code = "too_eager"

    assert rule_of(TooEager) == TABLE[Conflict]


def test_every_error_of_the_domain_has_a_rule_and_a_code_of_its_own() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, DomainError)]
    assert all(rule_of(kind) is not TABLE[DomainError] for kind in kinds if kind is not DomainError)
    assert len({kind.code for kind in kinds}) == len(kinds)
    assert {kind.code for kind in kinds} <= codes().keys()


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/nothing", 404, "not_found"),
        ("GET", "/api", 404, "not_found"),
        ("POST", "/nothing", 405, "method_not_allowed"),
        ("DELETE", "/api/sessions", 405, "method_not_allowed"),
        ("POST", "/api/nothing", 404, "not_found"),
        ("GET", NOBODY, 404, "session_not_found"),
        ("GET", "/api/sessions/ses_%00", 404, "session_not_found"),
        ("GET", "/api/sessions/other", 404, "session_not_found"),
        ("POST", f"{NOBODY}/join", 404, "session_not_found"),
        ("GET", "/api/sessions?limit=0", 422, "invalid_request"),
        ("GET", "/api/sessions?limit=101", 422, "invalid_request"),
        ("GET", "/api/sessions?phase=asleep", 422, "invalid_request"),
        ("GET", "/api/sessions?cursor=nonsense", 422, "invalid"),
        ("GET", f"{NOBODY}/events?after=-1", 422, "invalid_request"),
        ("GET", f"{NOBODY}/events", 404, "session_not_found"),
        ("GET", f"{NOBODY}/transcript?as=pdf", 422, "invalid_request"),
    ],
)
def test_requests_that_lead_nowhere(client: TestClient, method: str, path: str, status: int, code: str) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_method_that_is_not_taken_is_answered_with_all_that_are(client: TestClient, id: str) -> None:
    assert client.put("/api/sessions").headers["allow"] == "GET, POST"
    assert client.post(f"/api/sessions/{id}").headers["allow"] == "DELETE, GET"
    assert client.post("/").headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body.format"),
        ({"format": "coaching", "colour": "blue"}, "body.colour"),
        ({"format": 7}, "body.format"),
        ({"format": "coaching", "title": "x" * 201}, "body.title"),
        ({"format": "coaching", "title": "a\u0000b"}, "body.title"),
        ({"format": "coaching", "scheduled_for": "2026-03-02T12:00:00"}, "body.scheduled_for"),
        ({"format": "coaching", "max_participants": 0}, "body.max_participants"),
        ({"format": "coaching", "variables": {"a": "x" * 4001}}, "body.variables.a"),
        ([], "body"),
    ],
)
def test_a_body_that_does_not_match_names_the_field(client: TestClient, body: object, field: str) -> None:
    problem = client.post("/api/sessions", json=body).json()
    assert (problem["status"], problem["code"]) == (422, "invalid_request")
    assert [one["field"] for one in problem["errors"]] == [field]
    assert problem["detail"].startswith(field)


def test_what_is_no_json_is_said_to_be_none(client: TestClient) -> None:
    answer = client.post("/api/sessions", content=b"{secret", headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": "body", "message": "This is not JSON."}]


def test_what_was_sent_is_not_repeated(client: TestClient, id: str) -> None:
    for body in ({"text": "my secret " * 1000}, {"text": ["my secret"]}, {"my secret": 1, "text": "a"}):
        answer = client.post(f"/api/sessions/{id}/messages", json=body)
        assert answer.status_code == 422
        assert "my secret " not in answer.text


def test_an_unknown_format_or_persona_makes_no_session(client: TestClient) -> None:
    assert client.post("/api/sessions", json={"format": "karaoke"}).json()["code"] == "format_not_found"
    answer = client.post("/api/sessions", json={"format": "coaching", "persona": "nobody"})
    assert (answer.status_code, answer.json()["code"]) == (422, "persona_not_found")


def test_a_fault_of_ours_tells_the_request_id_and_nothing_of_the_inside(
    client: TestClient, id: str, use: FakeUseCases
) -> None:
    use.fails["send_text"] = ZeroDivisionError("inner workings")
    answer = client.post(f"/api/sessions/{id}/messages", json={"text": "a"}, headers={"x-request-id": "my-request-7"})
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert answer.json()["request_id"] == answer.headers["x-request-id"] == "my-request-7"
    assert "inner workings" not in answer.text
    assert "ZeroDivision" not in answer.text


def test_a_request_id_is_taken_over_only_if_it_looks_like_one(client: TestClient) -> None:
    assert client.get("/healthz", headers={"x-request-id": "a b\tc"}).headers["x-request-id"].startswith("req_")
    assert client.get("/healthz", headers={"x-request-id": "trace-1234"}).headers["x-request-id"] == "trace-1234"


def test_a_body_that_says_it_is_too_long_is_refused_unread(client: TestClient, id: str) -> None:
    answer = client.post(f"/api/sessions/{id}/messages", json={"text": "x" * 270_000})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.anyio
async def test_a_body_that_does_not_say_how_long_it_is_is_counted(parts: Wiring) -> None:
    pieces = 0

    async def receive() -> Message:
        nonlocal pieces
        pieces += 1
        return {"type": "http.request", "body": b" " * 1000, "more_body": True}

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"content-type", b"application/json"), (b"host", b"localhost")]
    scope = {"type": "http", "method": "POST", "path": "/api/sessions", "headers": headers, "query_string": b""}
    await build_app(parts)(scope, receive, send)
    assert sent[0]["status"] == 413
    assert b'"code":"too_large"' in sent[1]["body"]
    assert pieces == parts.settings.max_json_bytes // 1000 + 1


def test_the_type_of_a_problem_leads_to_its_explanation(client: TestClient) -> None:
    kind = client.get(NOBODY).json()["type"]
    path, _, anchor = kind.partition("#")
    assert f"id='{anchor}'" in client.get(path).text


def test_metrics_and_webrtc_can_be_absent(parts: Wiring, id: str) -> None:
    with client_of(replace(parts, webrtc=None), metrics=False) as client:
        assert client.get("/metrics").status_code == 404
        answer = client.post(f"/api/sessions/{id}/webrtc", json={"sdp": "v=0"})
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


def test_a_failure_tells_what_a_program_needs_beside_the_sentence(
    client: TestClient, id: str, use: FakeUseCases
) -> None:
    use.fails["send_text"] = SessionOpen("Finish that one first.", session="ses_1")
    problem = client.post(f"/api/sessions/{id}/messages", json={"text": "hello"}).json()
    assert (problem["code"], problem["status"], problem["session"]) == ("session_open", 409, "ses_1")
