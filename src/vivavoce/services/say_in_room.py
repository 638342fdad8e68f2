"""A message to a session that is live here: said in its room, where the AI answers it aloud."""

from dataclasses import dataclass, field
from typing import Final

import anyio

from vivavoce.base.ids import ReplyId, TurnId
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.crisis import Crisis, crisis_after
from vivavoce.domain.sessions.events import Event, Fact, ReplyEnded, ReplyKind, ReplyStarted, TurnHeard
from vivavoce.domain.sessions.session import Phase
from vivavoce.services.container import Services
from vivavoce.services.exchange import Exchange, Message
from vivavoce.services.live_rooms import LiveRoom
from vivavoce.services.modalities import modality_of, require_modality
from vivavoce.services.presence import is_here
from vivavoce.services.read_log import follow
from vivavoce.services.stored_log import whole_log
from vivavoce.services.take_seat import own_seat, speak_up

_REPLY_S: Final = 60.0  # so long a message waits for the AI to have answered it aloud


async def say_in_room(viewer: Viewer, live: LiveRoom, message: Message, *, use: Services) -> Exchange | None:
    """Say it, and wait until the answer is over. The same turn again waits for the same answer.

    None: the room went away before it answered. Raises SessionNotFound, NotAllowed, SessionFull, ModalityNotOffered.
    """
    async with use.store.reading() as tx:
        session = await tx.sessions.get(viewer, live.id)
    seat = own_seat(viewer, session, None)
    require_modality(use.format(session.format), modality_of(message.source), careful=live.room.careful)
    if not is_here(live.id, seat.id, use):
        async with use.records.change() as change:
            _, seat = await speak_up(change, await change.tx.sessions.lock(viewer, live.id), seat)
        live.welcome_back(seat)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_cancel_when_over, live, tasks.cancel_scope)
        await live.room.say(seat.id, message.text, message.source, message.turn, message.words)
        with anyio.move_on_after(_REPLY_S):
            await _wait_answered(viewer, live, message.turn, use)
        tasks.cancel_scope.cancel()
    async with use.store.reading() as tx:
        session = await tx.sessions.get(viewer, live.id)
        answer = Answer(message.turn)
        for event in await whole_log(viewer, live.id, tx):
            answer.take(event.fact)
    if session.phase is Phase.ACTIVE and live.over.is_set() and not answer.over:
        return None
    help = answer.crisis.help if answer.crisis is not None else None
    return Exchange(message.text, answer.text, answer.reply, session, help)


async def _cancel_when_over(live: LiveRoom, scope: anyio.CancelScope) -> None:
    await live.over.wait()
    scope.cancel()


async def _wait_answered(viewer: Viewer, live: LiveRoom, turn: TurnId, use: Services) -> None:
    answer = Answer(turn)
    async with follow(viewer, live.id, 0, signals=False, use=use) as items:
        async for item in items:
            if isinstance(item, Event):
                answer.take(item.fact)
            if answer.over:
                break
    if answer.closes:
        await live.over.wait()


@dataclass(slots=True)
class Answer:
    """What a session's log, fed in order, says about the answer to one turn.

    over: nothing more is to come. A turn that is not addressed to the AI gets none; one that was followed by another
    before the AI spoke is answered together with it. closes: the session ends with it. crisis: the crisis
    protocol, while it is on.
    """

    turn: TurnId
    reply: ReplyId | None = None
    text: str = ""
    over: bool = False
    closes: bool = False
    crisis: Crisis | None = None
    _turns: set[TurnId] = field(default_factory=set[TurnId])  # this one, and those behind it

    def take(self, fact: Fact) -> None:
        self.crisis = crisis_after(self.crisis, fact)
        match fact:
            case TurnHeard(turn=turn, addressed=addressed) if turn == self.turn or self._turns:
                self._turns.add(turn)
                self.over |= turn == self.turn and not addressed
            case ReplyStarted(reply=reply, kind=kind, answers=turn) if self.reply is None and turn in self._turns:
                self.reply, self.closes = reply, kind is ReplyKind.GOODBYE
            case ReplyEnded(reply=reply, heard=heard) if reply == self.reply:
                self.text, self.over = heard, True
            case _:
                pass  # of others, or before it
