"""The interface's description: OpenAPI 3.1, with what FastAPI cannot know by itself."""

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from vivavoce.api.errors import FieldError, Problem
from vivavoce.api.http.shapes import AnswersIn, MessageIn, OfferIn

_REF: Final = "#/components/schemas/{model}"
_OWN: Final[tuple[type[BaseModel], ...]] = (Problem, FieldError, AnswersIn, MessageIn, OfferIn)
_TAGS: Final = [
    {"name": "sessions", "description": "Open, hold and end sessions; talk turn by turn."},
    {"name": "sign-in", "description": "Come in and go; make an account; choose a password."},
    {"name": "me", "description": "Oneself: account, sign-ins and API keys."},
    {"name": "people", "description": "A community's people and settings, for its admins; the audit log."},
    {"name": "invitations", "description": "Links to a seat in one session, and tokens for one's own seat."},
    {"name": "together", "description": "Work side by side: rooms to find, tasks, and a timer for all."},
    {"name": "guiding", "description": "A human coach beside the AI: whispers to it, takes over, hands back."},
    {"name": "exchanges", "description": "What people asked the AI and were answered, and whether it helped."},
    {"name": "events", "description": "The ordered record of a session, by pages or as a stream."},
    {"name": "live", "description": "Voice and live messages: the WebSocket below, or WebRTC."},
    {"name": "review", "description": "What is left of a session: transcript, report, sound."},
    {"name": "people", "description": "What people tell about themselves: profile, goals, projects."},
    {"name": "memory", "description": "What is remembered of people between sessions, and how they forget it."},
    {"name": "webhooks", "description": "Who else is told what happens, and whether it arrived."},
    {"name": "scheduling", "description": "Move planned sessions, and have them in a calendar program."},
    {"name": "credits", "description": "What sessions cost, what one has, and what can be bought."},
    {"name": "progress", "description": "What many sessions show: of oneself, and of a community for its admins."},
    {"name": "personas", "description": "Who the AI is: personas that a community writes, with versions."},
    {"name": "rights", "description": "One's data as a file, erasing, and where help is to be found."},
    {"name": "catalogue", "description": "What this server offers."},
    {"name": "health", "description": "For whoever keeps the server running."},
]
_TEXT: Final = """\
Live sessions between people and an AI.

**Failures** are problem details (RFC 9457, `application/problem+json`) with a stable `code`; all codes are listed
at [/api/docs](/api/docs).

**Sending again.** Every POST that opens or changes something takes `Idempotency-Key`: the same request with the same
key has the effect and the answer of the first, marked by `Idempotency-Replayed: true`. With another request the key
is refused (`idempotency_mismatch`, 422); while the first is still running, so is the second (`conflict`, 409).

**Lists** are `{items, next_cursor}`: pass `next_cursor` on as `cursor`, unchanged, until it is null.

**Limits.** JSON bodies have at most 256 KiB, a typed turn 8,000 characters, an audio message 25 MiB and 5 minutes,
unless the server is configured otherwise. Beyond them: 413 or 422.

**Live.** `GET /api/sessions/{id}/live` upgrades to a WebSocket. Text frames hold one JSON object each, binary frames
PCM16 little endian, mono: 16, 24 or 48 kHz up, the same or 24 kHz down, 20 ms each. The client says `hello` first:

    {"type": "hello", "after": 0, "audio": {"up_hz": 16000, "down_hz": 24000}, "input": "open"}

and is answered by `welcome`, the log behind `after`, and what happens. It sends `text`, `ptt`, `input`, `mute`,
`interrupt`, `leave`, `end`, and a `ping` every 2 s; nothing for 5 s ends the connection. After a drop it connects
again with the last `seq` as `after`: no event is missed or repeated. Close codes: 1000 the session is over or the
client left, 1001 and 1012 connect again, 1011 a fault, 1013 try later, 4400 no sensible hello, 4402 not enough
credits, 4403 not allowed, 4404
no such session, 4408 no heartbeat, 4409 cannot be joined now, 4429 too slow: connect again with `after`. All messages
are in docs/protocol.md and, for generated types, in `live.schema.json`. The same messages go over the data channel
`events` of the WebRTC connection.

**Who may send.** In local mode there is no sign-in, and the server answers to loopback host names only. With accounts,
a request says who sends it by `Authorization: Bearer` with an API key or a room token (also as `?token=`), or by the
cookie of a sign-in; else it is answered by 401. What changes something and is known by its cookie needs the header
`X-CSRF-Token`, as `GET /api/me` gives it, and is refused when it comes from a page of another origin (403). An API key
is held to its scopes, a guest link and a room token to one session (403). A WebSocket is closed with 4401 where a
request would be answered by 401. docs/access.md has it all.
"""


def describe(app: FastAPI) -> None:
    """Have `app.openapi()` give the whole description, made once."""
    made: list[dict[str, Any]] = []

    def openapi() -> dict[str, Any]:
        if not made:
            made.append(_description(app))
        return made[0]

    app.openapi = openapi


def _description(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version="3.1.0",
        summary="Live sessions between people and an AI, self-hosted.",
        description=_TEXT,
        routes=app.routes,
        tags=_TAGS,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        servers=[{"url": "/", "description": "This server."}],
    )
    schemas = found["components"]["schemas"]
    for model in _OWN:
        schema = model.model_json_schema(ref_template=_REF)
        schema.pop("$defs", None)
        schemas[model.__name__] = schema
    for replaced in ("HTTPValidationError", "ValidationError"):  # ours is Problem
        schemas.pop(replaced, None)
    return found
