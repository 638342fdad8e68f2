"""WebRTC, loaded when the first device asks for it: its libraries take 40 MB and a third of a second."""

import importlib
from typing import Any

import anyio.to_thread

from vivavoce.engine.ports import Connection


class LateWebRtc:
    """Offers what `transports.aiortc.WebRtcTransport` offers."""

    def __init__(self) -> None:
        self._transport: Any = None  # a WebRtcTransport, once loaded
        self._loading = anyio.Lock()

    async def answer(self, offer_sdp: str, *, room: str) -> tuple[str, Connection]:
        """As `WebRtcTransport.answer`. Raises also Unavailable when WebRTC cannot run here."""
        async with self._loading:
            if self._transport is None:
                name = "vivavoce.transports.aiortc.transport"
                module = await anyio.to_thread.run_sync(importlib.import_module, name)
                self._transport = module.WebRtcTransport()
        return await self._transport.answer(offer_sdp, room=room)

    async def aclose(self) -> None:
        if self._transport is not None:
            await self._transport.aclose()
