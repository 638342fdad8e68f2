"""Who may speak: one floor per room, for any number of people and the AI. Pure; time comes in events.

1. The AI begins only on a free floor: nobody speaks, no turn is undecided, and it is not speaking itself.
2. At the first evidence of speech the AI's reply is held. Words that claim the turn stop it; a backchannel, or
   noise without words, lets it go on. Speech of three seconds claims the turn without words.
3. A backchannel is one only beside somebody else's speech, and never while the AI asks something: then it answers.
4. Silence ends a turn, as long as the words before it ask for (endpointing.py), once the recogniser gave them all.
   Speech before that goes on with the same turn.
5. A protected reply is neither held nor stopped by anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from vivavoce.base.ids import SeatId, TurnId
from vivavoce.engine.turns.backchannel import has_words, is_backchannel, surely_interrupts
from vivavoce.engine.turns.endpointing import Endpointing, delay_ms, may_be_over
from vivavoce.engine.turns.events import (
    Draft,
    FloorCommand,
    FloorEvent,
    HoldReply,
    ReplyBegan,
    ReplyOver,
    ResumeReply,
    SentenceBegan,
    Silenced,
    SpeechStarted,
    SpeechStopped,
    StopReply,
    Tick,
    TurnOver,
    Words,
)

CLAIMS_AFTER_MS: Final = 3000  # rule 2
WORDS_WITHIN_MS: Final = 1000  # a held reply goes on if the recogniser takes longer; late words can still stop it


@dataclass(frozen=True, slots=True)
class Talker:
    """A seat that has the floor, or had it until a moment ago.

    stopped_ms: its last sample of speech; None while it speaks. waiting: stretches of speech whose words are to come.
    decide_ms: when the silence ends the turn. aside: it began beside somebody else's speech. asked: while the AI asked.
    """

    turn: TurnId
    started_ms: int
    aside: bool = False
    asked: bool = False
    text: str = ""
    stopped_ms: int | None = None
    waiting: int = 0
    decide_ms: int | None = None
    done: bool = False
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Speaking:
    """The AI's own place on the floor, from the decision to reply on. held_ms: since when it waits for somebody."""

    no: int
    protected: bool
    audible: bool = False
    asking: bool = False
    held_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Floor:
    talkers: Mapping[SeatId, Talker] = field(default_factory=dict[SeatId, Talker])
    reply: Speaking | None = None

    @property
    def free(self) -> bool:
        return self.reply is None and not self.talkers


Step = tuple[Floor, list[FloorCommand]]


def step(floor: Floor, event: FloorEvent, rules: Endpointing) -> Step:
    """The floor after `event`, and what must now be done."""
    match event:
        case SpeechStarted(seat, at_ms, turn):
            return _started(floor, seat, at_ms, turn)
        case SpeechStopped(seat) if seat in floor.talkers:
            return _stopped(floor, event)
        case Words(seat) if seat in floor.talkers:
            return _words(floor, event, rules)
        case Tick(at_ms):
            return _tick(floor, at_ms)
        case ReplyBegan(no, _, protected):
            return replace(floor, reply=Speaking(no, protected)), []
        case SentenceBegan(no, _, asking) if floor.reply is not None and floor.reply.no == no:
            return replace(floor, reply=replace(floor.reply, audible=True, asking=asking)), []
        case ReplyOver(no) if floor.reply is not None and floor.reply.no == no:
            return replace(floor, reply=None), []
        case Silenced(_, cause):
            return _stop_reply(floor, cause)
        case _:
            return floor, []  # late by nature: words of a turn that is over, the end of a stopped reply


def due_ms(floor: Floor) -> int | None:
    """When the next tick can change something."""
    held = floor.reply is not None and floor.reply.held_ms is not None
    due = [talker.decide_ms for talker in floor.talkers.values() if talker.decide_ms is not None]
    if held:
        since = [talker.started_ms for talker in floor.talkers.values() if talker.stopped_ms is None]
        late = [talker.stopped_ms for talker in floor.talkers.values() if talker.stopped_ms is not None]
        due += [started_ms + CLAIMS_AFTER_MS for started_ms in since]
        due += [max(late) + WORDS_WITHIN_MS] if late and not since else []
    return min(due, default=None)


def _started(floor: Floor, seat: SeatId, at_ms: int, turn: TurnId) -> Step:
    talker = floor.talkers.get(seat)
    if talker is None:
        asked = floor.reply is not None and floor.reply.asking
        talker = Talker(turn, at_ms, aside=not floor.free, asked=asked)
    else:
        talker = replace(talker, stopped_ms=None, decide_ms=None, done=False)
    floor = _with(floor, seat, talker)
    reply = floor.reply
    if reply is None or reply.protected or reply.held_ms is not None:
        return floor, []
    return replace(floor, reply=replace(reply, held_ms=at_ms)), [HoldReply(reply.no)]


