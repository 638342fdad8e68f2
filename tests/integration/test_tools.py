"""Tools of all three kinds in a running server: a model on loopback calls them, and its answer is heard."""

import json
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
import httpx2
import pytest
from anyio.abc import ByteStream, SocketAttribute
from tests.live_client import live, new_session
from tests.openai_server import openai_server, saying
from tests.parts import need
from tests.server import Server

pytestmark = [pytest.mark.integration, pytest.mark.anyio]
_STREAM = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"
TURN_PAGE = {
    "name": "turn_page",
    "description": "Turns to a page.",
    "parameters": {"type": "object", "properties": {"page": {"type": "integer"}}, "required": ["page"]},
}


@dataclass
class Model:
    """Calls `tool` once when it is offered, then says what the tool answered."""

    tool: str
    arguments: dict[str, object]
    requests: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    async def __call__(self, stream: ByteStream) -> None:
        request = self.requests[-1]
        offered = [tool["function"]["name"] for tool in request.get("tools", [])]
        last = request["messages"][-1]
        if last["role"] == "tool":
            await saying("The answer is ", str(last["content"]), ".")(stream)
        elif self.tool in offered:
            function = {"name": self.tool, "arguments": json.dumps(self.arguments)}
            call = {"index": 0, "id": "call_1", "type": "function", "function": function}
            await stream.send(_STREAM + _chunk({"tool_calls": [call]}, None) + _chunk({}, "tool_calls"))
            await stream.send(b"data: [DONE]\n\n")
        else:
            await saying("Nothing.")(stream)


