"""Every format in a real browser: opened on the start page, by its address, by a guest's link; and what is refused."""

import json
import urllib.request
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser import browser_page, keep_screenshot, spoken_file
from tests.server import Server, running_server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]
expect.set_options(timeout=20_000)

_JOB = (
    "Senior backend engineer. You design APIs in Python and Go, run PostgreSQL and mentor. Requirements: SQL, Docker."
)
_IS_AI = "You are talking with an AI."


@pytest.fixture
def server(tmp_path: Path) -> Generator[Server]:
    with running_server(tmp_path) as running:
        yield running


@pytest.fixture
def page(tmp_path: Path) -> Generator[Page]:
    with browser_page(spoken_file(tmp_path, silence_s=200, text="Hello.")) as opened:
        yield opened


def _ask(server: Server, path: str, body: Mapping[str, Any] | None = None, method: str | None = None) -> Any:
    content = None if body is None else json.dumps(body).encode()
    headers = {"content-type": "application/json"}
    request = urllib.request.Request(f"{server.url}/api/{path}", content, headers, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def _open(server: Server, format: str) -> str:
    return str(_ask(server, "sessions", {"format": format})["id"])


def _enter(page: Page, server: Server, session: str, *, by: str = "Join with text only instead") -> None:
    page.goto(f"{server.url}/s/{session}?transport=ws")
    page.get_by_role("button", name=by, exact=True).click()
    page.wait_for_url("**/room*")


def _say(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Write something").fill(text)
    page.keyboard.press("Enter")


def _said(page: Page) -> Locator:
    return page.get_by_role("group", name="Conversation")


def test_help_lines_are_shown_in_the_room_and_stay_with_the_transcript(server: Server, page: Page) -> None:
    _ask(server, "me", {"country": "GB"}, "PATCH")
    session = _open(server, "coaching")
    _enter(page, server, session)
    expect(_said(page).get_by_text(_IS_AI)).to_be_visible()
    _say(page, "I want to kill myself tonight.")
    shown = page.get_by_role("region", name="Help is there")
    expect(shown.get_by_role("link", name="999")).to_have_attribute("href", "tel:999")
    expect(shown.get_by_role("link", name="116 123")).to_have_attribute("href", "tel:116123")
    expect(shown.get_by_role("link", name="SHOUT to 85258")).to_have_attribute("href", "sms:85258?&body=SHOUT")
    keep_screenshot(page, "help-room")
    page.reload()
    expect(shown).to_be_visible()
    _say(page, "I am safe now, and I want to go on.")
    expect(page.get_by_role("group").get_by_text("Help is there")).to_be_visible()  # folded, and still at hand
    _ask(server, f"sessions/{session}/end", {})
    page.wait_for_url("**/transcript")
    expect(shown.get_by_role("link", name="999")).to_be_visible()
    keep_screenshot(page, "help-transcript")


@pytest.mark.parametrize(
    ("title", "lead", "by"),
    [
        ("Coaching room", "a human coach", "Join with text only instead"),
        ("Face to face", "Check how you will be heard", "Join with text only instead"),
        ("Lock-in", "hey agent", "Join with text only instead"),
        ("Mock interview", "what this job's interview may ask", "Join with text only instead"),
        ("Silent reflection", "opens a silence and closes it", "Join without a microphone"),
        ("Spoken presence", "Check how you will be heard", "Join with text only instead"),
        ("Written clarity", "You write", "Join"),
    ],
)
def test_a_format_is_opened_on_the_start_page_and_entered(
    server: Server, page: Page, title: str, lead: str, by: str
) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(server.url)
    page.get_by_role("link", name=title).click()
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/s/ses_*")
    expect(page.get_by_text(lead)).to_be_visible()
    if title == "Mock interview":
        page.get_by_label("The job description, or its web address").fill(_JOB)
        page.get_by_role("button", name="Prepare the interview").click()
        expect(page.get_by_text("It costs 15 credits")).to_be_visible()
    page.get_by_role("button", name=by, exact=True).click()
    page.wait_for_url("**/room*")
    expect(_said(page).get_by_text(_IS_AI)).to_be_visible()
    writes = page.get_by_role("textbox", name="Write something")
    expect(writes).to_have_count(0 if title == "Silent reflection" else 1)
    keep_screenshot(page, f"format-{title.lower().replace(' ', '-')}")
    assert faults == []


def test_a_silence_keeps_the_note_that_is_written_in_it(server: Server, page: Page) -> None:
    session = _open(server, "silent_reflection")
    _enter(page, server, session, by="Join without a microphone")
    expect(page.get_by_text("Silence.")).to_be_visible(timeout=90_000)
    expect(page.get_by_text("Silent with you")).to_be_visible()
    page.get_by_label("A note for yourself").fill("The rain on the window.")
    page.get_by_role("button", name="Keep it").click()
    expect(_said(page).get_by_text("Your note is kept.")).to_be_visible()
    _ask(server, f"sessions/{session}/end", {})
    page.wait_for_url("**/transcript")
    expect(page.get_by_text("The rain on the window.")).to_be_visible()


def test_a_guest_comes_by_link_and_the_assistant_answers_whoever_calls_it(server: Server, page: Page) -> None:
    session = _open(server, "lock_in")
    _enter(page, server, session)
    page.get_by_label("What do you mean to do here?").fill("Finish the importer")
    page.get_by_role("button", name="Say it to all").click()
    expect(page.get_by_text("Your task: Finish the importer")).to_be_visible()
    page.get_by_role("button", name="Focus for 25 min").click()
    expect(page.get_by_text("Focus: 24:")).to_be_visible()
    page.get_by_role("button", name="Invite somebody").click()
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("Send this link").input_value()
    page.get_by_role("button", name="Close").click()
    assert page.context.browser is not None
    guest = page.context.browser.new_page()
    guest.goto(link)
    guest.get_by_label("Your name").fill("Ben")
    guest.get_by_role("button", name="Go in").click()
    guest.wait_for_url("**/s/ses_*")
    guest.get_by_role("button", name="Join with text only").first.click()
    guest.wait_for_url("**/room*")
    expect(_said(page).get_by_text("Ben came in.")).to_be_visible()
    expect(guest.get_by_text("Finish the importer")).to_be_visible()
    expect(guest.get_by_text("Focus: 24:")).to_be_visible()
    expect(guest.get_by_role("button", name="End session")).to_have_count(0)
    _say(guest, "Hello everybody.")
    expect(_said(page).get_by_text("Hello everybody.")).to_be_visible()
    _say(guest, "Hey agent, how much time is left?")
    expect(_said(page).get_by_text("Ben, the timer has")).to_be_visible()
    keep_screenshot(page, "lock-in-two")


def test_a_human_coach_whispers_takes_over_and_hands_back(server: Server, page: Page) -> None:
    session = _open(server, "coaching_room")
    _enter(page, server, session)
    wanted = {"role": "coach", "name": "Rita", "anyone_coaches": True}
    link = _ask(server, f"sessions/{session}/invitations", wanted)["url"]
    assert page.context.browser is not None
    coach = page.context.browser.new_page()
    coach.goto(link)
    coach.get_by_role("button", name="Go in").click()
    coach.wait_for_url("**/s/ses_*")
    coach.get_by_role("button", name="Join with text only").first.click()
    coach.wait_for_url("**/room*")
    coach.get_by_label("To Ada alone").check(force=True)
    _say(coach, "Ask about her sister.")
    expect(_said(coach).get_by_text("Rita to Ada alone: Ask about her sister.")).to_be_visible()
    coach.get_by_role("button", name="Take over").click()
    expect(page.get_by_text("Silent: Rita leads")).to_be_visible()
    expect(_said(page).get_by_text("Rita leads now. Ada is silent.")).to_be_visible()
    expect(_said(page).get_by_text("sister")).to_have_count(0)
    coach.get_by_role("button", name="Hand back").click()
    coach.get_by_role("dialog").get_by_role("button", name="Hand back").click()
    expect(_said(page).get_by_text("Ada leads again.")).to_be_visible()


def test_what_is_refused_says_what_to_do(server: Server, page: Page) -> None:
    first = _open(server, "interview")
    page.goto(f"{server.url}/new/interview")
    page.get_by_role("button", name="Go on").click()
    back = page.get_by_role("link", name="Go back to the open one")
    expect(back).to_have_attribute("href", f"/s/{first}")
    _ask(server, "credits/prices/coaching", {"credits": 500}, "PUT")
    _enter(page, server, _open(server, "coaching"))
    expect(page.get_by_role("heading", name="There are not enough credits for this session.")).to_be_visible()
    expect(page.get_by_text("440 credits are missing.")).to_be_visible()
    expect(page.get_by_text("vivavoce credits grant local 440")).to_be_visible()
    full = str(_ask(server, "sessions", {"format": "lock_in", "max_participants": 1})["id"])
    link = _ask(server, f"sessions/{full}/invitations", {"role": "guest", "name": "Ben"})["url"]
    _ask(server, f"sessions/{full}/join", {})
    page.goto(link)
    page.get_by_role("button", name="Go in").click()
    page.wait_for_url("**/s/ses_*")
    page.get_by_role("button", name="Join with text only").first.click()
    expect(page.get_by_text("All seats of this session are taken.")).to_be_visible()
