"""Where an HTTP tool may connect to: the public internet, unless its entry in the tools file allows private addresses.

The name is looked up here and the connection made to the address that was checked, so that a name which means another
address a moment later leads nowhere else.
"""

import ipaddress
import socket

import anyio

from vivavoce.engine.ports import ToolFailed

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last four bytes are an IPv4 address
_COMPATIBLE = ipaddress.IPv6Network("::/96")  # RFC 4291, 2.5.5.1


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


def is_public(address: str) -> bool:
    """Whether this is an address of the public internet, also where an IPv6 address stands for an IPv4 one."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    return all(one.is_global and not one.is_multicast and not one.is_reserved for one in (parsed, *_inner(parsed)))


def _inner(address: _Address) -> list[_Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return []
    inner: list[_Address] = [one for one in (address.ipv4_mapped, address.sixtofour) if one is not None]
    if address.teredo is not None:
        inner += address.teredo
    if address in _NAT64 or address in _COMPATIBLE:
        inner.append(ipaddress.IPv4Address(address.packed[-4:]))
    return inner
