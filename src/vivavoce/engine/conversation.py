"""The turn loop of one room: what happens goes through the pure conduct, what it decides is done here.

Everything from a frame to a decision is synchronous. Tasks exist only for a stretch of speech that is being
recognised, an intent that is being read and a reply that is being made; all of them belong to the room's task group.
"""

from collections import deque
from dataclasses import dataclass
from typing import Final

import anyio
from anyio.abc import TaskGroup

from vivavoce.base.ids import SeatId, TurnId
from vivavoce.domain.sessions.events import Source, TurnHeard, Word
from vivavoce.domain.sessions.intents import Intent
from vivavoce.domain.sessions.session import Address, EndReason
from vivavoce.engine import measures
from vivavoce.engine.hearing import Hearing, Said
from vivavoce.engine.ports import ProviderError
from vivavoce.engine.pulse import Alarm
from vivavoce.engine.replies import Replies
from vivavoce.engine.second_opinion import second_opinion
from vivavoce.engine.surroundings import Surroundings
from vivavoce.engine.turns import events as on
from vivavoce.engine.turns.conduct import Conduct, due_ms, hushed, step

_INTENT_WITHIN_S: Final = 3.0


@dataclass(frozen=True, slots=True)
class Typed:
    """A turn that came as text."""

    text: str
    source: Source
    words: tuple[Word, ...]
    at_ms: int


