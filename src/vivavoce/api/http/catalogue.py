"""What this server offers."""

from fastapi import APIRouter

from vivavoce.api.access import Asker, Parts
from vivavoce.api.errors import problems
from vivavoce.api.http.catalogue_shapes import FormatOut, FormatsOut, PersonaOut, PersonasOut, StatusOut

router = APIRouter(prefix="/api", tags=["catalogue"])


@router.get("/formats", operation_id="listFormats", responses=problems())
async def list_formats(wiring: Parts) -> FormatsOut:
    """List the kinds of session."""
    return FormatsOut(items=[FormatOut.of(wiring.formats[name]) for name in sorted(wiring.formats)])


@router.get("/personas", operation_id="listPersonas", responses=problems())
async def list_personas(viewer: Asker, wiring: Parts) -> PersonasOut:
    """List who the AI can be."""
    return PersonasOut(items=[PersonaOut.of(persona) for persona in await wiring.personas.all(viewer)])


@router.get("/status", operation_id="getStatus", responses=problems())
async def get_status(wiring: Parts) -> StatusOut:
    """Look at what this server runs with."""
    own = {
        "version": wiring.settings.version,
        "mode": "local" if wiring.settings.local else "accounts",
        "webrtc": wiring.webrtc is not None,
    }
    return StatusOut.model_validate({**await wiring.use.status(), **own})
