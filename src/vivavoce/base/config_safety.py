"""Who is told when the crisis protocol begins, and what is kept for how long."""

from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings

from vivavoce.base.config_fields import About, settings_from
from vivavoce.base.config_values import web_address


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
