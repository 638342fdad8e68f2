"""What people begin with, what they can buy, and the shop that takes their money."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode

from vivavoce.base.config_fields import About, settings_from
from vivavoce.base.config_values import web_address
from vivavoce.base.packs import Pack, read_packs


class MoneyConfig(BaseSettings):
    """Credits, and Stripe as the shop."""

    model_config = settings_from("VIVAVOCE_MONEY_")

    welcome_credits: Annotated[
        int | None,
        Field(ge=0, le=1_000_000),
        About("Credits that an account is given once, when it first has to do with credits", "a whole number from 0"),
    ] = None
    packs: Annotated[
        tuple[Pack, ...],
        NoDecode,
        BeforeValidator(read_packs),
        About(
            "What can be bought: the amount is in the smallest unit of the currency (cents)",
            "NAME:CREDITS:AMOUNT:CURRENCY, for example small:60:900:eur; several with commas",
        ),
    ] = Field(default_factory=tuple)
    stripe_key: Annotated[
        SecretStr | None,
        About("Secret key of a Stripe account; with it and packs, credits can be bought", "a key"),
    ] = None
    stripe_webhook_secret: Annotated[
        SecretStr | None,
        About("What Stripe signs its notices with, for the address `/api/credits/stripe`", "a secret, `whsec_...`"),
    ] = None
    stripe_address: Annotated[
        str | None,
        AfterValidator(web_address),
        About("Where Stripe is reached, for a proxy or a test", "an http:// or https:// address"),
    ] = None
    return_url: Annotated[
        str | None,
        AfterValidator(web_address),
        About(
            "Page that people come back to from the shop; left out, the start page of the address they came by",
            "an http:// or https:// address without user name and password",
        ),
    ] = None

    @property
    def on_sale(self) -> tuple[Pack, ...]:
        """What can be bought here: nothing without a shop."""
        return self.packs if self.stripe_key is not None else ()
