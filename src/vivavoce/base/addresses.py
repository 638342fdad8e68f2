"""Which network addresses are of the public internet: what people may have this server connect to."""

import ipaddress
from typing import Final

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last four bytes are an IPv4 address
_COMPATIBLE: Final = ipaddress.IPv6Network("::/96")  # RFC 4291, 2.5.5.1
_ISATAP: Final = b"\x5e\xfe"  # RFC 5214, 6.1: bytes 10 and 11; an IPv4 address follows
_NOT_PUBLIC: Final = (
    ipaddress.ip_network("168.63.129.16/32"),  # Azure: the platform's own services, as seen from a machine there
    ipaddress.ip_network("192.0.0.0/24"),  # RFC 6890: protocol assignments
    ipaddress.ip_network("192.88.99.0/24"),  # RFC 7526: relays from IPv6, no longer in use
    ipaddress.ip_network("fec0::/10"),  # RFC 3879: site-local
)


def is_public(address: str) -> bool:
    """Whether this is an address of the public internet, also where an IPv6 address stands for an IPv4 one."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    return all(_is_public(one) for one in (parsed, *_inner(parsed)))


def _is_public(address: _Address) -> bool:
    if any(address.version == network.version and address in network for network in _NOT_PUBLIC):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _inner(address: _Address) -> list[_Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return []
    inner: list[_Address] = [one for one in (address.ipv4_mapped, address.sixtofour) if one is not None]
    if address.teredo is not None:
        inner += address.teredo
    if address in _NAT64 or address in _COMPATIBLE or address.packed[10:12] == _ISATAP:
        inner.append(ipaddress.IPv4Address(address.packed[-4:]))
    return inner
