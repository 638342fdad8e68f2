"""Requests to addresses that people gave, against a server on loopback and names that a stub resolves."""

import ssl
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import anyio
import pytest
from anyio.abc import ByteStream, SocketAttribute
from anyio.streams.tls import TLSListener
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from vivavoce.base.config_outside import OutsideConfig
from vivavoce.domain.errors import DomainError, Invalid, TooLarge, Unavailable
from vivavoce.outside.web import SafeWeb

pytestmark = [pytest.mark.anyio, pytest.mark.integration]

ANYWHERE = OutsideConfig(private_addresses=True)
PUBLIC_ONLY = OutsideConfig()
LOOPBACK = ("127.0.0.1",)


@dataclass
class Names:
    """Implements Resolve. asked: the names so far."""

    known: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    asked: list[str] = field(default_factory=list[str])

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        if host not in self.known:
            raise OSError
        return self.known[host]


Route = Callable[[str, bytes], bytes]
"""From a request's head and body to the whole answer."""


@dataclass
class Local:
    port: int
    heads: list[str] = field(default_factory=list[str])
    bodies: list[bytes] = field(default_factory=list[bytes])


def ok(body: bytes = b"hello", *headers: str) -> bytes:
    return http(200, body, "Content-Type: Text/HTML; charset=utf-8", *headers)


def http(status: int, body: bytes = b"", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(to: str, status: int = 302) -> bytes:
    return http(status, b"", f"Location: {to}")


@asynccontextmanager
async def local(route: Route, tls: ssl.SSLContext | None = None) -> AsyncGenerator[Local]:
    listener = await anyio.create_tcp_listener(local_host="127.0.0.1", local_port=0)
    server = Local(listener.extra(SocketAttribute.local_port))

    async def answer(stream: ByteStream) -> None:
        async with stream:
            try:
                head, body = await _request(stream)
                server.heads.append(head)
                server.bodies.append(body)
                said = route(head, body)
                await stream.send(said)
                if not said:
                    await anyio.sleep(30)
            except (anyio.BrokenResourceError, anyio.EndOfStream, anyio.ClosedResourceError, ssl.SSLError):
                return

    serving = listener if tls is None else TLSListener(listener, tls, standard_compatible=False)
    async with serving, anyio.create_task_group() as tasks:
        tasks.start_soon(serving.serve, answer)
        yield server
        tasks.cancel_scope.cancel()


async def _request(stream: ByteStream) -> tuple[str, bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        data += await stream.receive()
    head, _, body = data.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
    while len(body) < length:
        body += await stream.receive()
    return head.decode(), body


@asynccontextmanager
async def a_web(
    config: OutsideConfig = ANYWHERE, tls: ssl.SSLContext | None = None, **names: Sequence[str]
) -> AsyncGenerator[SafeWeb]:
    known = {name.replace("_", "."): addresses for name, addresses in names.items()}
    web = SafeWeb(config, resolve=Names(known), tls=tls)
    yield web
    await web.aclose()


async def refused(url: str, config: OutsideConfig = PUBLIC_ONLY, **names: Sequence[str]) -> DomainError:
    async with a_web(config, None, **names) as web:
        with pytest.raises(DomainError) as told:
            await web.fetch(url, max_bytes=1000, timeout_s=2)
    return told.value


async def test_a_page_is_read_with_its_kind() -> None:
    async with local(lambda head, body: ok()) as server, a_web(jobs_example=LOOPBACK) as web:
        answer = await web.fetch(f"http://jobs.example:{server.port}/a?b=c", max_bytes=1000, timeout_s=2)
    assert (answer.content, answer.media_type, answer.status) == (b"hello", "text/html", 200)
    assert server.heads[0].startswith("GET /a?b=c HTTP/1.1")
    assert f"host: jobs.example:{server.port}" in server.heads[0].lower()


@pytest.mark.parametrize(
    "url",
    [
        "ftp://jobs.example/a",
        "file:///etc/passwd",
        "jobs.example",
        "http://",
        "http:///a",
        "http://[::1",
        "http://ana@jobs.example/",
        "http://ana:secret@jobs.example/",
        "http://jobs.example:22/",
        "http://jobs.example:443443/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://jobs.example/" + "a" * 2100,
    ],
)
async def test_what_is_no_plain_web_address_is_not_asked_for(url: str) -> None:
    known = {"jobs.example": ["93.184.216.34"]}
    known |= {one: ["127.0.0.1"] for one in ("2130706433", "0x7f.1", "0177.0.0.1", "127.1")}
    names = Names(dict(known))
    web = SafeWeb(ANYWHERE, resolve=names)
    with pytest.raises(Invalid):
        await web.fetch(url, max_bytes=1000, timeout_s=2)
    assert names.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.8",
        "172.20.1.1",
        "192.168.0.5",
        "169.254.169.254",
        "168.63.129.16",
        "100.100.100.200",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "::1",
        "::",
        "fe80::1",
        "fd00:ec2::254",
        "ff02::1",
        "fec0::1",
        "::ffff:10.0.0.8",
        "::10.0.0.8",
        "64:ff9b::a00:8",
        "64:ff9b:1::a00:8",
        "2002:a00:8::",
        "2001:0:0a00:8::",
        "2a00:1450:4001:81b:0:5efe:a00:8",
    ],
)
async def test_a_name_that_means_a_private_address_is_refused(address: str) -> None:
    assert isinstance(await refused("http://jobs.example/", jobs_example=[address]), Invalid)


