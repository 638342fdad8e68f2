"""Everybody whose task is open is asked how it went: when the timer has run down, and when the session ends."""

from vivavoce.base.ids import SessionId
from vivavoce.domain.sessions.events import Noticed
from vivavoce.domain.sessions.work import asks_how_it_went, work_in
from vivavoce.services.changes import Change
from vivavoce.services.ports import SYSTEM
from vivavoce.services.stored_log import whole_log


async def ask_how_it_went(change: Change, id: SessionId) -> None:
    """A notice for each open task, to its owner."""
    work = work_in(event.fact for event in await whole_log(SYSTEM, id, change.tx))
    asked = [Noticed("report_back", text=asks_how_it_went(task), seat=task.seat) for task in work.open]
    if asked:
        await change.record_all(id, asked)
