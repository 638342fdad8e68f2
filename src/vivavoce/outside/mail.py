"""E-mail by SMTP, one connection for each: there are few."""

import ssl
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from typing import Final

import aiosmtplib
import structlog

from vivavoce.base.clock import Clock
from vivavoce.base.config_mail import MailConfig
from vivavoce.domain.errors import Unavailable
from vivavoce.services.ports_outside import Mail

log = structlog.get_logger(__name__)

_PORTS: Final = {"starttls": 587, "tls": 465, "none": 25}


class SmtpMailer:
    """Implements services.ports_outside.Mailer."""

    def __init__(self, config: MailConfig, clock: Clock, tls: ssl.SSLContext | None = None) -> None:
        """tls: in place of the system's trusted certificates."""
        self._config = config
        self._clock = clock
        self._tls = tls

    async def send(self, mail: Mail) -> None:
        config = self._config
        password = config.password.get_secret_value() if config.password is not None else None
        try:
            await aiosmtplib.send(
                self._written(mail),
                hostname=config.host,
                port=config.port or _PORTS[config.security],
                username=config.user,
                password=password,
                timeout=config.timeout_s,
                use_tls=config.security == "tls",
                start_tls=config.security == "starttls",
                tls_context=self._tls,
            )
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            # its words may quote addresses
            log.warning("mail.failed", fault=type(error).__name__, smtp_code=getattr(error, "code", None))
            raise Unavailable("The mail could not be sent. It may be tried again.") from None

    async def check(self) -> None:
        """Whether the server takes us. Raises Unavailable, which says what to look at."""
        config = self._config
        password = config.password.get_secret_value() if config.password is not None else None
        try:
            async with aiosmtplib.SMTP(
                hostname=config.host,
                port=config.port or _PORTS[config.security],
                username=config.user,
                password=password,
                timeout=config.timeout_s,
                use_tls=config.security == "tls",
                start_tls=config.security == "starttls",
                tls_context=self._tls,
            ):
                pass
        except aiosmtplib.SMTPAuthenticationError:
            raise Unavailable("It refuses VIVAVOCE_MAIL_USER with VIVAVOCE_MAIL_PASSWORD.") from None
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            how = f"VIVAVOCE_MAIL_PORT and VIVAVOCE_MAIL_SECURITY ({config.security})"
            raise Unavailable(f"It does not take us ({type(error).__name__}): look at {how}.") from None

    def _written(self, mail: Mail) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._config.sender
        message["To"] = mail.to
        message["Subject"] = " ".join(mail.subject.split())
        message["Date"] = format_datetime(self._clock.now())
        domain = parseaddr(self._config.sender)[1].rpartition("@")[2] or "localhost"
        message["Message-ID"] = make_msgid(domain=domain)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        if mail.calendar is not None:
            message.add_attachment(
                mail.calendar.encode(),
                maintype="text",
                subtype="calendar",
                filename="session.ics",
                params={"method": "PUBLISH", "charset": "utf-8"},
            )
        return message
