"""What a node has read of the sessions it answers in writing, so that a message reads only what is new in the log.

A log only grows, so what was read stays true. It is words of people in memory: those of a session are dropped when it
is over, and the least recently used ones when there are many.
"""

from collections import OrderedDict
from typing import Final

from vivavoce.base.ids import SessionId
from vivavoce.domain.sessions.session import Phase, Session
from vivavoce.domain.sessions.transcript import Transcript, extend
from vivavoce.services.asking import Asking
from vivavoce.services.ports import Transaction
from vivavoce.services.stored_log import whole_log

_MOST: Final = 128  # sessions: at 60 turns each some 15 MB


class RecentTranscripts:
    """One per node."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._known: OrderedDict[SessionId, Transcript] = OrderedDict()

    async def read(self, asking: Asking, session: Session, persona_name: str, tx: Transaction) -> Transcript:
        """The session as its log tells it. tx: has recorded nothing for it yet. Raises SessionNotFound."""
        known = self._known.pop(session.id, None)
        if known is None or known.persona_name != persona_name:
            known = Transcript(persona_name)
        transcript = extend(known, await whole_log(asking, session.id, tx, after=known.last_seq))
        if session.phase is Phase.ACTIVE:
            self._known[session.id] = transcript
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return transcript

    def forget(self, session: SessionId) -> None:
        self._known.pop(session, None)
