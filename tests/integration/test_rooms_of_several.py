"""Whole sessions of several people, over a real server with accounts: HTTP and live sockets, nothing else configured.

A lock-in: rooms to find, seats, tasks, the timer, calls, ratings, the end. A coaching room: an invitation, a whisper,
a take-over, a hand-back. What each may not see or do is tried as well.
"""

import subprocess
import sys
from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import anyio
import httpx2 as httpx
import pytest
from tests.live_client import LiveClient, live
from tests.server import Server, running_server
from tests.speech import RATE_HZ, noisy, spoken

from vivavoce.engine.ports import Samples

pytestmark = [pytest.mark.integration, pytest.mark.anyio]
PASSWORD: Final = "a long sentence is best"
SECRET: Final = "Ask about her sister."


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    key: str
    url: str

    def send(self, method: str, path: str, body: Any = None, *, status: int | None = None) -> Any:
        headers = {"Authorization": f"Bearer {self.key}"}
        answer = httpx.request(method, self.url + path, json=body, headers=headers, timeout=20)
        fits = answer.status_code == status if status is not None else answer.status_code < 300
        assert fits, f"{method} {path}: {answer.status_code} {answer.text[:400]}"
        return answer.json() if answer.content else None


@dataclass(frozen=True, slots=True)
class World:
    server: Server
    ana: Person
    ben: Person
    cyn: Person
    kim: Person


def _person(server: Server, name: str, standing: str) -> Person:
    email = f"{name.lower()}@example.org"
    env = {"PATH": "/usr/bin:/bin", "VIVAVOCE_DATA": str(server.data), "VIVAVOCE_ACCOUNTS": "on"}
    words = ("accounts", "add", email, "--name", name, "--standing", standing, "--password", "-")
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
    with httpx.Client(base_url=server.url, headers={"Origin": server.url}, timeout=20) as browser:
        entered = browser.post("/api/sign-in", json={"email": email, "password": PASSWORD})
        assert entered.status_code == 200, entered.text
        token = entered.json().get("csrf_token", "")
        made = browser.post("/api/keys", json={"name": "everything"}, headers={"X-CSRF-Token": token})
        assert made.status_code == 201, made.text
    return Person(name, made.json()["key"], server.url)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Generator[World]:
    with running_server(tmp_path_factory.mktemp("several"), VIVAVOCE_ACCOUNTS="on") as server:
        ana, ben, cyn = [_person(server, name, "member") for name in ("Ana", "Ben", "Cyn")]
        yield World(server, ana, ben, cyn, _person(server, "Kim", "coach"))


async def _in_room(stack: AsyncExitStack, world: World, session: str, *people: Person) -> list[LiveClient]:
    found: list[LiveClient] = []
    for person in people:
        found.append(await stack.enter_async_context(live(world.server.ws_url, session, key=person.key)))
    return found


async def test_a_lock_in_of_three_from_the_list_of_rooms_to_the_last_report(world: World) -> None:
    id = _found_and_joined(world)
    async with AsyncExitStack() as stack:
        devices = await _in_room(stack, world, id, world.ana, world.ben, world.cyn)
        task = await _tasks_and_timer(world, f"/api/sessions/{id}", *devices)
        await _calls(*devices)
        await _only_the_host(world, f"/api/sessions/{id}", *devices, task=task)
    await _logged_and_rated(world, f"/api/sessions/{id}")


def _found_and_joined(world: World) -> str:
    ana, ben, cyn, kim = world.ana, world.ben, world.cyn, world.kim
    project = ana.send("POST", "/api/projects", {"title": "Atlas", "notes": "The release is due on Friday."})
    wanted = {"format": "lock_in", "title": "Evening", "max_participants": 3, "variables": {"type": "coding"}}
    ben.send("POST", "/api/sessions", {**wanted, "project": project["id"]}, status=404)
    id = ana.send("POST", "/api/sessions", {**wanted, "project": project["id"]})["id"]
    at = f"/api/sessions/{id}"

    (room,) = [room for room in ben.send("GET", "/api/rooms?state=upcoming")["items"] if room["id"] == id]
    assert (room["host"], room["seats_left"], room["choices"]) == ("Ana", 2, {"type": "coding"})
    assert [one["id"] for one in cyn.send("GET", "/api/sessions?listed=true&phase=ready")["items"]] == [id]
    assert cyn.send("GET", "/api/sessions")["items"] == []
    for person in (ana, ben, cyn):
        person.send("POST", f"{at}/join")
    assert kim.send("POST", f"{at}/join", status=409)["code"] == "session_full"
    assert ben.send("GET", f"{at}/participants")["seats_left"] == 0
    kim.send("GET", f"{at}/events", status=404)
    return id


