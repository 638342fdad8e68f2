"""A session's set-up: what its format asks for, as answers or as a document."""

from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from vivavoce.api.access import Asker, Parts
from vivavoce.api.errors import problems
from vivavoce.api.http.parameters import Id
from vivavoce.api.http.shapes import AnswersIn, SessionOut
from vivavoce.api.idempotency import HEADER, IdempotentRoute
from vivavoce.domain.errors import (
    Conflict,
    IdempotencyMismatch,
    IllegalTransition,
    Invalid,
    NotAllowed,
    SessionNotFound,
    TooLarge,
    Unavailable,
    UnsupportedMedia,
)
from vivavoce.services.prepare_session import DOCUMENT, Upload

router = APIRouter(prefix="/api/sessions", tags=["sessions"], route_class=IdempotentRoute)
_BODY: Final[dict[str, Any]] = {
    "required": True,
    "content": {
        "application/json": {"schema": {"$ref": "#/components/schemas/AnswersIn"}},
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": [DOCUMENT],
                "properties": {
                    DOCUMENT: {
                        "type": "string",
                        "format": "binary",
                        "description": "PDF, DOCX, HTML or plain text, told by its content; at most 10 MB. Its text "
                        "becomes the answer `document`; other parts are answers under their names.",
                    }
                },
                "additionalProperties": {"type": "string"},
            },
            "example": {DOCUMENT: "(the bytes of a PDF)", "level": "senior"},
        },
    },
}


@router.post(
    "/{id}/setup",
    operation_id="setUpSession",
    openapi_extra={"parameters": [HEADER], "requestBody": _BODY},
    responses=problems(
        SessionNotFound,
        NotAllowed,
        IllegalTransition,
        Invalid,
        TooLarge,
        UnsupportedMedia,
        Unavailable,
        IdempotencyMismatch,
        Conflict,
    ),
)
async def setup_session(id: Id, request: Request, viewer: Asker, wiring: Parts) -> SessionOut:
    """Answer what a format's set-up asks for, and run it, again if it failed. `coaching` needs none.

    The set-up itself runs by itself: the session is `ready` once it is done, or has an `error` and can be set up again.
    """
    given, document = await _given(request)
    return SessionOut.of(await wiring.use.setup_session(viewer, id, given.answers, document), wiring.clock.now())


async def _given(request: Request) -> tuple[AnswersIn, Upload | None]:
    """Raises RequestValidationError, HTTPException, UnsupportedMedia."""
    match request.headers.get("content-type", "").partition(";")[0].strip().lower():
        case "application/json":
            return _answers(await request.body()), None
        case "multipart/form-data":
            async with request.form(max_files=1, max_fields=50) as form:
                return await _uploaded(form)
        case _:
            raise HTTPException(415, f"Send JSON with `answers`, or multipart/form-data with a part `{DOCUMENT}`.")


def _answers(body: bytes | dict[str, object]) -> AnswersIn:
    try:
        return AnswersIn.model_validate(body) if isinstance(body, dict) else AnswersIn.model_validate_json(body)
    except ValidationError as error:
        found = [{**one, "loc": ("body", *one["loc"])} for one in error.errors(include_input=False)]
        raise RequestValidationError(found) from None


async def _uploaded(form: FormData) -> tuple[AnswersIn, Upload]:
    document = form.get(DOCUMENT)
    if not isinstance(document, UploadFile):
        missing = {"type": "missing", "loc": ("body", DOCUMENT), "msg": "A file part of this name is required"}
        raise RequestValidationError([missing])
    given = _answers({"answers": {name: value for name, value in form.items() if isinstance(value, str)}})
    kind = (document.content_type or "").partition(";")[0].strip().lower()
    return given, Upload(await document.read(), kind)
