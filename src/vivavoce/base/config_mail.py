"""Settings for e-mail: the server that takes it, and what planned sessions remind of."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode

from vivavoce.base.config_fields import About, Seconds, settings_from
from vivavoce.base.config_values import split_list

_WEEK_MINUTES = 7 * 24 * 60


def _minutes(given: tuple[int, ...]) -> tuple[int, ...]:
    if any(not 1 <= one <= _WEEK_MINUTES for one in given):
        raise ValueError("a reminder comes 1 minute to 7 days before")
    return tuple(sorted(set(given), reverse=True))


class MailConfig(BaseSettings):
    """Without a host no mail is sent."""

    model_config = settings_from("VIVAVOCE_MAIL_")

    host: Annotated[str | None, About("SMTP server that takes our mail", "a host name or address")] = None
    port: Annotated[int | None, Field(ge=1, le=65535), About("Its port", "a whole number from 1 to 65535")] = None
    security: Annotated[
        Literal["starttls", "tls", "none"],
        About("How the way there is secured; with `none` a password is read by all", "starttls, tls or none"),
    ] = "starttls"
    user: Annotated[str | None, About("Who we are to it; left out, it is not told", "a name")] = None
    password: Annotated[SecretStr | None, About("The password that goes with the user", "a password")] = None
    sender: Annotated[
        str,
        Field(pattern=r"^[^\r\n]{3,320}$"),
        About("From whom mail comes", "an e-mail address, with a name or without"),
    ] = "Vivavoce <vivavoce@localhost>"
    timeout_s: Annotated[Seconds, About("For one mail to be taken", "seconds, more than 0 and at most 3600")] = 20.0


class ScheduleConfig(BaseSettings):
    """Planned sessions."""

    model_config = settings_from("VIVAVOCE_SCHEDULE_")

    reminders: Annotated[
        tuple[int, ...],
        NoDecode,
        BeforeValidator(split_list),
        AfterValidator(_minutes),
        About(
            "Minutes before a planned session at which its people are reminded, by mail and webhook",
            "whole numbers from 1 to 10080, with commas",
        ),
    ] = (1440, 10)
