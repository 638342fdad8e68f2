"""Parameters that many operations share."""

import re
from typing import Annotated, Final

import structlog
from fastapi import Depends, Path

from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import SessionNotFound

_SESSION: Final = re.compile(r"ses_[0-9a-z]{1,40}", re.ASCII)
_EXAMPLE: Final = "ses_01k9z0c0v5g2m4q8r1t3w6y9b0"


def is_session_id(text: str) -> bool:
    return _SESSION.fullmatch(text) is not None


async def session_id(
    id: Annotated[str, Path(description="The session's id.", examples=[_EXAMPLE], max_length=200)],
) -> SessionId:
    """The id in the path. One that cannot be an id names no session, and never reaches the store."""
    if not is_session_id(id):
        raise SessionNotFound("There is no such session, or it is not yours.")
    structlog.contextvars.bind_contextvars(session=id)
    return SessionId(id)


Id = Annotated[SessionId, Depends(session_id)]
