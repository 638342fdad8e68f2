"""MCP servers of the tools file: connected from the start, connected again when they are lost.

Each server has a task that owns its connection. A reply never waits for a connection: it is offered the tools of the
servers that are there. A tool's name is `SERVER_TOOL`, so that servers cannot take each other's.
"""

import importlib
import importlib.util
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

import anyio
import anyio.to_thread
import structlog

from vivavoce.domain.sessions.events import ToolPlace
from vivavoce.engine.ports import ToolFailed
from vivavoce.providers.tools.file import McpServer
from vivavoce.providers.tools.tool import McpLost, Tool

if TYPE_CHECKING:
    from vivavoce.providers.tools.mcp_client import McpClient

log = structlog.get_logger(__name__)

_AGAIN_S: Final = 10.0  # between two attempts to connect
_LOOK_S: Final = 30.0  # between two looks at a server's list of tools; it is asked again only when it said so
_LEAVE_S: Final = 2.0
_LONGEST_NAME: Final = 64  # what models take


def installed() -> bool:
    """Whether the extra `mcp` is."""
    return importlib.util.find_spec("fastmcp") is not None


class Server:
    """One server and its tools. tried: set once the first attempt to connect is over.

    tools: those it offers now. fault: why it is not connected, in a few words.
    """

    def __init__(self, settings: McpServer, *, connect_s: float, deadline_s: float) -> None:
        self.name = settings.name
        self.tried = anyio.Event()
        self.tools: tuple[Tool, ...] = ()
        self.fault: str | None = "it is not connected yet"
        self._settings = settings
        self._connect_s = connect_s
        self._within_s = min(settings.timeout_s or deadline_s, deadline_s)
        self._lost = anyio.Event()

    async def keep_connected(self) -> None:
        """Until cancelled."""
        module = await anyio.to_thread.run_sync(importlib.import_module, "vivavoce.providers.tools.mcp_client")
        while True:
            client: McpClient = module.McpClient(self._settings)
            try:
                await self._connect(client)
                self.tried.set()
                await self._watch(client)
            except ToolFailed as failed:
                self.fault = str(failed)
                log.warning("mcp.not_connected", server=self.name, fault=self.fault)
            finally:
                self.tools = ()
                self.tried.set()
                with anyio.CancelScope(shield=True), anyio.move_on_after(_LEAVE_S):
                    await client.close()
            await anyio.sleep(_AGAIN_S)

    async def _connect(self, client: "McpClient") -> None:
        self._lost = anyio.Event()
        try:
            with anyio.fail_after(self._connect_s):
                await client.open()
                await self._read_tools(client)
        except TimeoutError:
            raise ToolFailed(f"it did not answer within {self._connect_s:g} s") from None
        self.fault = None
        log.info("mcp.connected", server=self.name, tools=len(self.tools))

    async def _watch(self, client: "McpClient") -> None:
        """Until the connection is lost: keep the list of tools current."""
        while not self._lost.is_set():
            with anyio.move_on_after(_LOOK_S):
                await self._lost.wait()
            if not self._lost.is_set():
                await self._read_tools(client)
        raise ToolFailed("the connection was lost")

    async def _read_tools(self, client: "McpClient") -> None:
        self.tools = tuple(
            Tool(
                f"{self.name}_{one.name}"[:_LONGEST_NAME],
                one.description,
                one.parameters,
                ToolPlace.MCP,
                self._within_s,
                partial(self._call, client, one.name),
            )
            for one in await client.offered()
        )

    async def _call(self, client: "McpClient", name: str, arguments: Mapping[str, object]) -> object:
        try:
            return await client.call(name, arguments)
        except McpLost:
            self._lost.set()
            raise
