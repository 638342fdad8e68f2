"""Schemathesis over the whole interface of a real server in local mode.

Whatever is sent, nothing fails on our side, and answers are as described.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx2 as httpx
import pytest
from tests.attack import attack, checks
from tests.server import running_server

pytestmark = pytest.mark.integration
EXAMPLES: Final = 8  # of each operation
CHECKED: Final = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
)


@dataclass(frozen=True, slots=True)
class Site:
    """sessions: one of each kind, by what it is. ids: of other things, by the name of the path's parameter."""

    url: str
    sessions: Mapping[str, str]
    ids: Mapping[str, str]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[Site]:
    with running_server(tmp_path_factory.mktemp("local")) as server, httpx.Client(base_url=server.url) as client:

        def post(path: str, body: Any = None) -> Any:
            answer = client.post(path, json=body)
            assert answer.status_code < 300, answer.text
            return answer.json()

        opened = {name: post("/api/sessions", {"format": "coaching"})["id"] for name in ("ready", "active", "over")}
        opened["room"] = post("/api/sessions", {"format": "lock_in"})["id"]
        for name in ("active", "over", "room"):
            post(f"/api/sessions/{opened[name]}/start")
        said = post(f"/api/sessions/{opened['over']}/messages", {"text": "I want to sleep more."})
        post(f"/api/sessions/{opened['over']}/end")
        ids = {
            "goal": post("/api/goals", {"text": "Sleep more"})["id"],
            "project": post("/api/projects", {"title": "A house"})["id"],
            "reply": str(said["reply"]["audio_url"]).rsplit("/", 1)[-1],
            "task": post(f"/api/sessions/{opened['room']}/tasks", {"text": "One page"})["id"],
        }
        yield Site(server.url, opened, ids)


def _known(site: Site, path: str, name: str, value: Any) -> Any:
    """Mostly things that exist; for event streams a session that is over, so that they end."""
    if name != "id" or not path.startswith("/api/sessions/"):
        return site.ids.get(name, value)
    if path.endswith("/events"):
        return site.sessions["over"]
    which = ("ready", "active", "over", "room", "")[len(str(value)) % 5]
    return site.sessions.get(which, value)


@pytest.mark.timeout(400)
def test_whatever_is_sent_the_answer_is_as_described(site: Site) -> None:
    def attempt(case: Any) -> None:
        named: dict[str, Any] = case.path_parameters or {}
        path = case.operation.path
        case.path_parameters = {name: _known(site, path, name, value) for name, value in named.items()}
        case.validate_response(case.call(timeout=20), checks=checks(CHECKED))

    attack(site.url, attempt, examples=EXAMPLES)
