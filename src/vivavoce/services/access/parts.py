"""What signing in needs beside the store."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vivavoce.services.access.limits import Limits
from vivavoce.services.access.oidc_port import OidcProvider
from vivavoce.services.access.passwords import Passwords


@dataclass(frozen=True, slots=True)
class Access:
    """providers: others that people may sign in with, by their id."""

    passwords: Passwords = field(default_factory=Passwords)
    limits: Limits = field(default_factory=Limits)
    providers: Mapping[str, OidcProvider] = field(default_factory=dict[str, OidcProvider])
