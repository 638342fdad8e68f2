"""For whoever keeps the server running."""

from starlette.testclient import TestClient
from tests.unit.api.fakes import FakeUseCases


def test_the_process_says_that_it_is_alive(client: TestClient) -> None:
    assert client.get("/healthz").text == "ok"


def test_readiness_names_what_fails(client: TestClient, use: FakeUseCases) -> None:
    assert client.get("/readyz").json() == {"ready": True, "failing": []}
    use.failing.append("The store does not answer.")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["failing"]) == (503, ["The store does not answer."])


def test_requests_are_measured_by_pattern_and_not_by_path(client: TestClient, id: str) -> None:
    client.get(f"/api/sessions/{id}")
    client.get("/api/no/such/path/at/all")
    metrics = client.get("/metrics")
    assert metrics.headers["content-type"].startswith("text/plain")
    assert 'method="GET",route="/api/sessions/{id}",status="2xx"' in metrics.text
    assert id not in metrics.text
    assert "/api/no/such" not in metrics.text
