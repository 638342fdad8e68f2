"""Mail through a real SMTP server on loopback."""

import ssl
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any, cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from tests.server import free_port

from vivavoce.base.clock import SystemClock
from vivavoce.base.config_mail import MailConfig
from vivavoce.domain.errors import Unavailable
from vivavoce.outside.mail import SmtpMailer
from vivavoce.services.ports_outside import Mail

pytestmark = [pytest.mark.integration, pytest.mark.anyio]
CALENDAR = "BEGIN:VCALENDAR\r\nSUMMARY:Grüße\r\nEND:VCALENDAR\r\n"
MAIL = Mail("ana@example.org", "Your session\r\nBcc: eve@example.org", "Zwölf Uhr.\n", CALENDAR)


class Inbox:
    """What an SMTP server took, and the way it came."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.to: list[list[str]] = []
        self.refuses = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - named by aiosmtpd
        if self.refuses:
            return "451 try again later"
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        self.to.append(list(envelope.rcpt_tos))
        return "250 OK"


def check(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    right = LoginPassword(b"vivavoce", b"secret")
    return AuthResult(success=given == right)


@contextmanager
def smtp(**options: Any) -> Generator[tuple[Inbox, int]]:
    inbox, port = Inbox(), free_port()
    controller = Controller(inbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield inbox, port
    finally:
        controller.stop()


def config(port: int, **fields: Any) -> MailConfig:
    return MailConfig(host="127.0.0.1", port=port, sender="Coach <coach@example.org>", **fields)


async def test_a_mail_arrives_with_its_text_and_its_calendar() -> None:
    with smtp() as (inbox, port):
        await SmtpMailer(config(port, security="none"), SystemClock()).send(MAIL)
    mail = inbox.mails[0]
    body, calendar = mail.get_body(), next(mail.iter_attachments())
    assert body is not None
    assert body.get_content().strip() == "Zwölf Uhr."
    assert (calendar.get_content_type(), calendar.get_filename()) == ("text/calendar", "session.ics")
    assert cast(bytes | str, calendar.get_content())
    assert "Grüße" in cast(bytes, calendar.get_payload(decode=True)).decode()
    assert (mail["From"], mail["Auto-Submitted"]) == ("Coach <coach@example.org>", "auto-generated")
    assert mail["Message-ID"].endswith("@example.org>")


async def test_a_subject_cannot_bring_headers_of_its_own() -> None:
    with smtp() as (inbox, port):
        await SmtpMailer(config(port, security="none"), SystemClock()).send(MAIL)
    assert inbox.mails[0]["Subject"] == "Your session Bcc: eve@example.org"
    assert inbox.mails[0]["Bcc"] is None
    assert inbox.to == [["ana@example.org"]]


async def test_the_way_is_secured_and_the_password_told(tmp_path: Path) -> None:
    served, trusted = certificates(tmp_path)
    options = {"tls_context": served, "require_starttls": True, "authenticator": check, "auth_required": True}
    with smtp(**options) as (inbox, port):
        known = config(port, user="vivavoce", password="secret")
        await SmtpMailer(known, SystemClock(), trusted).send(MAIL)
        with pytest.raises(Unavailable):
            await SmtpMailer(config(port, user="vivavoce", password="wrong"), SystemClock(), trusted).send(MAIL)
        with pytest.raises(Unavailable):
            await SmtpMailer(known, SystemClock()).send(MAIL)  # a certificate nobody vouches for
    assert len(inbox.mails) == 1


def certificates(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Of a server called 127.0.0.1, and of who trusts it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(Encoding.PEM)
    file = folder / "server.pem"
    file.write_bytes(pem + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(file)
    return served, ssl.create_default_context(cadata=pem.decode())


async def test_a_server_that_refuses_or_is_not_there_leaves_the_mail_to_be_sent_again() -> None:
    with smtp() as (inbox, port):
        inbox.refuses = True
        with pytest.raises(Unavailable):
            await SmtpMailer(config(port, security="none"), SystemClock()).send(MAIL)
    with pytest.raises(Unavailable):
        await SmtpMailer(config(free_port(), security="none"), SystemClock()).send(MAIL)
