"""The turn loop of one room: what happens goes through the pure conduct, what it decides is done here.

Everything from a frame to a decision is synchronous. Tasks exist only for a stretch of speech that is being
recognised, an intent that is being read and a reply that is being made; all of them belong to the room's task group.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import anyio
from anyio.abc import TaskGroup

from vivavoce.base.ids import ReplyId, SeatId, TurnId
from vivavoce.base.new_id import new_id
from vivavoce.domain.sessions.events import (
    ReplyEnded,
    ReplyKind,
    ReplySentence,
    ReplyStarted,
    ReplyStatus,
    Source,
    ToolCalled,
    TurnHeard,
    Word,
)
from vivavoce.domain.sessions.intents import Intent
from vivavoce.domain.sessions.session import Address, EndReason
from vivavoce.engine import measures
from vivavoce.engine.hearing import Hearing, Said
from vivavoce.engine.playout import Clip, Playout
from vivavoce.engine.ports import (
    ClientTool,
    Connection,
    Line,
    Models,
    Mouth,
    Prompt,
    ProviderError,
    Samples,
    ToolUse,
    VoiceFrame,
)
from vivavoce.engine.pulse import Alarm, Pulse
from vivavoce.engine.scribe import Scribe
from vivavoce.engine.speaking import Mouthpiece, Reply, perform
from vivavoce.engine.thinking import FILLER, MAY_CALL_TOOLS, Setting, prompt
from vivavoce.engine.turns import events as on
from vivavoce.engine.turns.conduct import Conduct, due_ms, step

Signal = Callable[[dict[str, object]], None]
Tap = Callable[[SeatId | None, Samples, int, int], None]
_INTENT_WITHIN_S: Final = 3.0


@dataclass(frozen=True, slots=True)
class Typed:
    """A turn that came as text."""

    text: str
    source: Source
    words: tuple[Word, ...]
    at_ms: int


@dataclass(slots=True)
class Surroundings:
    """What a conversation works with and upon."""

    setting: Setting
    models: Models
    pulse: Pulse
    scribe: Scribe
    signal: Signal
    clock_ms: Callable[[], int]
    voice: str
    time_limit_s: int | None = None
    tap: Tap | None = None
    names: dict[SeatId, str] = field(default_factory=dict[SeatId, str])
    present: set[SeatId] = field(default_factory=set[SeatId])
    connections: list[tuple[SeatId, Connection, bool]] = field(default_factory=list[tuple[SeatId, Connection, bool]])
    tools: list[tuple[Connection, ClientTool]] = field(default_factory=list[tuple[Connection, ClientTool]])


class Conversation:
    """Drives one room's conduct. reason: why the room ended, once it has."""

    def __init__(self, conduct: Conduct, around: Surroundings, history: Sequence[Line]) -> None:
        self.reason: EndReason | None = None
        self.over = anyio.Event()
        self.hearings: dict[SeatId, Hearing] = {}
        self._conduct = conduct
        self._around = around
        self._lines = list(history)
        self._tasks: TaskGroup | None = None
        self._events: deque[on.RoomEvent] = deque()
        self._feeding = False
        self._alarm: Alarm | None = None
        self._alarm_ms: int | None = None
        self._typed: dict[TurnId, Typed] = {}
        self._speakers: dict[TurnId, tuple[str, int]] = {}  # of recent turns: whose, and when they ended
        self._playout = Playout(around.pulse, self)
        self._reply: Reply | None = None
        self._draft: Reply | None = None
        self._mood = ""
        self._deaf = False  # a device was connected, and none is any more
        self._error: Exception | None = None
        self._mouthpiece = Mouthpiece(
            around.models.llm,
            around.models.tts,
            around.voice,
            around.setting.language,
            voiced=lambda: any(audio for _, _, audio in self._around.connections),
            noticed=self._notice,
            now_ms=self.now_ms,
        )

    # --- events in ----------------------------------------------------------------------------------

    def now_ms(self) -> int:
        return self._around.clock_ms()

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
        self._set_alarm()
        self._tell_mood()

    def failed(self, error: Exception) -> None:
        """A part of this room broke: the room ends with this error."""
        self._error = self._error or error
        self.over.set()

    def set_listening(self, yes: bool) -> None:
        """The last device went: the voice waits, for it would not be heard. The first came back: it goes on."""
        self._deaf = not yes
        if not yes:
            self._playout.hold()
        elif self._reply is not None and self._reply.held_ms is None:
            self._playout.resume()

    def silence(self) -> None:
        """Leave the pulse: nothing of this room is heard or rings any more."""
        self._playout.stop()
        if self._alarm is not None:
            self._alarm.cancel()
        for hearing in self.hearings.values():
            hearing.close()
        self._tasks = None

    def raise_failure(self) -> None:
        if self._error is not None:
            raise self._error

    @property
    def replying(self) -> bool:
        return self._reply is not None

    @property
    def closing(self) -> bool:
        return self._conduct.over

    def typed(self, seat: SeatId, turn: TurnId, content: Typed) -> None:
        self._typed[turn] = content
        if self._conduct.over:
            self._take_turn(on.TakeTurn(seat, turn, addressed=False))
        else:
            self.feed(on.Typed(seat, content.at_ms, turn, content.text))

    def speech_started(self, seat: SeatId, turn: TurnId) -> None:
        self._around.signal({"type": "speaking", "seat": seat, "on": True})
        self.feed(on.SpeechStarted(seat, self.now_ms(), turn))

    def speech_stopped(self, seat: SeatId, until_ms: int, *, done: bool) -> None:
        now_ms = self.now_ms()
        self.feed(on.SpeechStopped(seat, now_ms, until_ms, done))
        self._around.signal({"type": "speaking", "seat": seat, "on": False})
        measures.speech_ended(now_ms - until_ms)

    def words(self, seat: SeatId, text: str, *, final: bool, likely: float | None, lost: bool) -> None:
        self.feed(on.Words(seat, self.now_ms(), text, final, likely, lost))
        if text and self.hearings[seat].turn_is_open:  # behind the decision, which is in a hurry
            self._around.signal({"type": "partial", "seat": seat, "text": text})

    def take_what_is_left(self) -> None:
        """The room is over: record turns that were still undecided, so that nothing said is lost."""
        for seat, hearing in self.hearings.items():
            said = hearing.take()
            if said is not None and said.text:
                self._note_turn(seat, said, Source.VOICE, addressed=False)

    # --- commands out -------------------------------------------------------------------------------

    def _do(self, command: on.RoomCommand, tasks: TaskGroup) -> None:
        match command:
            case on.HoldReply(no):
                self._hold(no)
            case on.ResumeReply(no):
                self._resume(no)
            case on.StopReply(no, cause):
                self._stop(no, cause)
            case on.CurtailReply(no) if self._reply is not None and self._reply.no == no:
                self._reply.lineup.curtail()
            case on.Draft(seat, turn, text):
                self._begin_draft(seat, turn, text, tasks)
            case on.DropDraft() if self._draft is not None:
                self._draft.scope.cancel()
                self._draft = None
            case on.TakeTurn():
                self._take_turn(command)
            case on.ForgetTurn(seat):
                self.hearings[seat].take()
            case on.ReadIntent(turn, text, asked):
                tasks.start_soon(self._read_intent, turn, text, asked)
            case on.Note(fact):
                self._around.scribe.note(fact)
            case on.StartReply():
                self._start(command, tasks)
            case on.EndRoom(reason):
                self.reason = reason
                self.over.set()
            case _:
                pass  # a reply or draft that came to its end by itself in the same moment

    def _take_turn(self, turn: on.TakeTurn) -> None:
        typed = self._typed.pop(turn.turn, None)
        if typed is not None:
            said = Said(turn.turn, typed.text, typed.words, typed.at_ms, typed.at_ms)
            self._note_turn(turn.seat, said, typed.source, addressed=turn.addressed)
            return
        said = self.hearings[turn.seat].take()
        if said is not None:
            self._note_turn(turn.seat, said, Source.VOICE, addressed=turn.addressed)

    def _note_turn(self, seat: SeatId, said: Said, source: Source, *, addressed: bool) -> None:
        name = self._around.names.get(seat, "")
        start_ms, end_ms = said.start_ms, said.end_ms
        self._around.scribe.note(
            TurnHeard(said.turn, seat, name, said.text, source, start_ms, end_ms, said.words, addressed)
        )
        measures.turn_taken(source)
        self._lines.append(Line(name, said.text))
        self._remember(said.turn, name, end_ms)

    def _speaker(self, turn: TurnId | None) -> str | None:
        known = None if turn is None else self._speakers.get(turn)
        return None if known is None else known[0]

    def _remember(self, turn: TurnId, name: str, end_ms: int) -> None:
        self._speakers[turn] = (name, end_ms)
        while len(self._speakers) > 16:
            del self._speakers[next(iter(self._speakers))]

    async def _read_intent(self, turn: TurnId, text: str, asked: bool) -> None:
        intent = Intent.NONE
        try:
            with anyio.move_on_after(_INTENT_WITHIN_S):
                intent = await self._around.models.intents.stop_intent(text, asked)
        except ProviderError:
            pass  # the models' own wrapper reports it; without it the conversation simply goes on
        self.feed(on.IntentRead(turn, self.now_ms(), intent))

    # --- replies ------------------------------------------------------------------------------------

    def _begin_draft(self, seat: SeatId, turn: TurnId, text: str, tasks: TaskGroup) -> None:
        name = self._around.names.get(seat, "")
        known = turn in self._speakers
        lines = self._lines if known else [*self._lines, Line(name, text)]
        self._draft = self._new_reply(ReplyKind.ANSWER, turn, self._prompt(lines, ReplyKind.ANSWER, name))
        tasks.start_soon(self._perform, self._draft)

    def _start(self, start: on.StartReply, tasks: TaskGroup) -> None:
        reply, self._draft = self._draft, None
        if reply is None or reply.answers != start.answers or start.kind is not ReplyKind.ANSWER:
            speaker = self._speaker(start.answers)
            told = self._prompt(self._lines, start.kind, speaker)
            reply = self._new_reply(start.kind, start.answers, told, start.text)
            tasks.start_soon(self._perform, reply)
        self._reply = reply
        reply.no = start.no
        reply.id = ReplyId(new_id("reply"))
        reply.started_ms = self.now_ms()
        reply.marks["end_of_turn"] = reply.started_ms
        scribe = self._around.scribe
        scribe.note(ReplyStarted(reply.id, reply.kind, reply.answers, reply.started_ms), *reply.notices)
        reply.notices.clear()
        reply.wanted.set()
        for hearing in self.hearings.values():
            hearing.eager = True
        self._playout.start(reply.lineup)

    def _new_reply(self, kind: ReplyKind, answers: TurnId | None, told: Prompt, text: str | None = None) -> Reply:
        reply = Reply(kind, answers, told, text)
        if kind in MAY_CALL_TOOLS:
            tools = tuple(tool for _, tool in self._around.tools)
            use = ToolUse(tools, reply.wanted.wait, lambda fact: self._tool_called(reply, fact), FILLER)
            reply.prompt = replace(told, tools=use)
        return reply

    def _tool_called(self, reply: Reply, fact: ToolCalled) -> None:
        reply.acted = True
        self._around.scribe.note(fact)

    def _prompt(self, lines: Sequence[Line], kind: ReplyKind, speaker: str | None) -> Prompt:
        around = self._around
        left_s = around.time_limit_s - self.now_ms() // 1000 if around.time_limit_s is not None else None
        return prompt(
            around.setting,
            lines,
            kind,
            names=[around.names[seat] for seat in around.names if seat in around.present],
            speaker=speaker,
            closing=self._conduct.dialogue.closing,
            left_s=left_s,
        )

    async def _perform(self, reply: Reply) -> None:
        with reply.scope:
            await perform(reply, self._mouthpiece)
        if reply.id is not None and not reply.closed:
            status = ReplyStatus.FAILED if reply.fault else ReplyStatus.FINISHED
            self._close(reply, status, reply.fault)
            self.feed(on.ReplyOver(reply.no, self.now_ms()))

    def _close(self, reply: Reply, status: ReplyStatus, cause: str | None) -> None:
        """Keep what was heard, and no more."""
        assert reply.id is not None, "a draft has no books"
        reply.closed = True
        self._reply = None
        heard = reply.lineup.heard(reply.written)
        if status is ReplyStatus.FINISHED and heard.unheard:
            status, cause = ReplyStatus.INTERRUPTED, "ended"  # curtailed for a goodbye
        since = reply.started_ms
        words = tuple(Word(word.text, word.start_ms - since, word.end_ms - since) for word in heard.words)
        end_ms = reply.held_ms if reply.held_ms is not None else self.now_ms()
        scribe = self._around.scribe
        scribe.note(ReplyEnded(reply.id, status, heard.text, heard.unheard, end_ms, words, cause))
        if heard.text:
            self._lines.append(Line(None, heard.text, status is ReplyStatus.INTERRUPTED, reply.kind))
        for hearing in self.hearings.values():
            hearing.eager = False
        measures.reply_over(reply.kind, status, cause)

    def _hold(self, no: int) -> None:
        reply = self._reply
        if reply is None or reply.no != no:
            return
        reply.held_ms = self.now_ms()
        self._playout.hold()
        if "first_frame" in reply.marks:
            self._flush()
            self._around.signal({"type": "hold", "reply": reply.id, "on": True})

    def _resume(self, no: int) -> None:
        reply = self._reply
        if reply is None or reply.no != no:
            return
        reply.held_ms = None
        if "first_frame" in reply.marks:
            self._around.signal({"type": "hold", "reply": reply.id, "on": False})
            measures.reply_resumed()
        if not self._deaf:
            self._playout.resume()

    def _stop(self, no: int, cause: str) -> None:
        reply = self._reply
        if reply is None or reply.no != no:
            return
        self._playout.stop()
        if reply.held_ms is None and "first_frame" in reply.marks:
            self._flush()
        self._close(reply, ReplyStatus.INTERRUPTED, cause)
        reply.scope.cancel()

    def _flush(self) -> None:
        for _, connection, audio in self._around.connections:
            if audio:
                connection.flush()

    def _notice(self, reply: Reply) -> None:
        """The reply has something to own up to: at once, or when the draft is wanted."""
        if reply.id is not None and not reply.closed:
            self._around.scribe.note(*reply.notices)
            reply.notices.clear()

    # --- the playout's stage ------------------------------------------------------------------------

    def play(self, frame: VoiceFrame) -> None:
        for _, connection, audio in self._around.connections:
            if audio:
                connection.play(frame)
        if self._around.tap is not None:
            self._around.tap(None, frame.samples, frame.rate_hz, self.now_ms())

    def sentence_began(self, clip: Clip) -> None:
        reply = self._reply
        if reply is None or reply.id is None:
            return
        text, now_ms = clip.text.strip(), self.now_ms()
        self._around.scribe.note(ReplySentence(reply.id, clip.index, text, now_ms))
        if clip.words or clip.mouth:
            self.lips(clip, clip.words, clip.mouth)
        if clip.length:
            self._mark_first_frame(reply, now_ms)
        self.feed(on.SentenceBegan(reply.no, now_ms, asking=text.endswith("?")))

    def lips(self, clip: Clip, words: Sequence[Word], mouth: Sequence[Mouth]) -> None:
        reply = self._reply
        if reply is None:
            return
        at_ms = clip.played_ms
        before_ms = sum(each.length_ms for each in reply.lineup.clips[: clip.index])
        self._around.signal(
            {
                "type": "mouth",
                "reply": reply.id,
                "at_ms": before_ms + at_ms,
                "shapes": [[shape.at_ms - at_ms, shape.shape] for shape in mouth],
                "words": [[word.start_ms - at_ms, word.end_ms - at_ms, word.text] for word in words],
            }
        )

    def _mark_first_frame(self, reply: Reply, now_ms: int) -> None:
        if "first_frame" in reply.marks:
            return
        reply.marks["first_frame"] = now_ms
        if reply.answers is None or reply.answers not in self._speakers:
            return
        end_ms = self._speakers[reply.answers][1]
        ms = {hop: reply.marks[hop] - end_ms for hop in measures.HOPS if hop in reply.marks}
        measures.reply_began(reply.kind, ms)
        self._around.signal({"type": "hops", "turn": reply.answers, "ms": ms})

    # --- time and mood ------------------------------------------------------------------------------

    def _set_alarm(self) -> None:
        due = due_ms(self._conduct)
        if due == self._alarm_ms and due is not None:
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
        conduct, reply = self._conduct, self._reply
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
