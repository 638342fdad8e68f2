"""For whoever keeps the server running: is it alive, can it work, what does it measure."""

from typing import Any, Final

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from vivavoce.api.access import Parts
from vivavoce.api.errors import problems
from vivavoce.base import metrics

router = APIRouter(tags=["health"])


class Readiness(BaseModel):
    """Whether sessions can be held here now."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"ready": True, "failing": []}]})

    ready: bool
    failing: list[str] = Field(description="Parts that do not work, with a reason each.")


_NOT_READY: Final[dict[int | str, dict[str, Any]]] = {
    503: {"model": Readiness, "description": "Some part does not work."}
}
_METRICS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Prometheus' text format.",
        "content": {"text/plain": {"schema": {"type": "string"}, "example": "vivavoce_rooms_live 1.0\n"}},
    }
}


@router.get(
    "/healthz",
    operation_id="isAlive",
    response_class=PlainTextResponse,
    responses={200: {"content": {"text/plain": {"example": "ok"}}}} | problems(),
)
async def is_alive() -> str:
    """The process answers."""
    return "ok"


@router.get("/readyz", operation_id="isReady", response_model=Readiness, responses=_NOT_READY | problems())
async def is_ready(wiring: Parts) -> Response:
    """The store and the models answer: sessions can be held here."""
    failing = list(await wiring.use.readiness())
    return JSONResponse({"ready": not failing, "failing": failing}, 503 if failing else 200)


@router.get("/metrics", operation_id="getMetrics", response_class=Response, responses=_METRICS | problems())
async def get_metrics(wiring: Parts) -> Response:
    """What is measured, for Prometheus."""
    if not wiring.settings.metrics:
        raise HTTPException(404)
    return Response(metrics.exposition(), media_type=metrics.CONTENT_TYPE)
