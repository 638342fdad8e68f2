"""From failures to answers: the one table, and RFC 9457 problem details for everything that is not a success.

A problem is `{type, title, status, detail, code, instance, request_id}`, and `errors` for a request that does not
match its description. `code` is stable; `detail` is a sentence for people. What was sent is never repeated. Some codes
bring members of their own, such as `session` with `session_open`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.requests import HTTPConnection
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from vivavoce.domain.errors import (
    AccountNotFound,
    CommunityNotFound,
    Conflict,
    CsrfTokenMissing,
    DomainError,
    EmailTaken,
    FormatNotFound,
    GoalNotFound,
    IdempotencyMismatch,
    IllegalTransition,
    Invalid,
    InvitationNotFound,
    InvitationOver,
    KeyNotFound,
    LinkElsewhere,
    LinkExpired,
    LinkRefused,
    LinkUsed,
    MediaNotFound,
    MemoryNotFound,
    ModalityNotOffered,
    NotAllowed,
    NoteNotFound,
    NotFound,
    NotSignedIn,
    OwnPersonaNotFound,
    PersonaNotFound,
    ProjectNotFound,
    ReportNotReady,
    ScopeMissing,
    SessionFull,
    SessionNotFound,
    SessionOpen,
    SignInFailed,
    SignInNotFound,
    SignUpClosed,
    TaskNotFound,
    TooLarge,
    TooMany,
    Unavailable,
    UnsupportedMedia,
    WebhookNotFound,
)
from vivavoce.domain.money.ledger import EntryNotFound
from vivavoce.domain.money.pricing import NotEnoughCredits
from vivavoce.services.live_rooms import LiveElsewhere
from vivavoce.services.money.accounts import AlreadyRefunded
from vivavoce.services.money.shopping import NoShop, PackNotFound
from vivavoce.services.rights.erase import SessionsGoOn
from vivavoce.services.rights.retention import SessionNotOver
from vivavoce.services.scheduling.calendars import FeedNotFound, NotPlanned
from vivavoce.services.send_message import NothingHeard
from vivavoce.services.together.focus import FocusRunning

MEDIA_TYPE: Final = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Rule:
    """How one class of failure is told. retry_after_s: where trying again makes sense."""

    status: int
    title: str
    retry_after_s: int | None = None


TABLE: Final[Mapping[type[DomainError], Rule]] = {
    SessionNotFound: Rule(404, "No such session"),
    GoalNotFound: Rule(404, "No such goal"),
    MemoryNotFound: Rule(404, "No such memory"),
    WebhookNotFound: Rule(404, "No such webhook"),
    OwnPersonaNotFound: Rule(404, "No such persona here"),
    NoteNotFound: Rule(404, "No such note"),
    ProjectNotFound: Rule(404, "No such project"),
    MediaNotFound: Rule(404, "No such file"),
    TaskNotFound: Rule(404, "No such task"),
    FocusRunning: Rule(409, "The timer runs already"),
    ReportNotReady: Rule(404, "No report yet"),
    FormatNotFound: Rule(422, "No such format"),
    PersonaNotFound: Rule(422, "No such persona"),
    CommunityNotFound: Rule(404, "No such community"),
    SignInNotFound: Rule(404, "No such sign-in"),
    KeyNotFound: Rule(404, "No such key"),
    InvitationNotFound: Rule(404, "No such invitation"),
    NotFound: Rule(404, "Not found"),
    NotSignedIn: Rule(401, "Not signed in"),
    SignInFailed: Rule(401, "Not signed in"),
    LinkRefused: Rule(401, "This link does not sign in"),
    LinkExpired: Rule(401, "This link has run out"),
    LinkUsed: Rule(401, "This link was used already"),
    LinkElsewhere: Rule(401, "This link is for elsewhere"),
    TooMany: Rule(429, "Tried too often", retry_after_s=60),
    EmailTaken: Rule(409, "This address has an account"),
    InvitationOver: Rule(409, "This invitation is over"),
    ScopeMissing: Rule(403, "The key lacks a scope"),
    SignUpClosed: Rule(403, "Not open to new people"),
    CsrfTokenMissing: Rule(403, "X-CSRF-Token is missing"),
    IllegalTransition: Rule(409, "Not possible in this phase"),
    NotEnoughCredits: Rule(402, "Not enough credits"),
    EntryNotFound: Rule(404, "No such entry"),
    AccountNotFound: Rule(404, "No such account"),
    PackNotFound: Rule(404, "No such pack"),
    NoShop: Rule(404, "Nothing is sold here"),
    NotPlanned: Rule(404, "Not planned"),
    FeedNotFound: Rule(404, "No such calendar"),
    AlreadyRefunded: Rule(409, "Refunded before"),
    ModalityNotOffered: Rule(409, "Not in this format"),
    SessionNotOver: Rule(409, "The session is not over"),
    SessionsGoOn: Rule(409, "Sessions go on"),
    SessionFull: Rule(409, "All seats are taken"),
    SessionOpen: Rule(409, "Another one is open"),
    LiveElsewhere: Rule(409, "Live on another node", retry_after_s=2),
    IdempotencyMismatch: Rule(422, "Key used for another request"),
    Conflict: Rule(409, "Not possible as things are"),
    NotAllowed: Rule(403, "Not allowed"),
    UnsupportedMedia: Rule(415, "Not a file that can be read"),
    TooLarge: Rule(413, "Too large"),
    NothingHeard: Rule(422, "No words understood"),
    Invalid: Rule(422, "The request makes no sense"),
    Unavailable: Rule(503, "Not available at the moment", retry_after_s=2),
    DomainError: Rule(400, "Not possible"),
}
"""Looked up along an error's classes, nearest first, so that a new error has the answer of its family."""

