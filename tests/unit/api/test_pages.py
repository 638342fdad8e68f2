"""The web pages."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.unit.api.conftest import client_of
from tests.unit.api.fakes import FakeUseCases, wiring


@pytest.fixture
def built(tmp_path: Path) -> TestClient:
    folder = tmp_path / "pages"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<title>Vivavoce</title>")
    (folder / "favicon.svg").write_text("<svg/>")
    (folder / "assets" / "app-3f2a.js").write_text("go()")
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    return client_of(wiring(FakeUseCases(), pages=folder))


@pytest.mark.parametrize("path", ["/", "/index.html", "/rooms/ses_1", "/sessions", "/apiary", "/a/b/c"])
def test_every_page_path_is_the_application(built: TestClient, path: str) -> None:
    answer = built.get(path)
    assert (answer.status_code, answer.text) == (200, "<title>Vivavoce</title>")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"


def test_assets_never_change(built: TestClient) -> None:
    answer = built.get("/assets/app-3f2a.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert built.get("/favicon.svg").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "/assets/gone.js",
        "/assets/gone",
        "/other.txt",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/assets/../../secret.txt",
        "/%2fetc%2fpasswd.",
        "/link.txt",
        "/api/pages",
        "/api",
    ],
)
def test_what_is_not_there_or_not_ours_is_not_found(built: TestClient, path: str) -> None:
    answer = built.get(path)
    assert answer.status_code == 404
    assert "secret" not in answer.text.replace(path, "").replace("secret.txt", "")


def test_pages_may_load_nothing_from_elsewhere(built: TestClient) -> None:
    headers = built.get("/").headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_a_page_that_is_known_is_not_sent_again(built: TestClient) -> None:
    etag = built.get("/").headers["etag"]
    assert built.get("/", headers={"if-none-match": etag}).status_code == 304
    assert built.head("/").headers["etag"] == etag


def test_without_built_pages_a_page_says_how_to_build_them(client: TestClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 503
    assert "npm run build" in answer.text
    assert "/api/docs" in answer.text


def test_the_reference_is_one_page_without_scripts(client: TestClient) -> None:
    page = client.get("/api/docs")
    assert page.status_code == 200
    assert "<script" not in page.text
    assert "http://" not in page.text.replace("http://127.0.0.1", "").replace("http://localhost", "")
    assert "POST</span> <code>/api/sessions</code>" in page.text
