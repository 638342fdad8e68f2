"""One's own progress over many sessions, and a community's figures for its admins."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from vivavoce.api.access import Asker, Use
from vivavoce.api.errors import problems
from vivavoce.api.http.insights_shapes import InsightsOut, ProgressOut
from vivavoce.api.http.shapes import Slug
from vivavoce.domain.errors import Invalid, NotAllowed
from vivavoce.services.insights.community import insights, months
from vivavoce.services.insights.progress import period, progress_of

router = APIRouter(prefix="/api", tags=["progress"])
Month = Annotated[str | None, Query(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$", examples=["2026-03"])]


@router.get("/progress", operation_id="getProgress", responses=problems(Invalid))
async def get_progress(
    viewer: Asker,
    use: Use,
    since: Annotated[AwareDatetime | None, Query(description="Sessions that ended from then on.")] = None,
    until: Annotated[AwareDatetime | None, Query(description="Sessions that ended before.")] = None,
    format: Annotated[Slug | None, Query(description="Of this format only.")] = None,
) -> ProgressOut:
    """Look at one's own progress: sessions, streak, return, goals, scores, satisfaction, helpfulness."""
    return ProgressOut.of(await progress_of(viewer, period(since, until), format, use=use))


@router.get("/insights", operation_id="getInsights", responses=problems(NotAllowed, Invalid))
async def get_insights(
    viewer: Asker,
    use: Use,
    since: Annotated[Month, Query(description="The first month, in UTC.")] = None,
    until: Annotated[Month, Query(description="The last month; the last twelve if neither is given.")] = None,
) -> InsightsOut:
    """Look at the community's figures. For its admins; nobody's words or names, and nothing of fewer than five."""
    return InsightsOut.of(await insights(viewer, months(since, until, use.clock.now()), use=use))