async def _tasks_and_timer(world: World, at: str, hers: LiveClient, his: LiveClient, third: LiveClient) -> str:
    ana, cyn = world.ana, world.cyn
    await his.send(type="task", text="Fix the parser")
    declared = await hers.until("task.declared", name="Ben")
    ana.send("POST", f"{at}/tasks", {"text": "Write the tests"}, status=201)
    await his.send(type="focus", minutes=25)
    started = await third.until("focus.changed", state="started")
    assert started["seconds"] == 1500
    assert ana.send("POST", f"{at}/focus", {"minutes": 5}, status=409)["code"] == "focus_running"
    assert cyn.send("GET", f"{at}/tasks")["focus"]["left_s"] > 1400
    return str(declared["task"])


async def _calls(hers: LiveClient, his: LiveClient, third: LiveClient) -> None:
    await third.send(type="text", text="My travel agent said the release is late.")
    assert (await his.until("turn.heard", name="Cyn"))["addressed"] is False
    await his.send(type="text", text="hay agent when is the release due")
    answers = [await device.until("reply.ended") for device in (hers, his, third)]
    assert {answer["heard"] for answer in answers} == {"Ben, the project's notes say: The release is due on Friday."}
    assert answers[0]["model"] == "guide"
    await third.send(type="text", text="Hey agent, what is everybody working on?")
    said = await third.until("reply.ended")
    assert said["heard"].startswith("Cyn, these are the tasks. Ben: Fix the parser (open).")

    await hers.send(type="signal", to=his.welcome["seat"], data={"sdp": "v=0"})
    signal = await his.until("signal")
    assert (signal["from"], signal["data"]) == (hers.welcome["seat"], {"sdp": "v=0"})


async def _only_the_host(
    world: World, at: str, hers: LiveClient, his: LiveClient, third: LiveClient, *, task: str
) -> None:
    ana, ben = world.ana, world.ben
    ben.send("POST", f"{at}/assistant", {"on": False}, status=403)
    assert ana.send("POST", f"{at}/assistant", {"on": False})["address"] == "nobody"
    await his.send(type="text", text="Hey agent, are you there?")
    assert (await his.until("turn.heard", text="Hey agent, are you there?"))["addressed"] is False
    assert ana.send("POST", f"{at}/assistant", {"on": True})["address"] == "when_called"

    ben.send("POST", f"{at}/end", status=403)
    await his.send(type="end")
    assert (await his.until("error"))["code"] == "not_allowed"
    await his.send(type="task.report", task=task, done="yes")
    await hers.until("task.reported")
    ana.send("POST", f"{at}/end")
    assert (await hers.until("notice", kind="report_back"))["seat"] == hers.welcome["seat"]
    await third.until("session.phase", phase="analyzing")


async def _logged_and_rated(world: World, at: str) -> None:
    ana, ben, cyn, kim = world.ana, world.ben, world.cyn, world.kim
    log = ben.send("GET", f"{at}/exchanges")["items"]
    assert [(one["name"], one["question"]) for one in log] == [
        ("Ben", "hay agent when is the release due"),
        ("Cyn", "Hey agent, what is everybody working on?"),
    ]
    assert all(one["model"] == "guide" and one["latency_ms"] >= 0 for one in log)
    rating = f"{at}/exchanges/{log[0]['reply']}/rating"
    ben.send("POST", rating, {"helpful": False})
    ben.send("POST", rating, {"helpful": True})
    cyn.send("POST", rating, {"helpful": False})
    kim.send("POST", rating, {"helpful": True}, status=403)
    (mine,) = ben.send("GET", "/api/exchanges")["items"]
    assert (mine["helpful"], mine["ratings"]) == (True, {"helpful": 1, "not_helpful": 1})
    await _wait_complete(ana, at)
    assert ana.send("GET", at)["end_reason"] == "ended_by_host"
    assert cyn.send("GET", f"{at}/report")


async def test_who_calls_aloud_in_a_lock_in_is_answered_by_name_and_nobody_else(world: World, tmp_path: Path) -> None:
    id = world.ben.send("POST", "/api/sessions", {"format": "lock_in", "variables": {"type": "study"}})["id"]
    audio = {"up_hz": RATE_HZ, "down_hz": 24_000}
    async with live(world.server.ws_url, id, key=world.ben.key, audio=audio) as device:
        async with _saying(device, spoken("I will call my sister tomorrow evening.", tmp_path)):
            assert (await device.until("turn.heard"))["addressed"] is False
        async with _saying(device, spoken("Hey agent, what is everybody working on?", tmp_path)):
            assert (await device.until("turn.heard"))["text"].startswith("hey agent")
            assert (await device.until("reply.ended"))["heard"].startswith("Ben, ")
        async with _saying(device, spoken("Hey agent.", tmp_path, voice="rms")):
            assert (await device.until("reply.ended"))["heard"] == "Ben, yes?"
        async with _saying(device, spoken("What is everybody working on?", tmp_path, voice="rms")):
            assert (await device.until("turn.heard"))["addressed"] is True
            assert (await device.until("reply.ended"))["heard"].startswith("Ben, ")
    assert len(world.ben.send("GET", f"/api/sessions/{id}/exchanges")["items"]) >= 2


