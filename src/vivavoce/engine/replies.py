"""The AI's side of a room: the reply it says, the one it has drafted, and what was heard of them.

The books of a reply are closed in one place, `_close`, however it ends: said, stopped, failed or curtailed. It keeps
what was heard, and no more.
"""

from collections.abc import Callable, Sequence

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
    ToolCalled,
    Word,
)
from vivavoce.domain.sessions.guidance import guidance_after
from vivavoce.domain.sessions.session import EndReason
from vivavoce.engine import measures
from vivavoce.engine.playout import Clip, Playout
from vivavoce.engine.ports import Line, Mouth, ToolUse, VoiceFrame
from vivavoce.engine.speaking import Mouthpiece, Reply, perform
from vivavoce.engine.surroundings import Surroundings
from vivavoce.engine.thinking import FILLER, MAY_CALL_TOOLS, prompt
from vivavoce.engine.turns.events import ReplyOver, RoomEvent, SentenceBegan, StartReply


class Replies:
    """current: the reply on the floor. Tells `feed` what becomes of it, and `failed` when its sound breaks the room."""

    def __init__(
        self, around: Surroundings, feed: Callable[[RoomEvent], None], failed: Callable[[Exception], None]
    ) -> None:
        self.current: Reply | None = None
        self._failed = failed
        self._draft: Reply | None = None
        self._around = around
        self._feed = feed
        self._playout = Playout(around.pulse, self)
        self._deaf = False  # a device was connected, and none is any more
        models = around.models
        self._by = Mouthpiece(
            models.llm,
            models.tts,
            around.voice,
            around.setting.language,
            voiced=around.voiced,
            noticed=self._notice,
            now_ms=around.now_ms,
        )

    def now_ms(self) -> int:
        return self._around.now_ms()

    def failed(self, error: Exception) -> None:
        self._failed(error)

    # --- beginning ----------------------------------------------------------------------------------

    def draft(self, seat: SeatId, turn: TurnId, text: str, tasks: TaskGroup) -> None:
        """Begin an answer to a turn that may not be recorded yet. Nothing of it is heard or logged."""
        around = self._around
        name, lines = around.name(seat), around.history.lines
        if around.history.speaker(turn) is None:
            lines = [*lines, Line(name, text)]
        self._draft = self._new(StartReply(0, ReplyKind.ANSWER, turn), lines, name, None)
        tasks.start_soon(self._perform, self._draft)

    def drop_draft(self) -> None:
        if self._draft is not None:
            self._draft.scope.cancel()
            self._draft = None

    def start(self, start: StartReply, closing: EndReason | None, tasks: TaskGroup) -> None:
        """Say it: the draft if there is one for this, else a new reply."""
        around = self._around
        reply, self._draft = self._draft, None
        if reply is None or reply.answers != start.answers or start.kind is not ReplyKind.ANSWER:
            reply = self._new(start, around.history.lines, around.history.speaker(start.answers), closing)
            tasks.start_soon(self._perform, reply)
        self.current = reply
        reply.no = start.no
        reply.id = ReplyId(new_id("reply"))
        reply.started_ms = reply.marks["end_of_turn"] = self.now_ms()
        began = ReplyStarted(reply.id, reply.kind, reply.answers, reply.started_ms)
        around.guidance = guidance_after(around.guidance, began)
        around.scribe.note(began, *reply.notices)
        reply.notices.clear()
        reply.wanted.set()
        self._playout.start(reply.lineup)

    def _new(self, start: StartReply, lines: Sequence[Line], speaker: str | None, closing: EndReason | None) -> Reply:
        around, wanted = self._around, anyio.Event()
        tools = None
        if start.kind in MAY_CALL_TOOLS:
            of_devices = tuple(tool for _, tool in around.tools)
            tools = ToolUse(of_devices, wanted.wait, lambda fact: self._tool_called(reply, fact), FILLER)
        told = prompt(
            around.setting,
            lines,
            start.kind,
            names=around.people(),
            speaker=speaker,
            closing=closing,
            left_s=around.left_s(),
            tools=tools,
            aside=around.aside(),
            written_by=lambda name: self._written_by(reply, name),
        )
        reply = Reply(start.kind, start.answers, told, start.text, wanted=wanted, chimes=start.chime)
        return reply

    def _written_by(self, reply: Reply, name: str) -> None:
        reply.model = name

    def _tool_called(self, reply: Reply, fact: ToolCalled) -> None:
        reply.acted = True
        self._around.scribe.note(fact)

    # --- ending -------------------------------------------------------------------------------------

    async def _perform(self, reply: Reply) -> None:
        with reply.scope:
            await perform(reply, self._by)
        if reply.id is not None and not reply.closed:
            self._close(reply, ReplyStatus.FAILED if reply.fault else ReplyStatus.FINISHED, reply.fault)
            self._feed(ReplyOver(reply.no, self.now_ms()))

    def stop(self, no: int, cause: str) -> None:
        reply = self._reply(no)
        if reply is None:
            return
        self._playout.stop()
        if reply.held_ms is None and _is_audible(reply):
            self._flush()
        self._close(reply, ReplyStatus.INTERRUPTED, cause)
        reply.scope.cancel()

    def curtail(self, no: int) -> None:
        """End it after the sentence that is being said."""
        reply = self._reply(no)
        if reply is not None:
            reply.curtail()

    def _close(self, reply: Reply, status: ReplyStatus, cause: str | None) -> None:
        assert reply.id is not None, "a draft has no books"
        reply.closed = True
        self.current = None
        heard = reply.lineup.heard(reply.written)
        if status is ReplyStatus.FINISHED and heard.unheard:
            status, cause = ReplyStatus.INTERRUPTED, "ended"  # curtailed for a goodbye
        since = reply.started_ms
        words = tuple(Word(word.text, word.start_ms - since, word.end_ms - since) for word in heard.words)
        end_ms = reply.held_ms if reply.held_ms is not None else self.now_ms()
        around = self._around
        ended = ReplyEnded(reply.id, status, heard.text, heard.unheard, end_ms, words, cause, reply.model)
        around.guidance = guidance_after(around.guidance, ended)
        around.scribe.note(ended)
        if heard.text:
            around.history.lines.append(Line(None, heard.text, status is ReplyStatus.INTERRUPTED, reply.kind))
        measures.reply_over(reply.kind, status, cause)

    def _notice(self, reply: Reply) -> None:
        """The reply has something to own up to: at once, or when the draft is wanted."""
        if reply.id is not None and not reply.closed:
            self._around.scribe.note(*reply.notices)
            reply.notices.clear()

    # --- holding ------------------------------------------------------------------------------------

    def hold(self, no: int) -> None:
        reply = self._reply(no)
        if reply is None:
            return
        reply.held_ms = self.now_ms()
        self._playout.hold()
        if _is_audible(reply):
            self._flush()
            self._around.signal({"type": "hold", "reply": reply.id, "on": True})

    def resume(self, no: int) -> None:
        reply = self._reply(no)
        if reply is None:
            return
        reply.held_ms = None
        if _is_audible(reply):
            self._around.signal({"type": "hold", "reply": reply.id, "on": False})
            measures.reply_resumed()
        if not self._deaf:
            self._playout.resume()

    def set_listening(self, yes: bool) -> None:
        """The last device went: the voice waits, for it would not be heard. The first came back: it goes on."""
        self._deaf = not yes
        if not yes:
            self._playout.hold()
        elif self.current is not None and self.current.held_ms is None:
            self._playout.resume()

    def silence(self) -> None:
        """Leave the pulse."""
        self._playout.stop()

    def _flush(self) -> None:
        for _, connection, audio in self._around.connections:
            if audio:
                connection.flush()

    def _reply(self, no: int) -> Reply | None:
        """None for a reply that came to its end by itself in the same moment."""
        return self.current if self.current is not None and self.current.no == no else None

    # --- the playout's stage ------------------------------------------------------------------------

    def play(self, frame: VoiceFrame) -> None:
        around = self._around
        for _, connection, audio in around.connections:
            if audio:
                connection.play(frame)
        if around.tap is not None:
            around.tap(None, frame.samples, frame.rate_hz, around.now_ms())

    def sentence_began(self, clip: Clip) -> None:
        reply = self.current
        if reply is None or reply.id is None:
            return
        text, now_ms = clip.text.strip(), self.now_ms()
        if text:
            self._around.scribe.note(ReplySentence(reply.id, clip.index - reply.chimed, text, now_ms))
        if clip.words or clip.mouth:
            self.lips(clip, clip.words, clip.mouth)
        if clip.length and not _is_audible(reply):
            reply.marks["first_frame"] = now_ms
            self._tell_hops(reply)
        self._feed(SentenceBegan(reply.no, now_ms, asking=text.endswith("?")))

    def lips(self, clip: Clip, words: Sequence[Word], mouth: Sequence[Mouth]) -> None:
        reply = self.current
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

    def _tell_hops(self, reply: Reply) -> None:
        end_ms = self._around.history.ended_ms(reply.answers)
        if end_ms is None:
            return
        ms = {hop: reply.marks[hop] - end_ms for hop in measures.HOPS if hop in reply.marks}
        measures.reply_began(reply.kind, ms)
        self._around.signal({"type": "hops", "turn": reply.answers, "ms": ms})


def _is_audible(reply: Reply) -> bool:
    return "first_frame" in reply.marks
