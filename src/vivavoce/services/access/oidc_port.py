"""What signing in with another provider needs of it (OpenID Connect)."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Leaving:
    """A person who is on the way to the provider, and what is checked when they come back.

    state, nonce: tie the answer to this browser and this attempt. verifier: of PKCE (RFC 7636).
    """

    state: str
    nonce: str
    verifier: str
    return_to: str


@dataclass(frozen=True, slots=True)
class Claims:
    """Who the provider says somebody is. email: None unless the provider says that it verified it."""

    issuer: str
    subject: str
    name: str
    email: str | None


class OidcProvider(Protocol):
    """title: as people know it. create: whether it may bring people who have no account yet."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def create(self) -> bool: ...

    async def address(self, leaving: Leaving) -> str:
        """Where to send the browser. Raises Unavailable if the provider does not answer."""
        ...

    async def claims(self, code: str, leaving: Leaving) -> Claims:
        """What the provider says for the code it sent the browser back with. Raises SignInFailed, Unavailable."""
        ...
