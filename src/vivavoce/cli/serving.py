"""`vivavoce serve`: the platform behind uvicorn, until a signal stops it."""

import signal
import socket
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import anyio
import structlog
import typer
import uvicorn
from fastapi import FastAPI

from vivavoce.api.app import build_app
from vivavoce.base import tracing
from vivavoce.base.config import Config
from vivavoce.bootstrap import running
from vivavoce.cli.listening import listening, url_of
from vivavoce.engine.ports import Models

_GRACE_S: Final = 5  # for requests that are being answered when the server is told to stop

log = structlog.get_logger()


async def serve(config: Config, models: Models | None = None) -> None:
    """Serve until SIGINT or SIGTERM; a second signal does not wait for requests. Raises Unavailable, ConfigError.

    models: as for `bootstrap.running`.
    """
    send_last_spans = tracing.switch_on(config.telemetry, config.server.node)
    try:
        with listening(config.server) as listener:
            async with running(config, models) as platform:
                server = _Server(_settings(build_app(platform.wiring, platform.services), config), url_of(listener))
                async with anyio.create_task_group() as tasks:
                    tasks.start_soon(_stop_on_signal, server)
                    await server.serve(sockets=[listener])
                    tasks.cancel_scope.cancel()
    finally:
        send_last_spans()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, url: str) -> None:
        super().__init__(config)
        self._url = url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            log.info("server.ready", url=self._url)
            typer.echo(f"Vivavoce is ready: {self._url}")

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Signals are ours: uvicorn would kill the process with them before the platform is closed."""
        yield


def _settings(app: FastAPI, config: Config) -> uvicorn.Config:
    """As measured cheapest for the live protocol, which has its own heartbeat (docs/api.md)."""
    return uvicorn.Config(
        app,
        log_config=None,
        server_header=False,
        lifespan="on",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_ping_interval=None,
        timeout_graceful_shutdown=_GRACE_S,
        forwarded_allow_ips=list(config.access.proxies),
    )


async def _stop_on_signal(server: _Server) -> None:
    with anyio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
        async for _ in signals:
            server.force_exit = server.should_exit
            server.should_exit = True
