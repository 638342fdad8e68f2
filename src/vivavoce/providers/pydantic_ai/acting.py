"""A reply of a model that may call tools, in pieces of text: pydantic-ai's agent in a task of its own.

What is written before a call is given out at once, closed by a line break so that it is spoken. While calls run, an
empty piece says from time to time that there is more to come; if nothing was said yet, a filler sentence comes first.
"""

from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final, cast

import anyio
from anyio.abc import TaskGroup
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from pydantic_ai import Agent, AgentRun, CallToolsNode, ModelRequestNode
from pydantic_ai.exceptions import AgentRunError, UserError
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import UsageLimits

from vivavoce.engine.ports import Prompt, ProviderError, ToolUse
from vivavoce.providers.pydantic_ai.messages import messages_of
from vivavoce.providers.pydantic_ai.toolbox import ROUNDS, Toolbox
from vivavoce.providers.tools.tool import Tool

FILLER_AFTER_S: Final = 1.2
_STILL_AT_WORK_S: Final = 5.0  # the engine gives a model up after 15 s without a piece
_AHEAD: Final = 64  # pieces that are written and not read yet; then the agent waits
_LIMITS: Final = UsageLimits(request_limit=2 * ROUNDS)  # for a model that calls tools it was not offered

Reading = Callable[[AbstractAsyncContextManager[AsyncIterable[Any]]], AbstractAsyncContextManager[AsyncIterator[str]]]
"""Opens a stream of events, and gives its pieces of text within deadlines. Raises ProviderError."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A model that may act. ours: a vendor's error as one of engine.ports."""

    agent: Agent[None, str]
    settings: ModelSettings
    reading: Reading
    ours: Callable[[AgentRunError | UserError], ProviderError]

    @asynccontextmanager
    async def reply(
        self, prompt: Prompt, use: ToolUse, tools: Mapping[str, Tool]
    ) -> AsyncGenerator[AsyncIterator[str]]:
        """The reply's text in pieces. Leaving the context stops the agent and its calls."""
        send, receive = anyio.create_memory_object_stream[str](_AHEAD)
        with receive:
            try:
                async with anyio.create_task_group() as tasks:
                    work = _Work(self, use, send, tasks)
                    tasks.start_soon(work.run, prompt, tools)
                    yield _pieces(work, receive)
                    tasks.cancel_scope.cancel()
            except BaseExceptionGroup as group:
                raise _only(group) from None


async def _pieces(work: "_Work", receive: MemoryObjectReceiveStream[str]) -> AsyncIterator[str]:
    async for piece in receive:
        yield piece
    if work.fault is not None:
        raise work.fault


def _only(group: BaseException) -> BaseException:
    """The error that the reader of the pieces met: `_Work` lets none out."""
    while isinstance(group, BaseExceptionGroup):
        group = cast("BaseExceptionGroup[BaseException]", group).exceptions[0]
    return group


@dataclass(slots=True, eq=False)
class _Work:
    """One reply in the making. said: text was given out. cut: what follows begins anew. fault: why there is no more."""

    by: Actor
    use: ToolUse
    pieces: MemoryObjectSendStream[str]
    tasks: TaskGroup
    said: bool = False
    cut: bool = True
    fault: ProviderError | None = None

    async def run(self, prompt: Prompt, tools: Mapping[str, Tool]) -> None:
        messages = messages_of(prompt)
        with self.pieces:
            try:
                async with self.by.agent.iter(
                    message_history=messages,
                    instructions=prompt.instructions,
                    toolsets=[Toolbox(tools, self.use)],
                    model_settings=self.by.settings,
                    usage_limits=_LIMITS,
                ) as run:
                    async for node in run:
                        if isinstance(node, ModelRequestNode):
                            await self._write(node, run)
                        elif isinstance(node, CallToolsNode):
                            await self._act(node, run)
            except ProviderError as error:
                self.fault = error
            except (AgentRunError, UserError) as error:
                self.fault = self.by.ours(error)

    async def _write(self, node: ModelRequestNode[None, str], run: AgentRun[None, str]) -> None:
        async with self.by.reading(node.stream(run.ctx)) as texts:
            async for text in texts:
                await self._give_out(text)

    async def _act(self, node: CallToolsNode[None, str], run: AgentRun[None, str]) -> None:
        waiting = anyio.CancelScope()
        if node.model_response.tool_calls:
            await self._give_out("" if self.cut else "\n")
            self.tasks.start_soon(self._pass_the_time, waiting)
        try:
            async with node.stream(run.ctx) as events:
                async for _ in events:
                    pass
        finally:
            waiting.cancel()

    async def _pass_the_time(self, while_waiting: anyio.CancelScope) -> None:
        with while_waiting:
            while not await _within(_STILL_AT_WORK_S, self.use.wait_wanted):
                await self._give_out("")
            await anyio.sleep(FILLER_AFTER_S)
            if self.use.filler and not self.said:
                await self._give_out(f"{self.use.filler} ")
            while True:
                await self._give_out("")
                await anyio.sleep(_STILL_AT_WORK_S)

    async def _give_out(self, text: str) -> None:
        if text:
            self.said = self.said or not text.isspace()
            self.cut = text[-1].isspace()
        await self.pieces.send(text)


async def _within(seconds: float, wait: Callable[[], Awaitable[None]]) -> bool:
    with anyio.move_on_after(seconds) as scope:
        await wait()
    return not scope.cancelled_caught