async def test_a_name_with_one_private_address_among_public_ones_is_refused() -> None:
    assert isinstance(await refused("http://a.b/", a_b=["93.184.216.34", "10.0.0.1"]), Invalid)


async def test_an_address_by_number_is_checked_too() -> None:
    names = {"127.0.0.1": ["127.0.0.1"], "::1": ["::1"]}
    web = SafeWeb(PUBLIC_ONLY, resolve=Names(dict(names)))
    for url in ("http://127.0.0.1/", "http://[::1]/"):
        with pytest.raises(Invalid):
            await web.fetch(url, max_bytes=1000, timeout_s=2)


async def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    """A name that means another address the next time leads nowhere else."""
    answers = iter([LOOPBACK, ("192.0.2.1",)])

    async def changing(host: str, port: int) -> Sequence[str]:
        return next(answers)

    async with local(lambda head, body: ok()) as server:
        web = SafeWeb(ANYWHERE, resolve=changing)
        answer = await web.fetch(f"http://jobs.example:{server.port}/", max_bytes=1000, timeout_s=2)
        await web.aclose()
    assert answer.content == b"hello"
    assert next(answers) == ("192.0.2.1",)


async def test_an_address_that_does_not_answer_is_passed_over() -> None:
    async with local(lambda head, body: ok()) as server, a_web(jobs_example=["127.0.0.2", "127.0.0.1"]) as web:
        answer = await web.fetch(f"http://jobs.example:{server.port}/", max_bytes=1000, timeout_s=2)
    assert answer.content == b"hello"


async def test_redirects_are_followed_five_times() -> None:
    def route(head: str, body: bytes) -> bytes:
        left = int(head.split(" ")[1][1:])
        return redirect(f"/{left - 1}", 301 + left % 2) if left else ok(b"there")

    async with local(route) as server, a_web(a_b=LOOPBACK) as web:
        answer = await web.fetch(f"http://a.b:{server.port}/5", max_bytes=1000, timeout_s=2)
        assert answer.content == b"there"
        with pytest.raises(Invalid, match="more than 5"):
            await web.fetch(f"http://a.b:{server.port}/6", max_bytes=1000, timeout_s=2)


@pytest.mark.parametrize("to", ["ftp://a.b/", "http://u@a.b/", "http://[::1", "http://a.b:25/", "file:///etc/passwd"])
async def test_each_redirect_is_checked_as_the_first_address_was(to: str) -> None:
    async with local(lambda head, body: redirect(to)) as server:
        assert isinstance(await refused(f"http://a.b:{server.port}/", ANYWHERE, a_b=LOOPBACK), Invalid)


async def test_a_redirect_to_a_private_address_is_refused() -> None:
    """The first name passes for public here, the second is what it is."""
    names = Names({"outer.example": LOOPBACK, "inner.example": ["127.0.0.2"]})
    web = SafeWeb(PUBLIC_ONLY, resolve=names, allowed=lambda address: address == "127.0.0.1")
    async with local(lambda head, body: redirect("http://inner.example/")) as server:
        with pytest.raises(Invalid, match="private network"):
            await web.fetch(f"http://outer.example:{server.port}/", max_bytes=1000, timeout_s=2)
    await web.aclose()


