"""Reports of sessions, as JSON and as PDF, and what people say of sessions and replies."""

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Body, Query, Request, Response

from vivavoce.api.access import Asker, Use
from vivavoce.api.errors import problems
from vivavoce.api.http.accept import preferred
from vivavoce.api.http.parameters import Id
from vivavoce.api.http.report_shapes import (
    FeedbackIn,
    FeedbackOut,
    ReportIn,
    ReportOut,
    ReportVersionOut,
    ReportVersionsOut,
)
from vivavoce.api.http.shapes import SessionOut
from vivavoce.api.idempotency import HEADER, IdempotentRoute
from vivavoce.domain.errors import (
    Conflict,
    IdempotencyMismatch,
    IllegalTransition,
    Invalid,
    NotAllowed,
    ReportNotReady,
    SessionNotFound,
    Unavailable,
)
from vivavoce.services.feedback.give import own_feedback, rate_session
from vivavoce.services.reports.analysis import run_again
from vivavoce.services.reports.printing import printed
from vivavoce.services.reports.read import report_of, versions_of

router = APIRouter(prefix="/api/sessions", tags=["review"], route_class=IdempotentRoute)
_ONCE: Final = {"parameters": [HEADER]}
_KEYED: Final = (IdempotencyMismatch, Conflict)
ReportForm = Literal["json", "pdf"]
_FORMS: Final[dict[str, ReportForm]] = {"application/json": "json", "application/pdf": "pdf"}
_PDF: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The report, by `as` or `Accept` as JSON or PDF.",
        "content": {
            "application/pdf": {"schema": {"type": "string", "format": "binary"}, "example": "(the bytes of a PDF)"}
        },
    }
}


@router.get(
    "/{id}/report",
    operation_id="readReport",
    response_model=ReportOut,
    responses=_PDF | problems(SessionNotFound, ReportNotReady, IllegalTransition, Unavailable),
)
async def read_report(
    *,
    id: Id,
    request: Request,
    viewer: Asker,
    use: Use,
    form: Annotated[ReportForm | None, Query(alias="as", description="Wins over `Accept`.")] = None,
    version: Annotated[int | None, Query(ge=1, le=1_000_000, description="An earlier one; else the last.")] = None,
    transcript: Annotated[bool, Query(description="In a PDF: all that was said, as an appendix.")] = False,
) -> Response:
    """Read what the session showed, once it was analysed."""
    if (form or _FORMS[preferred(request.headers.get("accept"), list(_FORMS))]) == "pdf":
        pdf = await printed(viewer, id, version, transcript=transcript, use=use)
        shown = {"Vary": "Accept", "Content-Disposition": f'inline; filename="report-{id}.pdf"'}
        return Response(pdf, media_type="application/pdf", headers=shown)
    found = ReportOut.of(id, await report_of(viewer, id, version, use=use))
    return Response(found.model_dump_json(), media_type="application/json", headers={"Vary": "Accept"})


@router.get("/{id}/reports", operation_id="listReports", responses=problems(SessionNotFound))
async def list_reports(id: Id, viewer: Asker, use: Use) -> ReportVersionsOut:
    """List the reports that were written of a session. `GET …/report?version=` reads one."""
    found = await versions_of(viewer, id, use=use)
    return ReportVersionsOut(items=[ReportVersionOut.of(one) for one in found])


@router.post(
    "/{id}/report",
    operation_id="runReportAgain",
    openapi_extra=_ONCE,
    responses=problems(SessionNotFound, IllegalTransition, NotAllowed, Invalid, Unavailable, *_KEYED),
)
async def run_report_again(
    id: Id, viewer: Asker, use: Use, how: Annotated[ReportIn, Body(default_factory=ReportIn)]
) -> SessionOut:
    """Write the report of a complete session anew: after it failed, or with other criteria. Earlier ones are kept."""
    wanted = None
    if how.criteria is not None:
        wanted = [one.criterion() for one in how.criteria]
        if len({one.id for one in wanted}) != len(wanted):
            raise Invalid("Two criteria have the same id. Give each its own.")
    return SessionOut.of(await run_again(viewer, id, wanted, use=use), use.clock.now())


# --- what people say of it --------------------------------------------------------------------------


@router.get("/{id}/feedback", operation_id="readOwnFeedback", responses=problems(SessionNotFound))
async def read_own_feedback(id: Id, viewer: Asker, use: Use) -> FeedbackOut:
    """Read what one said oneself of a session and of replies in it."""
    return FeedbackOut.of(id, await own_feedback(viewer, id, use=use))


@router.post(
    "/{id}/feedback",
    operation_id="rateSession",
    openapi_extra=_ONCE,
    responses=problems(SessionNotFound, NotAllowed, IllegalTransition, *_KEYED),
)
async def rate(id: Id, said: FeedbackIn, viewer: Asker, use: Use) -> FeedbackOut:
    """Say how satisfied one is with a session. Again: the last word counts."""
    await rate_session(viewer, id, said.satisfaction, said.text, use=use)
    return FeedbackOut.of(id, await own_feedback(viewer, id, use=use))
