"""The live part of a session: one room, one task group. Devices and people come and go; the conversation stays.

A room is built from the log and can be given up at any time: cancelling `run` writes nothing more, and the next room
built from the same log goes on where this one was.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import anyio
from anyio.abc import TaskGroup

from vivavoce.base.ids import SeatId, TurnId
from vivavoce.base.new_id import new_id
from vivavoce.domain.sessions.crisis import Stage, first_text
from vivavoce.domain.sessions.dialogue import ASK_TO_CLOSE, Say, check_in
from vivavoce.domain.sessions.events import (
    AssistantChanged,
    CrisisNoticed,
    Fact,
    FocusChanged,
    LedBy,
    ReplyKind,
    Source,
    TaskDeclared,
    TaskReported,
    Whispered,
    Word,
)
from vivavoce.domain.sessions.guidance import guidance_after
from vivavoce.domain.sessions.session import Address, EndReason, IdleStages, Seat, WrapUp
from vivavoce.domain.sessions.transcript import Transcript, broken_off
from vivavoce.domain.sessions.work import focus_over_text, work_after
from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.engine.conversation import Conversation, Typed
from vivavoce.engine.hearing import Hearing, Input
from vivavoce.engine.ports import ClientTool, Connection, Line, Models
from vivavoce.engine.pulse import Pulse
from vivavoce.engine.scribe import RoomLog, Scribe
from vivavoce.engine.surroundings import History, Signal, Surroundings, Tap
from vivavoce.engine.thinking import Setting, line_of
from vivavoce.engine.turns import events as on
from vivavoce.engine.turns.address import USUAL_PHRASE
from vivavoce.engine.turns.conduct import Resumption, Rules, opening
from vivavoce.engine.turns.endpointing import Endpointing
from vivavoce.engine.turns.watch import Watch, after

__all__ = ["Input", "Models", "Room", "RoomLog", "RoomSettings"]

_LAST_WORDS_S: Final = 3.0  # so long the end waits for words that are still being recognised


@dataclass(frozen=True, slots=True)
class RoomSettings:
    """How a room behaves. instructions and greeting have their variables filled in.

    greeting: said as it is; None: the model writes it. facts: go into every prompt, beside the names of who is there.
    time_left_s: when the time left is told, in seconds before the limit. opens_silence: an opening is said where nobody
    may address the AI. listens: False: what microphones bring is thrown away unheard. discreet: what is heard is kept
    only if it is danger or a wish to stop. by_name: as in `Setting`.
    safety: the format has the crisis protocol. country: where people are of whom nothing else is known.
    """

    persona_name: str
    instructions: str
    voice: str
    language: str = "en"
    greeting: str | None = None
    script: str = "coaching"
    facts: Mapping[str, str] = field(default_factory=dict[str, str])
    address: Address = Address.EVERYONE
    wake_names: tuple[str, ...] = ()
    wrap_up: bool = True
    idle: IdleStages | None = None
    time_limit_s: int | None = None
    time_left_s: tuple[int, ...] = (120, 30)
    endpointing: Endpointing = field(default_factory=Endpointing)
    interruptible: bool = True
    wake_phrase: str = USUAL_PHRASE
    opens_silence: bool = False
    listens: bool = True
    discreet: bool = False
    by_name: bool = False
    safety: bool = False
    country: str = ""


class Room:
    """One live room. `run` must be running for anything to happen; calls made before are made up for."""

    def __init__(
        self,
        settings: RoomSettings,
        past: Transcript,
        *,
        started_ms_ago: int,
        models: Models,
        pulse: Pulse,
        log: RoomLog,
        signal: Signal,
        clock_ms: Callable[[], int],
    ) -> None:
        """past: the session so far. started_ms_ago: since when it is active. clock_ms: never steps back."""
        zero_ms = clock_ms() - started_ms_ago
        self._settings = settings
        self._past = past
        self._known = {entry.id for entry in past.entries}
        self._scribe = Scribe(log)
        self._around = Surroundings(
            setting_of(settings),
            models,
            pulse,
            self._scribe,
            signal,
            lambda: clock_ms() - zero_ms,
            settings.voice,
            History(self._history()),
            settings.time_limit_s,
            names=dict(past.names),
            present=set(past.present),
            guidance=past.guidance,
            work=past.work,
        )
        if past.open_reply is not None:
            self._around.guidance = guidance_after(past.guidance, broken_off(past.open_reply))
        self._inputs: dict[SeatId, Input] = {}
        self._muted: set[SeatId] = set()
        self._tasks: TaskGroup | None = None
        conduct = opening(
            _rules(settings),
            settings.address,
            past.dialogue,
            at_ms=self._now_ms(),
            told_left=past.told_left,
            resumption=_resumption(past),
            led=past.guidance.led_by,
            watch=_watch(settings, past),
            danger_ms=past.danger_ms,
        )
        self._conversation = Conversation(conduct, self._around)

    @property
    def tap(self) -> Tap | None:
        """Hears all that is said: who (None: the AI), samples, rate in Hz, ms on the session's clock."""
        return self._around.tap

    @tap.setter
    def tap(self, tap: Tap | None) -> None:
        self._around.tap = tap

    @property
    def careful(self) -> bool:
        """The crisis protocol is on."""
        return self._conversation.careful

    async def run(self) -> EndReason:
        """Live until the conversation ends. Cancelled: the node gives the room up, and writes nothing more."""
        conversation = self._conversation
        try:
            async with anyio.create_task_group() as tasks:
                self._tasks = tasks
                tasks.start_soon(self._scribe.run)
                conversation.begin(tasks)
                await conversation.over.wait()
                conversation.raise_failure()
                await self._write_the_rest()
                tasks.cancel_scope.cancel()
        finally:
            self._tasks = None
            conversation.silence()
        assert conversation.reason is not None, "over without a reason"
        return conversation.reason

    async def _write_the_rest(self) -> None:
        hearings = list(self._conversation.hearings.values())
        for hearing in hearings:
            hearing.close()
        with anyio.move_on_after(_LAST_WORDS_S):
            for hearing in hearings:
                await hearing.wait_complete()
        self._conversation.take_what_is_left()
        await self._scribe.wait_written()

    # --- people and devices -------------------------------------------------------------------------

    def join(self, seat: Seat, country: str = "") -> None:
        """The seat is taken, or has a new name or role. Safe to repeat. country: where the person is, if known."""
        self._around.names[seat.id] = seat.name
        self._around.present.add(seat.id)
        self._conversation.feed(on.Seated(seat.id, self._now_ms(), seat.role, country))

    def leave(self, seat: SeatId, cause: str = "left") -> None:
        """The seat is empty. What was said is still recorded. cause: as in `SeatLeft`; here only for the reader."""
        self._around.present.discard(seat)
        for known, connection, _ in list(self._around.connections):
            if known == seat:
                self.detach(seat, connection)
        hearing = self._conversation.hearings.get(seat)
        if hearing is not None:
            hearing.close()

    def attach(
        self,
        seat: SeatId,
        connection: Connection,
        *,
        input: Input = "open",
        audio: bool = True,
        tools: Sequence[ClientTool] = (),
    ) -> None:
        """A device of a seat that has joined. audio: it plays the AI's voice. The first one lets the AI begin.

        tools: what the AI may have this device do; of two with the same name the device that came last has it.
        """
        self._around.connections.append((seat, connection, audio))
        self._around.tools[:0] = [(connection, tool) for tool in tools]
        self.set_input(seat, input)
        self._conversation.replies.set_listening(True)
        self._conversation.feed(on.Attended(self._now_ms(), yes=True))

    def detach(self, seat: SeatId, connection: Connection) -> None:
        self._around.connections = [each for each in self._around.connections if each[1] is not connection]
        self._around.tools = [each for each in self._around.tools if each[0] is not connection]
        hearing = self._conversation.hearings.get(seat)
        if hearing is not None and all(known != seat for known, _, _ in self._around.connections):
            hearing.pause()
        if not self._around.connections:
            self._conversation.replies.set_listening(False)
            self._conversation.feed(on.Attended(self._now_ms(), yes=False))

    # --- what people do -----------------------------------------------------------------------------

    def hear(self, seat: SeatId, frame: AudioFrame) -> None:
        """Sound from a seat's microphone. What follows from it is done, or begun, when this returns."""
        if not self._settings.listens:
            return
        hearing = self._conversation.hearings.get(seat)
        if hearing is None or hearing.closed:
            hearing = self._open_hearing(seat)
            if hearing is None:
                return
        if hearing.hear(frame) and self._around.tap is not None and not self._conversation.hushed:
            self._around.tap(seat, frame.samples, frame.rate_hz, self._now_ms())

    async def say(
        self,
        seat: SeatId,
        text: str,
        source: Source = Source.TEXT,
        turn: TurnId | None = None,
        words: tuple[Word, ...] = (),
    ) -> TurnId:
        """A whole turn at once. Returns when it is stored. A `turn` that is known already changes nothing."""
        turn = turn if turn is not None else TurnId(new_id("turn"))
        if turn not in self._known and text.strip():
            self._known.add(turn)
            self._conversation.typed(seat, turn, Typed(text.strip(), source, words, self._now_ms()))
        await self._scribe.wait_written()
        return turn

    def push_to_talk(self, seat: SeatId, on: bool) -> None:
        hearing = self._open_hearing(seat)
        if hearing is not None:
            hearing.push_to_talk(on)

    def set_input(self, seat: SeatId, mode: Input) -> None:
        self._inputs[seat] = mode
        hearing = self._conversation.hearings.get(seat)
        if hearing is not None:
            hearing.set_input(mode)

    def mute(self, seat: SeatId, on: bool) -> None:
        (self._muted.add if on else self._muted.discard)(seat)
        hearing = self._conversation.hearings.get(seat)
        if hearing is not None:
            hearing.mute(on)

    def interrupt(self, seat: SeatId) -> None:
        """Stop the AI's reply, unless it is said to its end whatever happens."""
        self._conversation.feed(on.Silenced(self._now_ms(), "barge_in"))

    def set_address(self, address: Address) -> None:
        self._conversation.feed(on.AddressSet(self._now_ms(), address))

    def told(self, fact: Fact) -> None:
        """Something was recorded in the session's log that the room did not write itself. Others mean nothing here."""
        around, now_ms = self._around, self._now_ms()
        match fact:
            case AssistantChanged(address):
                self.set_address(address)
            case CrisisNoticed(state=Stage.DANGER, turn=None):  # of a note; what it notices itself has a turn
                self._conversation.feed(on.Warned(now_ms, fact))
            case Whispered():
                around.guidance = guidance_after(around.guidance, fact)
                self._conversation.feed(on.Advised(now_ms))
            case LedBy(seat):
                around.guidance = guidance_after(around.guidance, fact)
                self._conversation.feed(on.Led(now_ms, seat))
            case TaskDeclared() | TaskReported() | FocusChanged():
                around.work = work_after(around.work, fact)
                if isinstance(fact, FocusChanged) and fact.state == "over":
                    self._conversation.feed(on.FocusOver(now_ms, focus_over_text(around.work)))
            case _:
                pass

    def end(self, reason: EndReason, *, goodbye: bool) -> None:
        """End the session: at once, or behind a goodbye."""
        self._conversation.feed(on.EndAsked(self._now_ms(), reason, goodbye))

    def _open_hearing(self, seat: SeatId) -> Hearing | None:
        known = self._conversation.hearings.get(seat)
        if known is not None and not known.closed:
            return known
        if known is not None and not known.complete:
            return None  # the words of who sat here before are still to come
        if self._tasks is None or self._conversation.closing or seat not in self._around.present:
            return None
        hearing = Hearing(
            seat,
            self._conversation,
            pulse=self._around.pulse,
            stt=self._around.models.stt,
            end_of_turn=self._around.models.end_of_turn,
            language=self._settings.language,
            stop_ms=self._settings.endpointing.stop_ms,
            tasks=self._tasks,
            phrases=lambda: self._conversation.expected,
        )
        hearing.set_input(self._inputs.get(seat, "open"))
        hearing.mute(seat in self._muted)
        hearing.eager = self._conversation.replies.current is not None
        self._conversation.hearings[seat] = hearing
        return hearing

    # --- what was before ----------------------------------------------------------------------------

    def _now_ms(self) -> int:
        return self._around.clock_ms()

    def _history(self) -> list[Line]:
        """The transcript as lines. A reply that a crash left open is closed in the log, by what was begun of it."""
        lines = [line_of(entry) for entry in self._past.entries]
        broken = self._past.open_reply
        if broken is None:
            return lines
        ended = broken_off(broken)
        self._scribe.note(ended)
        return [*lines, Line(None, ended.heard, True, broken.started.kind)] if ended.heard else lines