async def test_a_page_that_is_too_long_is_not_read_to_its_end() -> None:
    async with local(lambda head, body: ok(b"x" * 5000)) as server:
        assert isinstance(await refused(f"http://a.b:{server.port}/", ANYWHERE, a_b=LOOPBACK), TooLarge)


async def test_a_page_that_never_comes_is_given_up_in_time() -> None:
    async with local(lambda head, body: b"") as server, a_web(a_b=LOOPBACK) as web:
        with anyio.fail_after(5), pytest.raises(Unavailable, match="within"):
            await web.fetch(f"http://a.b:{server.port}/", max_bytes=1000, timeout_s=0.3)


async def test_a_packed_page_is_refused() -> None:
    async with local(lambda head, body: ok(b"x", "Content-Encoding: gzip")) as server:
        assert isinstance(await refused(f"http://a.b:{server.port}/", ANYWHERE, a_b=LOOPBACK), Invalid)


@pytest.mark.parametrize(("status", "error"), [(404, Invalid), (401, Invalid), (500, Unavailable), (429, Unavailable)])
async def test_a_page_that_is_not_there_says_whether_trying_again_helps(status: int, error: type[DomainError]) -> None:
    async with local(lambda head, body: http(status)) as server:
        told = await refused(f"http://a.b:{server.port}/", ANYWHERE, a_b=LOOPBACK)
    assert type(told) is error
    assert str(status) in str(told)


async def test_an_unknown_name_and_a_closed_port_may_be_tried_again() -> None:
    assert isinstance(await refused("http://nowhere.example/"), Unavailable)
    assert isinstance(await refused("http://a.b:1025/", ANYWHERE, a_b=LOOPBACK), Unavailable)


async def test_other_ports_can_be_closed_by_configuration() -> None:
    closed = OutsideConfig(private_addresses=True, other_ports=False)
    assert "Port 8080" in str(await refused("http://a.b:8080/", closed, a_b=LOOPBACK))


async def test_a_post_is_answered_whatever_the_status_and_follows_no_redirect() -> None:
    async with local(lambda head, body: redirect("/elsewhere", 307)) as server, a_web(a_b=LOOPBACK) as web:
        answer = await web.post(f"http://a.b:{server.port}/hook", b"{}", {"webhook-id": "msg_1"}, timeout_s=2)
    assert answer.status == 307
    assert len(server.heads) == 1
    assert "webhook-id: msg_1" in server.heads[0].lower()
    assert server.bodies == [b"{}"]


async def test_a_long_answer_to_a_post_is_cut_short() -> None:
    async with local(lambda head, body: ok(b"x" * 100_000)) as server, a_web(a_b=LOOPBACK) as web:
        answer = await web.post(f"http://a.b:{server.port}/", b"{}", {}, timeout_s=2)
    assert len(answer.content) == 64 * 1024


async def test_a_post_to_a_private_address_is_refused() -> None:
    async with a_web(PUBLIC_ONLY, a_b=LOOPBACK) as web:
        with pytest.raises(Invalid):
            await web.post("http://a.b/", b"{}", {}, timeout_s=2)


async def test_a_certificate_is_checked_against_the_name_and_not_the_address(tmp_path: Path) -> None:
    served, trusting = certificate_for("jobs.example", tmp_path)
    both = a_web(ANYWHERE, trusting, jobs_example=LOOPBACK, other_example=LOOPBACK)
    async with local(lambda head, body: ok(), served) as server, both as web:
        answer = await web.fetch(f"https://jobs.example:{server.port}/", max_bytes=1000, timeout_s=5)
        assert answer.content == b"hello"
        with pytest.raises(Unavailable):
            await web.fetch(f"https://other.example:{server.port}/", max_bytes=1000, timeout_s=5)


def certificate_for(host: str, folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """For a server of that name, and for a client that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
    made = made.not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    pem = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    kind = serialization.PrivateFormat.PKCS8
    secret = key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption())
    (folder / "server.pem").write_bytes(secret + pem)
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(folder / "server.pem")
    return served, ssl.create_default_context(cadata=pem.decode())
