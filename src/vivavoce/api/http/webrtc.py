"""WebRTC: an offer in, an answer out, and a connection that lives on in the background."""

import json
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from vivavoce.api.access import Parts, SignedIn
from vivavoce.api.errors import problems
from vivavoce.api.http.parameters import Id
from vivavoce.api.http.shapes import AnswerOut, OfferIn
from vivavoce.api.live.link import Device
from vivavoce.api.live.welcome import serve_while_welcome
from vivavoce.base.ids import SeatId
from vivavoce.domain.errors import IllegalTransition, Invalid, ModalityNotOffered, SessionNotFound, Unavailable
from vivavoce.domain.sessions.lifecycle import OVER
from vivavoce.services.format import Modality
from vivavoce.services.modalities import require_modality

router = APIRouter(prefix="/api/sessions", tags=["live"])
_SDP: Final = "application/sdp"
_EXAMPLE: Final = "v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\n..."
_BODY: Final[dict[str, Any]] = {
    "required": True,
    "content": {
        "application/json": {"schema": {"$ref": "#/components/schemas/OfferIn"}},
        _SDP: {"schema": {"type": "string"}, "example": _EXAMPLE},
    },
}
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The answer, in the form of the offer.",
        "content": {_SDP: {"schema": {"type": "string"}, "example": _EXAMPLE}},
    }
}


@router.post(
    "/{id}/webrtc",
    operation_id="connectWebRtc",
    response_model=AnswerOut,
    openapi_extra={"requestBody": _BODY},
    responses=_ANSWERS | problems(SessionNotFound, IllegalTransition, ModalityNotOffered, Invalid, Unavailable),
)
async def connect(id: Id, request: Request, signed: SignedIn, wiring: Parts) -> Response:
    """Connect a device by WebRTC: microphone up, the AI's voice down, live messages on the data channel `events`.

    The first message on the channel must be `hello`, as on the WebSocket.
    """
    offer, plain = await _offer(request)
    session = await wiring.use.get_session(signed.viewer, id)
    if session.phase in OVER:
        raise IllegalTransition(f"A session that is {session.phase} cannot be joined.")
    require_modality(wiring.formats[session.format], Modality.VOICE)
    if wiring.webrtc is None:
        raise Unavailable("This server has no WebRTC: connect by WebSocket at .../live.")
    answer, connection = await wiring.webrtc.answer(offer.sdp, room=id)
    seat = SeatId(offer.seat) if offer.seat else None
    request.app.state.tasks.start_soon(serve_while_welcome, Device(connection, seat=seat), signed, id, request)
    if plain:
        return Response(answer, media_type=_SDP)
    return Response(json.dumps({"sdp": answer}), media_type="application/json")


async def _offer(request: Request) -> tuple[OfferIn, bool]:
    """The offer, and whether it came as plain SDP. Raises RequestValidationError, HTTPException."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    try:
        match kind:
            case "application/json":
                return OfferIn.model_validate_json(body), False
            case "application/sdp":
                return OfferIn(sdp=body.decode()), True
            case _:
                raise HTTPException(415, "Send JSON with `sdp`, or application/sdp.")
    except UnicodeDecodeError:
        raise Invalid("The offer is not text in UTF-8.") from None
    except ValidationError as error:
        found = [{**one, "loc": ("body", *one["loc"])} for one in error.errors(include_input=False)]
        raise RequestValidationError(found) from None
