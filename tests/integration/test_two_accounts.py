"""Schemathesis over the whole interface of a real server, as two people who must never see what is Ana's.

Ana has left her words everywhere. Ben is in her community, Cleo is the admin of another. Whatever they send, with
Ana's ids where an id is asked for: nothing of hers comes back, nothing of hers is changed, and nothing fails
on our side.
"""

import json
import re
import subprocess
import sys
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx2 as httpx
import pytest
from tests.attack import attack, checks
from tests.server import Server, running_server

pytestmark = pytest.mark.integration
EXAMPLES: Final = 5  # of each operation, for each of the two
SECRET: Final = "quetzalcoatl"  # Ana's word, in everything that she says and writes
CHECKED: Final = ("not_a_server_error", "status_code_conformance", "content_type_conformance")
PASSWORD: Final = "a long sentence is best"
HER_OWN: Final = ("/api/sessions", "/api/goals", "/api/projects", "/api/memories", "/api/profile", "/api/exchanges")
# what would end the account that asks, or the server's patience with its address


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    key: str
    url: str

    def send(self, method: str, path: str, body: Any = None) -> Any:
        answer = httpx.request(method, self.url + path, json=body, headers=self.headers, timeout=20)
        assert answer.status_code < 300, f"{method} {path}: {answer.status_code} {answer.text[:300]}"
        return answer.json() if answer.content else None

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}


@dataclass(frozen=True, slots=True)
class World:
    server: Server
    ana: Person
    ben: Person
    cleo: Person
    ids: Mapping[str, str]
    hers: str  # all that she sees of her own, as text


def _command(server: Server, *words: str) -> None:
    env = {"PATH": "/usr/bin:/bin", "VIVAVOCE_DATA": str(server.data), "VIVAVOCE_ACCOUNTS": "on"}
    done = subprocess.run(
        [sys.executable, "-m", "vivavoce", *words],
        check=False,
        env=env,
        input=PASSWORD + "\n",
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


def _person(server: Server, name: str, standing: str, community: str) -> Person:
    email = f"{name}@example.org"
    _command(
        server,
        "accounts",
        "add",
        email,
        "--name",
        name,
        "--standing",
        standing,
        "--community",
        community,
        "--password",
        "-",
    )
    with httpx.Client(base_url=server.url, headers={"Origin": server.url}, timeout=20) as browser:
        entered = browser.post("/api/sign-in", json={"email": email, "password": PASSWORD, "community": community})
        assert entered.status_code == 200, entered.text
        token = entered.json().get("csrf_token", "")
        made = browser.post("/api/keys", json={"name": "everything"}, headers={"X-CSRF-Token": token})
        assert made.status_code == 201, made.text
    return Person(name, made.json()["key"], server.url)


def _left_everywhere(ana: Person) -> dict[str, str]:
    """Ana's words in all kinds of places; the ids that name them, by the name of the path's parameter."""
    session = ana.send("POST", "/api/sessions", {"format": "coaching", "title": f"My {SECRET}"})["id"]
    said = ana.send(
        "POST", f"/api/sessions/{session}/messages", {"text": f"My goal is to feed the {SECRET} by Friday."}
    )
    quiet = ana.send("POST", "/api/sessions", {"format": "silent_reflection", "title": f"Silence, {SECRET}"})["id"]
    ana.send("POST", f"/api/sessions/{quiet}/start")
    note = ana.send("POST", f"/api/sessions/{quiet}/notes", {"text": f"A note on the {SECRET}"})["id"]
    goal = ana.send("POST", "/api/goals", {"text": f"Tame the {SECRET}"})["id"]
    project = ana.send("POST", "/api/projects", {"title": f"House for the {SECRET}", "notes": SECRET})["id"]
    memory = ana.send("POST", "/api/memories", {"kind": "fact", "text": f"I keep a {SECRET}"})["id"]
    ana.send("PATCH", "/api/profile", {"onboarding": {"role": f"keeper of a {SECRET}"}, "challenges": [SECRET]})
    reply = str(said["reply"]["audio_url"]).rsplit("/", 1)[-1]
    return {
        "id": session,
        "goal": goal,
        "project": project,
        "memory": memory,
        "reply": reply,
        "quiet": quiet,
        "note": note,
    }


def _all_of(ana: Person, ids: Mapping[str, str]) -> str:
    seen = [ana.send("GET", path) for path in HER_OWN]
    seen += [ana.send("GET", f"/api/sessions/{ids['id']}{part}") for part in ("", "/transcript")]
    seen += [ana.send("GET", f"/api/sessions/{ids['quiet']}{part}") for part in ("", "/notes")]
    return re.sub(r'"elapsed_s": \d+', "", json.dumps(seen, sort_keys=True))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Generator[World]:
    data: Path = tmp_path_factory.mktemp("accounts")
    with running_server(data, VIVAVOCE_ACCOUNTS="on") as server:
        _command(server, "communities", "add", "other", "--name", "Other")
        ana = _person(server, "ana", "member", "local")
        ben = _person(server, "ben", "member", "local")
        cleo = _person(server, "cleo", "admin", "other")
        ids = _left_everywhere(ana)
        yield World(server, ana, ben, cleo, ids, _all_of(ana, ids))


def _try(case: Any, person: Person, world: World) -> None:
    named: dict[str, Any] = case.path_parameters or {}
    case.path_parameters = {name: _of_ana(case.operation.path, name, value, world) for name, value in named.items()}
    answer = case.call(headers=person.headers, timeout=20)
    assert SECRET not in answer.content.decode(errors="replace").casefold() or SECRET in _sent(case), (
        f"{person.name} saw Ana's words"
    )
    case.validate_response(answer, checks=checks(CHECKED))


def _of_ana(path: str, name: str, value: Any, world: World) -> Any:
    """Her id where one of hers fits; what was made up elsewhere."""
    subject = path.removeprefix("/api/").partition("/")[0].removesuffix("s")
    if name == "id" and "/notes" in path:
        return world.ids["quiet"]
    if name == "id":
        return world.ids.get({"memorie": "memory", "session": "id"}.get(subject, subject), value)
    return world.ids.get(name, value)


def _sent(case: Any) -> str:
    return json.dumps([case.body, case.query], default=str).casefold()


@pytest.mark.timeout(400)
def test_a_neighbour_never_sees_anas_words(world: World) -> None:
    attack(world.server.url, lambda case: _try(case, world.ben, world), examples=EXAMPLES, headers=world.ana.headers)


@pytest.mark.timeout(400)
def test_an_admin_of_another_community_never_sees_anas_words(world: World) -> None:
    attack(world.server.url, lambda case: _try(case, world.cleo, world), examples=EXAMPLES, headers=world.ana.headers)


def test_nothing_of_anas_was_changed_by_others(world: World) -> None:
    assert _all_of(world.ana, world.ids) == world.hers
