"""Settings of sign-in: where people reach the server, how long they stay signed in, and who else vouches for them."""

import re
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    TypeAdapter,
    ValidationError,
)
from pydantic_settings import BaseSettings, NoDecode

from vivavoce.base.config_fields import About, Count, settings_from
from vivavoce.base.config_values import loopback_name, split_list, web_address

_ID: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}", re.ASCII)
_PROVIDER: Final = 'id, issuer and client_id, and may have client_secret, title, scopes and "create": false'


class OidcSettings(BaseModel):
    """One OpenID Connect provider. create: whether it may bring people who have no account yet."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    id: Annotated[str, Field(pattern=_ID.pattern)]
    issuer: str
    client_id: str
    client_secret: SecretStr | None = None
    title: str = ""
    scopes: tuple[str, ...] = ("openid", "email", "profile")
    create: bool = True


_LIST: Final = TypeAdapter(tuple[OidcSettings, ...])


def _origins(origins: tuple[str, ...]) -> tuple[str, ...]:
    for origin in origins:
        if not re.fullmatch(r"https?://[^/\s@]+", origin):
            raise ValueError(f"{origin!r} is no origin")
    return tuple(origin.lower() for origin in origins)


def _providers(text: SecretStr | None) -> SecretStr | None:
    if text is not None:
        _read(text)
    return text


def _read(text: SecretStr) -> tuple[OidcSettings, ...]:
    """Raises ValueError, without what was given."""
    try:
        providers = _LIST.validate_json(text.get_secret_value())
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{'.'.join(map(str, first['loc'])) or 'the text'}: {first['msg'].lower()}") from None
    if len({one.id for one in providers}) < len(providers):
        raise ValueError("two providers have the same id")
    for one in providers:
        parts = urlsplit(web_address(one.issuer) or "")
        if parts.scheme != "https" and not loopback_name(parts.hostname or ""):
            raise ValueError(f"the issuer of {one.id} is not reached by https")
    return providers


class AccessConfig(BaseSettings):
    """Sign-in, and where people reach this server."""

    model_config = settings_from()

    public_url: Annotated[
        str | None,
        AfterValidator(web_address),
        About(
            "Address people open in their browsers: for links in mails, for sign-in with other providers, and for"
            " cookies that are sent by https only",
            "an http:// or https:// address without user name and password",
        ),
    ] = None
    hosts: Annotated[
        tuple[str, ...],
        NoDecode,
        BeforeValidator(split_list),
        About(
            "Further host names that are answered, beside that of VIVAVOCE_PUBLIC_URL; without both, with accounts on,"
            " all are",
            "names without port; several with commas",
        ),
    ] = Field(default_factory=tuple)
    origins: Annotated[
        tuple[str, ...],
        NoDecode,
        BeforeValidator(split_list),
        AfterValidator(_origins),
        About(
            "Other web origins whose pages may use the interface, with a token",
            "origins such as https://app.example.org; several with commas",
        ),
    ] = Field(default_factory=tuple)
    proxies: Annotated[
        tuple[str, ...],
        NoDecode,
        BeforeValidator(split_list),
        About(
            "Proxies in front that are believed who they forward for (`X-Forwarded-For`, `X-Forwarded-Proto`)",
            "addresses or networks; several with commas",
        ),
    ] = ("127.0.0.1", "::1")
    community: Annotated[
        str,
        Field(pattern=_ID.pattern),
        About("Community of those who sign in without naming one", "a community's id"),
    ] = "local"
    sign_in_idle_days: Annotated[
        Count, About("Days without a request after which a sign-in ends", "a whole number from 1 to 1000")
    ] = 14
    sign_in_days: Annotated[Count, About("Days after which every sign-in ends", "a whole number from 1 to 1000")] = 90
    oidc_providers: Annotated[
        SecretStr | None,
        AfterValidator(_providers),
        About(
            "Providers people may sign in with (OpenID Connect)",
            f"a JSON list of objects with {_PROVIDER}",
        ),
    ] = None

    @property
    def oidc(self) -> tuple[OidcSettings, ...]:
        return () if self.oidc_providers is None else _read(self.oidc_providers)

    @property
    def secure(self) -> bool:
        """Whether people reach this server by https."""
        return (self.public_url or "").startswith("https://")
