"""When a job runs again, and how long a worker may rest. Pure.

A failed run is repeated after 5 s, 15 s, 45 s ... at most 15 minutes, each shortened by chance to no less than a
half, so that what failed together does not come back together. After `MAX_ATTEMPTS` runs, 20 to 40 minutes in all,
the job is dead.
"""

from datetime import datetime, timedelta
from typing import Final

MAX_ATTEMPTS: Final = 8
FIRST_S: Final = 5.0
LONGEST_S: Final = 900.0


def retry_at(now: datetime, attempts: int, chance: float) -> datetime | None:
    """When a job that failed runs again; None when it has been tried often enough.

    attempts: runs begun, the failed one included, from 1 on. chance: 0..1, drawn for this once.
    """
    if attempts >= MAX_ATTEMPTS:
        return None
    full_s = min(LONGEST_S, FIRST_S * 3 ** (attempts - 1))
    return now + timedelta(seconds=full_s * (0.5 + 0.5 * chance))


def pause_s(now: datetime, next_due: datetime | None, longest_s: float) -> float:
    """How long there is nothing to do. At most `longest_s`: other nodes enqueue too, and wall clocks jump."""
    if next_due is None:
        return longest_s
    return min(longest_s, max(0.0, (next_due - now).total_seconds()))
