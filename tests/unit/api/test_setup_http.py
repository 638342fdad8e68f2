"""A set-up over HTTP: answers as JSON, or a document with answers beside it."""

import pytest
from starlette.testclient import TestClient
from tests.unit.api.fakes import FakeUseCases

from vivavoce.services.prepare_session import Upload


def given(use: FakeUseCases) -> tuple[object, object]:
    return next((call[1], call[2]) for call in use.calls if call[0] == "setup_session")


def test_answers_come_as_json(client: TestClient, id: str, use: FakeUseCases) -> None:
    client.post(f"/api/sessions/{id}/setup", json={"answers": {"description": "x" * 50_000}})
    assert given(use) == ({"description": "x" * 50_000}, None)


def test_a_document_comes_with_answers_beside_it(client: TestClient, id: str, use: FakeUseCases) -> None:
    files = {"document": ("job.pdf", b"%PDF-1", "Application/PDF; a=b")}
    client.post(f"/api/sessions/{id}/setup", files=files, data={"level": "senior"})
    assert given(use) == ({"level": "senior"}, Upload(b"%PDF-1", "application/pdf"))


@pytest.mark.parametrize(
    ("sent", "status", "field"),
    [
        ({"json": {"answers": {"description": "x" * 50_001}}}, 422, "body.answers.description"),
        ({"json": {"answers": {"bad name": "x"}}}, 422, "body.answers.bad name.[key]"),
        ({"json": {"text": "x"}}, 422, "body.text"),
        ({"files": {"other": b"x"}}, 422, "body.document"),
        ({"files": {"document": b"x"}, "data": {"bad name": "y"}}, 422, "body.answers.bad name.[key]"),
        ({"content": b"x", "headers": {"content-type": "text/plain"}}, 415, None),
    ],
)
def test_what_does_not_fit_names_the_field(
    client: TestClient, id: str, sent: dict[str, object], status: int, field: str | None
) -> None:
    answer = client.post(f"/api/sessions/{id}/setup", **sent)  # pyright: ignore[reportArgumentType]
    assert answer.status_code == status
    assert [one["field"] for one in answer.json().get("errors", [])] == ([field] if field else [])
