"""A report's content for whoever sets it in type: words and numbers as they are to stand on paper."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, TypedDict, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import IllegalTransition, Unavailable
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.reports.labels import clock
from vivavoce.domain.reports.report import RULES
from vivavoce.domain.reports.summary import ended, length, names
from vivavoce.domain.sessions.session import EndReason, Session
from vivavoce.domain.sessions.transcript import Transcript
from vivavoce.services.container import Services
from vivavoce.services.people.counting import time_zone_of
from vivavoce.services.reports.ports import StoredReport
from vivavoce.services.reports.read import report_of
from vivavoce.services.stored_log import transcript_from

_COLUMNS: Final = ("", "Turns", "Words", "Share", "Words/min", "Fillers", "Questions", "Longest", "Answers after")
_MOST_LETTERS: Final = 40
_LONG_WORD: Final = re.compile(rf"\S{{{_MOST_LETTERS},}}")
_MOST_TURNS: Final = 5_000  # of a printed transcript


class _Quote(TypedDict):
    name: str
    text: str
    start_ms: int
    why: str


class _Score(TypedDict):
    title: str
    description: str
    value: int | None
    reason: str
    quotes: Sequence[_Quote]


class _Task(TypedDict):
    text: str
    name: str
    due: str | None
    done: str | None


class _Advice(TypedDict):
    text: str


class _Speaker(TypedDict):
    name: str
    turns: int
    words: int
    word_share: float | None
    words_per_minute: float | None
    fillers: int
    questions: int
    longest_monologue_ms: int | None
    response_gap_ms: int | None


class _Step(TypedDict):
    up_to_ms: int | None
    count: int


class _Gaps(TypedDict):
    median_ms: int
    ninth_tenth_ms: int
    longest_ms: int
    up_to_ms: Sequence[_Step]


class _Conversation(TypedDict):
    turn_balance: float | None
    word_balance: float | None
    talk_balance: float | None
    interrupted: int
    gaps: _Gaps | None


class _Document(TypedDict):
    format_title: str
    summary: str
    closing: str | None
    overall: int | None
    written_by: str
    limits: Sequence[str]
    scores: Sequence[_Score]
    highlights: Sequence[_Quote]
    recommendations: Sequence[_Advice]
    tasks: Sequence[_Task]
    measures: Sequence[_Speaker]
    conversation: _Conversation


async def printed(viewer: Viewer, id: SessionId, version: int | None, *, transcript: bool, use: Services) -> bytes:
    """The report as a PDF. transcript: with all that was said as an appendix.

    Raises SessionNotFound, ReportNotReady, IllegalTransition for a report that failed, Unavailable.
    """
    if use.outside.typesetter is None:
        raise Unavailable("This server sets no PDF. The report's JSON is there.")
    report = await report_of(viewer, id, version, use=use)
    if "measures" not in report.document or "format_title" not in report.document:
        raise IllegalTransition("This report holds nothing to print. Run it again first.")
    async with use.store.reading() as tx:
        session = await tx.sessions.get(viewer, id)
        persona = str(report.document.get("persona") or "")
        said = await transcript_from(viewer, session, persona, tx)
        zone = _zone(await time_zone_of(viewer.account, tx))
    return await use.outside.typesetter.report(content(report, session, said, zone, transcript=transcript))


def content(
    report: StoredReport, session: Session, said: Transcript, zone: ZoneInfo, *, transcript: bool
) -> Mapping[str, object]:
    """What the template sets (outside/report.typ)."""
    written = cast(_Document, report.document)
    whole, gaps = _whole(written["conversation"])
    made: dict[str, object] = {
        "title": session.title or written["format_title"],
        "kind": f"{written['format_title']} report",
        "language": "en",
        "facts": _facts(session, said, zone, report.version),
        "summary": written["summary"],
        "closing": written["closing"],
        "overall": written["overall"],
        "scores": [{**score, "quotes": [_quote(one) for one in score["quotes"]]} for score in written["scores"]],
        "highlights": [_quote(one) for one in written["highlights"]],
        "recommendations": [one["text"] for one in written["recommendations"]],
        "tasks": [_task(task) for task in written["tasks"]],
        "speaker-columns": list(_COLUMNS),
        "speakers": [_speaker(one) for one in written["measures"]],
        "whole": whole,
        "gaps": gaps,
        "written": _written(written, report.at, zone),
        "transcript": _turns(said) if transcript else [],
    }
    return cast(Mapping[str, object], _breakable(made))


def _breakable(value: object) -> object:
    """The same with places where a line may break in words that are longer than any word of a language."""
    if isinstance(value, str):
        return _LONG_WORD.sub(lambda match: "\u200b".join(_pieces(match[0])), value)
    if isinstance(value, dict):
        known = cast(dict[str, object], value)
        return {name: _breakable(one) for name, one in known.items()}
    if isinstance(value, list | tuple):
        return [_breakable(one) for one in cast(Sequence[object], value)]
    return value


def _pieces(word: str) -> list[str]:
    return [word[at : at + _MOST_LETTERS] for at in range(0, len(word), _MOST_LETTERS)]


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # no name at all, or a path
        return ZoneInfo("UTC")


def _facts(session: Session, said: Transcript, zone: ZoneInfo, version: int) -> list[str]:
    people = [entry for entry in said.entries if entry.seat is not None]
    began = session.started_at or session.created_at
    duration_s = session.elapsed_s(session.ended_at or began)
    found = [
        _when(began, zone),
        length(duration_s),
        names(people) if people else "",
        f"with {said.persona_name} (AI)" if said.persona_name else "",
        ended(session.end_reason or EndReason.ENDED_BY_HOST).rstrip("."),
        f"version {version}" if version > 1 else "",
    ]
    return [fact for fact in found if fact]


def _when(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{local.day} {local:%B %Y, %H:%M} {local.tzname() or UTC}"


def _quote(quote: _Quote) -> dict[str, str]:
    return {"text": quote["text"], "name": quote["name"], "clock": clock(quote["start_ms"]), "why": quote["why"]}


def _task(task: _Task) -> dict[str, str]:
    done = {"yes": "done", "partly": "partly done", "no": "not done"}.get(task["done"] or "", "")
    note = " · ".join(part for part in (task["name"], task["due"] or "", done) if part)
    return {"text": task["text"], "note": note, "done": task["done"] or ""}


def _speaker(one: _Speaker) -> list[str]:
    share, pace = one["word_share"], one["words_per_minute"]
    return [
        one["name"],
        f"{one['turns']}",
        f"{one['words']}",
        f"{share:.0%}" if share is not None else "–",
        f"{pace:.0f}" if pace is not None else "–",
        f"{one['fillers']}",
        f"{one['questions']}",
        _seconds(one["longest_monologue_ms"]),
        _seconds(one["response_gap_ms"]),
    ]


def _whole(measured: _Conversation) -> tuple[list[tuple[str, str]], list[tuple[str, int]]]:
    """What is measured of all together, and how many silences were how long."""
    gaps = measured["gaps"]
    rows = [
        ("Balance of turns", _balance(measured["turn_balance"])),
        ("Balance of words", _balance(measured["word_balance"])),
        ("Balance of time spoken", _balance(measured["talk_balance"])),
        ("Replies broken off", str(measured["interrupted"])),
        ("Silence before an answer, median", _seconds(gaps["median_ms"]) if gaps else "–"),
        ("Nine in ten answers within", _seconds(gaps["ninth_tenth_ms"]) if gaps else "–"),
    ]
    return rows, [(_step(one), one["count"]) for one in gaps["up_to_ms"]] if gaps else []


def _step(step: _Step) -> str:
    up_to_ms = step["up_to_ms"]
    return "longer" if up_to_ms is None else f"up to {up_to_ms / 1000:g} s"


def _balance(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f} of 1"


def _seconds(ms: int | None) -> str:
    return "–" if ms is None else f"{ms / 1000:.1f} s"


def _written(written: _Document, at: datetime, zone: ZoneInfo) -> str:
    by = "by rules, without a language model" if written["written_by"] == RULES else f"by {written['written_by']}"
    scale = "Scores run from 0 to 100: under 40 little of it was there, from 70 on much."
    return " ".join([f"Written {by}, {_when(at, zone)}.", scale if written["scores"] else "", *written["limits"]])


def _turns(said: Transcript) -> list[dict[str, object]]:
    return [
        {"clock": clock(one.start_ms), "name": one.name, "ai": one.seat is None, "text": one.text}
        for one in said.entries[:_MOST_TURNS]
    ]
