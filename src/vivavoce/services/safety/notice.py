"""What follows from the crisis protocol besides words: it is counted, written down, and somebody is told."""

from collections.abc import Sequence
from typing import Final

from vivavoce.base.new_id import new_id
from vivavoce.domain.sessions.codec import time_to_text
from vivavoce.domain.sessions.crisis import Stage
from vivavoce.domain.sessions.events import CrisisNoticed, Fact
from vivavoce.domain.sessions.session import Session
from vivavoce.services.changes import Change
from vivavoce.services.ports import JobKind

WAYS: Final = ("url", "email")


async def notice(change: Change, session: Session, facts: Sequence[Fact]) -> None:
    """Among these facts, which this change has recorded, may be the beginning of the protocol: count it and alert.

    Danger that is said again in the same crisis is not counted again, but alerted of again.
    """
    for fact in facts:
        if not isinstance(fact, CrisisNoticed) or fact.state != Stage.DANGER:
            continue
        if not fact.again:
            await change.tx.crises.count(session.community, change.at.year)
        await change.audit(session.community, "safety.noticed", session.id, session=session.id, kind=fact.kind)
        turn = fact.turn or new_id("turn")  # a note has none, and each is alerted of
        for way in WAYS:
            await change.tx.jobs.enqueue(
                JobKind.ALERT,
                {"session": session.id, "turn": turn, "kind": fact.kind, "at": time_to_text(change.at), "way": way},
                key=f"alert:{session.id}:{turn}:{way}",
                due=change.at,
            )
