"""Mock interviews, whole: over HTTP and the live socket, with nothing configured, from a document to the report."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import anyio
import anyio.abc
import httpx2
import pytest
from tests.documents import docx_of, empty_pdf, pdf_of
from tests.live_client import LiveClient, live
from tests.server import Server, running_server

pytestmark = [pytest.mark.integration, pytest.mark.anyio]
ADVERTS = Path(__file__).parents[1] / "unit" / "domain" / "interviews" / "adverts"
AUDIO = {"up_hz": 16000, "down_hz": 24000}
FULL = (
    "Last winter I was asked to look after two new patients at once. I first checked who was least stable, called a "
    "colleague and wrote down the times. In the end both were stable within the hour, and we handed over in time."
)
Answer = dict[str, Any]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with running_server(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture
async def http(server: Server) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(base_url=server.url, timeout=60) as client:
        yield client
        for session in (await client.get("/api/sessions?phase=preparing&phase=ready&phase=active")).json()["items"]:
            await client.post(f"/api/sessions/{session['id']}/end")


async def opened(http: httpx2.AsyncClient, **variables: str) -> str:
    answer = await http.post("/api/sessions", json={"format": "interview", "variables": variables})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def until(http: httpx2.AsyncClient, id: str, *phases: str, error: bool = False) -> Answer:
    with anyio.fail_after(30):
        while True:
            session: Answer = (await http.get(f"/api/sessions/{id}")).json()
            if session["phase"] in phases or (error and session["error"]):
                return session
            await anyio.sleep(0.05)


async def heard(client: LiveClient, kind: str) -> str:
    """What was heard of the next reply of this kind, to its end."""
    started = await client.until("reply.started", kind=kind, within_s=60)
    return (await client.until("reply.ended", reply=started["reply"], within_s=60))["heard"]


async def said(http: httpx2.AsyncClient, id: str, text: str) -> str:
    answer = await http.post(f"/api/sessions/{id}/messages", json={"text": text})
    assert answer.status_code == 200, answer.text
    return answer.json()["reply"]["text"]


async def test_an_interview_from_a_pdf_to_its_report_in_the_live_room(http: httpx2.AsyncClient, server: Server) -> None:
    id = await opened(http)
    document = pdf_of((ADVERTS / "nurse.txt").read_text())
    given = await http.post(f"/api/sessions/{id}/setup", files={"document": ("nurse.pdf", document)})
    assert given.status_code == 200, given.text
    plan = (await until(http, id, "ready"))["plan"]
    assert (plan["title"], plan["level"], plan["domain"]) == ("Registered Nurse", "mid", "health care")
    questions = [question["text"] for question in plan["questions"]]
    async with live(server.ws_url, id, audio=AUDIO) as client:
        greeting = await heard(client, "greeting")
        assert "AI interviewer" in greeting
        assert greeting.endswith(questions[0])
        assert client.voice
        await client.send(type="text", text=FULL)
        assert (await heard(client, "answer")).endswith(questions[1])
    for number, question in enumerate(questions[2:]):  # the rest in writing: nobody has to wait for the voice
        assert question in await said(http, id, f"{FULL} That was patient number {number}.")
    assert "my last question" in await said(http, id, "That I ask early when I need help.")
    assert await said(http, id, "Let's finish here.") == "Shall we close here?"
    assert "Goodbye" in await said(http, id, "Yes, please.")
    session = await until(http, id, "complete")
    report = (await http.get(f"/api/sessions/{id}/report")).json()
    assert session["end_reason"] == "wrapped_up"
    assert report["status"] == "ready"
    assert {"structure", "relevance", "depth", "impact"} <= {score["criterion"] for score in report["scores"]}
    assert report["recommendations"]
    quotes = [quote["text"] for score in report["scores"] for quote in score["quotes"]]
    assert quotes
    assert all(quote in f"{FULL} That I ask early when I need help." for quote in quotes)


async def test_an_interview_in_study_mode_by_messages_from_a_docx(http: httpx2.AsyncClient) -> None:
    id = await opened(http, mode="study")
    document = docx_of(*(ADVERTS / "backend.txt").read_text().splitlines())
    files = {"document": ("job.docx", document)}
    await http.post(f"/api/sessions/{id}/setup", files=files, data={"level": "junior"})
    session = await until(http, id, "ready")
    assert (session["plan"]["company"], session["plan"]["level"]) == ("Ferrous Cloud", "junior")
    assert "document" not in session["variables"]
    assert "15 minutes" in await said(http, id, "Hello.")
    assert "“I like to build things that last”" in await said(http, id, "I like to build things that last.")
    ended = await http.post(f"/api/sessions/{id}/end")
    assert ended.json()["phase"] in ("analyzing", "complete")
    await until(http, id, "complete")


async def test_a_set_up_that_fails_says_why_and_can_be_repeated(http: httpx2.AsyncClient) -> None:
    id = await opened(http)
    scanned = await http.post(f"/api/sessions/{id}/setup", files={"document": ("scan.pdf", empty_pdf())})
    assert (scanned.status_code, scanned.json()["code"]) == (422, "invalid")
    assert "scanned" in scanned.json()["detail"]
    await http.post(f"/api/sessions/{id}/setup", json={"answers": {"description": "tra la la"}})
    failed = await until(http, id, error=True)
    assert "job description" in failed["error"]
    started = await http.post(f"/api/sessions/{id}/start")
    assert started.status_code == 409
    await http.post(f"/api/sessions/{id}/setup", json={"answers": {"url": "http://169.254.169.254/latest/meta-data"}})
    refused = await until(http, id, error=True)
    assert "private network" in refused["error"]
    description = (ADVERTS / "teacher.txt").read_text()
    await http.post(f"/api/sessions/{id}/setup", json={"answers": {"description": description}})
    assert (await until(http, id, "ready"))["plan"]["title"] == "Primary School Teacher"


async def test_a_second_interview_is_refused_with_the_id_of_the_open_one(http: httpx2.AsyncClient) -> None:
    first = await opened(http)
    second = await http.post("/api/sessions", json={"format": "interview"})
    assert (second.status_code, second.json()["code"], second.json()["session"]) == (409, "session_open", first)
    await http.post(f"/api/sessions/{first}/end")
    await opened(http)


async def test_a_level_or_mode_that_there_is_not_is_refused(http: httpx2.AsyncClient) -> None:
    wrong = await http.post("/api/sessions", json={"format": "interview", "variables": {"mode": "easy"}})
    assert wrong.status_code == 422
    id = await opened(http)
    wrong = await http.post(f"/api/sessions/{id}/setup", json={"answers": {"level": "wizard"}})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid")


async def test_a_description_is_read_from_its_address(tmp_path: Path) -> None:
    advert = (ADVERTS / "chef.txt").read_text().replace("\n", "</p><p>")
    page = f"<!doctype html><html><body><nav>Jobs</nav><main><p>{advert}</p></main></body></html>".encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\nConnection: close\r\n\r\n"

    async def answer(stream: anyio.abc.ByteStream) -> None:
        async with stream:
            await stream.receive()
            await stream.send(head.encode() + page)

    listener = await anyio.create_tcp_listener(local_host="127.0.0.1", local_port=0)
    port = listener.extra(anyio.abc.SocketAttribute.local_port)
    async with listener, anyio.create_task_group() as tasks:
        tasks.start_soon(listener.serve, answer)
        with running_server(tmp_path, VIVAVOCE_OUTSIDE_PRIVATE_ADDRESSES="true") as server:
            async with httpx2.AsyncClient(base_url=server.url, timeout=60) as client:
                id = await opened(client)
                url = f"http://localhost:{port}/sous-chef"
                await client.post(f"/api/sessions/{id}/setup", json={"answers": {"url": url}})
                assert (await until(client, id, "ready"))["plan"]["title"] == "sous chef"
        tasks.cancel_scope.cancel()
