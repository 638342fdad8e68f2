"""The formats with a mentor, the silence and the writing: whole sessions over HTTP and the live socket, with nothing
configured."""

import base64
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import pytest
from tests.live_client import LiveClient, live
from tests.server import Server, running_server

pytestmark = [pytest.mark.integration, pytest.mark.anyio]
SISTER = (Path(__file__).parents[1] / "audio" / "sister.wav").read_bytes()
GOAL = "Finish the thesis before March"
AUDIO = {"up_hz": 16000, "down_hz": 24000}
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
Answer = dict[str, Any]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture
async def http(server: Server) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(base_url=server.url, timeout=60) as client:
        profile = {"onboarding": {"What brings you?": "My thesis"}, "challenges": ["I put things off"]}
        assert (await client.patch("/api/profile", json=profile)).status_code == 200
        goals = (await client.get("/api/goals")).json()["items"]
        if not goals:
            assert (await client.post("/api/goals", json={"text": GOAL})).status_code == 201
        yield client


async def opened(http: httpx2.AsyncClient, format: str, **variables: str) -> str:
    answer = await http.post("/api/sessions", json={"format": format, "variables": variables})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def said(http: httpx2.AsyncClient, session: str, text: str) -> Answer:
    answer = await http.post(f"/api/sessions/{session}/messages", json={"text": text})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def got(http: httpx2.AsyncClient, path: str) -> Answer:
    answer = await http.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def heard(client: LiveClient, kind: str) -> str:
    """What was heard of the next reply of this kind."""
    started = await client.until("reply.started", kind=kind)
    return (await client.until("reply.ended", reply=started["reply"], within_s=60))["heard"]


# --- face to face, spoken presence ------------------------------------------------------------------


async def test_face_to_face_from_first_words_to_goodbye(http: httpx2.AsyncClient, server: Server) -> None:
    id = await opened(http, "face_to_face", type="first_steps")
    async with live(server.ws_url, id, audio=AUDIO) as client:
        assert client.welcome["persona"]["name"] == "Iris"
        greeting = await heard(client, "greeting")
        assert GOAL in greeting
        assert client.voice  # she has a voice, and her mouth moves with it
        await client.send(type="text", text="I have written half of my thesis, and now I am stuck.")
        assert (await heard(client, "answer")).endswith("?")
    first = await said(http, id, "I get up late and then I read the news.")
    assert first["reply"]["text"].endswith("?")
    assert "Shall we close here?" in (await said(http, id, "Let's wrap up."))["reply"]["text"]
    last = await said(http, id, "Yes, please.")
    assert "Goodbye" in last["reply"]["text"]
    assert last["session"]["end_reason"] == "wrapped_up"


async def test_spoken_presence_by_messages_knows_the_goal_and_takes_audio(http: httpx2.AsyncClient) -> None:
    id = await opened(http, "spoken_presence", type="weekly_check_in")
    reply = (await said(http, id, "I wrote two pages on Monday."))["reply"]
    assert "Samuel" in reply["text"]
    assert GOAL in reply["text"]
    sound = await http.get(reply["audio_url"])
    assert sound.status_code == 200
    spoken = await http.post(f"/api/sessions/{id}/messages", files={"audio": ("a.wav", SISTER, "audio/wav")})
    assert spoken.status_code == 200, spoken.text
    assert spoken.json()["heard"]["text"]


async def test_a_type_that_is_none_and_a_project_of_nobody_are_refused(http: httpx2.AsyncClient) -> None:
    wrong = await http.post("/api/sessions", json={"format": "face_to_face", "variables": {"type": "party"}})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid")
    nobodys = await http.post("/api/sessions", json={"format": "face_to_face", "project": "pro_nobody"})
    assert (nobodys.status_code, nobodys.json()["code"]) == (404, "project_not_found")


# --- silent reflection ------------------------------------------------------------------------------


async def test_a_silence_is_opened_aloud_and_then_silent(http: httpx2.AsyncClient, server: Server) -> None:
    id = await opened(http, "silent_reflection", minutes="3", theme="gratitude")
    async with live(server.ws_url, id, audio=AUDIO) as client:
        opening = await heard(client, "greeting")
        assert "Three minutes of silence" in opening
        assert client.voice
        loud = (np.sin(np.arange(320) / 5) * 20000).astype("<i2").tobytes()
        for _ in range(100):
            await client.socket.send(loud)
        await client.send(type="text", text="How much longer?")
        refused = await client.until("error")
        assert refused["code"] == "modality_not_offered"
    typed = await http.post(f"/api/sessions/{id}/messages", json={"text": "Hello?"})
    sent = await http.post(f"/api/sessions/{id}/messages", files={"audio": ("a.wav", b"RIFF", "audio/wav")})
    for answer in (typed, sent):
        assert (answer.status_code, answer.json()["code"]) == (409, "modality_not_offered")
    steered = await http.post(f"/api/sessions/{id}/assistant", json={"address": "everyone"})
    assert steered.status_code == 409
    events = (await got(http, f"/api/sessions/{id}/events"))["items"]
    assert [event for event in events if event["type"] == "turn.heard"] == []
    assert len([event for event in events if event["type"] == "reply.started"]) == 1
    ended = await http.post(f"/api/sessions/{id}/end")
    assert ended.json()["end_reason"] == "ended_by_host"


