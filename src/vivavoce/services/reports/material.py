"""What a report is written from: what everybody heard, as the log has it, and nothing that was kept back."""

from dataclasses import dataclass

from vivavoce.base.ids import SessionId
from vivavoce.domain.reports.report import Material
from vivavoce.domain.reports.tasks import declared_tasks
from vivavoce.domain.sessions.crisis import Stage
from vivavoce.domain.sessions.events import CrisisNoticed, Event
from vivavoce.domain.sessions.session import EndReason, Role, Session
from vivavoce.domain.sessions.transcript import Transcript, extend
from vivavoce.services.asking import Asking
from vivavoce.services.container import Services
from vivavoce.services.ports import Transaction
from vivavoce.services.stored_log import whole_log


@dataclass(frozen=True, slots=True)
class Gathered:
    session: Session
    persona: str  # its name
    transcript: Transcript
    material: Material


async def gather(asking: Asking, id: SessionId, tx: Transaction, *, use: Services) -> Gathered:
    """Raises SessionNotFound, PersonaNotFound."""
    session = await tx.sessions.get(asking, id)
    persona = await use.personas.get(asking, session.persona)
    events = await whole_log(asking, id, tx)
    transcript = extend(Transcript(persona.name), events)
    format = use.formats.get(session.format)
    material = Material(
        title=format.title if format is not None else session.format,
        entries=transcript.entries,
        duration_s=session.elapsed_s(use.clock.now()),
        coaches=frozenset(seat.id for seat in session.seats if seat.role is Role.COACH),
        declared=declared_tasks(events),
        end_reason=session.end_reason,
        in_danger=session.end_reason is EndReason.SAFETY or any(map(_is_danger, events)),
    )
    return Gathered(session, persona.name, transcript, material)


def _is_danger(event: Event) -> bool:
    return isinstance(event.fact, CrisisNoticed) and event.fact.state == Stage.DANGER
