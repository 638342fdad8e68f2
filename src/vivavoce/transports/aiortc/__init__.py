"""WebRTC inside this process, by aiortc. Importing it costs 40 MB and 0.35 s: import it where WebRTC is switched on."""

from vivavoce.transports.aiortc.connection import AiortcConnection, Limits
from vivavoce.transports.aiortc.transport import WebRtcSettings, WebRtcTransport

__all__ = ["AiortcConnection", "Limits", "WebRtcSettings", "WebRtcTransport"]
