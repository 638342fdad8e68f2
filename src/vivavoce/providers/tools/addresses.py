"""Where an HTTP tool may connect to: the public internet, unless its entry in the tools file allows private addresses.

The name is looked up here and the connection made to the address that was checked, so that a name which means another
address a moment later leads nowhere else.
"""

import socket

import anyio

from vivavoce.base.addresses import is_public
from vivavoce.engine.ports import ToolFailed


async def address_of(host: str, port: int, *, allow_private: bool) -> str:
    """An address of `host` that may be connected to. Raises ToolFailed."""
    try:
        found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise ToolFailed("the service's host name is not known") from None
    addresses = [str(where[0]) for *_, where in found]
    if not allow_private and not all(is_public(address) for address in addresses):
        raise ToolFailed("the service has a private address, which is not allowed for this tool")
    return addresses[0]