INVALID_REQUEST: Final = "invalid_request"
_BY_STATUS: Final[Mapping[int, tuple[str, str]]] = {
    400: ("bad_request", "The request could not be read"),
    401: (NotSignedIn.code, "Not signed in"),
    403: (NotAllowed.code, "Not allowed"),
    404: ("not_found", "Not found"),
    405: ("method_not_allowed", "This method is not offered here"),
    413: (TooLarge.code, "Too large"),
    415: ("unsupported_content_type", "This kind of content is not taken here"),
    416: ("range_not_satisfiable", "No such range"),
    422: (INVALID_REQUEST, "The request does not match its description"),
    429: (TooMany.code, "Tried too often"),
    500: ("internal", "Something failed on our side"),
}


class FieldError(BaseModel):
    field: str = Field(description="Where: `body.title`, `query.limit`.")
    message: str


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {
                    "type": "/api/docs#session_not_found",
                    "title": "No such session",
                    "status": 404,
                    "detail": "There is no such session, or it is not yours.",
                    "code": "session_not_found",
                    "instance": "/api/sessions/ses_01k9z0c0v5g2m4q8r1t3w6y9b0",
                    "request_id": "req_01k9z0c0v5g2m4q8r1t3w6y9b1",
                }
            ]
        },
    )

    type: str = Field(description="A link that explains `code`.")
    title: str = Field(description="The kind of failure in a few words; the same for each `code`.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What is wrong here, and what to do: a sentence for people.")
    code: str = Field(description="Stable; for programs.")
    instance: str = Field(description="The path that was asked for.")
    request_id: str | None = Field(default=None, description="Names this request in the server's log.")
    errors: list[FieldError] | None = Field(default=None, description="With `invalid_request`: each field at fault.")


def rule_of(error: type[DomainError]) -> Rule:
    return next(TABLE[cls] for cls in error.__mro__ if cls in TABLE)


