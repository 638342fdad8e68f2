"""Golden reports: transcripts of different formats, and what the rules report of them. A change shows as a diff.

A file has the format's name, `typed` where nothing was spoken, who the human coach is, tasks that were declared, then
the talk, and behind `---` the report. `UPDATE_GOLDEN=1 pytest tests/golden/test_reports.py` writes the reports anew.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

import pytest
from tests.unit.domain.reports.talk import entries

from vivavoce.base.ids import SeatId
from vivavoce.domain.reports.by_rules import report_by_rules
from vivavoce.domain.reports.labels import clock
from vivavoce.domain.reports.report import Done, Material, Report, Task
from vivavoce.domain.sessions.session import EndReason
from vivavoce.services.format import Format

REPORTS = sorted(Path(__file__).with_name("reports").glob("*.txt"))
RULER = "---"


@dataclass(slots=True)
class Script:
    format: str = ""
    typed: bool = False
    coaches: set[SeatId] = field(default_factory=set[SeatId])
    declared: list[Task] = field(default_factory=list[Task])
    lines: list[str] = field(default_factory=list[str])


def read(text: str) -> Script:
    script = Script()
    for line in text.splitlines():
        match line.split(" ", 1):
            case ["format", name]:
                script.format = name
            case ["typed"]:
                script.typed = True
            case ["coach", name]:
                script.coaches.add(SeatId(f"sea_{name.lower()}"))
            case ["task", told]:
                name, what, done = told.split(" | ")
                script.declared.append(Task(what, name, done=Done(done) if done != "-" else None))
            case _ if line.strip() and not line.startswith("#"):
                script.lines.append(line)
            case _:
                pass
    return script


def reported(script: Script) -> str:
    found: Format = import_module(f"vivavoce.formats.{script.format}").FORMAT
    turns = entries(script.lines, spoken=not script.typed)
    length_s = turns[-1].end_ms // 1000 if turns else 0
    coaches = frozenset(script.coaches)
    material = Material(found.title, turns, length_s, coaches, tuple(script.declared), EndReason.WRAPPED_UP)
    return "\n".join(lines_of(report_by_rules(material, found.criteria)))


def lines_of(report: Report) -> Iterator[str]:
    yield report.summary
    for score in report.scores:
        yield f"[{'--' if score.value is None else score.value}] {score.title}: {score.reason}"
        yield from (f"     {clock(quote.start_ms)} {quote.name}: {quote.text}" for quote in score.quotes)
    yield from (f"* {clock(one.start_ms)} {one.name}: {one.text} ({one.why})" for one in report.highlights)
    for task in report.tasks:
        yield f"+ {task.name}: {task.text} ({task.due or 'no day'}, {task.done or 'not reported'})"
    yield from (f"> {one.text}" for one in report.recommendations)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_report_by_rule_is_as_it_was(path: Path) -> None:
    talk, _, expected = path.read_text().partition(f"\n{RULER}\n")
    found = reported(read(talk))
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(f"{talk}\n{RULER}\n{found}\n")
    else:
        assert found == expected.rstrip("\n")


def test_reports_of_many_formats_are_kept() -> None:
    formats = {read(path.read_text().partition(RULER)[0]).format for path in REPORTS}
    assert len(REPORTS) >= 6
    assert len(formats) >= 5
