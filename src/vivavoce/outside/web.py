"""Requests to addresses that people gave: pages for a set-up, and webhooks.

1. Only http and https, without user name; ports 80 and 443, and those from 1024 on where that is configured.
2. The name is looked up here. If any of its addresses is not of the public internet (base/addresses.py), nothing is
   sent; else the connection goes to an address that was checked, so that a name which means another address a moment
   later leads nowhere else. Certificates are checked against the name.
3. Redirects are followed for pages only, at most five, and each is checked as the first address was.
4. Size and total time are limited. Answers come unpacked: what is packed is refused.
5. A connection serves one request: two names may share an address, and a certificate speaks for one.
"""

import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import anyio
import httpx2

from vivavoce.base.addresses import is_public
from vivavoce.base.config_outside import OutsideConfig
from vivavoce.domain.errors import Invalid, TooLarge, Unavailable
from vivavoce.services.ports_outside import WebAnswer

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a host, best first. Raises OSError or UnicodeError when there is none."""

_HOPS: Final = 5  # redirects of one request
_TRIES: Final = 3  # addresses of one host
_LONGEST_URL: Final = 2048
_POST_ANSWER_BYTES: Final = 64 * 1024
_PORTS: Final = {"http": 80, "https": 443}
_UNPRIVILEGED: Final = 1024
_AGENT: Final = "Vivavoce"
_NOT_ALLOWED: Final = (
    "This address leads into a private network, which is not allowed here. Who runs this server may allow it by"
    " VIVAVOCE_OUTSIDE_PRIVATE_ADDRESSES=true."
)


async def looked_up(host: str, port: int) -> Sequence[str]:
    """Implements Resolve by the system's resolver."""
    found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(where[0]) for *_, where in found]


@dataclass(frozen=True, slots=True)
class _Sent:
    """One request. limit_bytes: of the answer; cut: give its beginning if it is longer, instead of refusing it."""

    method: str
    headers: Mapping[str, str]
    body: bytes | None
    limit_bytes: int
    cut: bool


class SafeWeb:
    """Implements services.ports_outside.Web."""

    def __init__(
        self,
        config: OutsideConfig,
        *,
        resolve: Resolve = looked_up,
        allowed: Callable[[str], bool] = is_public,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """allowed: which addresses may be connected to, where private ones are not. tls: for tests."""
        self._config = config
        self._resolve = resolve
        self._allowed = allowed
        # Without proxies: the address that was checked is the one that is connected to. Calls bring their deadline.
        self._client = httpx2.AsyncClient(
            follow_redirects=False,
            timeout=None,
            trust_env=False,
            verify=tls if tls is not None else True,
            limits=httpx2.Limits(max_keepalive_connections=0),
        )

    async def fetch(self, url: str, *, max_bytes: int, timeout_s: float) -> WebAnswer:
        headers = {"Accept": "text/html, application/pdf, text/plain, */*;q=0.5"}
        asked = _Sent("GET", headers, None, max_bytes, cut=False)
        with _within(timeout_s):
            for _ in range(_HOPS + 1):
                answer = await self._send(asked, url)
                if isinstance(answer, WebAnswer):
                    _check_status(answer.status)
                    return answer
                url = answer
        raise Invalid(f"This address redirects more than {_HOPS} times.")

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], *, timeout_s: float) -> WebAnswer:
        asked = _Sent("POST", headers, body, _POST_ANSWER_BYTES, cut=True)
        with _within(timeout_s):
            answer = await self._send(asked, url)
        assert isinstance(answer, WebAnswer), "only pages are redirected"
        return answer

    async def aclose(self) -> None:
        await self._client.aclose()

    async def _send(self, asked: _Sent, url: str) -> WebAnswer | str:
        """The answer, or the address that a page's redirect leads to."""
        parsed = _parsed(url, other_ports=self._config.other_ports)
        addresses = await self._addresses(parsed)
        for tried, address in enumerate(addresses[:_TRIES], start=1):
            try:
                return await self._ask(asked, parsed, address)
            except (httpx2.ConnectError, httpx2.ConnectTimeout):
                if tried == min(_TRIES, len(addresses)):
                    raise Unavailable("Nothing answers at this address.") from None
            except httpx2.HTTPError:
                raise Unavailable("The connection to this address broke off.") from None
        raise AssertionError("unreachable")

    async def _addresses(self, url: httpx2.URL) -> Sequence[str]:
        host = _host(url)
        try:
            addresses = await self._resolve(host, _port(url))
        except (OSError, UnicodeError):
            raise Unavailable("The name in this address is not known.") from None
        if not self._config.private_addresses and not all(map(self._allowed, addresses)):
            raise Invalid(_NOT_ALLOWED)
        return addresses

    async def _ask(self, asked: _Sent, url: httpx2.URL, address: str) -> WebAnswer | str:
        plain = {"Accept-Encoding": "identity", "Host": url.netloc.decode("ascii")}
        sent = self._client.stream(
            asked.method,
            url.copy_with(host=address),
            headers={"User-Agent": _AGENT, **asked.headers, **plain},
            content=asked.body,
            extensions={"sni_hostname": _host(url)},
        )
        async with sent as response:
            if asked.method == "GET" and response.has_redirect_location:
                return _joined(url, response.headers["Location"])
            return WebAnswer(await _read(response, asked), _media_type(response), response.status_code)


