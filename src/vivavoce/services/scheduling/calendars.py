"""A person's planned sessions for calendar programs: one as a file, all as a feed with a secret address."""

import hashlib
import secrets
from datetime import timedelta
from typing import Final

from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import AccountNotFound, NotAllowed, NotFound
from vivavoce.domain.people.account import AccountState
from vivavoce.domain.people.viewer import Standing, Viewer
from vivavoce.services.asking import SYSTEM
from vivavoce.services.container import Services
from vivavoce.services.ports import Transaction
from vivavoce.services.scheduling.ics import calendar_of
from vivavoce.services.scheduling.ports import Feed

_PAST: Final = timedelta(days=90)  # so far back a feed goes


class NotPlanned(NotFound):
    code = "not_planned"


class FeedNotFound(NotFound):
    code = "feed_not_found"


async def session_calendar(viewer: Viewer, id: SessionId, base_url: str, *, use: Services) -> bytes:
    """One session as an iCalendar file. Raises SessionNotFound, NotPlanned."""
    async with use.store.reading() as tx:
        session = await tx.sessions.get(viewer, id)
        zone = await _time_zone(viewer, tx)
    if session.scheduled_for is None:
        raise NotPlanned("This session is for now: it has no planned time.")
    return calendar_of([session], zone, base_url, use.clock.now())


async def new_feed(viewer: Viewer, *, use: Services) -> str:
    """The secret of the viewer's feed, new: an address that was given out before opens nothing any more.

    Raises NotAllowed for a guest.
    """
    if viewer.standing is Standing.GUEST or viewer.only is not None:
        raise NotAllowed("A guest has no calendar: sign in with an account.")
    secret = secrets.token_urlsafe(32)
    async with use.records.change() as change:
        await change.tx.calendars.save(Feed(viewer.community, viewer.account, change.at), _hash(secret))
    return secret


async def own_feed(viewer: Viewer, *, use: Services) -> Feed | None:
    """Whether there is one, and since when. Its address is told once, by `new_feed`."""
    async with use.store.reading() as tx:
        return await tx.calendars.feed(viewer)


async def revoke_feed(viewer: Viewer, *, use: Services) -> None:
    """Safe to repeat."""
    async with use.store.transaction() as tx:
        await tx.calendars.forget(viewer, viewer.account)


async def feed_calendar(secret: str, base_url: str, *, use: Services) -> bytes:
    """All planned sessions of whose feed it is, those of the last 90 days and those to come.

    Raises FeedNotFound, also when the account may not sign in any more.
    """
    now = use.clock.now()
    async with use.store.reading() as tx:
        feed = await tx.calendars.by_hash(SYSTEM, _hash(secret))
        if feed is None:
            raise _no_feed()
        try:
            account = await tx.people.account(SYSTEM, feed.account)
        except AccountNotFound:
            raise _no_feed() from None
        if account.state is AccountState.DISABLED:
            raise _no_feed()
        sessions = await tx.calendars.planned(account.viewer, now - _PAST)
    return calendar_of(sessions, account.time_zone, base_url, now)


async def _time_zone(viewer: Viewer, tx: Transaction) -> str:
    try:
        return (await tx.people.account(viewer, viewer.account)).time_zone
    except AccountNotFound:
        return "UTC"


def _no_feed() -> FeedNotFound:
    return FeedNotFound("There is no such calendar. Its address may have been replaced: ask for a new one.")


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
