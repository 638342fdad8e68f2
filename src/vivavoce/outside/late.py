"""Adapters whose libraries load when they are first needed, off the event loop: HTTP takes a tenth of a second."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import cast

import anyio
import anyio.to_thread

from vivavoce.base.config_outside import OutsideConfig
from vivavoce.services.ports_outside import Web, WebAnswer


class LateWeb:
    """Implements services.ports_outside.Web over outside/web.py."""

    def __init__(self, config: OutsideConfig) -> None:
        self._config = config
        self._web: Web | None = None
        self._loading = anyio.Lock()

    async def fetch(self, url: str, *, max_bytes: int, timeout_s: float) -> WebAnswer:
        return await (await self._ready()).fetch(url, max_bytes=max_bytes, timeout_s=timeout_s)

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], *, timeout_s: float) -> WebAnswer:
        return await (await self._ready()).post(url, body, headers, timeout_s=timeout_s)

    async def aclose(self) -> None:
        if self._web is not None:
            await self._web.aclose()

    async def _ready(self) -> Web:
        async with self._loading:
            if self._web is None:
                self._web = await anyio.to_thread.run_sync(self._load)
            return self._web

    def _load(self) -> Web:
        make = cast(Callable[[OutsideConfig], Web], import_module("vivavoce.outside.web").SafeWeb)
        return make(self._config)