def _parsed(url: str, *, other_ports: bool) -> httpx2.URL:
    """Raises Invalid."""
    try:
        parsed = httpx2.URL(url if len(url) <= _LONGEST_URL else "")
        parsed.raw_host.decode("ascii")
    except (httpx2.InvalidURL, UnicodeError):
        raise Invalid("This is no web address that can be read.") from None
    if parsed.scheme not in _PORTS or not parsed.raw_host:
        raise Invalid("A web address begins with https:// or http:// and is at most 2048 characters long.")
    if parsed.userinfo:
        raise Invalid("A web address with a user name or a password is not taken.")
    port = _port(parsed)
    if port not in _PORTS.values() and not (other_ports and _UNPRIVILEGED <= port <= 65535):
        raise Invalid(f"Port {port} is not allowed in an address here.")
    if _looks_like_a_number(_host(parsed)):
        raise Invalid("An address by number is written with four numbers and dots, such as 203.0.113.7.")
    return parsed


def _looks_like_a_number(host: str) -> bool:
    """Whether a resolver may read it as an IPv4 address although it is not written as one: 2130706433, 0x7f.1."""
    last = host.rstrip(".").rpartition(".")[2].lower()
    if not (last.isdigit() or last.startswith("0x")):
        return False
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return True
    return False


def _host(url: httpx2.URL) -> str:
    """In ASCII, an IPv6 address without brackets."""
    return url.raw_host.decode("ascii")


def _port(url: httpx2.URL) -> int:
    return url.port if url.port is not None else _PORTS.get(url.scheme, 0)


def _joined(url: httpx2.URL, location: str) -> str:
    try:
        return str(url.join(location))
    except httpx2.InvalidURL:
        raise Invalid("This address redirects to one that cannot be read.") from None


async def _read(response: httpx2.Response, asked: _Sent) -> bytes:
    if response.headers.get("Content-Encoding", "identity").lower() != "identity" and not asked.cut:
        raise Invalid("This page comes packed although that was not asked for, so it is not read.")
    content = bytearray()
    async for piece in response.aiter_raw():
        content += piece
        if len(content) > asked.limit_bytes:
            if asked.cut:
                return bytes(content[: asked.limit_bytes])
            raise TooLarge(f"What is at this address is longer than {asked.limit_bytes // 1024} kB.")
    return bytes(content)


def _media_type(response: httpx2.Response) -> str:
    return response.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def _check_status(status: int) -> None:
    if status >= 500 or status in (408, 429):
        raise Unavailable(f"This address answered with status {status}: try again later.")
    if status >= 400:
        raise Invalid(f"This address answered with status {status}: the page is not there, or not for everybody.")


@contextmanager
def _within(seconds: float) -> Generator[None]:
    """A deadline for the whole of a request. Raises Unavailable."""
    try:
        with anyio.fail_after(seconds):
            yield
    except TimeoutError:
        raise Unavailable(f"This address did not answer within {seconds:g} seconds.") from None
