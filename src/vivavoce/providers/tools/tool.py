"""A tool as a model is offered it, wherever it runs.

McpLost   a ToolFailed: the connection to the server is gone, and the call may have been carried out or not
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from vivavoce.domain.sessions.events import ToolPlace
from vivavoce.engine.ports import ClientTool, ToolFailed


class McpLost(ToolFailed): ...


@dataclass(frozen=True, slots=True)
class Tool:
    """parameters: JSON schema of the object that `call` is given. within_s: how long one call may take.

    `call` gives any JSON value, and raises ToolFailed with a text for the model.
    """

    name: str
    description: str
    parameters: Mapping[str, object]
    where: ToolPlace
    within_s: float
    call: Callable[[Mapping[str, object]], Awaitable[object]]


def of_client(tool: ClientTool, within_s: float) -> Tool:
    return Tool(tool.name, tool.description, tool.parameters, ToolPlace.CLIENT, within_s, tool.call)
