"""A small MCP server on standard input and output, for tests: it knows one note."""

from mcp.server import MCPServer

server = MCPServer("notes")


@server.tool()
def note(about: str) -> str:
    """The note about something."""
    if about == "nothing":
        raise ValueError("there is no such note")
    return f"{about}: seven"


server.run("stdio")
