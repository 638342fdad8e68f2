"""Reports, feedback, progress and insights over HTTP, with real use cases behind them and accounts in front."""

import io
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from httpx2 import ASGITransport, AsyncClient
from pypdf import PdfReader
from tests.unit.services.site import running_site

from vivavoce.api.app import build_app
from vivavoce.api.bound import BoundUseCases
from vivavoce.api.wiring import ApiSettings, Wiring
from vivavoce.base.clock import SystemClock
from vivavoce.base.ids import AccountId, SessionId
from vivavoce.domain.people.sign_ins import Signed, Way
from vivavoce.domain.people.viewer import LOCAL, Standing
from vivavoce.outside.typeset import ProcessTypesetter
from vivavoce.services.container import Outside, Services
from vivavoce.services.reports.analysis import analyze

pytestmark = pytest.mark.anyio
SAYS = (
    "I want to sleep more, and I keep looking at my phone until one at night.",
    "I realised that I do it because the evening is the only time that is mine.",
    "I could read instead, or I could leave the phone in the kitchen from ten on.",
    "I will put it into the kitchen tonight at ten.",
)
COURAGE = {"id": "courage", "title": "Courage", "description": "Hard to say", "evidence": ["i realised"]}


class Desk:
    """A client, and what is behind it."""

    def __init__(self, client: AsyncClient, use: Services) -> None:
        self.client = client
        self.use = use

    async def ended(self) -> str:
        """The path of a session that was talked in, ended and analysed."""
        made = (await self.client.post("/api/sessions", json={"format": "coaching", "title": "Sleep"})).json()
        path = f"/api/sessions/{made['id']}"
        for text in SAYS:
            await self.client.post(f"{path}/messages", json={"text": text})
        await self.client.post(f"{path}/end")
        await analyze(SessionId(made["id"]), use=self.use)
        return path


@asynccontextmanager
async def running_desk(outside: Outside | None = None) -> AsyncGenerator[Desk]:
    clock = SystemClock()
    async with running_site(jobs=False, clock=clock) as site:
        use = replace(site.use, outside=outside or Outside(typesetter=ProcessTypesetter(Path("none"))))
        settings = ApiSettings(pages=Path("/nowhere"))
        wiring = Wiring(BoundUseCases(use), site.store, clock, use.formats, use.personas, settings=settings)
        app = build_app(wiring, use)
        async with AsyncClient(transport=ASGITransport(app=app), base_url="http://127.0.0.1:8080") as client:
            yield Desk(client, use)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with running_desk() as found:
        yield found


async def test_a_report_is_there_once_it_is_written(desk: Desk) -> None:
    made = (await desk.client.post("/api/sessions", json={"format": "coaching"})).json()
    early = await desk.client.get(f"/api/sessions/{made['id']}/report")
    assert (early.status_code, early.json()["code"]) == (404, "report_not_ready")
    path = await desk.ended()
    answer = await desk.client.get(f"{path}/report")
    report = answer.json()
    assert (answer.headers["vary"], report["status"], report["version"], report["written_by"]) == (
        "Accept",
        "ready",
        1,
        "rules",
    )
    assert [one["criterion"] for one in report["scores"]] == ["goal", "awareness", "options", "commitment", "ownership"]
    turns = {one["id"]: one for one in (await desk.client.get(f"{path}/transcript")).json()["entries"]}
    assert report["highlights"]
    assert all(one["text"] in turns[one["turn"]]["text"] for one in report["highlights"])


async def test_a_report_comes_as_pdf_by_accept_or_by_name(desk: Desk) -> None:
    path = await desk.ended()
    by_name = await desk.client.get(f"{path}/report", params={"as": "pdf", "transcript": "true"})
    assert by_name.headers["content-type"] == "application/pdf"
    assert by_name.headers["content-disposition"].startswith('inline; filename="report-ses_')
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(by_name.content)).pages)
    assert "Sleep" in text
    assert "Transcript" in text
    by_accept = await desk.client.get(f"{path}/report", headers={"accept": "application/pdf"})
    assert by_accept.content.startswith(b"%PDF")
    as_json = await desk.client.get(f"{path}/report", params={"as": "json"}, headers={"accept": "application/pdf"})
    assert as_json.headers["content-type"] == "application/json"


async def test_a_server_without_typesetter_says_so() -> None:
    async with running_desk(Outside()) as desk:
        answer = await desk.client.get(f"{await desk.ended()}/report", params={"as": "pdf"})
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


