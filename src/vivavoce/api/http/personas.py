"""Personas that a community writes: draft, publish, roll back, archive. For its hosts and admins."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Response

from vivavoce.api.access import Asker, Use
from vivavoce.api.errors import problems
from vivavoce.api.http.personas_shapes import (
    OwnPersonaOut,
    OwnPersonasOut,
    PersonaChangeIn,
    PersonaIn,
    RollBackIn,
    VersionOut,
    VersionsOut,
)
from vivavoce.api.idempotency import HEADER, IdempotentRoute
from vivavoce.base.ids import PersonaId
from vivavoce.domain.errors import (
    Conflict,
    IdempotencyMismatch,
    IllegalTransition,
    Invalid,
    NotAllowed,
    OwnPersonaNotFound,
)
from vivavoce.domain.people.persona import OwnPersona
from vivavoce.services.container import Services
from vivavoce.services.people import personas

router = APIRouter(prefix="/api/personas", tags=["personas"], route_class=IdempotentRoute)
_ONCE: Final = {"parameters": [HEADER]}
_KEYED: Final = (IdempotencyMismatch, Conflict)
_LOCATION: Final[dict[int | str, dict[str, Any]]] = {
    201: {"headers": {"Location": {"description": "Its path.", "schema": {"type": "string"}}}}
}
PersonaPath = Annotated[str, Path(description="The persona's id.", examples=["per_01k9z0c0v5g2m4q8r1t3w6y9f0"])]


@router.post(
    "",
    status_code=201,
    operation_id="draftPersona",
    openapi_extra=_ONCE,
    responses=_LOCATION | problems(NotAllowed, Invalid, *_KEYED),
)
async def draft_persona(new: PersonaIn, response: Response, viewer: Asker, use: Use) -> OwnPersonaOut:
    """Write a persona. It is a draft: nobody can choose it before it is published."""
    made = await personas.draft_persona(viewer, new.draft(), use=use)
    response.headers["Location"] = f"/api/personas/{made.id}"
    return _out(made, use)


@router.get("/own", operation_id="listOwnPersonas", responses=problems(NotAllowed))
async def list_own(viewer: Asker, use: Use) -> OwnPersonasOut:
    """List the personas that people of this community wrote, with drafts and archived ones."""
    return OwnPersonasOut(items=[_out(one, use) for one in await personas.own_personas(viewer, use=use)])


@router.get("/{persona}", operation_id="getPersona", responses=problems(NotAllowed, OwnPersonaNotFound))
async def get_persona(persona: PersonaPath, viewer: Asker, use: Use) -> OwnPersonaOut:
    """Look at a persona of one's community, with its draft."""
    return _out(await personas.get_persona(viewer, PersonaId(persona), use=use), use)


@router.patch(
    "/{persona}",
    operation_id="changePersona",
    responses=problems(NotAllowed, OwnPersonaNotFound, Invalid, IllegalTransition),
)
async def change_persona(persona: PersonaPath, wanted: PersonaChangeIn, viewer: Asker, use: Use) -> OwnPersonaOut:
    """Change a draft. What is published stays as it is."""
    return _out(await personas.change_draft(viewer, PersonaId(persona), wanted.on, use=use), use)


@router.post(
    "/{persona}/publish",
    operation_id="publishPersona",
    openapi_extra=_ONCE,
    responses=problems(NotAllowed, OwnPersonaNotFound, IllegalTransition, *_KEYED),
)
async def publish(persona: PersonaPath, viewer: Asker, use: Use) -> OwnPersonaOut:
    """Publish the draft as a new version. New sessions get it; those that were opened before keep theirs."""
    return _out(await personas.publish(viewer, PersonaId(persona), use=use), use)


@router.post(
    "/{persona}/roll-back",
    operation_id="rollBackPersona",
    openapi_extra=_ONCE,
    responses=problems(NotAllowed, OwnPersonaNotFound, IllegalTransition, *_KEYED),
)
async def roll_back(persona: PersonaPath, wanted: RollBackIn, viewer: Asker, use: Use) -> OwnPersonaOut:
    """Publish an earlier version again. The draft stays as it is."""
    return _out(await personas.roll_back(viewer, PersonaId(persona), wanted.version, use=use), use)


@router.get(
    "/{persona}/versions", operation_id="listPersonaVersions", responses=problems(NotAllowed, OwnPersonaNotFound)
)
async def list_versions(persona: PersonaPath, viewer: Asker, use: Use) -> VersionsOut:
    """List the versions of a persona, newest first."""
    found = await personas.versions(viewer, PersonaId(persona), use=use)
    return VersionsOut(items=[VersionOut.of(version) for version in found])


@router.delete(
    "/{persona}", status_code=204, operation_id="archivePersona", responses=problems(NotAllowed, OwnPersonaNotFound)
)
async def archive(persona: PersonaPath, viewer: Asker, use: Use) -> None:
    """Offer a persona no more. Sessions keep the version they ran with."""
    await personas.archive(viewer, PersonaId(persona), use=use)


def _out(persona: OwnPersona, use: Services) -> OwnPersonaOut:
    return OwnPersonaOut.of(persona, use.config.models.llm)