def _chunk(delta: dict[str, object], finish: str | None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"


@asynccontextmanager
async def served(model: Model, data: Path, tools: str = "") -> AsyncGenerator[Server]:
    """A server whose language model is `model`, with this tools file."""
    (data / "tools.toml").write_text(tools)
    async with openai_server(model) as ai:
        model.requests = ai.requests
        settings = {
            "VIVAVOCE_LLM": "openai:m",
            "VIVAVOCE_LLM_BASE_URL": ai.url,
            "VIVAVOCE_TOOLS": str(data / "tools.toml"),
            "NOTES_KEY": "sesame",
        }
        server = Server(data, settings=settings)
        await anyio.to_thread.run_sync(server.start)
        try:
            yield server
        finally:
            await anyio.to_thread.run_sync(server.stop)


async def ask(server: Server, text: str) -> tuple[str, list[dict[str, Any]]]:
    """The reply to a message, and the calls in the session's log."""
    session = await new_session(server.url)
    path = f"/api/sessions/{session['id']}"
    async with httpx2.AsyncClient(base_url=server.url, timeout=60) as http:
        answer = await http.post(f"{path}/messages", json={"text": text})
        assert answer.status_code == 200, answer.text
        events = (await http.get(f"{path}/events")).json()["items"]
    return answer.json()["reply"]["text"], [one for one in events if one["type"] == "tool.called"]


@asynccontextmanager
async def weather_service(requests: list[str]) -> AsyncGenerator[int]:
    """An HTTP service on loopback that says what the weather is."""
    listener = await anyio.create_tcp_listener(local_host="127.0.0.1", local_port=0)

    async def answer(stream: ByteStream) -> None:
        async with stream:
            requests.append((await stream.receive()).decode())
            body = b'{"sky": "clear"}'
            head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
            await stream.send(head.encode() + body)

    async with listener, anyio.create_task_group() as tasks:
        tasks.start_soon(listener.serve, answer)
        yield listener.extra(SocketAttribute.local_port)
        tasks.cancel_scope.cancel()


async def test_an_http_tool_is_called_and_its_answer_said(tmp_path: Path) -> None:
    asked: list[str] = []
    async with weather_service(asked) as port:
        tools = f"""
            [[http]]
            name = "weather"
            description = "Weather in a city."
            url = "http://127.0.0.1:{port}/v1/{{city}}"
            headers = {{ Authorization = "Bearer env:NOTES_KEY" }}
            allow_private = true
            parameters = {{ required = ["city"], properties = {{ city = {{ type = "string" }} }} }}
        """
        async with served(Model("weather", {"city": "Bad Ems", "days": 2}), tmp_path, tools) as server:
            text, calls = await ask(server, "How is the weather?")
    assert text == 'You are talking with an AI. The answer is {"sky":"clear"}.'  # it opens the session
    assert asked[0].startswith("GET /v1/Bad%20Ems?days=2 HTTP/1.1\r\n")
    assert "authorization: bearer sesame\r\n" in asked[0].lower()
    assert [(one["name"], one["ok"], one["where"]) for one in calls] == [("weather", True, "http")]
    assert set(calls[0]) == {"seq", "type", "at", "name", "ok", "ms", "where"}


async def test_a_tool_of_an_mcp_server_is_called(tmp_path: Path) -> None:
    need("mcp")
    script = Path(__file__).with_name("mcp_notes.py")
    tools = f'[[mcp]]\nname = "notes"\ncommand = ["{sys.executable}", "{script}"]\n'
    async with served(Model("notes_note", {"about": "luck"}), tmp_path, tools) as server:
        with anyio.fail_after(30):
            while "mcp.connected" not in server.log.read_text():  # noqa: ASYNC110 - another process writes it
                await anyio.sleep(0.1)
        text, calls = await ask(server, "What is my note?")
    assert text == "You are talking with an AI. The answer is luck: seven."
    assert [(one["name"], one["ok"], one["where"]) for one in calls] == [("notes_note", True, "mcp")]


async def test_a_tool_of_a_device_is_called_over_its_connection(tmp_path: Path) -> None:
    async with served(Model("turn_page", {"page": 3}), tmp_path) as server:
        session = await new_session(server.url)
        async with live(server.ws_url, session["id"], tools=[TURN_PAGE]) as device:
            await device.send(type="text", text="Turn to page three.")
            asked = await device.until("tool.call")
            assert (asked["name"], asked["arguments"]) == ("turn_page", {"page": 3})
            await device.send(type="tool.result", call=asked["call"], result={"title": "Luck"})
            called = await device.until("tool.called")
            assert (called["name"], called["ok"], called["where"]) == ("turn_page", True, "client")
            ended = await device.until("reply.ended")
            assert ended["heard"] == 'The answer is {"title":"Luck"}.'


async def test_a_device_that_is_slow_to_answer_is_bridged_by_a_sentence(tmp_path: Path) -> None:
    async with served(Model("turn_page", {"page": 3}), tmp_path) as server:
        session = await new_session(server.url)
        async with live(server.ws_url, session["id"], tools=[TURN_PAGE]) as device:
            await device.send(type="text", text="Turn to page three.")
            asked = await device.until("tool.call")
            bridged = await device.until("reply.sentence")
            assert bridged["text"] == "One moment, I'm looking that up."
            await device.send(type="tool.result", call=asked["call"], error="the book is closed")
            ended = await device.until("reply.ended")
            assert ended["heard"].startswith("One moment, I'm looking that up. The answer is")
            assert "the book is closed" in ended["heard"]


async def test_doctor_counts_tools_and_says_which_servers_answer(tmp_path: Path) -> None:
    need("mcp")
    (tmp_path / "tools.toml").write_text('[[mcp]]\nname = "gone"\nurl = "http://127.0.0.1:9/mcp"\n')
    env = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "VIVAVOCE_DATA": str(tmp_path)}
    env["VIVAVOCE_TOOLS"] = str(tmp_path / "tools.toml")
    command = [sys.executable, "-m", "vivavoce", "doctor", "--json"]
    looked = await anyio.run_process(command, env=env, cwd=tmp_path, check=False)
    found = next(one for one in json.loads(looked.stdout) if one["part"] == "tools")
    assert (found["choice"], found["state"]) == ("0 HTTP, 1 MCP", "failing")
    assert found["why"].startswith("MCP servers: gone: it cannot be reached")
