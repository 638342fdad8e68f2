"""Planned sessions and calendars over HTTP, with a whole server."""

import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.integration.test_credits_http import call
from tests.server import running_server

pytestmark = pytest.mark.integration


def read(url: str) -> tuple[int, str, str]:
    """Status, media type and text."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.headers["content-type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, "", ""


def test_a_session_is_planned_moved_subscribed_to_and_cancelled(tmp_path: Path) -> None:
    soon = (datetime.now(UTC) + timedelta(days=2)).replace(microsecond=0)
    with running_server(tmp_path) as server:
        planned = {"format": "coaching", "title": "Sleep", "scheduled_for": soon.isoformat()}
        _, session = call(server, "POST", "/api/sessions", planned)
        path = f"/api/sessions/{session['id']}"
        status, feed = call(server, "POST", "/api/calendar")
        assert (status, feed["active"]) == (200, True)
        assert feed["url"].startswith(f"{server.url}/api/calendar/")

        moved = {"scheduled_for": (soon + timedelta(days=1)).isoformat()}
        status, session = call(server, "POST", f"{path}/schedule", moved)
        assert (status, session["phase"]) == (200, "scheduled")
        assert datetime.fromisoformat(session["scheduled_for"]) == soon + timedelta(days=1)
        assert call(server, "POST", f"{path}/schedule", {"scheduled_for": "2026-11-24T09:00:00"})[0] == 422
        assert call(server, "POST", f"{path}/schedule", {"scheduled_for": datetime.now(UTC).isoformat()})[0] == 422

        status, kind, file = read(f"{server.url}{path}/calendar.ics")
        assert (status, kind) == (200, "text/calendar; charset=utf-8")
        for content in (file, read(feed["url"])[2]):
            assert f"DTSTART:{soon + timedelta(days=1):%Y%m%dT%H%M%SZ}" in content
            assert f"URL:{server.url}/s/{session['id']}" in content
        call(server, "POST", f"{path}/end")
        assert "STATUS:CANCELLED" in read(feed["url"])[2]
        assert call(server, "POST", f"{path}/schedule", moved)[0] == 409

        _, newer = call(server, "POST", "/api/calendar")
        assert read(feed["url"])[0] == 404
        assert read(newer["url"])[0] == 200
        assert call(server, "GET", "/api/calendar")[1]["url"] is None
        assert call(server, "DELETE", "/api/calendar")[1]["active"] is False
        assert read(newer["url"])[0] == 404
        _, now = call(server, "POST", "/api/sessions", {"format": "coaching"})
        assert call(server, "GET", f"/api/sessions/{now['id']}/calendar.ics")[0] == 404
