"""When a message that was not taken is sent again. Pure.

1. After each failure the next gap of `GAPS_S` is waited, each longer or shorter by up to a tenth, so that what failed
   together does not come back together. All gaps together are three days less a few minutes.
2. A message is given up after its last try, or when the next one would come after its three days: what waited behind
   another for so long is tried once.
"""

from datetime import datetime, timedelta
from typing import Final

_MINUTE, _HOUR = 60.0, 3600.0
GAPS_S: Final = (
    5.0,
    30.0,
    2 * _MINUTE,
    10 * _MINUTE,
    30 * _MINUTE,
    _HOUR,
    2 * _HOUR,
    4 * _HOUR,
    8 * _HOUR,
    12 * _HOUR,
    12 * _HOUR,
    12 * _HOUR,
    12 * _HOUR,
    8 * _HOUR,
)
JITTER: Final = 0.1
GIVEN_UP_AFTER: Final = timedelta(days=3)


def next_try(since: datetime, now: datetime, attempts: int, chance: float) -> datetime | None:
    """When a message that failed for the `attempts`-th time is sent again; None: it is given up.

    attempts: from 1 on. chance: 0..1, drawn for this once.
    """
    if attempts > len(GAPS_S):
        return None
    due = now + timedelta(seconds=GAPS_S[attempts - 1] * (1 - JITTER + 2 * JITTER * chance))
    return due if due - since <= GIVEN_UP_AFTER else None
