"""A human coach beside the AI: whispers to it, takes over, hands back."""

from typing import Annotated, Final

from fastapi import APIRouter, Body

from vivavoce.api.access import Asker, Use
from vivavoce.api.errors import problems
from vivavoce.api.http.parameters import Id
from vivavoce.api.http.shapes import SessionOut
from vivavoce.api.http.together_shapes import HandBackIn, WhisperIn
from vivavoce.api.idempotency import HEADER, IdempotentRoute
from vivavoce.domain.errors import (
    Conflict,
    IdempotencyMismatch,
    IllegalTransition,
    Invalid,
    NotAllowed,
    SessionNotFound,
)
from vivavoce.services.guiding import lead

router = APIRouter(prefix="/api/sessions", tags=["guiding"], route_class=IdempotentRoute)
_ONCE: Final = {"parameters": [HEADER]}
_FAILURES: Final = problems(SessionNotFound, NotAllowed, IllegalTransition, Invalid, IdempotencyMismatch, Conflict)


@router.post("/{id}/whisper", operation_id="whisper", openapi_extra=_ONCE, responses=_FAILURES)
async def whisper(id: Id, said: WhisperIn, viewer: Asker, use: Use) -> SessionOut:
    """Tell the AI something that nobody but coaches sees. Its next reply takes it in. For the human coach."""
    return SessionOut.of(await lead.whisper(viewer, id, said.text, use=use), use.clock.now())


@router.post("/{id}/take-over", operation_id="takeOver", openapi_extra=_ONCE, responses=_FAILURES)
async def take_over(id: Id, viewer: Asker, use: Use) -> SessionOut:
    """Lead the session oneself: the AI falls silent at once. Safe to repeat. For the human coach.

    A coach who is not connected for 20 s has handed back.
    """
    return SessionOut.of(await lead.take_over(viewer, id, use=use), use.clock.now())


@router.post("/{id}/hand-back", operation_id="handBack", openapi_extra=_ONCE, responses=_FAILURES)
async def hand_back(
    id: Id, viewer: Asker, use: Use, how: Annotated[HandBackIn, Body(default_factory=HandBackIn)]
) -> SessionOut:
    """Let the AI lead again. It has heard everything, and goes on in one sentence. Safe to repeat."""
    return SessionOut.of(await lead.hand_back(viewer, id, how.briefing, use=use), use.clock.now())
