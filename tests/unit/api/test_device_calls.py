"""Tools of a device: declared in its hello, called over its connection."""

import anyio
import pytest
from starlette.testclient import TestClient
from tests.unit.api.fakes import FakeUseCases
from tests.unit.api.test_live_socket import HELLO, close_of, connected, in_step, read_until

from vivavoce.api.live.calls import DeviceCalls
from vivavoce.api.live.messages import DeclaredTool, ToolCall, ToolResult
from vivavoce.engine.ports import ToolFailed

SCHEMA = {"type": "object", "properties": {"page": {"type": "integer"}}}
TOOL = {"name": "turn_page", "description": "Turns to a page.", "parameters": SCHEMA}


class Device:
    def __init__(self) -> None:
        self.asked: list[ToolCall] = []
        self.calls = DeviceCalls(self.asked.append)
        self.tool = self.calls.tools([DeclaredTool.model_validate(TOOL)])[0]
        self.said: list[object] = []

    async def call(self) -> None:
        try:
            self.said.append(await self.tool.call({"page": 3}))
        except ToolFailed as failed:
            self.said.append(str(failed))


@pytest.mark.anyio
async def test_a_call_gives_what_the_device_answers() -> None:
    device = Device()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(device.call)
        await anyio.lowlevel.checkpoint()
        asked = device.asked[0]
        assert (asked.name, asked.arguments) == ("turn_page", {"page": 3})
        device.calls.answered(ToolResult(type="tool.result", call=asked.call, result={"pages": 9}))
    assert device.said == [{"pages": 9}]


@pytest.mark.anyio
async def test_an_error_of_the_device_fails_the_call() -> None:
    device = Device()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(device.call)
        await anyio.lowlevel.checkpoint()
        device.calls.answered(ToolResult(type="tool.result", call=device.asked[0].call, error="no such page"))
    assert device.said == ["no such page"]


@pytest.mark.anyio
async def test_a_device_that_goes_fails_what_waits_for_it_and_what_comes_after() -> None:
    device = Device()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(device.call)
        await anyio.lowlevel.checkpoint()
        device.calls.close()
    await device.call()
    assert device.said == ["the device that has this tool is gone"] * 2
    assert len(device.asked) == 1


@pytest.mark.anyio
async def test_an_answer_that_comes_too_late_changes_nothing() -> None:
    device = Device()
    with anyio.move_on_after(0):
        await device.call()
    device.calls.answered(ToolResult(type="tool.result", call="call_x", result=1))
    assert device.said == []


def test_a_declared_tool_is_called_over_the_socket(client: TestClient, id: str, use: FakeUseCases) -> None:
    with connected(client, id, HELLO | {"tools": [TOOL]}) as socket:
        read_until(socket, "welcome")
        tool = use.seats[0].hello.tools[0]
        assert (tool.name, tool.parameters) == ("turn_page", SCHEMA)
        portal = client.portal
        assert portal is not None, "the client is open"
        called = portal.start_task_soon(tool.call, {"page": 3})
        asked = read_until(socket, "tool.call")[-1]
        assert (asked["name"], asked["arguments"]) == ("turn_page", {"page": 3})
        socket.send_json({"type": "tool.result", "call": asked["call"], "result": ["done"]})
        assert called.result(5) == ["done"]


def test_an_answer_that_nobody_waits_for_is_passed_over(client: TestClient, id: str) -> None:
    with connected(client, id, HELLO) as socket:
        read_until(socket, "session.phase")
        socket.send_json({"type": "tool.result", "call": "call_x", "result": 1})
        assert in_step(socket) == []


@pytest.mark.parametrize(
    "tools",
    [
        [TOOL, TOOL],
        [TOOL | {"name": f"tool_{number}"} for number in range(17)],
        [TOOL | {"name": "turn page"}],
        [TOOL | {"parameters": {"type": "string"}}],
        [TOOL | {"parameters": SCHEMA | {"description": "x" * 20_000}}],
    ],
    ids=["twice", "too many", "bad name", "no object", "too long"],
)
def test_tools_that_cannot_be_taken_close_the_connection(client: TestClient, id: str, tools: list[object]) -> None:
    with connected(client, id, HELLO | {"tools": tools}) as socket:
        assert close_of(socket) == 4400


def test_an_answer_that_is_too_long_is_refused(client: TestClient, id: str) -> None:
    with connected(client, id, HELLO) as socket:
        read_until(socket, "session.phase")
        socket.send_json({"type": "tool.result", "call": "call_x", "result": "x" * 20_000})
        assert read_until(socket, "error")[-1]["code"] == "invalid"
