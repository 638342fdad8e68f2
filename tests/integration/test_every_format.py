"""Every format, whole, with nothing configured: from creation to report, by messages and over the live socket."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import anyio
import httpx2
import pytest
from tests.live_client import LiveClient, live
from tests.server import Server, running_server

pytestmark = [pytest.mark.integration, pytest.mark.anyio]
AUDIO: Final = {"up_hz": 16000, "down_hz": 24000}
ADVERT: Final = """Data Analyst (mid level)
We look for somebody with three years of experience in SQL, Python and dashboards, who explains numbers to others.
You will build reports in Power BI, talk with sales and finance, and keep our data clean."""
ANSWER: Final = "I built a sales dashboard in Power BI last year. I asked the team first, wrote the SQL and tested it."
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Play:
    """What a person says in a format. silent: lines the AI does not answer. greets: it speaks first in a live room."""

    lines: tuple[str, ...]
    variables: dict[str, str] = field(default_factory=dict[str, str])
    silent: tuple[str, ...] = ()
    greets: bool = True


TALK: Final = ("I want to sleep better.", "I read in bed until two.", "I could put the book away at ten.")
PLAYS: Final = {
    "coaching": Play(TALK),
    "coaching_room": Play(TALK),
    "face_to_face": Play(TALK, {"type": "first_steps"}),
    "spoken_presence": Play(TALK, {"type": "weekly_check_in"}),
    "silent_reflection": Play((), {"minutes": "3", "theme": "gratitude"}),
    "written_clarity": Play(("I feel torn between two jobs.", "One is safe and one is new. I like the new one.")),
    "lock_in": Play(
        ("Hey agent, are you there?", "hay agent what is everybody working on"),
        {"type": "coding"},
        silent=("I told my agent to wait.",),
        greets=False,
    ),
    "interview": Play((ANSWER, f"{ANSWER} In the end the team saved two hours a week.")),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(tmp_path_factory.mktemp("data")) as running:
        yield running


async def opened(http: httpx2.AsyncClient, name: str, play: Play) -> str:
    made = await http.post("/api/sessions", json={"format": name, "variables": play.variables})
    assert made.status_code == 201, made.text
    id: str = made.json()["id"]
    if name == "interview":
        given = await http.post(f"/api/sessions/{id}/setup", json={"answers": {"description": ADVERT}})
        assert given.status_code == 200, given.text
    await until(http, id, "ready")
    return id


async def until(http: httpx2.AsyncClient, id: str, phase: str) -> Answer:
    with anyio.fail_after(30):
        while True:
            session: Answer = (await http.get(f"/api/sessions/{id}")).json()
            if session["phase"] == phase:
                return session
            await anyio.sleep(0.05)


async def by_messages(http: httpx2.AsyncClient, server: Server, id: str, play: Play) -> None:
    await http.post(f"/api/sessions/{id}/start", json={})
    for text in (*play.silent, *play.lines):
        answer = await http.post(f"/api/sessions/{id}/messages", json={"text": text})
        assert answer.status_code == 200, answer.text
        assert bool(answer.json()["reply"]["text"]) is (text in play.lines), answer.text


async def over_the_live_socket(http: httpx2.AsyncClient, server: Server, id: str, play: Play) -> None:
    await http.post(f"/api/sessions/{id}/start", json={})
    async with live(server.ws_url, id, audio=AUDIO) as client:
        if play.greets:
            await reply_of(client, "greeting")
        for text in play.silent:
            await client.send(type="text", text=text)
            assert (await client.until("turn.heard", text=text))["addressed"] is False
        for text in play.lines:
            await client.send(type="text", text=text)
            await reply_of(client, "answer")


async def reply_of(client: LiveClient, kind: str) -> None:
    started = await client.until("reply.started", kind=kind)
    ended = await client.until("reply.ended", reply=started["reply"], within_s=60)
    assert ended["heard"]


@pytest.mark.parametrize("way", [by_messages, over_the_live_socket])
@pytest.mark.parametrize("name", PLAYS)
async def test_every_format_is_held_from_its_creation_to_its_report(
    server: Server, name: str, way: Callable[..., Any]
) -> None:
    play = PLAYS[name]
    async with httpx2.AsyncClient(base_url=server.url, timeout=60) as http:
        id = await opened(http, name, play)
        await way(http, server, id, play)
        ended = await http.post(f"/api/sessions/{id}/end")
        assert ended.status_code == 200, ended.text
        session = await until(http, id, "complete")
        events = (await http.get(f"/api/sessions/{id}/events?limit=500")).json()["items"]
        report = (await http.get(f"/api/sessions/{id}/report")).json()
    assert [event["seq"] for event in events] == list(range(1, session["last_seq"] + 1))
    turns = [event["text"] for event in events if event["type"] == "turn.heard"]
    assert turns == [*play.silent, *play.lines]
    assert report["status"] == "ready"
    assert sum(speaker["turns"] for speaker in report["measures"] if speaker["seat"]) == len(turns)
