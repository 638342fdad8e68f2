"""Settings for requests to addresses that people gave."""

from typing import Annotated

from pydantic_settings import BaseSettings

from vivavoce.base.config_fields import About, settings_from


class OutsideConfig(BaseSettings):
    """Pages that are read for a session's set-up, and webhooks."""

    model_config = settings_from("VIVAVOCE_OUTSIDE_")

    private_addresses: Annotated[
        bool,
        About("Let addresses that people give lead to private networks and to this machine", "true or false"),
    ] = False
    other_ports: Annotated[
        bool,
        About("Let such addresses name ports from 1024 on, beside 80 and 443", "true or false"),
    ] = True