async def test_a_silence_is_closed_aloud_when_its_time_is_over(http: httpx2.AsyncClient, server: Server) -> None:
    id = await opened(http, "silent_reflection", minutes="1")
    async with live(server.ws_url, id, audio=AUDIO) as client:
        await heard(client, "greeting")
        started = await client.until("reply.started", within_s=90)
        assert started["kind"] == "goodbye"  # nothing was said in between
        closing = (await client.until("reply.ended", reply=started["reply"], within_s=60))["heard"]
        assert closing.endswith("Goodbye.")
        await client.until("session.phase", phase="analyzing")
    assert (await got(http, f"/api/sessions/{id}"))["end_reason"] == "time_limit"
    note = await http.post(f"/api/sessions/{id}/notes", json={"text": "I thought of my grandmother."})
    assert note.status_code == 201, note.text
    path = f"/api/sessions/{id}/notes/{note.json()['id']}"
    assert (await http.patch(path, json={"text": "My grandmother's garden."})).status_code == 200
    kept = (await got(http, f"/api/sessions/{id}/notes"))["items"]
    assert [one["text"] for one in kept] == ["My grandmother's garden."]
    events = (await got(http, f"/api/sessions/{id}/events"))["items"]
    assert "note.kept" in [event["type"] for event in events]
    assert "garden" not in str(events)
    assert (await http.delete(path)).status_code == 204
    assert (await got(http, "/api/streak"))["today_done"] is True


async def test_the_minutes_of_a_silence_have_bounds(http: httpx2.AsyncClient) -> None:
    for minutes in ("0", "61", "ten", "-1"):
        answer = await http.post(
            "/api/sessions", json={"format": "silent_reflection", "variables": {"minutes": minutes}}
        )
        assert answer.status_code == 422, minutes


# --- written clarity --------------------------------------------------------------------------------


async def test_writing_by_messages_is_answered_with_the_writers_own_sentence(http: httpx2.AsyncClient) -> None:
    id = await opened(http, "written_clarity", type="letter")
    first = await said(http, id, "To my brother. We have not spoken for two years because of a car.")
    assert first["reply"]["text"].endswith("?")
    second = await said(http, id, "He was standing in the rain and I drove away. I never told anybody.")
    assert "“" in second["reply"]["text"]
    audio = await http.post(f"/api/sessions/{id}/messages", files={"audio": ("a.wav", b"RIFF", "audio/wav")})
    assert (audio.status_code, audio.json()["code"]) == (409, "modality_not_offered")
    offer = await http.post(f"/api/sessions/{id}/webrtc", json={"sdp": "v=0"})
    assert (offer.status_code, offer.json()["code"]) == (409, "modality_not_offered")
    note = await http.post(f"/api/sessions/{id}/notes", json={"text": "Send it in May."})
    assert note.status_code == 201
    await http.post(f"/api/sessions/{id}/end")


async def test_writing_live_is_shown_and_not_spoken(http: httpx2.AsyncClient, server: Server) -> None:
    id = await opened(http, "written_clarity")
    async with live(server.ws_url, id, audio=AUDIO) as client:
        assert client.welcome["audio"] is None
        assert "reads along" in await heard(client, "greeting")
        await client.send(type="text", text="Today my father called, and I said that I was busy.")
        assert "“Today my father called, and I said that I was busy”" in await heard(client, "answer")
        assert client.voice == b""
        await client.send(type="end")
        await client.until("session.phase", phase="analyzing")


# --- all --------------------------------------------------------------------------------------------


async def test_a_persona_of_ones_own_holds_a_session(http: httpx2.AsyncClient) -> None:
    draft = {"name": "Rosa", "title": "AI mentor", "instructions": "You are Rosa.", "greeting": "Hi from {{place}}."}
    made = (await http.post("/api/personas", json=draft)).json()
    assert made["variables"] == ["place"]
    path = f"/api/personas/{made['id']}"
    assert (await http.post(f"{path}/publish")).json()["published"] == 1
    body = {"format": "face_to_face", "persona": made["id"], "variables": {"place": "Porto"}}
    session = (await http.post("/api/sessions", json=body)).json()
    assert (session["persona"], session["persona_version"]) == (made["id"], 1)
    await http.patch(path, json={"name": "Rose"})
    await http.post(f"{path}/publish")
    again = (await http.post("/api/sessions", json=body)).json()
    assert again["persona_version"] == 2
    assert (await http.post(f"{path}/roll-back", json={"version": 1})).json()["published"] == 1
    assert [one["version"] for one in (await got(http, f"{path}/versions"))["items"]] == [2, 1]
    assert made["id"] in [one["id"] for one in (await got(http, "/api/personas"))["items"]]
    assert (await http.delete(path)).status_code == 204
    assert (await http.post("/api/sessions", json=body)).status_code == 422
    assert "Rose" in (await said(http, again["id"], "I want to learn to wait."))["reply"]["text"]


async def test_a_picture_is_made_small(http: httpx2.AsyncClient) -> None:
    assert (await http.get("/api/profile/avatar")).status_code == 404
    wrong = await http.post("/api/profile/avatar", files={"picture": ("a.png", b"GIF89a" + bytes(50), "image/png")})
    assert wrong.status_code == 415
    picture = base64.b64decode(PIXEL)
    made = await http.post("/api/profile/avatar", files={"picture": ("a.png", picture, "image/png")})
    assert made.json()["avatar"] == "uploaded"
    fetched = await http.get(made.json()["avatar_url"])
    assert fetched.headers["content-type"] == "image/png"
    assert (await http.patch("/api/profile", json={"avatar": "fern"})).json()["avatar_url"] is None
    assert (await http.get("/api/profile/avatar")).status_code == 404
