"""The demonstration is played on the real services, and leaves a community as it would be after weeks."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from vivavoce.base.config import Config
from vivavoce.domain.errors import Conflict
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.sessions.session import Phase
from vivavoce.services.asking import SYSTEM
from vivavoce.services.insights.ports import Period
from vivavoce.simulator.demo.fill import play_out
from vivavoce.simulator.demo.story import story
from vivavoce.storage.memory import MemoryStore

ZONE = ZoneInfo("Europe/Stockholm")  # where the one who looks at it lives
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


async def test_a_community_is_filled_once_with_sessions_of_seven_formats_and_their_reports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIVAVOCE_DATA", str(tmp_path))
    store, config = MemoryStore(), Config()
    held = await play_out(config, store, lambda title: None, NOW)
    async with store.reading() as tx:
        complete = await tx.sessions.in_phase(SYSTEM, Phase.COMPLETE)
        reports = [await tx.reports.get(SYSTEM, session.id) for session in complete]
        own = await tx.sessions.page(LOCAL, limit=100)
        seen = len(await tx.insights.sessions_of(LOCAL, LOCAL.account, Period(None, None)))
    mine = [one for one in complete if one.owner == LOCAL.account]
    hours = {one.started_at.astimezone(ZONE).hour for one in mine if one.started_at is not None}
    assert hours <= {8, 9, 12, 13, 17, 18, 19, 20}, "at hours of the day at which people do such things"
    assert held == len(complete) + len(story().planned)
    assert all(report is not None and report.status == "ready" for report in reports)
    assert len(Counter(session.format for session in complete)) == 7
    assert len(own.items) == 12  # ten held alone, one with others, one planned
    assert seen == 11, "each that was held counts for progress, the silent ones too"
    with pytest.raises(Conflict):
        await play_out(config, store, lambda title: None, NOW)
