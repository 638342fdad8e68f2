"""The tools of one reply, as pydantic-ai calls them.

1. They are offered in the first `ROUNDS` requests. In the next one there are none, so that the model must answer.
2. A call waits until its reply is wanted: a draft may be thrown away, what a tool did may not.
3. A call has a deadline. One that fails is told to the model, which goes on; it never fails the reply.
4. Each call is recorded, without what was asked and answered.
"""

from collections.abc import Mapping
from typing import Any, Final

import anyio
from pydantic_ai.exceptions import ToolFailed as PydanticToolFailed
from pydantic_ai.tools import RunContext, ToolDefinition
from pydantic_ai.toolsets import AbstractToolset, ToolsetTool
from pydantic_core import SchemaValidator, core_schema

from vivavoce.domain.sessions.events import ToolCalled
from vivavoce.engine.ports import ToolFailed, ToolUse
from vivavoce.providers.tools.tool import Tool

ROUNDS: Final = 5
CALLS: Final = 16  # of one reply
_ARGUMENTS: Final = SchemaValidator(core_schema.dict_schema(keys_schema=core_schema.str_schema()))


class Toolbox(AbstractToolset[None]):
    def __init__(self, tools: Mapping[str, Tool], use: ToolUse) -> None:
        self._tools = tools
        self._use = use
        self._calls = 0

    @property
    def id(self) -> str | None:
        return None

    async def get_tools(self, ctx: RunContext[None]) -> dict[str, ToolsetTool[None]]:
        if ctx.run_step > ROUNDS:
            return {}
        return {name: self._offered(tool) for name, tool in self._tools.items()}

    def _offered(self, tool: Tool) -> ToolsetTool[None]:
        definition = ToolDefinition(
            name=tool.name, description=tool.description, parameters_json_schema=dict(tool.parameters)
        )
        return ToolsetTool(toolset=self, tool_def=definition, max_retries=ROUNDS, args_validator=_ARGUMENTS)

    async def call_tool(
        self, name: str, tool_args: dict[str, Any], ctx: RunContext[None], tool: ToolsetTool[None]
    ) -> object:
        self._calls += 1
        if self._calls > CALLS:
            raise PydanticToolFailed("too many calls: answer with what you know")
        await self._use.wait_wanted()
        one = self._tools[name]
        began_s, ok = anyio.current_time(), False
        try:
            with anyio.fail_after(one.within_s):
                answer = await one.call(tool_args)
            ok = True
        except ToolFailed as failed:
            raise PydanticToolFailed(str(failed)) from None
        except TimeoutError:
            raise PydanticToolFailed(f"it did not answer within {one.within_s:g} s") from None
        finally:
            ms = round(1000 * (anyio.current_time() - began_s))
            self._use.called(ToolCalled(name, ok, ms, one.where))
        return answer
