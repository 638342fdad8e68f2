"""The server is killed while a webhook's answer is under way: the message comes again, with the same id."""

from pathlib import Path

import anyio
import httpx2
import pytest
from tests.integration.test_webhooks import Receiver, receiving
from tests.server import running_server

pytestmark = [pytest.mark.anyio, pytest.mark.e2e]


async def _until_came(receiver: Receiver, number: int) -> None:
    for _ in range(1200):  # a minute
        if len(receiver.came) >= number:
            return
        await anyio.sleep(0.05)
    raise AssertionError(f"{len(receiver.came)} messages came in place of {number}")


async def test_a_message_that_was_sent_and_not_recorded_comes_again_with_the_same_id(tmp_path: Path) -> None:
    async with receiving() as receiver:
        receiver.answers = ["hang"]
        hook = {"url": f"http://127.0.0.1:{receiver.port}/hooks", "events": ["session.phase"]}
        with running_server(tmp_path, VIVAVOCE_OUTSIDE_PRIVATE_ADDRESSES="true") as server:
            async with httpx2.AsyncClient(base_url=server.url, timeout=20) as http:
                assert (await http.post("/api/webhooks", json=hook)).status_code == 201
                session = (await http.post("/api/sessions", json={"format": "coaching"})).json()["id"]
                await _until_came(receiver, 1)
            server.kill()
            await anyio.to_thread.run_sync(server.start)
            async with httpx2.AsyncClient(base_url=server.url, timeout=20) as http:
                assert (await http.post(f"/api/sessions/{session}/start")).status_code == 200
                await _until_came(receiver, 3)
    ids = [headers["webhook-id"] for headers, _ in receiver.came]
    bodies = [body for _, body in receiver.came]
    assert ids[0] == ids[1] != ids[2]
    assert bodies[0] == bodies[1] != bodies[2]