@asynccontextmanager
async def _saying(device: LiveClient, samples: Samples) -> AsyncGenerator[None]:
    """Speak into the device's microphone as time passes, then stay silent but for the room's noise."""
    sound, piece = noisy(samples, None, around_ms=1000), RATE_HZ // 50
    pieces = [sound[at : at + piece].astype("<i2").tobytes() for at in range(0, sound.size - piece, piece)]

    async def speak() -> None:
        begun_s, sent = anyio.current_time(), 0
        while True:
            await device.socket.send(pieces[sent] if sent < len(pieces) else pieces[sent % 40])
            sent += 1
            await anyio.sleep(max(0, begun_s + sent * 0.02 - anyio.current_time()))

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(speak)
        yield
        tasks.cancel_scope.cancel()


async def test_a_coaching_room_with_a_human_coach_who_whispers_takes_over_and_hands_back(world: World) -> None:
    ana, ben, cyn, kim = world.ana, world.ben, world.cyn, world.kim
    id = ana.send("POST", "/api/sessions", {"format": "coaching_room"})["id"]
    at = f"/api/sessions/{id}"
    kim.send("GET", at, status=404)
    for person, role in ((kim, "coach"), (ben, "guest")):
        link = ana.send("POST", f"{at}/invitations", {"role": role})
        person.send("POST", "/api/invitations/accept", {"token": link["token"]})
    cyn.send("POST", "/api/invitations/accept", {"token": link["token"]}, status=409)
    cyn.send("GET", at, status=404)
    assert all(room["id"] != id for room in cyn.send("GET", "/api/rooms")["items"])
    for person in (ana, ben, kim):
        person.send("POST", f"{at}/join")

    async with AsyncExitStack() as stack:
        hers, his, coach = await _in_room(stack, world, id, ana, ben, kim)
        await hers.until("reply.ended")
        await coach.send(type="whisper", text=SECRET)
        await coach.until("assistant.whispered", text=SECRET)
        await hers.until("withheld")
        ana.send("POST", f"{at}/whisper", {"text": "Let me lead."}, status=403)
        await hers.send(type="text", text="I keep putting off my exam, and I am tired of it.")
        assert "What about your sister?" in (await hers.until("reply.ended"))["heard"]

        kim.send("POST", f"{at}/take-over")
        led = await his.until("session.led")
        assert (led["seat"], led["name"]) == (coach.welcome["seat"], "Kim")
        await hers.send(type="text", text="Ada, are you there?")
        await coach.send(type="text", text="She listens. Tell me about your evenings.")
        assert (await hers.until("turn.heard", name="Kim"))["addressed"] is False
        await anyio.sleep(2)
        assert not [event for event in hers.events[-3:] if event["type"] == "reply.started"]
        kim.send("POST", f"{at}/hand-back", {"briefing": "Stay with the evenings."})
        assert (await hers.until("reply.started"))["kind"] == "pick_up"
        await hers.until("reply.ended")
        await coach.until("session.led", briefing="Stay with the evenings.")
        ana.send("POST", f"{at}/end")
        await hers.until("session.phase", phase="analyzing")

    await _wait_complete(ana, at)
    for person, device in ((ana, hers), (ben, his)):
        told = [str(device.events), str(device.signals)]
        told += [str(person.send("GET", f"{at}/{part}")) for part in ("events?limit=1000", "transcript", "report")]
        assert all(words not in text for text in told for words in (SECRET, "Stay with the evenings."))
    assert SECRET in str(kim.send("GET", f"{at}/events?limit=1000"))
    names = [entry["name"] for entry in ana.send("GET", f"{at}/transcript")["entries"] if entry.get("seat")]
    assert names == ["Ana", "Ana", "Kim"]


async def _wait_complete(person: Person, at: str) -> None:
    with anyio.fail_after(30):
        while person.send("GET", at)["phase"] != "complete":  # noqa: ASYNC110 - over HTTP there is nothing to wait on
            await anyio.sleep(0.2)
