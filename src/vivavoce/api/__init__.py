"""The HTTP and WebSocket interface. Wire types live here and only here."""
