"""The socket that people connect to."""

import socket
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from vivavoce.base.config import ServerConfig
from vivavoce.domain.errors import Unavailable

_BACKLOG: Final = 2048  # connections that wait to be taken; more are refused by the system


@contextmanager
def listening(config: ServerConfig) -> Generator[socket.socket]:
    """The socket people connect to. Raises Unavailable, with what to do."""
    found = socket.getaddrinfo(config.host, config.port, type=socket.SOCK_STREAM)
    family, kind, proto, _, address = found[0]
    with socket.socket(family, kind, proto) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
        except OSError as exc:
            raise Unavailable(
                f"Port {config.port} of {config.host} cannot be listened on: {exc.strerror}. Stop what uses it, or set"
                " VIVAVOCE_PORT to another one (0 takes a free one)."
            ) from exc
        listener.listen(_BACKLOG)
        yield listener


def url_of(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if listener.family == socket.AF_INET6 else f"http://{host}:{port}"
