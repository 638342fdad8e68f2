"""Who is told when the crisis protocol begins, and what is kept for how long."""

import re
from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode

from vivavoce.base.config_fields import About, settings_from
from vivavoce.base.config_values import web_address

_KEPT: Final = re.compile(r"([a-z][a-z0-9_]{0,39}):([1-9]\d{0,4})", re.ASCII)


def read_days(value: object) -> object:
    """`"coaching:90, interview:365"` as days by format. Raises ValueError."""
    if not isinstance(value, str):
        return value
    days: dict[str, int] = {}
    for part in value.split(","):
        match = _KEPT.fullmatch(part.strip())
        if match is None:
            raise ValueError("how long a format's sessions are kept is FORMAT:DAYS, such as coaching:90")
        days[match[1]] = int(match[2])
    return days


class RetentionConfig(BaseSettings):
    """How long sessions are kept after their end."""

    model_config = settings_from("VIVAVOCE_RETENTION_")

    days: Annotated[
        Mapping[str, int],
        NoDecode,
        BeforeValidator(read_days),
        About(
            "Days after which sessions of a format are erased; of those not named here the format itself decides",
            "FORMAT:DAYS, for example coaching:90; several with commas",
        ),
    ] = Field(default_factory=dict)


class SafetyConfig(BaseSettings):
    """The crisis protocol: the human who is alerted, and where people are of whom nothing else is known."""

    model_config = settings_from("VIVAVOCE_SAFETY_")

    alert_email: Annotated[
        str | None,
        Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$"),
        About("Whom to write to when the crisis protocol begins in a session", "an e-mail address"),
    ] = None
    alert_url: Annotated[
        str | None,
        AfterValidator(web_address),
        About("Where to post a signed notice when it begins", "an http:// or https:// address"),
    ] = None
    alert_secret: Annotated[
        SecretStr | None,
        About("What that notice is signed with, by Standard Webhooks", "a secret, `whsec_...`"),
    ] = None
    alert_words: Annotated[bool, About("Let the alert hold the turn in which danger was noticed", "true or false")] = (
        False
    )
    country: Annotated[
        str,
        Field(pattern=r"^([A-Za-z]{2})?$"),
        About("Country of people who gave none, for the help lines", "two letters of ISO 3166-1, for example DE"),
    ] = ""
