"""The plain page people come in by: sign in, choose a password, accept an invitation."""

from importlib.resources import files
from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from vivavoce.api.pages import HEADERS

router = APIRouter(include_in_schema=False)
_TYPES: Final = {"entrance.js": "text/javascript", "entrance.css": "text/css"}
_FOLDER: Final = files("vivavoce.api.entrance")


@router.get("/sign-in")
async def page() -> Response:
    """The page itself. What a link is for stands behind `#`, which no server gets to see."""
    return _answer("entrance.html", "text/html")


@router.get("/sign-in/{name}")
async def part(name: str) -> Response:
    if name not in _TYPES:
        raise HTTPException(404)
    return _answer(name, _TYPES[name])


def _answer(name: str, media_type: str) -> Response:
    content = (_FOLDER / name).read_bytes()
    return Response(content, media_type=media_type, headers={**HEADERS, "Cache-Control": "no-cache"})
