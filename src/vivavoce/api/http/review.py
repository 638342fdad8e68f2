"""What is left of a session: transcript, report, and its sound."""

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from vivavoce.api.access import Asker, Parts
from vivavoce.api.errors import problems
from vivavoce.api.http.accept import preferred
from vivavoce.api.http.parameters import Id
from vivavoce.api.http.ranges import sound
from vivavoce.api.http.review_shapes import (
    EntryOut,
    RecordingOut,
    RecordingsOut,
    TranscriptOut,
    WordOut,
)
from vivavoce.api.http.transcripts import as_text, as_webvtt
from vivavoce.api.idempotency import IdempotentRoute
from vivavoce.base.ids import ReplyId, SessionId
from vivavoce.domain.errors import (
    MediaNotFound,
    SessionNotFound,
    Unavailable,
)
from vivavoce.domain.sessions.session import Session
from vivavoce.domain.sessions.transcript import Transcript, Utterance
from vivavoce.services.spoken import Kind

router = APIRouter(prefix="/api/sessions", tags=["review"], route_class=IdempotentRoute)

TranscriptForm = Literal["json", "text", "vtt"]
_FORMS: Final[dict[str, TranscriptForm]] = {"application/json": "json", "text/plain": "text", "text/vtt": "vtt"}
_SOUNDS: Final[dict[str, Kind]] = {"audio/wav": "wav", "audio/ogg": "ogg"}
_MEDIA_TYPES: Final[dict[Kind, str]] = {kind: name for name, kind in _SOUNDS.items()}
_VTT: Final = (
    "WEBVTT Ask for the promotion\n\nturn_1\n00:00:05.200 --> 00:00:06.900\n<v You>I keep putting it off.</v>\n"
)
_TRANSCRIPT: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The transcript, by `as` or `Accept` as JSON, plain text or WebVTT.",
        "content": {
            "text/plain": {
                "schema": {"type": "string"},
                "example": "Promotion\n\n[0:05] You: I put it off.\n",
            },
            "text/vtt": {"schema": {"type": "string"}, "example": _VTT},
        },
    }
}
_BYTES: Final = {"schema": {"type": "string", "format": "binary"}, "example": "(the bytes of a sound file)"}
_REPLY: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The sound, whole.", "content": {"audio/wav": _BYTES, "audio/ogg": _BYTES}},
    206: {"description": "The part that `Range` asks for.", "content": {"audio/wav": _BYTES, "audio/ogg": _BYTES}},
    304: {"description": "Unchanged since `If-None-Match`."},
}
_RECORDING: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The sound, whole.", "content": {"audio/ogg": _BYTES}},
    206: {"description": "The part that `Range` asks for.", "content": {"audio/ogg": _BYTES}},
    304: {"description": "Unchanged since `If-None-Match`."},
}


@router.get(
    "/{id}/transcript",
    operation_id="readTranscript",
    response_model=TranscriptOut,
    responses=_TRANSCRIPT | problems(SessionNotFound),
)
async def read_transcript(
    id: Id,
    request: Request,
    viewer: Asker,
    wiring: Parts,
    form: Annotated[TranscriptForm | None, Query(alias="as", description="Wins over `Accept`.")] = None,
) -> Response:
    """Read what was said, as it was heard."""
    session = await wiring.use.get_session(viewer, id)
    transcript = await wiring.use.transcript_of(viewer, id)
    match form or _FORMS[preferred(request.headers.get("accept"), list(_FORMS))]:
        case "json":
            shown = transcript_out(session, transcript)
            return Response(shown.model_dump_json(), media_type="application/json", headers={"Vary": "Accept"})
        case "text":
            text = as_text(session.title, transcript.entries)
            return Response(text, media_type="text/plain", headers={"Vary": "Accept"})
        case "vtt":
            text = as_webvtt(session.title, transcript.entries)
            return Response(text, media_type="text/vtt", headers={"Vary": "Accept"})


def transcript_out(session: Session, transcript: Transcript) -> TranscriptOut:
    entries = [_entry(session.id, entry) for entry in transcript.entries]
    return TranscriptOut(session=session.id, title=session.title, last_seq=transcript.last_seq, entries=entries)


def _entry(session: SessionId, entry: Utterance) -> EntryOut:
    return EntryOut(
        id=entry.id,
        seat=entry.seat,
        name=entry.name,
        text=entry.text,
        start_ms=entry.start_ms,
        end_ms=entry.end_ms,
        words=[WordOut(text=word.text, start_ms=word.start_ms, end_ms=word.end_ms) for word in entry.words],
        source=entry.source,
        kind=entry.kind,
        interrupted=entry.interrupted,
        audio_url=f"/api/sessions/{session}/audio/{entry.id}" if entry.seat is None else None,
    )


@router.get(
    "/{id}/audio/{reply}",
    operation_id="hearReply",
    response_class=Response,
    responses=_REPLY | problems(SessionNotFound, MediaNotFound, Unavailable),
)
async def hear_reply(
    *,
    id: Id,
    reply: Annotated[str, Path(max_length=200, examples=["rep_01k9z0c0v5g2m4q8r1t3w6y9b3"])],
    request: Request,
    viewer: Asker,
    wiring: Parts,
    form: Annotated[Kind | None, Query(alias="as", description="Wins over `Accept`.")] = None,
) -> Response:
    """Hear a reply of the AI, as WAV or as Ogg/Opus. `Range` is honoured."""
    kind = form or _SOUNDS[preferred(request.headers.get("accept"), list(_SOUNDS))]
    content = await wiring.use.reply_audio(viewer, id, ReplyId(reply), kind)
    return sound(content, _MEDIA_TYPES[kind], request.headers)


@router.get("/{id}/recordings", operation_id="listRecordings", responses=problems(SessionNotFound))
async def list_recordings(id: Id, viewer: Asker, wiring: Parts) -> RecordingsOut:
    """List what was recorded, with the consent of each."""
    found = await wiring.use.recordings(viewer, id)
    return RecordingsOut(
        items=[
            RecordingOut(
                seat=one.seat,
                name=one.name,
                start_ms=one.start_ms,
                audio_url=f"/api/sessions/{id}/recordings/{one.name}",
            )
            for one in found
        ]
    )


@router.get(
    "/{id}/recordings/{name}",
    operation_id="hearRecording",
    response_class=Response,
    responses=_RECORDING | problems(SessionNotFound, MediaNotFound),
)
async def hear_recording(
    id: Id,
    name: Annotated[str, Path(max_length=200, examples=["assistant-0.ogg"])],
    request: Request,
    viewer: Asker,
    wiring: Parts,
) -> Response:
    """Hear a recording (Ogg/Opus). `Range` is honoured."""
    return sound(await wiring.use.recording(viewer, id, name), "audio/ogg", request.headers)
