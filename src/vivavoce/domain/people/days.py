"""The daily record: on which days a person was in a session, where they live, and the streaks that make. Pure.

1. A session counts for the day on which it began, in its person's time zone at the time it ended.
2. A streak is a run of days without a gap. The current one ends today, or yesterday as long as today may still be done.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LEAST_S: Final = 60  # a session in which nothing was said counts if it lasted so long: a silence does, a slip does not
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """What was done on one day of the person's calendar."""

    day: date
    sessions: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Streak:
    """In days. today_done: whether today counts already."""

    current: int
    longest: int
    today_done: bool


def day_of(at: datetime, time_zone: str) -> date:
    """The day it is at `at` (aware) in the zone; in UTC where the zone is not known."""
    try:
        return at.astimezone(ZoneInfo(time_zone)).date()
    except (ZoneInfoNotFoundError, ValueError, OSError):  # no name at all, or a path
        return at.astimezone(UTC).date()


def counts(message_count: int, seconds: int) -> bool:
    """Whether a session that was started and ended belongs into the record."""
    return message_count > 0 or seconds >= LEAST_S


def streak(days: Collection[date], today: date) -> Streak:
    """The streaks in a set of days. Days after today, of who lives further east, count as today would."""
    done = sorted(set(days))
    runs: list[int] = []
    for before, day in pairwise([None, *done]):
        if runs and before is not None and day is not None and day - before == _DAY:
            runs[-1] += 1
        else:
            runs.append(1)
    last = done[-1] if done else None
    goes_on = last is not None and last >= today - _DAY
    today_done = last is not None and last >= today
    return Streak(runs[-1] if goes_on else 0, max(runs, default=0), today_done)
