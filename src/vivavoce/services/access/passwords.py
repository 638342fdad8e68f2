"""Passwords, hashed with argon2id off the event loop, few at once: each takes 64 MB while it is worked on."""

from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Final, TypeVar

import anyio
from anyio import to_thread
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

T = TypeVar("T")
_AT_ONCE: Final = 2


@dataclass(frozen=True, slots=True)
class Verdict:
    """rehash: it is right, but was hashed with weaker parameters than are used now."""

    right: bool
    rehash: bool = False


@dataclass
class Passwords:
    """hasher: its parameters are RFC 9106's second choice unless a test wants them cheaper."""

    hasher: PasswordHasher = field(default_factory=PasswordHasher)

    async def hash(self, password: str) -> str:
        return await self._work(partial(self.hasher.hash, password))

    async def verify(self, hash: str | None, password: str) -> Verdict:
        """hash: None takes as long as a wrong password does."""
        return await self._work(partial(self._verify, hash, password))

    def _verify(self, hash: str | None, password: str) -> Verdict:
        try:
            self.hasher.verify(hash or self._nobodys, password)
        except (VerificationError, InvalidHashError):
            return Verdict(False)
        return Verdict(hash is not None, rehash=self.hasher.check_needs_rehash(hash or self._nobodys))

    @cached_property
    def _nobodys(self) -> str:
        return self.hasher.hash("a password nobody has")

    @cached_property
    def _limiter(self) -> anyio.CapacityLimiter:
        return anyio.CapacityLimiter(_AT_ONCE)

    async def _work(self, work: "partial[T]") -> T:
        return await to_thread.run_sync(work, limiter=self._limiter)
