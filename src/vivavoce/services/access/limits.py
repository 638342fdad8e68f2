"""How often each address and each account may try to sign in, on this node."""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final

from vivavoce.domain.errors import TooMany
from vivavoce.domain.people.attempts import Allowance, Attempts, attempt

SIGN_INS_OF_ADDRESS: Final = Allowance(30, 15 * 60)
SIGN_INS_OF_ACCOUNT: Final = Allowance(10, 15 * 60)
SIGN_UPS_OF_ADDRESS: Final = Allowance(10, 60 * 60)
MAILS_TO_ACCOUNT: Final = Allowance(4, 60 * 60)
LINKS_OF_ADDRESS: Final = Allowance(60, 15 * 60)

_KEPT: Final = 50_000  # when full, whoever tried longest ago is forgotten


@dataclass(slots=True)
class Limits:
    """Buckets by what is tried and by whom. In memory: a restart forgets them, and each node counts its own."""

    _buckets: OrderedDict[str, Attempts] = field(default_factory=OrderedDict[str, Attempts])

    def take(self, key: str, allowed: Allowance, now_ms: int) -> None:
        """One more attempt. Raises TooMany."""
        bucket, wait_s = attempt(self._buckets.get(key, Attempts(0, now_ms)), now_ms, allowed)
        self._buckets[key] = bucket
        self._buckets.move_to_end(key)
        while len(self._buckets) > _KEPT:
            self._buckets.popitem(last=False)
        if wait_s:
            raise TooMany(f"That was tried too often. Try again in {wait_s} seconds.", retry_after_s=wait_s)

    def clear(self, key: str) -> None:
        """It succeeded: what was tried before does not count any more."""
        self._buckets.pop(key, None)
