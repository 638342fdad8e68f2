"""Reports on paper: set by a process of its own, from data, whatever people said."""

import io
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader
from tests.contract.samples import NOW
from tests.unit.domain.reports.talk import entries, material

from vivavoce.base.ids import AccountId, CommunityId, SessionId
from vivavoce.domain.errors import Unavailable
from vivavoce.domain.reports.by_rules import report_by_rules
from vivavoce.domain.reports.criteria_sets import COACHING
from vivavoce.domain.sessions.session import EndReason, Phase, Session
from vivavoce.domain.sessions.transcript import Transcript
from vivavoce.outside.typeset import ProcessTypesetter
from vivavoce.services.reports.document import document
from vivavoce.services.reports.material import Gathered
from vivavoce.services.reports.ports import StoredReport
from vivavoce.services.reports.printing import content

pytestmark = pytest.mark.anyio

TALK = [
    "AI: What would you like to work on?",
    "Ana: I want to ask for the promotion, and I keep putting it off. I noticed that I wait until I feel ready.",
    "AI: What could you do?",
    "Ana: I could write down three results, or I could ask Robin what counts. I'm afraid that he says no.",
    "AI: So what will you do?",
    "Ana: I will write to Robin tomorrow at nine. I'll bring the three results on one page.",
]


def made(lines: list[str], title: str = "Ask for the promotion", *, transcript: bool = False) -> dict[str, Any]:
    """What is set of a session in which these lines were said."""
    turns = entries(lines)
    ends = NOW + timedelta(seconds=180)
    session = Session(
        SessionId("ses_1"),
        CommunityId("com_1"),
        AccountId("acc_1"),
        "coaching",
        "ada",
        Phase.COMPLETE,
        NOW,
        title=title,
        entered={Phase.ACTIVE: NOW, Phase.ANALYZING: ends},
        end_reason=EndReason.WRAPPED_UP,
    )
    said = Transcript("Ada", turns)
    known = replace(material(*lines), duration_s=180)
    gathered = Gathered(session, "Ada", said, known)
    report = report_by_rules(known, COACHING)
    stored = StoredReport("ready", document(gathered, report, COACHING, custom=False), ends, 1)
    return dict(content(stored, session, said, ZoneInfo("Europe/Berlin"), transcript=transcript))


async def pages(told: dict[str, Any], fonts: Path = Path("none")) -> list[str]:
    """The text of each page of the PDF."""
    pdf = await ProcessTypesetter(fonts).report(told)
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


async def test_a_report_on_paper_has_all_its_parts() -> None:
    text = " ".join(await pages(made(TALK)))
    for part in (
        "Ask for the promotion",
        "21 November 2026, 10:00 CET",
        "3 minutes",
        "It was wrapped up together",
        "A clear goal",
        "Highlights",
        "“I will write to Robin tomorrow at nine”",
        "Recommendations",
        "What is to be done",
        "Ana · tomorrow",
        "Words/min",
        "Balance of turns",
        "up to 0.5 s",
        "Written by rules, without a language model",
    ):
        assert part in text, part
    assert "Transcript" not in text
    assert re.search(r"A clear goal .*? 50 .*? Awareness", text)


async def test_pages_are_numbered_and_titled() -> None:
    found = await pages(made(TALK * 8, transcript=True))
    assert len(found) >= 2
    for number, page in enumerate(found, 1):
        assert f"{number} / {len(found)}" in page
        assert "Ask for the promotion" in page


async def test_the_transcript_comes_as_an_appendix_where_it_is_asked_for() -> None:
    found = await pages(made(TALK, transcript=True))
    assert "Transcript" in found[-1]
    assert "I could write down three results" in found[-1]


async def test_what_people_said_is_never_markup() -> None:
    evil = '#panic("x") #read("/etc/passwd") *bold* $x^2$ @ref <b> \\ `raw` = Heading // comment'
    told = made([*TALK, f"Ana: {evil}"], title=evil, transcript=True)
    text = " ".join(await pages(told))
    assert '#read("/etc/passwd") *bold* $x^2$ @ref <b> \\ `raw` = Heading // comment' in text
    assert "root:" not in text


async def test_long_names_words_and_tables_stay_on_the_paper() -> None:
    told = made(TALK, title="Donaudampfschifffahrtsgesellschaft" * 6)
    told["speakers"] = [[f"Wolfeschlegelsteinhausenbergerdorff {n}", *["99999"] * 8] for n in range(120)]
    told["summary"] = "x" * 3000
    found = await pages(told)
    assert len(found) >= 5
    text = " ".join(found)
    assert "Wolfeschlegelsteinhausenbergerdorff 119" in text.replace("- ", "")
    assert text.count("Words/min") >= 3  # the table's head stands on each of its pages


async def test_other_scripts_are_set_in_fonts_that_come_with_it() -> None:
    told = made(TALK, title="Вопросы Ελένης")
    told["highlights"][0] |= {"text": "אני רוצה לישון", "name": "Łukasz Dvořák"}
    pdf = await ProcessTypesetter(Path("none")).report(told)
    reader = PdfReader(io.BytesIO(pdf))
    text = "".join(page.extract_text() for page in reader.pages)
    assert "Вопросы Ελένης" in text
    assert "Łukasz Dvořák" in text
    assert all("Libertinus" in name for name in fonts_of(reader))


def fonts_of(reader: PdfReader) -> set[str]:
    """The names of all fonts, which are embedded: Typst embeds each."""
    resources: list[Any] = [page["/Resources"] for page in reader.pages]
    fonts = [font.get_object() for one in resources for font in one["/Font"].values()]
    return {str(font["/BaseFont"]) for font in fonts}


async def test_a_report_with_nothing_said_is_one_page() -> None:
    (page,) = await pages(made(["AI: Hello."]))
    assert "Nothing was said" in page
    assert "Scores" not in page


@pytest.mark.parametrize("program", ["tests.no_such_program", "platform"])
async def test_a_process_that_sets_nothing_is_told_plainly(program: str) -> None:
    with pytest.raises(Unavailable):
        await ProcessTypesetter(Path("none"), program=program).report(made(TALK))


async def test_a_process_that_takes_too_long_is_ended() -> None:
    with pytest.raises(Unavailable):
        await ProcessTypesetter(Path("none"), within_s=0.001).report(made(TALK))
