"""The platform's own tools, as the tools file lists them."""

import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import anyio

from vivavoce.base.config import Config, DeadlinesConfig
from vivavoce.base.config_reading import ConfigError, environment
from vivavoce.base.finding import Finding, State
from vivavoce.engine.ports import ClientTool
from vivavoce.providers.tools.file import ToolsFile, read_tools
from vivavoce.providers.tools.mcp import Server, installed
from vivavoce.providers.tools.tool import Tool, of_client

if TYPE_CHECKING:
    from vivavoce.providers.tools.http import HttpTools


class PlatformTools:
    """`keep_connected` must be running for the tools of MCP servers to be there."""

    def __init__(self, file: ToolsFile, deadlines: DeadlinesConfig) -> None:
        self._http: HttpTools | None = None
        if file.http:  # its client takes a tenth of a second to load
            module = importlib.import_module("vivavoce.providers.tools.http")
            self._http = cast("HttpTools", module.HttpTools(file.http, deadlines.tool_s))
        self._servers = tuple(
            Server(server, connect_s=deadlines.connect_s, deadline_s=deadlines.tool_s) for server in file.mcp
        )
        self._deadline_s = deadlines.tool_s

    @property
    def _over_http(self) -> tuple[Tool, ...]:
        return self._http.tools if self._http is not None else ()

    def offered(self, client: Sequence[ClientTool]) -> dict[str, Tool]:
        """All tools there are at this moment, by name. The platform's come before those of devices."""
        servers = [tool for server in self._servers for tool in server.tools]
        found: dict[str, Tool] = {}
        for tool in [*self._over_http, *servers, *(of_client(one, self._deadline_s) for one in client)]:
            found.setdefault(tool.name, tool)
        return found

    async def keep_connected(self) -> None:
        """Keep the MCP servers connected until cancelled."""
        async with anyio.create_task_group() as tasks:
            for server in self._servers:
                tasks.start_soon(server.keep_connected)

    async def finding(self) -> Finding:
        """How many there are, and which servers answer. Tries each of these once."""
        findings: list[Finding] = []
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(self.keep_connected)
            for server in self._servers:
                await server.tried.wait()
            findings.append(self._finding())
            tasks.cancel_scope.cancel()
        return findings[0]

    def _finding(self) -> Finding:
        choice = f"{len(self._over_http)} HTTP, {len(self._servers)} MCP"
        if not self._over_http and not self._servers:
            why = "No tools file is configured (VIVAVOCE_TOOLS): a model has the tools of connected devices only."
            return Finding("tools", "none", State.OK, why)
        lost = [f"{server.name}: {server.fault}" for server in self._servers if server.fault is not None]
        there = [f"{server.name}: {len(server.tools)} tools" for server in self._servers if server.fault is None]
        state = State.FAILING if lost else State.OK
        told = "; ".join([*lost, *there])
        return Finding("tools", choice, state, f"MCP servers: {told}." if told else "They are called when needed.")

    async def aclose(self) -> None:
        if self._http is not None:
            await self._http.aclose()


def platform_tools(config: Config) -> PlatformTools:
    """The tools that `config` asks for. Nothing is connected yet. Raises ConfigError."""
    path = config.models.tools
    file = read_tools(path, environment()) if path is not None else ToolsFile()
    if file.mcp and not installed():
        raise ConfigError([f"{path} lists MCP servers, which need the extra `mcp`: pip install 'vivavoce[mcp]'."])
    return PlatformTools(file, config.deadlines)
