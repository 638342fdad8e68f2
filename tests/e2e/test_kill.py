"""The server is killed in the middle of things, and started again on the same data."""

from pathlib import Path

import httpx2
import pytest
from tests.live_client import LiveClient, live, new_session
from tests.server import running_server

pytestmark = [pytest.mark.anyio, pytest.mark.e2e]


async def _say(client: LiveClient, text: str) -> None:
    """Type `text` and read until the answer to it is over."""
    await client.send(type="text", text=text, id=str(len(client.events)))
    turn = (await client.until("turn.heard", text=text))["turn"]
    reply = (await client.until("reply.started", answers=turn))["reply"]
    await client.until("reply.ended", reply=reply)


async def test_a_session_goes_on_after_kill_9_in_mid_reply(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        session = await new_session(server.url)
        async with live(server.ws_url, session["id"], audio={"up_hz": 16000, "down_hz": 24000}) as client:
            await client.until("reply.ended")  # the greeting
            await _say(client, "My goal is to run ten kilometres by June.")
            await client.send(type="text", text="I run twice a week with my friend Ben.", id="second")
            await client.until("turn.heard", text="I run twice a week with my friend Ben.")
            await client.until("reply.sentence")
            server.kill()
            await client.until_lost()
            seen = client.events
        server.start()
        async with live(server.ws_url, session["id"], after=client.last_seq, audio={}) as client:
            await client.until("reply.ended", cause="restart")
            resumed = await client.until("reply.started")
            await client.until("reply.ended", reply=resumed["reply"])
            await _say(client, "Ben is away in May, though.")
            seen = seen + client.events
        async with httpx2.AsyncClient(base_url=server.url) as http:
            log = (await http.get(f"/api/sessions/{session['id']}/events?after=0&limit=500")).json()["items"]
    assert [event["seq"] for event in seen] == list(range(1, len(seen) + 1)), "no gap, no repeat"
    assert [event["seq"] for event in log] == list(range(1, len(log) + 1))
    assert resumed["kind"] == "pick_up"
    kinds = [event["kind"] for event in log if event["type"] == "reply.started"]
    assert kinds.count("greeting") == 1
    heard = [event["text"] for event in log if event["type"] == "turn.heard"]
    assert heard == [
        "My goal is to run ten kilometres by June.",
        "I run twice a week with my friend Ben.",
        "Ben is away in May, though.",
    ]


async def test_a_message_that_was_sent_again_after_a_kill_is_one_turn(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        session = await new_session(server.url)
        path = f"/api/sessions/{session['id']}/messages"
        key = {"Idempotency-Key": "first"}
        async with httpx2.AsyncClient(base_url=server.url) as http:
            first = await http.post(path, json={"text": "I want to sleep better."}, headers=key)
            assert first.status_code == 200, first.text
        server.kill()
        server.start()
        async with httpx2.AsyncClient(base_url=server.url) as http:
            again = await http.post(path, json={"text": "I want to sleep better."}, headers=key)
            assert again.json()["reply"] == first.json()["reply"]
            transcript = (await http.get(f"/api/sessions/{session['id']}/transcript")).json()
    assert [entry["text"] for entry in transcript["entries"] if entry["seat"]] == ["I want to sleep better."]
