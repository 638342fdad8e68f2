"""The interface as one ASGI application.

Serve it with uvicorn's `websockets-sansio` on uvloop, without WebSocket compression and without its pings (the live
protocol has its own): that was the cheapest of those measured (docs/api.md).
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, Final

import anyio
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import WebSocketRoute

from vivavoce.api.access import KnowWho
from vivavoce.api.body_limit import BodyLimit
from vivavoce.api.description import describe
from vivavoce.api.errors import add_error_answers
from vivavoce.api.guard import Guard
from vivavoce.api.http import (
    accounts,
    catalogue,
    credits,
    entrance,
    events,
    exchanges,
    guiding,
    health,
    insights,
    invitations,
    me,
    memories,
    messages,
    oidc,
    people,
    personas,
    records,
    reports,
    review,
    rights,
    scheduling,
    sessions,
    setup,
    sign_in,
    together,
    webhooks,
    webrtc,
)
from vivavoce.api.observe import Observe
from vivavoce.api.pages import pages
from vivavoce.api.reference import reference
from vivavoce.api.wiring import ApiSettings, Wiring
from vivavoce.api.ws import live
from vivavoce.services.container import Services

_ROUTERS: Final = (
    sign_in,
    oidc,
    entrance,
    me,
    accounts,
    invitations,
    rights,
    sessions,
    setup,
    together,
    guiding,
    exchanges,
    people,
    personas,
    records,
    memories,
    webhooks,
    messages,
    events,
    review,
    reports,
    insights,
    webrtc,
    scheduling,
    credits,
    catalogue,
    health,
)

_TAKEN: Final = ("Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID", "X-Request-ID", "Range")


def build_app(wiring: Wiring, services: Services | None = None) -> FastAPI:
    """The application over these parts. Its lifespan owns the WebRTC connections, so it must be run.

    services: None for tests of the routers that work over `wiring` alone.
    """
    app = bare_app(wiring.settings)
    app.state.wiring = wiring
    app.state.services = services
    app.include_router(pages(wiring.settings.pages))
    return app


def bare_app(settings: ApiSettings) -> FastAPI:
    """All but the parts behind it: enough to describe the interface."""
    app = FastAPI(
        title="Vivavoce",
        version=settings.version,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
        middleware=_middleware(settings),
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},  # may quote requests
    )
    add_error_answers(app)
    for module in _ROUTERS:  # as they are: `include_router` would work out each of them once more, 0.3 s of a start
        app.router.routes.extend(module.router.routes)
    app.router.routes.append(WebSocketRoute(live.PATH, live.LiveSocket(), name="live"))
    describe(app)
    app.include_router(reference(app))
    return app


def _middleware(settings: ApiSettings) -> list[Middleware]:
    """Outermost first."""
    found = [Middleware(Observe), Middleware(Guard, settings=settings)]
    if settings.origins:
        found.append(
            Middleware(
                CORSMiddleware,
                allow_origins=sorted(settings.origins),
                allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
                allow_headers=[
                    "Authorization",
                    "Content-Type",
                    "Idempotency-Key",
                    "Last-Event-ID",
                    "X-Request-ID",
                    "Range",
                ],
                expose_headers=["Location", "Idempotency-Replayed", "X-Request-ID", "Content-Range", "ETag"],
            )
        )
    return [*found, Middleware(BodyLimit, settings=settings), Middleware(KnowWho, settings=settings)]


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[dict[str, Any]]:
    async with anyio.create_task_group() as tasks:
        app.state.tasks = tasks
        yield {}
        tasks.cancel_scope.cancel()
