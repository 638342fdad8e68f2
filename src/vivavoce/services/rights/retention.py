"""Sessions are kept for as long as was agreed, and no longer: by format, by server and by community."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, cast

import structlog

from vivavoce.base.ids import CommunityId, SessionId
from vivavoce.domain.errors import CommunityNotFound, Conflict, NotAllowed
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.lifecycle import OVER
from vivavoce.domain.sessions.session import Session
from vivavoce.services.asking import Cursor
from vivavoce.services.container import Services
from vivavoce.services.format import Format
from vivavoce.services.ports import SYSTEM, Transaction

log = structlog.get_logger(__name__)

SETTING: Final = "retention_days"
"""The community's setting: days by format."""


class SessionNotOver(Conflict):
    """A session that goes on cannot be erased."""

    code = "session_not_over"


def kept_days(format: Format, server: Mapping[str, int], community: Mapping[str, object]) -> int | None:
    """How many days after its end a session is kept; None: for as long as its people wish.

    What the community has set goes before what the server has, and that before what the format says itself.
    """
    theirs = community.get(SETTING)
    own = cast("Mapping[str, object]", theirs).get(format.name) if isinstance(theirs, Mapping) else None
    if isinstance(own, int) and not isinstance(own, bool):
        return own
    return server.get(format.name, format.retention_days)


async def days_of(viewer: Viewer, *, use: Services) -> dict[str, int | None]:
    """How long sessions of each format are kept in the viewer's community."""
    async with use.store.reading() as tx:
        settings = await _settings(viewer.community, tx)
    return {name: kept_days(format, use.config.retention.days, settings) for name, format in use.formats.items()}


async def set_days(viewer: Viewer, days: Mapping[str, int], *, use: Services) -> dict[str, int | None]:
    """What the community's admins want instead of what the server has. Raises FormatNotFound, CommunityNotFound."""
    for name in days:
        use.format(name)
    async with use.records.change() as change:
        before = await change.tx.communities.get(viewer, viewer.community)
        await change.tx.communities.save(replace(before, settings={**before.settings, SETTING: dict(days)}))
        await change.audit(viewer, "retention.changed", before.id, formats=", ".join(days))
    return await days_of(viewer, use=use)


async def retain(*, use: Services) -> int:
    """Erase all sessions that are past their time, with all that goes with them. How many. Safe to repeat."""
    erased = 0
    for format in use.formats.values():
        async with use.store.reading() as tx:
            past = await _past(format, use.clock.now(), tx, use=use)
        for session in past:
            await _erase(session, "session.retention", session.community, use)
        erased += len(past)
    if erased:
        await use.store.scrub()
        log.info("retention.erased", sessions=erased)
    return erased


async def _past(format: Format, now: datetime, tx: Transaction, *, use: Services) -> list[Session]:
    found: list[Session] = []
    settings: dict[CommunityId, Mapping[str, object]] = {}
    async for session in _over(format.name, now - timedelta(days=1), tx):
        if session.community not in settings:
            settings[session.community] = await _settings(session.community, tx)
        days = kept_days(format, use.config.retention.days, settings[session.community])
        if days is not None and session.ended_at is not None and session.ended_at + timedelta(days=days) <= now:
            found.append(session)
    return found


async def _over(format: str, before: datetime, tx: Transaction) -> AsyncIterator[Session]:
    after: Cursor | None = None
    while True:
        page = await tx.personal.ended_before(SYSTEM, format, before, after)
        for session in page:
            yield session
        if not page:
            return
        after = Cursor(page[-1].created_at, page[-1].id)


async def _settings(community: CommunityId, tx: Transaction) -> Mapping[str, object]:
    try:
        return (await tx.communities.get(SYSTEM, community)).settings
    except CommunityNotFound:  # local mode has none of its own
        return {}


async def erase_session(viewer: Viewer, id: SessionId, *, use: Services) -> None:
    """Whoever opened a session erases it. Raises SessionNotFound, NotAllowed, SessionNotOver."""
    async with use.store.reading() as tx:
        session = await tx.sessions.get(viewer, id)
    if session.owner != viewer.account:
        raise NotAllowed("You may not erase this session: only who opened it may.")
    if session.phase not in OVER:
        raise SessionNotOver("A session that is not over cannot be erased: end it first.")
    await _erase(session, "session.erased", viewer, use)
    await use.store.scrub()


async def _erase(session: Session, action: str, by: Viewer | CommunityId, use: Services) -> None:
    async with use.records.change() as change:
        await change.tx.personal.erase_session(SYSTEM, session.id)
        await change.audit(by, action, session.id, format=session.format)
    await use.files.delete(session.id)