class Conversation:
    """Drives one room's conduct. reason: why the room ended, once it has."""

    def __init__(self, conduct: Conduct, around: Surroundings) -> None:
        self.reason: EndReason | None = None
        self.over = anyio.Event()
        self.hearings: dict[SeatId, Hearing] = {}
        self.replies = Replies(around, self.feed, self.failed)
        self._conduct = conduct
        self._around = around
        self._tasks: TaskGroup | None = None
        self._events: deque[on.RoomEvent] = deque()  # empty but while one is being dealt with, or before `begin`
        self._feeding = False
        self._alarm: Alarm | None = None
        self._alarm_ms: int | None = None
        self._typed: dict[TurnId, Typed] = {}
        self._mood = ""
        self._error: Exception | None = None

    # --- events in ----------------------------------------------------------------------------------

    def now_ms(self) -> int:
        return self._around.now_ms()

    def begin(self, tasks: TaskGroup) -> None:
        """From now on things are done; what happened before is made up for."""
        self._tasks = tasks
        self.feed(on.Tick(self.now_ms()))

    def feed(self, event: on.RoomEvent) -> None:
        """Something happened. What follows from it is done, or begun, before this returns."""
        self._events.append(event)
        if self._feeding or self._tasks is None:
            return
        self._feeding = True
        try:
            while self._events:
                self._conduct, commands = step(self._conduct, self._events.popleft())
                for command in commands:
                    self._do(command, self._tasks)
        finally:
            self._feeding = False
        self._listen_eagerly()
        self._set_alarm()
        self._tell_mood()

    def failed(self, error: Exception) -> None:
        """A part of this room broke: the room ends with this error."""
        self._error = self._error or error
        self.over.set()

    def raise_failure(self) -> None:
        if self._error is not None:
            raise self._error

    @property
    def closing(self) -> bool:
        return self._conduct.over

    @property
    def careful(self) -> bool:
        """The crisis protocol is on."""
        return self._conduct.dialogue.crisis is not None

    @property
    def expected(self) -> tuple[str, ...]:
        """What people are likely to begin with: the wake phrase, where the AI answers only who calls it."""
        return (self._conduct.rules.wake_phrase,) if self._conduct.address is Address.WHEN_CALLED else ()

    @property
    def hushed(self) -> bool:
        """What people say now is not told to anybody, nor kept."""
        return hushed(self._conduct)

    def typed(self, seat: SeatId, turn: TurnId, content: Typed) -> None:
        self._typed[turn] = content
        if self._conduct.over:
            self._take_turn(on.TakeTurn(seat, turn, addressed=False))
        else:
            self.feed(on.Typed(seat, content.at_ms, turn, content.text))

    def speech_started(self, seat: SeatId, turn: TurnId) -> None:
        self.feed(on.SpeechStarted(seat, self.now_ms(), turn))
        if not self.hushed:
            self._around.signal({"type": "speaking", "seat": seat, "on": True})

    def speech_stopped(self, seat: SeatId, until_ms: int, *, done: bool) -> None:
        now_ms = self.now_ms()
        self.feed(on.SpeechStopped(seat, now_ms, until_ms, done))
        if not self.hushed:
            self._around.signal({"type": "speaking", "seat": seat, "on": False})
        measures.speech_ended(now_ms - until_ms)

    def words(self, seat: SeatId, text: str, *, final: bool, likely: float | None, lost: bool) -> None:
        self.feed(on.Words(seat, self.now_ms(), text, final, likely, lost))
        if text and self.hearings[seat].turn_is_open and not self.hushed:  # behind the decision, which is in a hurry
            self._around.signal({"type": "partial", "seat": seat, "text": text})

    # --- commands out -------------------------------------------------------------------------------

    def _do(self, command: on.RoomCommand, tasks: TaskGroup) -> None:
        replies = self.replies
        match command:
            case on.HoldReply(no):
                replies.hold(no)
            case on.ResumeReply(no):
                replies.resume(no)
            case on.StopReply(no, cause):
                replies.stop(no, cause)
            case on.CurtailReply(no):
                replies.curtail(no)
            case on.Draft(seat, turn, text):
                replies.draft(seat, turn, text, tasks)
            case on.DropDraft():
                replies.drop_draft()
            case on.StartReply():
                replies.start(command, self._conduct.dialogue.closing, tasks)
            case on.TakeTurn():
                self._take_turn(command)
            case on.ForgetTurn(seat):
                self.hearings[seat].take()
            case on.ReadIntent(turn, text, asked):
                tasks.start_soon(self._read_intent, turn, text, asked)
            case on.Weigh():
                if self._around.models.extractor is not None:
                    tasks.start_soon(self._weigh, command)
            case on.Note(fact):
                self._around.scribe.note(fact)
            case on.EndRoom(reason):
                self.reason = reason
                self.over.set()

    def _take_turn(self, turn: on.TakeTurn) -> None:
        typed = self._typed.pop(turn.turn, None)
        if typed is not None:
            said = Said(turn.turn, typed.text, typed.words, typed.at_ms, typed.at_ms)
            self._note_turn(turn.seat, said, typed.source, addressed=turn.addressed)
            return
        said = self.hearings[turn.seat].take()
        if said is not None:
            self._note_turn(turn.seat, said, Source.VOICE, addressed=turn.addressed)

    def take_what_is_left(self) -> None:
        """The room is over: record turns that were still undecided, so that nothing said is lost."""
        for seat, hearing in self.hearings.items():
            said = hearing.take()
            if said is not None and said.text and not self.hushed:
                self._note_turn(seat, said, Source.VOICE, addressed=False)

    def _note_turn(self, seat: SeatId, said: Said, source: Source, *, addressed: bool) -> None:
        around, name = self._around, self._around.name(seat)
        start_ms, end_ms = said.start_ms, said.end_ms
        around.scribe.note(TurnHeard(said.turn, seat, name, said.text, source, start_ms, end_ms, said.words, addressed))
        around.history.add_turn(said.turn, name, said.text, end_ms)
        measures.turn_taken(source)

    async def _read_intent(self, turn: TurnId, text: str, asked: bool) -> None:
        intent = Intent.NONE
        try:
            with anyio.move_on_after(_INTENT_WITHIN_S):
                intent = await self._around.models.intents.stop_intent(text, asked)
        except ProviderError:
            pass  # the models' own wrapper reports it; without it the conversation simply goes on
        self.feed(on.IntentRead(turn, self.now_ms(), intent))

    async def _weigh(self, turn: on.Weigh) -> None:
        kind = await second_opinion(self._around.models.extractor, turn.text, turn.kind)
        if kind is not None:
            self.feed(on.DangerSeen(turn.seat, turn.turn, self.now_ms(), kind))

    # --- time and mood ------------------------------------------------------------------------------

    def silence(self) -> None:
        """Leave the pulse: nothing of this room is heard or rings any more."""
        self._tasks = None
        self.replies.silence()
        if self._alarm is not None:
            self._alarm.cancel()
        for hearing in self.hearings.values():
            hearing.close()

    def _listen_eagerly(self) -> None:
        """While the AI has the floor, the first evidence of speech counts."""
        eager = self.replies.current is not None
        for hearing in self.hearings.values():
            hearing.eager = eager

    def _set_alarm(self) -> None:
        due = due_ms(self._conduct)
        if due == self._alarm_ms:
            return
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm, self._alarm_ms = None, due
        if due is not None:
            in_ms = max(1, due - self.now_ms())
            self._alarm = self._around.pulse.alarm(in_ms, self._ring, self.failed)

    def _ring(self) -> None:
        self._alarm = self._alarm_ms = None
        self.feed(on.Tick(self.now_ms()))

    def _tell_mood(self) -> None:
        conduct, reply = self._conduct, self.replies.current
        if conduct.address is Address.NOBODY and reply is None:
            mood = "off"
        elif reply is not None and conduct.floor.reply is not None and conduct.floor.reply.audible:
            mood = "speaking"
        elif reply is not None or conduct.reading:
            mood = "thinking"
        else:
            mood = "listening"
        if mood == self._mood:
            return
        self._mood = mood
        told: dict[str, object] = {"type": "state", "state": mood}
        self._around.signal({**told, "reply": reply.id} if mood == "speaking" and reply is not None else told)
