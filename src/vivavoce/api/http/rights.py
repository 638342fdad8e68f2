"""What people may ask for: their data as a file, and that it is erased; and where help is to be found."""

from typing import Annotated, Final

from fastapi import APIRouter, Path, Query
from fastapi.responses import StreamingResponse

from vivavoce.api.access import Admin, Asker, Use
from vivavoce.api.errors import problems
from vivavoce.api.http.parameters import Id
from vivavoce.api.http.rights_shapes import CrisisCountsOut, ErasedOut, HelpOut, RetentionIn, RetentionOut
from vivavoce.base.ids import AccountId
from vivavoce.domain.errors import AccountNotFound, FormatNotFound, NotAllowed, NotSignedIn, SessionNotFound
from vivavoce.domain.safety.help_lines import help_for
from vivavoce.services.rights import erase, export, retention
from vivavoce.services.rights.erase import SessionsGoOn
from vivavoce.services.rights.retention import SessionNotOver
from vivavoce.services.safety import overview

router = APIRouter(prefix="/api", tags=["rights"])
_ACCOUNT: Final = Path(description="The account's id.", examples=["acc_01k9z0c0v5g2m4q8r1t3w6y9b0"], max_length=200)
_ZIP: Final = {
    200: {
        "content": {
            "application/zip": {
                "schema": {"type": "string", "format": "binary"},
                "example": "(the bytes of a ZIP file)",
            }
        }
    }
}


@router.get(
    "/me/export",
    operation_id="exportMe",
    response_class=StreamingResponse,
    responses=_ZIP | problems(NotSignedIn, NotAllowed),
)
async def export_me(viewer: Asker, use: Use) -> StreamingResponse:
    """All that is kept about oneself, as a ZIP file: JSON by subject, transcripts, reports, one's own recordings."""
    pieces = await export.export_of(viewer, use=use)
    headers = {"Content-Disposition": 'attachment; filename="vivavoce-export.zip"', "Cache-Control": "no-store"}
    return StreamingResponse(pieces, media_type="application/zip", headers=headers)


@router.delete("/me", operation_id="eraseMe", responses=problems(NotSignedIn, NotAllowed, SessionsGoOn))
async def erase_me(viewer: Asker, use: Use) -> ErasedOut:
    """Erase oneself: account, sessions, recordings, memories and all else. It cannot be undone.

    Who sits in a session leaves it first. While others go on in a session with one, it is refused.
    """
    return ErasedOut.of(await erase.erase_me(viewer, use=use))


@router.delete(
    "/people/{id}",
    operation_id="erasePerson",
    responses=problems(NotSignedIn, NotAllowed, AccountNotFound, SessionsGoOn),
)
async def erase_person(id: Annotated[str, _ACCOUNT], viewer: Admin, use: Use) -> ErasedOut:
    """Erase one of the community's people, as they could themselves. It cannot be undone."""
    return ErasedOut.of(await erase.erase_account(viewer, AccountId(id), use=use))


@router.delete(
    "/sessions/{id}",
    status_code=204,
    operation_id="eraseSession",
    responses=problems(NotSignedIn, SessionNotFound, NotAllowed, SessionNotOver),
)
async def erase_session(id: Id, viewer: Asker, use: Use) -> None:
    """Erase a session that is over, with its log, report, recordings and notes. It cannot be undone."""
    await retention.erase_session(viewer, id, use=use)


@router.get("/community/retention", operation_id="getRetention", responses=problems(NotSignedIn, NotAllowed))
async def get_retention(viewer: Admin, use: Use) -> RetentionOut:
    """For how many days sessions of each format are kept after their end."""
    return RetentionOut(days=await retention.days_of(viewer, use=use))


@router.put(
    "/community/retention",
    operation_id="setRetention",
    responses=problems(NotSignedIn, NotAllowed, FormatNotFound),
)
async def set_retention(given: RetentionIn, viewer: Admin, use: Use) -> RetentionOut:
    """Set it for the community, in place of what was set before. What is not named is as the server has it."""
    return RetentionOut(days=await retention.set_days(viewer, given.days, use=use))


@router.get("/help-lines", operation_id="listHelpLines", responses=problems(NotSignedIn))
async def help_lines(
    viewer: Asker,
    use: Use,
    country: Annotated[
        str | None, Query(pattern="^[A-Za-z]{2}$", description="ISO 3166-1; left out, one's own.", examples=["IE"])
    ] = None,
) -> HelpOut:
    """Where help is to be found now: emergency number and help lines of a country."""
    return HelpOut.of(help_for(country if country is not None else await overview.country_for(viewer, use=use)))


@router.get("/community/crises", operation_id="countCrises", responses=problems(NotSignedIn, NotAllowed))
async def count_crises(viewer: Admin, use: Use) -> CrisisCountsOut:
    """How often the crisis protocol began in the community, by year."""
    years = await overview.counted(viewer, use=use)
    return CrisisCountsOut(years={str(year): count for year, count in years.items()})
