"""The transcript: a fold of a session's log into what was said, and what is still open.

Screens, exports, the model's history, the wrap-up state and recovery after a crash all come from this one fold.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from vivavoce.base.ids import ReplyId, SeatId, TurnId
from vivavoce.domain.sessions.crisis import Crisis, Stage, crisis_after
from vivavoce.domain.sessions.dialogue import Dialogue
from vivavoce.domain.sessions.events import (
    CrisisNoticed,
    Event,
    LedBy,
    Noticed,
    PhaseChanged,
    ReplyEnded,
    ReplyKind,
    ReplySentence,
    ReplyStarted,
    ReplyStatus,
    SeatJoined,
    SeatLeft,
    Source,
    TurnHeard,
    Word,
    WrapUpChanged,
)
from vivavoce.domain.sessions.guidance import Guidance, guidance_after
from vivavoce.domain.sessions.session import EndReason, Phase, WrapUp
from vivavoce.domain.sessions.work import Work, work_after


@dataclass(frozen=True, slots=True)
class Utterance:
    """One entry of the transcript: a person's turn, or a reply of the AI as it was heard.

    Times are ms since the session became active; word times are ms from `start_ms`. crisis: it was said while the
    crisis protocol was on, or began it: nothing of it is coached on, quoted or remembered.
    """

    id: TurnId | ReplyId
    seat: SeatId | None  # None: the AI
    name: str
    text: str
    start_ms: int
    end_ms: int
    words: tuple[Word, ...] = ()
    source: Source | None = None
    kind: ReplyKind | None = None
    answers: TurnId | None = None
    interrupted: bool = False
    crisis: bool = False


@dataclass(frozen=True, slots=True)
class OpenReply:
    """A reply that was begun and not ended: being said now or, after a crash, left in the middle."""

    started: ReplyStarted
    sentences: tuple[ReplySentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """A session as its log tells it, up to `last_seq`.

    unanswered: the last addressed turn, while no reply to it was started.
    told_left: the time-left notices that were given, in seconds. crisis: the crisis protocol, while it is on;
    danger_ms: when danger was last noticed, on the session's clock. started_at: when that clock began.
    """

    persona_name: str
    entries: tuple[Utterance, ...] = ()
    open_reply: OpenReply | None = None
    unanswered: TurnId | None = None
    wrap_up: WrapUp = WrapUp.NONE
    opened: bool = False
    closing: EndReason | None = None
    told_left: frozenset[int] = frozenset()
    present: frozenset[SeatId] = frozenset()
    names: dict[SeatId, str] = field(default_factory=dict[SeatId, str])
    phase: Phase = Phase.PREPARING
    last_seq: int = 0
    guidance: Guidance = field(default_factory=Guidance)
    work: Work = field(default_factory=Work)
    crisis: Crisis | None = None
    danger_ms: int | None = None
    started_at: datetime | None = None

    @property
    def dialogue(self) -> Dialogue:
        """Where the conversation's rules stand, for whoever goes on with it."""
        return Dialogue(self.wrap_up, self.opened, self.closing, self.crisis)


def broken_off(open_reply: OpenReply) -> ReplyEnded:
    """How a reply ends that a crash left open: its sentences but the last begun one count as heard."""
    begun = open_reply.sentences
    heard = " ".join(sentence.text for sentence in begun[:-1])
    unheard = begun[-1].text if begun else ""
    at_ms = begun[-1].start_ms if begun else open_reply.started.start_ms
    return ReplyEnded(open_reply.started.reply, ReplyStatus.INTERRUPTED, heard, unheard, at_ms, cause="restart")


def read(events: Iterable[Event], persona_name: str) -> Transcript:
    """The transcript of a whole log."""
    return extend(Transcript(persona_name), events)


def extend(transcript: Transcript, events: Iterable[Event]) -> Transcript:
    """The transcript after more of the log. Each event is folded once; repeated ones are passed over."""
    for event in events:
        if event.seq > transcript.last_seq:
            transcript = replace(
                _fold(transcript, event),
                last_seq=event.seq,
                guidance=guidance_after(transcript.guidance, event.fact),
                work=work_after(transcript.work, event.fact),
                crisis=crisis_after(transcript.crisis, event.fact),
            )
    return transcript


def _fold(t: Transcript, event: Event) -> Transcript:
    match event.fact:
        case TurnHeard() as turn:
            entry = Utterance(
                turn.turn,
                turn.seat,
                turn.name,
                turn.text,
                turn.start_ms,
                turn.end_ms,
                turn.words,
                turn.source,
                crisis=t.crisis is not None,
            )
            waiting = turn.turn if turn.addressed else t.unanswered
            return replace(t, entries=(*t.entries, entry), unanswered=waiting)
        case ReplyStarted() as started:
            opened = t.opened or started.kind is ReplyKind.GREETING
            still = t.unanswered if started.answers != t.unanswered else None
            return replace(t, open_reply=OpenReply(started), opened=opened, unanswered=still)
        case ReplySentence() as sentence if t.open_reply is not None:
            grown = replace(t.open_reply, sentences=(*t.open_reply.sentences, sentence))
            return replace(t, open_reply=grown)
        case ReplyEnded() as ended if t.open_reply is not None:
            return _close(t, t.open_reply.started, ended)
        case WrapUpChanged(state):
            closing = EndReason.WRAPPED_UP if state is WrapUp.CONFIRMED else None
            return replace(t, wrap_up=state, closing=closing)
        case Noticed("time_left", int(seconds)):
            return replace(t, told_left=t.told_left | {seconds})
        case CrisisNoticed(state=Stage.DANGER, turn=turn):
            return _in_danger(t, turn, event.at)
        case SeatJoined(seat, name):
            return replace(t, present=t.present | {seat}, names={**t.names, seat: name})
        case SeatLeft(seat):
            return replace(t, present=t.present - {seat})
        case PhaseChanged(phase):
            began = event.at if phase is Phase.ACTIVE else None
            return replace(t, phase=phase, started_at=t.started_at or began)
        case LedBy(seat) if seat is not None:
            return replace(t, unanswered=None)
        case _:
            return t


def _in_danger(t: Transcript, turn: TurnId | None, at: datetime) -> Transcript:
    """The turn was recorded before it was seen what it is; what was to be closed goes on. A note has no turn."""
    entries = tuple(replace(entry, crisis=True) if entry.id == turn else entry for entry in t.entries)
    told_ms = next((entry.end_ms for entry in entries if entry.id == turn), t.danger_ms)
    if turn is None and t.started_at is not None:
        told_ms = round((at - t.started_at).total_seconds() * 1000)
    return replace(t, entries=entries, danger_ms=told_ms, closing=None)


def _close(t: Transcript, started: ReplyStarted, ended: ReplyEnded) -> Transcript:
    entries = t.entries
    if ended.heard:
        entries = (
            *entries,
            Utterance(
                started.reply,
                None,
                t.persona_name,
                ended.heard,
                started.start_ms,
                ended.end_ms,
                ended.words,
                kind=started.kind,
                answers=started.answers,
                interrupted=ended.status is not ReplyStatus.FINISHED,
                crisis=t.crisis is not None or started.kind is ReplyKind.CRISIS,
            ),
        )
    return replace(t, entries=entries, open_reply=None)
