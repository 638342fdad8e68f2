"""Who is asking: the one place where sign-in will come in. Local mode knows one person."""

from typing import Annotated

from fastapi import Depends
from fastapi.requests import HTTPConnection

from vivavoce.api.wiring import Wiring, wiring
from vivavoce.domain.people.viewer import LOCAL, Viewer
from vivavoce.services.container import Services


def viewer_of(connection: HTTPConnection) -> Viewer:
    """Who sent this request or opened this WebSocket."""
    del connection  # it will be asked for a token or a cookie
    return LOCAL


async def viewer(connection: HTTPConnection) -> Viewer:
    """As a dependency; async because FastAPI sends others to a thread."""
    return viewer_of(connection)


async def services(connection: HTTPConnection) -> Services:
    """What use cases need, for the routers that call them directly."""
    return connection.app.state.services


Asker = Annotated[Viewer, Depends(viewer)]
Parts = Annotated[Wiring, Depends(wiring)]
Use = Annotated[Services, Depends(services)]