def problem(
    connection: HTTPConnection,
    status: int,
    detail: str,
    *,
    code: str | None = None,
    title: str | None = None,
    headers: Mapping[str, str] | None = None,
    errors: Sequence[FieldError] | None = None,
    members: Mapping[str, object] | None = None,
) -> JSONResponse:
    """The answer to a request that failed. code and title: left out, those that go with the status.

    members: JSON values that go with the code (RFC 9457, extension members).
    """
    usual_code, usual_title = _BY_STATUS.get(status, ("http_error", "The request failed"))
    body = Problem(
        type=f"/api/docs#{code or usual_code}",
        title=title or usual_title,
        status=status,
        detail=detail,
        code=code or usual_code,
        instance=connection.scope["path"],
        request_id=connection.scope.get("state", {}).get("request_id"),
        errors=list(errors) if errors is not None else None,
    )
    content = {**(members or {}), **body.model_dump(exclude_none=True)}
    return JSONResponse(content, status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def domain_problem(connection: HTTPConnection, error: DomainError) -> JSONResponse:
    rule = rule_of(type(error))
    headers = {"Retry-After": str(rule.retry_after_s)} if rule.retry_after_s is not None else {}
    if "retry_after_s" in error.members:
        headers["Retry-After"] = str(error.members["retry_after_s"])
    if rule.status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="vivavoce"'  # RFC 9110, section 11.6.1
    detail = str(error) or rule.title
    return problem(
        connection, rule.status, detail, code=error.code, title=rule.title, headers=headers, members=error.members
    )


def add_error_answers(app: FastAPI) -> None:
    """Make every failure of `app` a problem."""
    app.add_exception_handler(DomainError, _on_domain_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(Exception, _on_unexpected)


async def _on_domain_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, DomainError)
    return domain_problem(request, error)


async def _on_invalid_request(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    found = [_field_error(one) for one in error.errors()]
    detail = "; ".join(f"{one.field}: {one.message}" for one in found[:3])
    return problem(request, 422, detail or "The request does not match its description.", errors=found)


_NAMED: Final = re.compile(r"<\w+\.\w+: ('[^']*')>")  # how pydantic writes a member of an enum


def _field_error(error: Mapping[str, Any]) -> FieldError:
    """Without pydantic's `input` and `ctx`, which repeat what was sent."""
    where = ".".join(str(part) for part in error["loc"])
    if error["type"] == "json_invalid":
        return FieldError(field="body", message="This is not JSON.")
    return FieldError(field=where, message=_NAMED.sub(r"\1", str(error["msg"]).removeprefix("Value error, ")))


async def _on_http_exception(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    allowed = _methods(request)
    status, headers = error.status_code, dict(error.headers or {})
    if status == 405 and not allowed:
        status, headers = 404, {}
    elif status == 405:
        headers["Allow"] = ", ".join(allowed)
    detail = {
        404: "There is nothing at this path. The interface is described at /api/docs.",
        405: f"This path does not take {request.method}. It takes {', '.join(allowed)}.",
    }.get(status, str(error.detail))
    return problem(request, status, detail, headers=headers)


def _methods(request: Request) -> list[str]:
    """Which methods the path takes. (Starlette's own `Allow` names only those of one of its routes.)"""
    path = getattr(request.scope.get("route"), "path", "")
    described = request.app.openapi()["paths"].get(path)
    if described is not None:
        return sorted(method.upper() for method in described)
    return [] if request.url.path.startswith("/api/") else ["GET", "HEAD"]  # the pages


async def _on_unexpected(request: Request, _: Exception) -> JSONResponse:
    """No word about the inside; the log has it under the request's id. (Starlette raises the error on to the log.)"""
    request_id = request.scope.get("state", {}).get("request_id")
    return problem(
        request,
        500,
        "Something failed on our side. It was recorded; naming the request id helps to find it.",
        headers={"X-Request-ID": request_id} if request_id else None,
    )


# --- for OpenAPI ------------------------------------------------------------------------------------

_PROBLEM_REF: Final = {"$ref": "#/components/schemas/Problem"}


def problems(*errors: type[DomainError]) -> dict[int | str, dict[str, Any]]:
    """The failures of an operation, for its description: those named, and those that any request can meet."""
    found: dict[int | str, dict[str, Any]] = {}
    for error in errors:
        rule = rule_of(error)
        _add(found, rule.status, error.code, rule.title, (error.__doc__ or rule.title).strip().split("\n")[0])
    _add(found, 422, INVALID_REQUEST, _BY_STATUS[422][1], "A field is missing, unknown or out of bounds.")
    found["default"] = {
        "description": "Any other failure, as a problem too.",
        "content": {MEDIA_TYPE: {"schema": _PROBLEM_REF}},
    }
    return found


def _add(found: dict[int | str, dict[str, Any]], status: int, code: str, title: str, detail: str) -> None:
    answer = found.setdefault(
        status, {"description": "", "content": {MEDIA_TYPE: {"schema": _PROBLEM_REF, "examples": {}}}}
    )
    answer["description"] = f"{answer['description']}, `{code}`".lstrip(", ")
    answer["content"][MEDIA_TYPE]["examples"][code] = {
        "value": {
            "type": f"/api/docs#{code}",
            "title": title,
            "status": status,
            "detail": detail,
            "code": code,
            "instance": "/api/sessions/ses_01k9z0c0v5g2m4q8r1t3w6y9b0",
            "request_id": "req_01k9z0c0v5g2m4q8r1t3w6y9b1",
        }
    }


def codes() -> Mapping[str, tuple[int, str]]:
    """Every code there is, with its status and title: for the reference."""
    known = {error.code: (rule.status, rule.title) for error, rule in TABLE.items()}
    return known | {code: (status, title) for status, (code, title) in _BY_STATUS.items() if code not in known}