def setting_of(settings: RoomSettings) -> Setting:
    """What a model is told of it."""
    return Setting(
        settings.persona_name,
        settings.instructions,
        settings.language,
        settings.script,
        settings.facts,
        settings.by_name,
    )


def _rules(settings: RoomSettings) -> Rules:
    return Rules(
        settings.endpointing,
        settings.greeting,
        settings.wake_names,
        settings.wrap_up,
        settings.interruptible,
        settings.idle,
        settings.time_limit_s,
        settings.time_left_s,
        settings.wake_phrase,
        settings.opens_silence,
        settings.discreet,
    )


def _watch(settings: RoomSettings, past: Transcript) -> Watch:
    """What each said so far, for the crisis protocol."""
    watch = Watch(settings.safety, language=settings.language, country=settings.country)
    for entry in past.entries:
        if entry.seat is not None and not entry.crisis:
            watch = after(watch, entry.seat, entry.text)
    return watch


def _resumption(past: Transcript) -> Resumption | None:
    """What is left to do when a room goes on after a restart; None for a room that is new or at rest."""
    asked = Say(ReplyKind.WRAP_UP_ASK, past.unanswered, ASK_TO_CLOSE)
    if past.guidance.led_by is not None:
        return None
    if past.closing is not None:
        return Resumption((Say(ReplyKind.GOODBYE),))
    if past.crisis is not None and past.guidance.back:
        return Resumption((check_in(past.crisis),))
    if past.guidance.back:
        return Resumption((Say(ReplyKind.PICK_UP),))
    unsaid = past.crisis is not None and past.crisis.said == 0 and len(past.present) <= 1
    if past.crisis is not None and (unsaid or past.unanswered is not None or past.open_reply is not None):
        return Resumption(
            (Say(ReplyKind.CRISIS, past.unanswered, first_text(past.crisis, again=past.crisis.said > 1)),)
        )
    if past.unanswered is not None:
        if past.wrap_up is WrapUp.ASKED:
            return Resumption((asked,))  # the question may not have been heard; asking again does no harm
        text = next((entry.text for entry in past.entries if entry.id == past.unanswered), "")
        return Resumption(unread=((past.unanswered, text),))
    if past.open_reply is None:
        return None
    match past.open_reply.started.kind:
        case ReplyKind.WRAP_UP_ASK:
            return Resumption((asked,))
        case ReplyKind.GREETING | ReplyKind.ANSWER | ReplyKind.PICK_UP:
            return Resumption((Say(ReplyKind.PICK_UP),))
        case _:
            return None  # nudges and notices have had their time; a goodbye at a limit comes by itself
