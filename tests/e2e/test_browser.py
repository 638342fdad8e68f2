"""A whole spoken session in a real browser, from the start page to the transcript, over both transports."""

import json
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser import browser_page, keep_screenshot, spoken_file
from tests.server import Server, running_server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]
expect.set_options(timeout=20_000)

_SAID = "I want to sleep better this year."


def _get(server: Server, path: str) -> Any:
    with urllib.request.urlopen(f"{server.url}/api/{path}") as answer:
        return json.load(answer)


def _enter(page: Page, server: Server, transport: str) -> str:
    """From the start page through the lobby into the room; the session's id."""
    page.goto(server.url)
    expect(page.get_by_role("button", name="Talk with a coach")).to_be_visible()
    keep_screenshot(page, f"{transport}-1-start")
    page.get_by_role("button", name="Talk with a coach").click()
    page.wait_for_url("**/s/ses_*")
    session = page.url.split("/s/")[1].split("?")[0]
    page.goto(f"{server.url}/s/{session}?transport={transport}&raw=1")
    page.get_by_label("Keep a recording of this conversation").check(force=True)
    expect(page.get_by_role("button", name="Join", exact=True)).to_be_enabled()
    keep_screenshot(page, f"{transport}-2-lobby")
    page.get_by_role("button", name="Join", exact=True).click()
    page.wait_for_url("**/room*")
    return session


def _type(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Write something").fill(text)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("transport", ["rtc", "ws"])
def test_a_spoken_session_from_the_button_to_the_transcript(transport: str, tmp_path: Path) -> None:
    microphone = spoken_file(tmp_path, silence_s=20, text=_SAID)
    with running_server(tmp_path) as server, browser_page(microphone, dark=transport == "ws") as page:
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        session = _enter(page, server, transport)
        conversation = page.get_by_role("group", name="Conversation")
        expect(conversation.get_by_text("What would you like to work on today?")).to_be_visible()
        keep_screenshot(page, f"{transport}-3-room")
        expect(conversation.get_by_text("this year").first).to_be_visible(timeout=60_000)  # what the microphone said
        _wait_events(page, server, session, "reply.ended", 2)
        _type(page, "Let's wrap up.")
        expect(conversation.get_by_text("Shall we close here?")).to_be_visible()
        _wait_events(page, server, session, "reply.ended", 3)
        keep_screenshot(page, f"{transport}-4-wrap-up")
        _type(page, "Yes, please.")
        page.wait_for_url("**/transcript", timeout=60_000)
        expect(page.get_by_text("Shall we close here?")).to_be_visible()
        keep_screenshot(page, f"{transport}-5-transcript")
        assert faults == []
        log = _get(server, f"sessions/{session}/events?after=0&limit=500")["items"]
        recordings = _get(server, f"sessions/{session}/recordings")["items"]
    spoken = [event for event in log if event["type"] == "turn.heard" and event["source"] == "voice"]
    assert len(spoken) == 1
    assert "year" in spoken[0]["text"]
    assert spoken[0]["words"], "each word has its time"
    goodbye = [event["reply"] for event in log if event["type"] == "reply.started" and event["kind"] == "goodbye"]
    ended = next(event for event in log if event["type"] == "reply.ended" and event["reply"] == goodbye[0])
    assert (ended["status"], ended["unheard"]) == ("finished", "")
    assert [event["reason"] for event in log if event.get("phase") == "analyzing"] == ["wrapped_up"]
    assert {recording["seat"] is None for recording in recordings} == {True, False}


def _wait_events(page: Page, server: Server, session: str, type: str, count: int) -> None:
    """Until the log has so many events of a type."""
    for _ in range(120):
        log = _get(server, f"sessions/{session}/events?after=0&limit=500")["items"]
        if sum(event["type"] == type for event in log) >= count:
            return
        page.wait_for_timeout(250)
    raise AssertionError(f"fewer than {count} events {type}")


def test_the_room_comes_back_by_itself_after_the_server_was_killed(tmp_path: Path) -> None:
    microphone = spoken_file(tmp_path, silence_s=100, text=_SAID)
    with running_server(tmp_path) as server, browser_page(microphone, phone=True) as page:
        session = _enter(page, server, "ws")
        conversation = page.get_by_role("group", name="Conversation")
        expect(conversation.get_by_text("What would you like to work on today?")).to_be_visible()
        _wait_events(page, server, session, "reply.ended", 1)
        server.kill()
        expect(page.get_by_text("The connection is lost").first).to_be_visible()
        keep_screenshot(page, "phone-lost")
        server.start()
        _type(page, "I am back. I want to sleep better.")
        expect(conversation.get_by_text("I want to sleep better.")).to_be_visible()
        _wait_events(page, server, session, "reply.ended", 2)
        keep_screenshot(page, "phone-back")
        log = _get(server, f"sessions/{session}/events?after=0&limit=500")["items"]
    assert [event["kind"] for event in log if event["type"] == "reply.started"] == ["greeting", "answer"]
