"""One MCP server through pydantic-ai's toolset. Importing this takes a second, and needs the extra `mcp`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import anyio
import httpx2
from fastmcp.client.transports import ClientTransport, StdioTransport, StreamableHttpTransport
from fastmcp.exceptions import FastMCPError, McpError
from pydantic import SecretStr
from pydantic_ai.exceptions import ModelRetry
from pydantic_ai.exceptions import ToolFailed as PydanticToolFailed
from pydantic_ai.mcp import MCPToolset

from vivavoce.engine.ports import ToolFailed
from vivavoce.providers.tools.file import McpServer
from vivavoce.providers.tools.tool import McpLost

_FAULTS: Final = (
    FastMCPError,
    McpError,
    RuntimeError,
    OSError,
    ValueError,
    httpx2.HTTPError,
    anyio.ClosedResourceError,
    anyio.BrokenResourceError,
    anyio.EndOfStream,
    ExceptionGroup,
)


@dataclass(frozen=True, slots=True)
class Offered:
    """A tool as the server describes it."""

    name: str
    description: str
    parameters: Mapping[str, object]


class McpClient:
    """Open, use and close it in one task; `call` may come from any."""

    def __init__(self, settings: McpServer) -> None:
        self._toolset: MCPToolset[None] = MCPToolset(_transport(settings), tool_error_behavior="failed")

    async def open(self) -> None:
        """Raises McpLost when the server is not there."""
        try:
            await self._toolset.__aenter__()
        except _FAULTS as error:
            raise McpLost(f"it cannot be reached ({_class_of(error)})") from None

    async def offered(self) -> list[Offered]:
        """The tools it offers, from memory until it says that they changed. Raises McpLost."""
        try:
            tools = await self._toolset.list_tools()
        except _FAULTS as error:
            raise McpLost(f"it does not list its tools ({_class_of(error)})") from None
        wire = [tool.model_dump(by_alias=True) for tool in tools]
        return [Offered(tool["name"], tool.get("description") or "", tool["inputSchema"]) for tool in wire]

    async def call(self, name: str, arguments: Mapping[str, object]) -> object:
        """What the tool answers. Raises ToolFailed with what it says, McpLost."""
        try:
            answer: Any = await self._toolset.direct_call_tool(name, dict(arguments))
        except (PydanticToolFailed, ModelRetry) as failed:
            raise ToolFailed(failed.message) from None
        except _FAULTS as error:
            raise McpLost(f"the connection to the server was lost ({_class_of(error)})") from None
        return answer

    async def close(self) -> None:
        """Safe on a connection that is gone."""
        try:
            await self._toolset.__aexit__(None, None, None)
        except _FAULTS:
            return  # it is gone, which is what was wanted


def _transport(settings: McpServer) -> ClientTransport:
    if settings.url is not None:
        return StreamableHttpTransport(settings.url, headers=_shown(settings.headers))
    assert settings.command is not None, "a server has one or the other"
    program, *arguments = settings.command
    # What it writes to standard error may hold what people said, and does not belong in our log.
    log = Path(os.devnull)
    return StdioTransport(program, arguments, env=_shown(settings.env), keep_alive=False, log_file=log)


def _shown(secrets: Mapping[str, SecretStr]) -> dict[str, str]:
    return {name: value.get_secret_value() for name, value in secrets.items()}


def _class_of(error: Exception) -> str:
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return type(error).__name__  # pyright: ignore[reportUnknownArgumentType]
