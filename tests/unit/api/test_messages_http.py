"""A conversation turn by turn over HTTP."""

import pytest
from starlette.testclient import TestClient
from tests.unit.api.conftest import client_of
from tests.unit.api.fakes import FakeUseCases

from vivavoce.api.wiring import Wiring


def test_a_typed_message_is_answered_with_text_and_a_link_to_its_sound(
    client: TestClient, id: str, use: FakeUseCases
) -> None:
    answer = client.post(f"/api/sessions/{id}/messages", json={"text": "  I put it off. "})
    assert answer.status_code == 200
    assert answer.json().keys() == {"heard", "reply", "session", "help"}
    assert answer.json()["heard"] == {"text": "I put it off."}
    assert answer.json()["reply"] == {"text": "What else?", "audio_url": f"/api/sessions/{id}/audio/rep_1"}
    assert answer.json()["session"]["id"] == id
    assert use.calls == [("send_text", "I put it off.", None)]


def test_a_recording_is_handed_over_as_it_came(client: TestClient, id: str, use: FakeUseCases) -> None:
    content = bytes(range(256)) * 8192  # 2 MB: more than is kept in memory while it arrives
    answer = client.post(f"/api/sessions/{id}/messages", files={"audio": ("a.webm", content, "audio/webm")})
    assert answer.json()["heard"] == {"text": "what was understood"}
    assert answer.json()["reply"] == {"text": "", "audio_url": None}
    assert use.calls == [("send_audio", content, None)]


def test_the_key_of_a_request_names_the_message_too(client: TestClient, id: str, use: FakeUseCases) -> None:
    client.post(f"/api/sessions/{id}/messages", json={"text": "a"}, headers={"idempotency-key": "k1"})
    assert use.calls == [("send_text", "a", "k1")]


@pytest.mark.parametrize(
    ("text", "status"), [("", 422), (" \n ", 422), ("a\x00b", 422), ("x" * 8_000, 200), ("x" * 8_001, 422)]
)
def test_a_text_has_1_to_8000_characters(client: TestClient, id: str, text: str, status: int) -> None:
    assert client.post(f"/api/sessions/{id}/messages", json={"text": text}).status_code == status


def test_a_form_without_a_recording_is_refused(client: TestClient, id: str) -> None:
    path = f"/api/sessions/{id}/messages"
    other_part = client.post(path, files={"video": b"x"})
    no_file = client.post(path, data={"audio": "words"}, files={"other": b"x"})
    for answer in (other_part, no_file):
        assert [one["field"] for one in answer.json()["errors"]] == ["body.audio"]


def test_an_empty_recording_is_no_sound(client: TestClient, id: str) -> None:
    answer = client.post(f"/api/sessions/{id}/messages", files={"audio": b""})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media")


def test_a_form_that_is_broken_is_refused(client: TestClient, id: str) -> None:
    headers = {"content-type": "multipart/form-data; boundary=b"}
    for body in (b"garbage", b"--b\r\nContent-Disposition: nonsense\r\n\r\nx\r\n--b--\r\n", b""):
        answer = client.post(f"/api/sessions/{id}/messages", content=body, headers=headers)
        assert answer.status_code in (400, 422)
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_form_without_its_boundary_is_refused(client: TestClient, id: str) -> None:
    headers = {"content-type": "multipart/form-data"}
    assert client.post(f"/api/sessions/{id}/messages", content=b"x", headers=headers).status_code == 400


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", ""])
def test_other_kinds_of_content_are_not_taken(client: TestClient, id: str, kind: str) -> None:
    answer = client.post(f"/api/sessions/{id}/messages", content=b"hello", headers={"content-type": kind})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_content_type")


def test_a_recording_that_is_too_long_is_refused(parts: Wiring, id: str) -> None:
    with client_of(parts, max_upload_bytes=10_000) as client:
        answer = client.post(f"/api/sessions/{id}/messages", files={"audio": bytes(10_001)})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
