"""The demonstration is played on the real services, and leaves a community as it would be after weeks."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vivavoce.base.config import Config
from vivavoce.domain.errors import Conflict
from vivavoce.domain.people.viewer import LOCAL
from vivavoce.domain.sessions.session import Phase
from vivavoce.services.asking import SYSTEM
from vivavoce.simulator.demo.fill import play_out
from vivavoce.simulator.demo.story import story
from vivavoce.storage.memory import MemoryStore

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
    assert held == len(complete) + len(story().planned)
    assert all(report is not None and report.status == "ready" for report in reports)
    assert len(Counter(session.format for session in complete)) == 7
    assert len(own.items) == 11  # nine held alone, one with others, one planned
    with pytest.raises(Conflict):
        await play_out(config, store, lambda title: None, NOW)
