"""A conversation turn by turn: a message in, the AI's reply out."""

from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from vivavoce.api.access import Asker, Parts
from vivavoce.api.errors import problems
from vivavoce.api.http.message_shapes import ExchangeOut, Heard, Reply
from vivavoce.api.http.parameters import Id
from vivavoce.api.http.rights_shapes import HelpOut
from vivavoce.api.http.shapes import MessageIn, SessionOut
from vivavoce.api.idempotency import HEADER, IdempotentRoute
from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import (
    Conflict,
    IdempotencyMismatch,
    IllegalTransition,
    Invalid,
    ModalityNotOffered,
    SessionFull,
    SessionNotFound,
    TooLarge,
    Unavailable,
    UnsupportedMedia,
)
from vivavoce.services.live_rooms import LiveElsewhere
from vivavoce.services.send_message import Exchange, NothingHeard

router = APIRouter(prefix="/api/sessions", tags=["sessions"], route_class=IdempotentRoute)
_BODY: Final[dict[str, Any]] = {
    "required": True,
    "content": {
        "application/json": {"schema": {"$ref": "#/components/schemas/MessageIn"}},
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["audio"],
                "properties": {
                    "audio": {
                        "type": "string",
                        "format": "binary",
                        "description": "WAV, Ogg/Opus, WebM, MP3 or M4A, told by its content; at most 5 minutes.",
                    }
                },
            },
            "example": {"audio": "(the bytes of a sound file)"},
        },
    },
}


@router.post(
    "/{id}/messages",
    operation_id="sendMessage",
    openapi_extra={"parameters": [HEADER], "requestBody": _BODY},
    responses=problems(
        SessionNotFound,
        SessionFull,
        IllegalTransition,
        Invalid,
        TooLarge,
        UnsupportedMedia,
        NothingHeard,
        Unavailable,
        LiveElsewhere,
        ModalityNotOffered,
        IdempotencyMismatch,
        Conflict,
    ),
)
async def send_message(id: Id, request: Request, viewer: Asker, wiring: Parts) -> ExchangeOut:
    """Say something, typed or as a recording, and get the AI's answer. A session that is ready starts with it.

    While the session is live, it is said in the live room, and the AI answers there aloud.
    """
    said = await _said(request)
    key = request.headers.get("idempotency-key")
    match said:
        case str(text):
            exchange = await wiring.use.send_text(viewer, id, text, message_id=key)
        case bytes(content):
            exchange = await wiring.use.send_audio(viewer, id, content, message_id=key)
    return exchange_out(id, exchange, SessionOut.of(exchange.session, wiring.clock.now()))


def exchange_out(id: SessionId, exchange: Exchange, session: SessionOut) -> ExchangeOut:
    url = f"/api/sessions/{id}/audio/{exchange.reply}" if exchange.reply is not None else None
    help = HelpOut.of(exchange.help) if exchange.help is not None else None
    reply = Reply(text=exchange.reply_text, audio_url=url)
    return ExchangeOut(heard=Heard(text=exchange.heard), reply=reply, session=session, help=help)


async def _said(request: Request) -> str | bytes:
    """Typed text, or a sound file's content. Raises RequestValidationError, HTTPException."""
    match request.headers.get("content-type", "").partition(";")[0].strip().lower():
        case "application/json":
            return _typed(await request.body())
        case "multipart/form-data":
            return await _uploaded(request)
        case _:
            raise HTTPException(415, "Send JSON with `text`, or multipart/form-data with a part `audio`.")


def _typed(body: bytes) -> str:
    try:
        return MessageIn.model_validate_json(body).text
    except ValidationError as error:
        found = [{**one, "loc": ("body", *one["loc"])} for one in error.errors(include_input=False)]
        raise RequestValidationError(found) from None


async def _uploaded(request: Request) -> bytes:
    async with request.form(max_files=1, max_fields=8) as form:
        audio = form.get("audio")
        if not isinstance(audio, UploadFile):
            missing = {"type": "missing", "loc": ("body", "audio"), "msg": "A file part of this name is required"}
            raise RequestValidationError([missing])
        content = await audio.read()
    if not content:
        raise UnsupportedMedia("The part `audio` is empty.")
    return content
