"""The report as the JSON that is stored: what was written, and what was measured."""

from collections.abc import Sequence
from dataclasses import asdict

from vivavoce.domain.reports.criteria import Criterion
from vivavoce.domain.reports.measures import GAP_STEPS_MS, measure, measure_all
from vivavoce.domain.reports.report import Report
from vivavoce.domain.sessions.events import ReplyKind
from vivavoce.domain.sessions.transcript import Transcript
from vivavoce.services.reports.material import Gathered


def document(gathered: Gathered, report: Report, criteria: Sequence[Criterion], *, custom: bool) -> dict[str, object]:
    """custom: the criteria were given by hand and are not those of the format."""
    session, material = gathered.session, gathered.material
    return {
        "title": session.title,
        "format": session.format,
        "format_title": material.title,
        "persona": gathered.persona,
        "end_reason": session.end_reason,
        "duration_s": material.duration_s,
        "message_count": session.message_count,
        "written_by": report.written_by,
        "limits": list(report.limits),
        "nothing_said": report.nothing_said,
        "summary": report.summary,
        "closing": closing_words(gathered.transcript),
        "custom_criteria": custom,
        "criteria": [{"id": one.id, "title": one.title, "description": one.description} for one in criteria],
        "overall": report.overall,
        "scores": [asdict(score) for score in report.scores],
        "highlights": [asdict(quote) for quote in report.highlights],
        "recommendations": [asdict(one) for one in report.recommendations],
        "tasks": [asdict(task) for task in report.tasks],
        "measures": [asdict(speaker) for speaker in measure(material.entries)],
        "conversation": _conversation(gathered.transcript),
    }


def closing_words(transcript: Transcript) -> str | None:
    """What the AI said in closing, as it was heard."""
    closing = [entry.text for entry in transcript.entries if entry.kind is ReplyKind.GOODBYE]
    return closing[-1] if closing else None


def _conversation(transcript: Transcript) -> dict[str, object]:
    measured = asdict(measure_all(transcript.entries))
    gaps = measured["gaps"]
    if gaps is None:
        return measured
    steps: list[int | None] = [*GAP_STEPS_MS, None]
    counts = [{"up_to_ms": step, "count": count} for step, count in zip(steps, gaps["up_to_ms"], strict=True)]
    return {**measured, "gaps": {**gaps, "up_to_ms": counts}}
