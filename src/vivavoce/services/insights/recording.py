"""What is counted later is written down when a session was analysed: who was there how long, and the scores."""

from vivavoce.domain.reports.report import Report
from vivavoce.domain.sessions.session import Role, Seat, Session
from vivavoce.domain.sessions.transcript import Transcript
from vivavoce.services.changes import Change
from vivavoce.services.insights.ports import Attendance, ScoreRow


async def record_attendance(change: Change, session: Session, transcript: Transcript) -> None:
    """Safe to repeat."""
    found = [_attendance(seat, session, transcript) for seat in session.seats]
    await change.tx.insights.attended([one for one in found if one is not None])


async def record_scores(change: Change, session: Session, report: Report, *, custom: bool) -> None:
    """In place of those of an earlier report with the same criteria."""
    rows = [
        ScoreRow(
            session.id, one.criterion, one.title, one.value, report.written_by, session.ended_at or change.at, custom
        )
        for one in report.scores
        if one.value is not None
    ]
    await change.tx.insights.scored(session.community, rows)


def _attendance(seat: Seat, session: Session, transcript: Transcript) -> Attendance | None:
    """None: the seat is nobody's, a human coach's, or nobody ever came."""
    turns = sum(entry.seat == seat.id for entry in transcript.entries)
    started, ended = session.started_at, session.ended_at
    if seat.account is None or seat.role in (Role.COACH, Role.ASSISTANT) or started is None or ended is None:
        return None
    if not turns and seat.joined_at is None:
        return None
    came = max(started, seat.joined_at or started)
    went = min(ended, seat.left_at or ended)
    seconds = max(0, int((went - came).total_seconds()))
    started_s = int(started.timestamp())
    return Attendance(session.id, seat.account, session.community, session.format, ended, started_s, seconds, turns)
