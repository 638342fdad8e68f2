"""What the AI has one device do: the tools that its hello declared, called over its connection."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import anyio

from vivavoce.api.live.messages import DeclaredTool, ToolCall, ToolResult
from vivavoce.base.new_id import new_id
from vivavoce.engine.ports import ClientTool, ToolFailed

_GONE = "the device that has this tool is gone"


@dataclass(slots=True, eq=False)
class _Waiting:
    answer: ToolResult | None = None
    over: anyio.Event = field(default_factory=anyio.Event)


class DeviceCalls:
    """Calls that wait for the device's answer. send: takes a message for it."""

    def __init__(self, send: Callable[[ToolCall], None]) -> None:
        self._send = send
        self._waiting: dict[str, _Waiting] = {}
        self._gone = False

    def tools(self, declared: Sequence[DeclaredTool]) -> tuple[ClientTool, ...]:
        return tuple(
            ClientTool(tool.name, tool.description, tool.parameters, partial(self._call, tool.name))
            for tool in declared
        )

    def answered(self, answer: ToolResult) -> None:
        """The device has answered. One that comes too late changes nothing."""
        waiting = self._waiting.get(answer.call)
        if waiting is not None:
            waiting.answer = answer
            waiting.over.set()

    def close(self) -> None:
        """The device is gone: what still waits for it fails."""
        self._gone = True
        for waiting in self._waiting.values():
            waiting.over.set()

    async def _call(self, name: str, arguments: Mapping[str, object]) -> object:
        if self._gone:
            raise ToolFailed(_GONE)
        call, waiting = new_id("call"), _Waiting()
        self._waiting[call] = waiting
        try:
            self._send(ToolCall(call=call, name=name, arguments=dict(arguments)))
            await waiting.over.wait()
        finally:
            del self._waiting[call]
        if waiting.answer is None:
            raise ToolFailed(_GONE)
        if waiting.answer.error is not None:
            raise ToolFailed(waiting.answer.error)
        return waiting.answer.result
