"""Sessions over HTTP."""

from starlette.testclient import TestClient
from tests.unit.api.fakes import FakeUseCases

from vivavoce.base.ids import SessionId
from vivavoce.domain.sessions.session import Phase


def test_opening_answers_201_with_the_session_and_where_it_is(client: TestClient) -> None:
    answer = client.post("/api/sessions", json={"format": "coaching", "title": "Ask", "variables": {"goal": "x"}})
    assert answer.status_code == 201
    session = answer.json()
    assert answer.headers["location"] == f"/api/sessions/{session['id']}"
    assert client.get(answer.headers["location"]).json() == session
    fixed = {
        *("id", "format", "phase", "end_reason", "persona", "title", "created_at", "scheduled_for", "started_at"),
        *("ended_at", "elapsed_s", "message_count", "seats", "wrap_up"),
    }
    assert fixed <= session.keys()
    assert (session["phase"], session["title"], session["wrap_up"]) == ("ready", "Ask", "none")


def test_a_list_comes_in_pages_that_hold_each_session_once(client: TestClient) -> None:
    opened = [client.post("/api/sessions", json={"format": "coaching"}).json()["id"] for _ in range(5)]
    found: list[str] = []
    cursor: str | None = None
    for _ in range(3):
        query = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
        page = client.get("/api/sessions", params=query).json()
        found += [session["id"] for session in page["items"]]
        cursor = page["next_cursor"]
    assert cursor is None
    assert found == opened[::-1]


def test_a_list_can_be_narrowed_to_phases(client: TestClient, id: str) -> None:
    assert client.get("/api/sessions", params={"phase": ["active", "complete"]}).json()["items"] == []
    assert len(client.get("/api/sessions", params={"phase": "ready"}).json()["items"]) == 1


def test_a_session_is_started_joined_left_steered_and_ended(client: TestClient, id: str, use: FakeUseCases) -> None:
    path = f"/api/sessions/{id}"
    assert client.post(f"{path}/start").json()["phase"] == "active"
    joined = client.post(f"{path}/join", json={"name": " Sam ", "record": True}).json()
    assert (joined["seat"]["name"], joined["seat"]["record"], joined["seat"]["present"]) == ("Sam", True, True)
    assert joined["session"]["seats"] == [joined["seat"]]
    assert client.post(f"{path}/assistant", json={"address": "nobody"}).json()["address"] == "nobody"
    assert client.post(f"{path}/assistant", json={"on": True}).json()["address"] == "everyone"
    assert client.post(f"{path}/assistant", json={"on": False}).json()["address"] == "nobody"
    assert client.post(f"{path}/assistant", json={}).status_code == 422
    assert client.post(f"{path}/assistant", json={"on": True, "address": "hosts"}).status_code == 422
    assert client.post(f"{path}/leave").status_code == 200
    assert client.post(f"{path}/leave", json={"seat": joined["seat"]["id"]}).status_code == 200
    ended = client.post(f"{path}/end").json()
    assert (ended["phase"], ended["end_reason"]) == ("complete", "ended_by_host")
    assert client.post(f"{path}/end").json() == ended
    assert use.sessions[SessionId(id)].phase is Phase.COMPLETE


def test_joining_needs_no_body(client: TestClient, id: str) -> None:
    assert client.post(f"/api/sessions/{id}/join").json()["seat"]["name"] == "You"


def test_what_a_phase_does_not_allow_is_a_conflict(client: TestClient, id: str) -> None:
    client.post(f"/api/sessions/{id}/start")
    client.post(f"/api/sessions/{id}/end")
    answer = client.post(f"/api/sessions/{id}/start")
    assert (answer.status_code, answer.json()["code"]) == (409, "illegal_transition")
    assert client.post(f"/api/sessions/{id}/setup", json={"answers": {"a": "b"}}).status_code == 409


def test_formats_personas_and_status_say_what_there_is(client: TestClient) -> None:
    assert client.get("/api/formats").json()["items"][0]["modalities"] == ["text", "voice"]
    (persona,) = client.get("/api/personas").json()["items"]
    assert (persona["id"], persona["name"], persona["title"], persona["built_in"]) == ("ada", "Ada", "Coach", True)
    status = client.get("/api/status").json()
    assert (status["mode"], status["webrtc"], status["language_model"]["name"]) == ("local", False, "scripted")