def _stopped(floor: Floor, event: SpeechStopped) -> Step:
    talker = floor.talkers[event.seat]
    stopped = replace(talker, stopped_ms=event.until_ms, waiting=talker.waiting + 1, done=talker.done or event.done)
    return _with(floor, event.seat, stopped), []


def _words(floor: Floor, event: Words, rules: Endpointing) -> Step:
    before = floor.talkers[event.seat]
    talker = replace(
        before,
        text=event.text,
        waiting=max(0, before.waiting - event.final),
        lost=before.lost or event.lost,
    )
    floor, commands = _claim(_with(floor, event.seat, talker), talker, final=event.final)
    if talker.stopped_ms is None or talker.waiting:
        return floor, commands
    floor, more = _decide(floor, event, talker, rules)
    return floor, commands + more


def _claim(floor: Floor, talker: Talker, *, final: bool) -> Step:
    """Rules 2 and 3: stop the reply if these words claim the turn."""
    reply = floor.reply
    if reply is None or not talker.aside:
        return floor, []
    claims = surely_interrupts(talker.text)
    if final and not claims:
        claims = has_words(talker.text) and not _is_aside(floor, talker)
    return _stop_reply(floor, "barge_in") if claims else (floor, [])


def _decide(floor: Floor, event: Words, talker: Talker, rules: Endpointing) -> Step:
    """All words are there and nobody adds to them: when does the turn end, and is it one?"""
    seat = event.seat
    stopped_ms = talker.stopped_ms
    assert stopped_ms is not None
    if not has_words(talker.text):
        return _end_turn(floor, seat, event.at_ms)
    if _is_aside(floor, talker) or talker.done:
        return _end_turn(floor, seat, event.at_ms)
    decide_ms = stopped_ms + delay_ms(talker.text, rules, likely=event.likely)
    if decide_ms <= event.at_ms:
        return _end_turn(floor, seat, event.at_ms)
    floor = _with(floor, seat, replace(talker, decide_ms=decide_ms))
    alone = floor.reply is None and len(floor.talkers) == 1
    if alone and rules.speculative and may_be_over(talker.text, likely=event.likely):
        return floor, [Draft(seat, talker.turn, talker.text)]
    return floor, []


def _is_aside(floor: Floor, talker: Talker) -> bool:
    """A backchannel to somebody else's speech (rule 3)."""
    asked = talker.asked or (floor.reply is not None and floor.reply.asking)
    return talker.aside and not asked and is_backchannel(talker.text)


def _end_turn(floor: Floor, seat: SeatId, at_ms: int) -> Step:
    talker = floor.talkers[seat]
    over = TurnOver(seat, talker.turn, talker.text, _is_aside(floor, talker), talker.lost)
    rest = {known: other for known, other in floor.talkers.items() if known != seat}
    floor, resumed = _resume(replace(floor, talkers=rest), at_ms)
    return floor, [over, *resumed]


def _tick(floor: Floor, at_ms: int) -> Step:
    commands: list[FloorCommand] = []
    for seat, talker in floor.talkers.items():
        if talker.decide_ms is not None and talker.decide_ms <= at_ms:
            floor, more = _end_turn(floor, seat, at_ms)
            commands += more
    if any(_claims_by_time(floor, talker, at_ms) for talker in floor.talkers.values()):
        floor, more = _stop_reply(floor, "barge_in")
    else:
        floor, more = _resume(floor, at_ms)
    return floor, commands + more


def _claims_by_time(floor: Floor, talker: Talker, at_ms: int) -> bool:
    held = floor.reply is not None and floor.reply.held_ms is not None
    return held and talker.stopped_ms is None and at_ms - talker.started_ms >= CLAIMS_AFTER_MS


def _resume(floor: Floor, at_ms: int) -> Step:
    """A held reply goes on when nobody speaks and no words are awaited (for too long)."""
    reply = floor.reply
    if reply is None or reply.held_ms is None:
        return floor, []
    for talker in floor.talkers.values():
        if talker.stopped_ms is None or (talker.waiting and at_ms - talker.stopped_ms < WORDS_WITHIN_MS):
            return floor, []
    return replace(floor, reply=replace(reply, held_ms=None)), [ResumeReply(reply.no)]


def _stop_reply(floor: Floor, cause: str) -> Step:
    reply = floor.reply
    if reply is None or reply.protected:
        return floor, []
    return replace(floor, reply=None), [StopReply(reply.no, cause)]


def _with(floor: Floor, seat: SeatId, talker: Talker) -> Floor:
    return replace(floor, talkers={**floor.talkers, seat: talker})