async def test_a_report_is_written_again_with_other_criteria_and_the_earlier_one_stays(desk: Desk) -> None:
    path = await desk.ended()
    again = await desk.client.post(f"{path}/report", json={"criteria": [COURAGE]})
    assert (again.status_code, again.json()["phase"]) == (200, "complete")
    last = (await desk.client.get(f"{path}/report")).json()
    first = (await desk.client.get(f"{path}/report", params={"version": 1})).json()
    listed = (await desk.client.get(f"{path}/reports")).json()
    assert (last["version"], last["custom_criteria"], [one["title"] for one in last["scores"]]) == (
        2,
        True,
        ["Courage"],
    )
    assert (first["version"], first["custom_criteria"], len(first["scores"])) == (1, False, 5)
    assert [(one["version"], one["criteria"][0]) for one in listed["items"]] == [(2, "Courage"), (1, "A clear goal")]
    assert (await desk.client.get(f"{path}/report", params={"version": 3})).status_code == 404


@pytest.mark.parametrize(
    "criteria",
    [[], [COURAGE, COURAGE], [{**COURAGE, "id": "no id"}], [{**COURAGE, "title": ""}], [{**COURAGE, "weight": 2}]],
)
async def test_criteria_that_make_no_sense_are_refused(desk: Desk, criteria: list[dict[str, object]]) -> None:
    answer = await desk.client.post(f"{await desk.ended()}/report", json={"criteria": criteria})
    assert answer.status_code == 422


async def test_a_session_is_rated_and_the_last_word_counts(desk: Desk) -> None:
    path = await desk.ended()
    assert (await desk.client.get(f"{path}/feedback")).json()["satisfaction"] is None
    for value in (2, 5):
        given = await desk.client.post(f"{path}/feedback", json={"satisfaction": value, "text": "A date."})
        assert given.status_code == 200
    entries = (await desk.client.get(f"{path}/transcript")).json()["entries"]
    reply = next(one["id"] for one in entries if one["seat"] is None)
    await desk.client.post(f"{path}/exchanges/{reply}/rating", json={"helpful": False})
    said = (await desk.client.get(f"{path}/feedback")).json()
    assert (said["satisfaction"], said["text"]) == (5, "A date.")
    assert [(one["reply"], one["helpful"]) for one in said["replies"]] == [(reply, False)]
    assert (await desk.client.post(f"{path}/feedback", json={"satisfaction": 6})).status_code == 422


async def test_progress_counts_ones_own_sessions(desk: Desk) -> None:
    path = await desk.ended()
    await desk.client.post(f"{path}/feedback", json={"satisfaction": 4})
    found = (await desk.client.get("/api/progress")).json()
    assert (found["sessions"], found["satisfaction_mean"], found["formats"][0]["format"]) == (1, 4.0, "coaching")
    assert {one["criterion"] for one in found["criteria"]} == {
        "goal",
        "awareness",
        "options",
        "commitment",
        "ownership",
    }
    early = (await desk.client.get("/api/progress", params={"until": "2020-01-01T00:00:00Z"})).json()
    assert early["sessions"] == 0
    for at in ("yesterday", "0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00"):
        for bound in ("since", "until"):
            assert (await desk.client.get("/api/progress", params={bound: at})).status_code == 422


async def test_another_person_sees_none_of_it_and_no_insights(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = await desk.ended()
    insights = (await desk.client.get("/api/insights")).json()
    assert (insights["people"], insights["least_people"]) == (None, 5)
    assert (await desk.client.get("/api/insights", params={"since": "2026-3"})).status_code == 422
    other = replace(LOCAL, account=AccountId("acc_other"), standing=Standing.MEMBER)
    monkeypatch.setattr("vivavoce.api.access._LOCAL", Signed(None, other, Way.LOCAL))
    for below in ("report", "reports", "feedback"):
        assert (await desk.client.get(f"{path}/{below}")).status_code == 404, below
    assert (await desk.client.get(f"{path}/report", params={"as": "pdf"})).status_code == 404
    assert (await desk.client.post(f"{path}/report")).status_code == 404
    assert (await desk.client.post(f"{path}/feedback", json={"satisfaction": 1})).status_code == 404
    assert (await desk.client.get("/api/progress")).json()["sessions"] == 0
    assert (await desk.client.get("/api/insights")).status_code == 403
