"""A person's daily record: days with a session, and streaks."""

from datetime import date, timedelta
from typing import Final

from vivavoce.domain.errors import Invalid
from vivavoce.domain.people.days import Day, Streak, day_of, streak
from vivavoce.domain.people.viewer import Viewer
from vivavoce.services.container import Services
from vivavoce.services.people.counting import time_zone_of

_MOST: Final = timedelta(days=400)
_USUAL: Final = timedelta(days=30)


async def own_days(viewer: Viewer, first: date | None, last: date | None, *, use: Services) -> list[Day]:
    """The viewer's days from `first` to `last`, both included; without them, the last thirty. Raises Invalid."""
    async with use.store.reading() as tx:
        today = day_of(use.clock.now(), await time_zone_of(viewer.account, tx))
        last = last or max(today, first or today)
        first = first or max(last, date.min + _USUAL) - _USUAL
        if not timedelta() <= last - first <= _MOST:
            raise Invalid(f"`from` is at or before `to`, and at most {_MOST.days} days before it.")
        return await tx.days.between(viewer, viewer.account, first, last)


async def own_streak(viewer: Viewer, *, use: Services) -> Streak:
    async with use.store.reading() as tx:
        today = day_of(use.clock.now(), await time_zone_of(viewer.account, tx))
        return streak(await tx.days.all(viewer, viewer.account), today)
