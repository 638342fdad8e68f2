"""What must hold of every session's log, whatever failed and whoever was killed. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vivavoce.domain.sessions.events import (
    Event,
    Fact,
    LedBy,
    PhaseChanged,
    ReplyEnded,
    ReplyKind,
    ReplySentence,
    ReplyStarted,
    ReplyStatus,
    Source,
    TurnHeard,
    WrapUpChanged,
)
from vivavoce.domain.sessions.lifecycle import OVER
from vivavoce.domain.sessions.session import EndReason, Phase, WrapUp


def broken_rules(log: Sequence[Event], typed: Sequence[str], spoken: int) -> list[str]:
    """The rules that this log of an ended session breaks, in words; none if all is well.

    typed: what the person typed, each once. spoken: how often they spoke.
    """
    facts = [event.fact for event in log]
    return [
        *_order(log),
        *_phases(facts),
        *_turns(facts, typed, spoken),
        *_replies(facts),
        *_led(facts),
        *_wrap_up(facts),
    ]


def _order(log: Sequence[Event]) -> Iterator[str]:
    if [event.seq for event in log] != list(range(1, len(log) + 1)):
        yield "the log has a gap or a repeat"
    if any(later.at < earlier.at for earlier, later in pairwise(log)):
        yield "time went back in the log"


def _phases(facts: Sequence[Fact]) -> Iterator[str]:
    moves = [fact for fact in facts if isinstance(fact, PhaseChanged)]
    for earlier, later in pairwise(moves):
        if later.previous is not earlier.phase:
            yield f"the session went from {earlier.phase} to {later.phase} as if from {later.previous}"
    if not moves or moves[-1].phase not in (Phase.COMPLETE, Phase.CANCELLED):
        yield "the session did not come to its end"
    if sum(1 for move in moves if move.phase in (Phase.ANALYZING, Phase.CANCELLED)) > 1:
        yield "the session ended twice"
    over = next(
        (n for n, fact in enumerate(facts) if isinstance(fact, PhaseChanged) and fact.phase in OVER), len(facts)
    )
    if any(isinstance(fact, ReplyStarted | ReplySentence | TurnHeard) for fact in facts[over:]):
        yield "something was said after the end"


def _turns(facts: Sequence[Fact], typed: Sequence[str], spoken: int) -> Iterator[str]:
    turns = [fact for fact in facts if isinstance(fact, TurnHeard)]
    if len({turn.turn for turn in turns}) != len(turns):
        yield "a turn was recorded twice"
    counted = Counter(turn.text for turn in turns if turn.source is Source.TEXT)
    twice = [text for text, count in counted.items() if count > 1]
    if twice:
        yield f"typed once, recorded more often: {twice}"
    unknown = counted.keys() - set(typed)
    if unknown:
        yield f"recorded, but never typed: {sorted(unknown)}"
    if sum(1 for turn in turns if turn.source is Source.VOICE) > spoken:
        yield "more was heard than was spoken"
    uncalled = {turn.turn for turn in turns if not turn.addressed}
    if any(isinstance(fact, ReplyStarted) and fact.answers in uncalled for fact in facts):
        yield "the AI answered what was not meant for it"
    answered = Counter(fact.answers for fact in facts if isinstance(fact, ReplyStarted) and fact.answers)
    if answered.keys() - {turn.turn for turn in turns}:
        yield "a reply answers a turn that was not recorded before"


def _replies(facts: Sequence[Fact]) -> Iterator[str]:
    current: ReplyStarted | None = None
    sentences: list[str] = []
    greetings = 0
    for fact in facts:
        match fact:
            case ReplyStarted():
                if current is not None:
                    yield "a reply began before the last one was over"
                current, sentences = fact, []
                greetings += fact.kind is ReplyKind.GREETING
            case ReplySentence(reply, index, text):
                if current is None or reply != current.reply or index != len(sentences):
                    yield "a sentence is out of order"
                sentences.append(text)
            case ReplyEnded():
                if current is None or fact.reply != current.reply:
                    yield "a reply ended that was not being said"
                yield from _heard(fact, sentences)
                current = None
            case _:
                pass
    if current is not None:
        yield "a reply was never ended"
    if greetings > 1:
        yield f"the AI greeted {greetings} times"


def _led(facts: Sequence[Fact]) -> Iterator[str]:
    """While a human coach leads the AI says nothing: what it began in the same moment was stopped."""
    led, begun = False, None
    for fact in facts:
        match fact:
            case LedBy(seat):
                led = seat is not None
            case ReplyStarted(reply) if led:
                begun = reply
            case ReplyEnded(reply=reply, status=status) if reply == begun and status is ReplyStatus.FINISHED:
                yield "the AI spoke while a human led"
            case _:
                pass


def _heard(ended: ReplyEnded, sentences: Sequence[str]) -> Iterator[str]:
    begun = " ".join(" ".join(sentences).split())
    heard = " ".join(ended.heard.split())
    if not begun.startswith(heard):
        yield f"heard what was not said: {heard!r} of {begun!r}"
    if ended.status is ReplyStatus.FINISHED and ended.unheard:
        yield "a finished reply has an unheard rest"


def _wrap_up(facts: Sequence[Fact]) -> Iterator[str]:
    state = WrapUp.NONE
    for fact in facts:
        if isinstance(fact, WrapUpChanged):
            if fact.state is WrapUp.CONFIRMED and state is not WrapUp.ASKED:
                yield "the wrap-up was confirmed without a question"
            state = fact.state
    reason = next((f.reason for f in facts if isinstance(f, PhaseChanged) and f.phase is Phase.ANALYZING), None)
    if reason is EndReason.WRAPPED_UP and state is not WrapUp.CONFIRMED:
        yield "the session was wrapped up without a yes"
    if reason is EndReason.PLATFORM_FAULT:
        yield "a room failed for good"
