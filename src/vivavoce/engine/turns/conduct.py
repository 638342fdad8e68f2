"""How the AI conducts itself in a room: floor, dialogue, silence, limit and address in one pure machine.

The floor (floor.py) decides when, the dialogue (domain/sessions/dialogue.py) decides what. This module joins them:
1. A turn that is over is recorded. One that is meant for the AI has its intent read, one turn after the other, and
   goes to the dialogue. An answer is drafted meanwhile, or even before the turn is surely over.
2. What the dialogue wants said waits on the agenda until the floor is free. A goodbye waits at most `GRACE_MS`, and
   lets the AI end only the sentence it is saying.
3. Where the AI only speaks when called, it neither greets nor nudges; where nobody may address it, it falls silent.
   A format that is silent by itself may still have it say an opening; the goodbye at the limit is said in any case.
4. After a restart it first hears who is back, then goes on: an unanswered turn is answered, a broken reply picked up.
5. A goodbye that does not come to its end in time is cut: nothing keeps a session open for ever.
6. While a human coach leads, the AI says nothing at all, not even goodbye. Time goes on: at the limit the room ends.
   Handed back, the AI picks up. An agreed ending that was not over by then is off.
7. Danger in what anybody says, called or not, comes before everything: what is said or drafted is dropped, the dialogue
   begins the crisis protocol, and a time limit is put off. Who is alone with the AI is then answered uncalled. Danger
   in a note does the same; the AI speaks of it to nobody but who is alone with it.
8. Where it is discreet, what is said is forgotten at once: neither kept, shown nor answered. Danger is no exception
   from rule 7, and a clear wish to stop is asked back, by the rules and without a model.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from vivavoce.base.ids import SeatId, TurnId
from vivavoce.domain.safety.kinds import Level
from vivavoce.domain.safety.net import to_weigh
from vivavoce.domain.sessions import dialogue as talk
from vivavoce.domain.sessions.crisis import FRESH_S, Danger
from vivavoce.domain.sessions.dialogue import Dialogue, DialogueEvent, Say
from vivavoce.domain.sessions.events import CrisisNoticed, Noticed, ReplyKind, WrapUpChanged
from vivavoce.domain.sessions.intents import Intent, read_intent
from vivavoce.domain.sessions.session import Address, EndReason, IdleStages, Role, WrapUp
from vivavoce.engine.turns import agenda as plan
from vivavoce.engine.turns import floor as ground
from vivavoce.engine.turns.address import CALLED_FOR_MS, USUAL_PHRASE, is_addressed, only_calls
from vivavoce.engine.turns.agenda import Agenda, Wish
from vivavoce.engine.turns.endpointing import Endpointing
from vivavoce.engine.turns.events import (
    AddressSet,
    Advised,
    Attended,
    CurtailReply,
    DangerSeen,
    Draft,
    DropDraft,
    EndAsked,
    EndRoom,
    FloorEvent,
    FocusOver,
    ForgetTurn,
    IntentRead,
    Led,
    Note,
    ReadIntent,
    ReplyBegan,
    ReplyOver,
    RoomCommand,
    RoomEvent,
    Seated,
    Silenced,
    SpeechStarted,
    StartReply,
    StopReply,
    TakeTurn,
    Tick,
    TurnOver,
    Typed,
    Warned,
    Weigh,
)
from vivavoce.engine.turns.floor import Floor
from vivavoce.engine.turns.silence import Limit, Silence, broken, counted, fell_silent, limit, put_off, run_down
from vivavoce.engine.turns.watch import Watch, after, danger_of, judged, seated

GRACE_MS: Final = 8_000  # rule 2: so long a goodbye waits for people to end what they are saying
LIMIT_GOODBYE_MS: Final = 20_000  # rule 5, at the time limit
LONGEST_GOODBYE_MS: Final = 90_000  # rule 5, else
RETURN_MS: Final = 5_000  # rule 4: after this it goes on although nobody has come back
COULD_NOT_HEAR: Final = "I could not hear that just now, please say it again or type."


@dataclass(frozen=True, slots=True)
class Rules:
    """What does not change while the room lives."""

    endpointing: Endpointing = field(default_factory=Endpointing)
    greeting: str | None = None
    wake_names: tuple[str, ...] = ()
    wrap_up: bool = True
    interruptible: bool = True
    idle: IdleStages | None = None
    time_limit_s: int | None = None
    time_left_s: tuple[int, ...] = ()
    wake_phrase: str = USUAL_PHRASE
    opens_silence: bool = False  # rule 3: it says an opening where nobody may address it
    discreet: bool = False  # rule 8


@dataclass(frozen=True, slots=True)
class Resumption:
    """What is left to do from before a restart."""

    says: tuple[Say, ...] = ()
    unread: tuple[tuple[TurnId, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Conduct:
    """The room as its rules see it.

    kind: of the reply on the floor. replies: how many were begun. reading: turns whose intent is being read, in order.
    draft: the turn that is answered in advance. called: who only called, and when. cut_ms: when a goodbye is cut.
    led: the seat of the human coach who leads.
    """

    rules: Rules
    address: Address = Address.EVERYONE
    floor: Floor = field(default_factory=Floor)
    dialogue: Dialogue = field(default_factory=Dialogue)
    silence: Silence = field(default_factory=Silence)
    limit: Limit = field(default_factory=Limit)
    agenda: Agenda = ()
    kind: ReplyKind | None = None
    replies: int = 0
    curtailed: bool = False
    reading: tuple[tuple[TurnId, str], ...] = ()
    draft: TurnId | None = None
    roles: Mapping[SeatId, Role] = field(default_factory=dict[SeatId, Role])
    called: Mapping[SeatId, int] = field(default_factory=dict[SeatId, int])
    led: SeatId | None = None
    watch: Watch = field(default_factory=Watch)
    attended: bool = False
    resumption: Resumption | None = None
    resume_by_ms: int = 0
    cut_ms: int | None = None
    over: bool = False


def opening(
    rules: Rules,
    address: Address,
    dialogue: Dialogue,
    *,
    at_ms: int,
    told_left: frozenset[int] = frozenset(),
    resumption: Resumption | None = None,
    led: SeatId | None = None,
    watch: Watch | None = None,
    danger_ms: int | None = None,
) -> Conduct:
    """A room's conduct when it starts at `at_ms`, for the first time or again. danger_ms: when danger was noticed."""
    left = limit(rules.time_limit_s, rules.time_left_s, told_left)
    if danger_ms is not None:
        left = put_off(left, rules.time_limit_s, rules.time_left_s, danger_ms + FRESH_S * 1000)
    return Conduct(
        rules,
        address,
        dialogue=dialogue,
        silence=Silence(rules.idle),
        limit=left,
        led=led,
        watch=watch or Watch(),
        resumption=resumption,
        resume_by_ms=at_ms + RETURN_MS,
    )


def step(conduct: Conduct, event: RoomEvent) -> tuple[Conduct, list[RoomCommand]]:
    """The conduct after `event`, and what the driver must now do, in this order."""
    out: list[RoomCommand] = []
    if conduct.over:
        return conduct, out
    conduct = _react(conduct, event, out)
    if not conduct.over:
        conduct = _say_next(conduct, event.at_ms, out)
        quiet = _is_quiet(conduct)
        if quiet != (conduct.silence.since_ms is not None):
            conduct = replace(conduct, silence=counted(conduct.silence, quiet=quiet, at_ms=event.at_ms))
    return conduct, out


def due_ms(conduct: Conduct) -> int | None:
    """When the next tick can change something."""
    if conduct.over:
        return None
    goodbye = next((wish for wish in conduct.agenda if wish.say.kind is ReplyKind.GOODBYE), None)
    known = (
        ground.due_ms(conduct.floor),
        conduct.silence.due_ms,
        conduct.limit.due_ms,
        conduct.cut_ms,
        conduct.resume_by_ms if conduct.resumption is not None else None,
        goodbye.since_ms + GRACE_MS if goodbye is not None else None,
    )
    return min((due for due in known if due is not None), default=None)


# --- what happens -----------------------------------------------------------------------------------


def _react(c: Conduct, event: RoomEvent, out: list[RoomCommand]) -> Conduct:
    match event:
        case Tick(at_ms):
            return _tick(c, at_ms, out)
        case SpeechStarted(seat, at_ms):
            c = replace(_drop_draft(c, out), agenda=plan.without_nudges(c.agenda), called=_still(c.called, at_ms, seat))
            return _on_floor(c, event, at_ms, out)
        case Typed():
            return _typed(c, event, out)
        case IntentRead(turn, at_ms, intent) if c.reading and c.reading[0][0] == turn:
            heard = talk.Heard(turn, intent, text=c.reading[0][1])
            c = _discuss(replace(c, reading=c.reading[1:]), heard, at_ms, out)
            return _read_next(c, out)
        case IntentRead():
            return c  # of a turn that was given up meanwhile
        case DangerSeen(seat, turn, at_ms, kind):
            return c if c.dialogue.crisis is not None else _protect(c, turn, danger_of(c.watch, kind, seat), at_ms, out)
        case Warned(at_ms, fact):
            return _warned(c, fact, at_ms, out)
        case Seated(seat, _, role, country):
            return replace(c, roles={**c.roles, seat: role}, watch=seated(c.watch, seat, country))
        case Attended(at_ms, yes):
            return _attended(replace(c, attended=yes), yes, at_ms, out)
        case AddressSet(address=address) if address is c.address:
            return c
        case AddressSet(at_ms, address):
            return _readdressed(replace(c, address=address), at_ms, out)
        case Led(at_ms, seat):
            return _led(c, seat, at_ms, out)
        case Advised():
            return _drop_draft(c, out)  # it did not know
        case FocusOver(at_ms, text):
            return _chime(c, text, at_ms)
        case EndAsked(at_ms, reason, goodbye):
            if goodbye:
                return _discuss(c, talk.Closing(reason), at_ms, out)
            return _end(c, reason, out)
        case ReplyOver(no, at_ms) if c.floor.reply is not None and c.floor.reply.no == no:
            return _said(_on_floor(c, event, at_ms, out), at_ms, out)
        case _:
            return _on_floor(c, event, event.at_ms, out)


def _on_floor(c: Conduct, event: FloorEvent, at_ms: int, out: list[RoomCommand]) -> Conduct:
    floor, commands = ground.step(c.floor, event, c.rules.endpointing)
    c = replace(c, floor=floor)
    for command in commands:
        match command:
            case TurnOver():
                c = _turn_over(c, command, at_ms, out)
            case Draft(seat, turn, text):
                if _answers_at_once(c) and _addressed(c, seat, text, at_ms):
                    c = replace(c, draft=turn)
                    out.append(command)
            case StopReply():
                out.append(command)
                c = _said(c, at_ms, out)
            case _:
                out.append(command)
    return c


def _turn_over(c: Conduct, turn: TurnOver, at_ms: int, out: list[RoomCommand]) -> Conduct:
    if not turn.text.strip():
        out.append(ForgetTurn(turn.seat, turn.turn))
        return _could_not_hear(c, at_ms, out) if turn.lost else c
    if hushed(c):
        return _overheard(c, turn, at_ms, out)
    addressed = not turn.backchannel and _is_answered(c, turn.seat, turn.text, at_ms)
    draft = c.draft
    if addressed and c.rules.wrap_up and c.floor.free and _answers_at_once(c):
        draft = turn.turn
        out.append(Draft(turn.seat, turn.turn, turn.text))  # first of all: the model is what takes longest
    elif not addressed and c.draft == turn.turn:
        draft = None
        out.append(DropDraft(turn.turn))
    out.append(TakeTurn(turn.seat, turn.turn, addressed))
    return _said_by(c, turn, at_ms, out, draft=draft, addressed=addressed)


def _overheard(c: Conduct, turn: TurnOver, at_ms: int, out: list[RoomCommand]) -> Conduct:
    """Rule 8. After "Shall we close here?" anything but a yes lets the silence go on."""
    if judged(c.watch, turn.seat, turn.text).level is not Level.NONE:
        out.append(TakeTurn(turn.seat, turn.turn, _is_answered(c, turn.seat, turn.text, at_ms)))
        return _said_by(c, turn, at_ms, out, draft=None, addressed=False)
    c = replace(c, watch=after(c.watch, turn.seat, turn.text))
    intent = Intent.NONE if turn.backchannel else _wish(c, turn.text)
    wished = intent in (Intent.STOP, Intent.YES) and c.led is None and c.dialogue.closing is None
    out.append(TakeTurn(turn.seat, turn.turn, addressed=True) if wished else ForgetTurn(turn.seat, turn.turn))
    answers = c.dialogue.wrap_up is WrapUp.ASKED and not turn.backchannel
    return _discuss(c, talk.Heard(turn.turn, intent), at_ms, out) if wished or answers else c


def _wish(c: Conduct, text: str) -> Intent:
    """What the rules read where no intent is read otherwise: something only in a silence."""
    return read_intent(text, asked=c.dialogue.wrap_up is WrapUp.ASKED) if c.rules.discreet else Intent.NONE


def _typed(c: Conduct, event: Typed, out: list[RoomCommand]) -> Conduct:
    """Typed words act as a barge-in and as a turn."""
    at_ms = event.at_ms
    addressed = _is_answered(c, event.seat, event.text, at_ms)
    if addressed:
        c = _on_floor(_drop_draft(c, out), Silenced(at_ms, "barge_in"), at_ms, out)
    out.append(TakeTurn(event.seat, event.turn, addressed))
    return _said_by(c, event, at_ms, out, draft=c.draft, addressed=addressed)


def _said_by(
    c: Conduct, said: TurnOver | Typed, at_ms: int, out: list[RoomCommand], *, draft: TurnId | None, addressed: bool
) -> Conduct:
    """A person said something: silence is broken. An addressed turn goes on to have its intent read, where people can
    wrap up, and to the dialogue."""
    found = judged(c.watch, said.seat, said.text)
    c = replace(c, draft=draft, silence=broken(c.silence), watch=after(c.watch, said.seat, said.text))
    if found.level is Level.DANGER:
        return _protect(c, said.turn, danger_of(c.watch, found.kind, said.seat), at_ms, out)
    doubt = to_weigh(found, said.text) if c.watch.on and c.dialogue.crisis is None else None
    if doubt is not None:
        out.append(Weigh(said.seat, said.turn, said.text, doubt))
    read = addressed and c.rules.wrap_up and c.dialogue.closing is None
    c = replace(
        c,
        agenda=plan.without_nudges(c.agenda),
        called=_called(c, said.seat, said.text, at_ms, addressed=addressed),
        reading=(*c.reading, (said.turn, said.text)) if read else c.reading,
    )
    if read:
        return _read_next(c, out) if len(c.reading) == 1 else c
    heard = talk.Heard(said.turn, _wish(c, said.text), text=said.text)
    return _discuss(c, heard, at_ms, out) if addressed else c


def _protect(c: Conduct, turn: TurnId, danger: Danger, at_ms: int, out: list[RoomCommand]) -> Conduct:
    """Rule 7."""
    return _discuss(_interrupted(c, at_ms, out), talk.Heard(turn, danger=danger), at_ms, out)


def _warned(c: Conduct, fact: CrisisNoticed, at_ms: int, out: list[RoomCommand]) -> Conduct:
    """Rule 7, for a note."""
    c = _interrupted(c, at_ms, out)
    if len(c.roles) <= 1:
        return _discuss(c, talk.Warned(fact), at_ms, out)
    dialogue, _ = talk.step(c.dialogue, talk.Warned(fact))
    return replace(c, dialogue=dialogue)


def _interrupted(c: Conduct, at_ms: int, out: list[RoomCommand]) -> Conduct:
    c = _clear_the_floor(_drop_draft(c, out), out, "safety")
    left = put_off(c.limit, c.rules.time_limit_s, c.rules.time_left_s, at_ms + FRESH_S * 1000)
    return replace(c, reading=(), agenda=(), cut_ms=None, limit=left, resumption=None)


def _read_next(c: Conduct, out: list[RoomCommand]) -> Conduct:
    if c.reading:
        turn, text = c.reading[0]
        out.append(ReadIntent(turn, text, c.dialogue.wrap_up is WrapUp.ASKED))
    return c


def _attended(c: Conduct, yes: bool, at_ms: int, out: list[RoomCommand]) -> Conduct:
    if not yes:
        return c
    if c.resumption is not None:
        return _go_on(c, at_ms, out)
    if c.led is not None or not _may_greet(c) or _only_coaches(c):
        return c
    return _discuss(c, talk.Opened(), at_ms, out)


def _go_on(c: Conduct, at_ms: int, out: list[RoomCommand]) -> Conduct:
    """Rule 4. What was said since the restart goes before what was left of earlier: its answer knows all."""
    left = c.resumption or Resumption()
    moved_on = bool(c.replies or c.reading)
    c = replace(c, resumption=None)
    for say in left.says:
        if say.kind is not ReplyKind.PICK_UP or not moved_on:
            c = _want(c, say, at_ms)
    if not left.unread or moved_on:
        return c
    turn, text = left.unread[-1]
    found = judged(Watch(c.watch.on), SeatId(""), text)
    if found.level is Level.DANGER and c.dialogue.crisis is None:
        return _protect(c, turn, danger_of(c.watch, found.kind, None), at_ms, out)
    if not c.rules.wrap_up:
        return _discuss(c, talk.Heard(turn, _wish(c, text), text=text), at_ms, out)
    return _read_next(replace(c, reading=left.unread), out)


def _readdressed(c: Conduct, at_ms: int, out: list[RoomCommand]) -> Conduct:
    if c.address is not Address.NOBODY:
        return c
    c = replace(_drop_draft(c, out), reading=(), agenda=plan.only_what_must(c.agenda))
    return _on_floor(c, Silenced(at_ms, "host"), at_ms, out)


def _led(c: Conduct, seat: SeatId | None, at_ms: int, out: list[RoomCommand]) -> Conduct:
    """Rule 6."""
    if seat == c.led:
        return c
    if seat is None:
        c = replace(c, led=None, dialogue=replace(c.dialogue, opened=True))
        if c.dialogue.crisis is not None:
            return _want(c, talk.check_in(c.dialogue.crisis), at_ms)
        return c if c.address is Address.NOBODY else _want(c, Say(ReplyKind.PICK_UP), at_ms)
    said = c.kind
    c = _clear_the_floor(_drop_draft(c, out), out, "led")
    c = replace(c, led=seat, reading=(), called={}, agenda=plan.only_goodbye(c.agenda), resumption=None)
    if c.dialogue.closing in (None, EndReason.WRAPPED_UP, EndReason.IDLE):
        if c.dialogue.wrap_up is not WrapUp.NONE:
            out.append(Note(WrapUpChanged(WrapUp.NONE)))
        return replace(c, dialogue=Dialogue(opened=True, crisis=c.dialogue.crisis), agenda=(), cut_ms=None)
    return _discuss(c, talk.Said(said), at_ms, out) if said is ReplyKind.GOODBYE else c


def _chime(c: Conduct, text: str, at_ms: int) -> Conduct:
    """The focus is over: it sounds in any case, and is said where the AI may speak."""
    if c.led is not None or c.dialogue.closing is not None:
        return c
    say = Say(ReplyKind.NOTICE, text="" if c.address is Address.NOBODY else text)
    return replace(c, agenda=plan.add(c.agenda, Wish(say, at_ms, chime=True)))


def _tick(c: Conduct, at_ms: int, out: list[RoomCommand]) -> Conduct:
    if c.cut_ms is not None and at_ms >= c.cut_ms:
        return _end(c, c.dialogue.closing or EndReason.PLATFORM_FAULT, out)
    if c.resumption is not None and at_ms >= c.resume_by_ms:
        c = _go_on(c, at_ms, out)
    c = _on_floor(c, Tick(at_ms), at_ms, out)
    left, event = run_down(c.limit, at_ms)
    c = replace(c, limit=left)
    c = c if event is None else _discuss(c, event, at_ms, out)
    silence, fell = fell_silent(c.silence, at_ms)
    c = replace(c, silence=silence)
    return c if fell is None else _discuss(c, fell, at_ms, out)


# --- what is said -----------------------------------------------------------------------------------


def _discuss(c: Conduct, event: DialogueEvent, at_ms: int, out: list[RoomCommand]) -> Conduct:
    dialogue, commands = talk.step(c.dialogue, event)
    c = replace(c, dialogue=dialogue)
    for command in commands:
        match command:
            case talk.Record(fact):
                out.append(Note(fact))
            case Say():
                c = _want(c, command, at_ms)
            case talk.End(reason):
                c = _end(c, reason, out)
    return c


def _want(c: Conduct, say: Say, at_ms: int) -> Conduct:
    """Put it on the agenda, if the policy lets the AI say such a thing."""
    uncalled = say.kind in (ReplyKind.GREETING, ReplyKind.NUDGE, ReplyKind.IDLE_ASK)
    greets = say.kind is ReplyKind.GREETING and _may_greet(c)
    if uncalled and not greets and c.address in (Address.WHEN_CALLED, Address.NOBODY):
        return c
    if c.led is not None and say.kind is not ReplyKind.GOODBYE:
        return c
    if hushed(c) and say.kind is ReplyKind.ANSWER:
        return c
    if say.kind is ReplyKind.GREETING and say.text is None:
        say = replace(say, text=c.rules.greeting)
    time_told = say.kind is ReplyKind.NOTICE and say.text != COULD_NOT_HEAR
    kept_up = say.kind is ReplyKind.GOODBYE or (hushed(c) and say.kind is ReplyKind.GREETING)
    protected = time_told or kept_up or not c.rules.interruptible
    return replace(c, agenda=plan.add(c.agenda, Wish(say, at_ms, protected)))


def _could_not_hear(c: Conduct, at_ms: int, out: list[RoomCommand]) -> Conduct:
    if c.dialogue.closing is not None or c.address is Address.NOBODY:
        return c
    out.append(Note(Noticed("provider_lost", text=COULD_NOT_HEAR)))
    return _want(c, Say(ReplyKind.NOTICE, text=COULD_NOT_HEAR), at_ms)


def _say_next(c: Conduct, at_ms: int, out: list[RoomCommand]) -> Conduct:
    if not c.agenda:
        return c
    wish = c.agenda[0]
    if wish.say.kind is ReplyKind.GOODBYE:
        c = _drop_draft(c, out)
        if not c.floor.free and at_ms < wish.since_ms + GRACE_MS:
            return _curtail(c, out)
        c = _clear_the_floor(c, out)
        if c.led is not None:
            return _end(c, c.dialogue.closing or EndReason.PLATFORM_FAULT, out)
    elif not c.floor.free or c.reading:
        return c
    return _start(replace(c, agenda=c.agenda[1:]), wish, at_ms, out)


def _start(c: Conduct, wish: Wish, at_ms: int, out: list[RoomCommand]) -> Conduct:
    say, no = wish.say, c.replies + 1
    if c.draft is not None and (say.kind is not ReplyKind.ANSWER or c.draft != say.answers):
        c = _drop_draft(c, out)
    out.append(StartReply(no, say.kind, say.answers, say.text, wish.chime))
    floor, _ = ground.step(c.floor, ReplyBegan(no, at_ms, wish.protected), c.rules.endpointing)
    cut_ms = c.cut_ms
    if say.kind is ReplyKind.GOODBYE:
        longest_ms = LIMIT_GOODBYE_MS if c.dialogue.closing is EndReason.TIME_LIMIT else LONGEST_GOODBYE_MS
        cut_ms = at_ms + longest_ms
    return replace(c, floor=floor, kind=say.kind, replies=no, curtailed=False, draft=None, cut_ms=cut_ms)


def _said(c: Conduct, at_ms: int, out: list[RoomCommand]) -> Conduct:
    kind = c.kind
    c = replace(c, kind=None, called=_still(c.called, at_ms))
    return c if kind is None else _discuss(c, talk.Said(kind), at_ms, out)


def _curtail(c: Conduct, out: list[RoomCommand]) -> Conduct:
    if c.floor.reply is None or c.curtailed:
        return c
    out.append(CurtailReply(c.floor.reply.no))
    return replace(c, curtailed=True)


def _clear_the_floor(c: Conduct, out: list[RoomCommand], cause: str = "ended") -> Conduct:
    """The AI must speak now: whatever it says is stopped. People who speak are talked over, and still recorded."""
    if c.floor.reply is None:
        return c
    out.append(StopReply(c.floor.reply.no, cause))
    return replace(c, floor=replace(c.floor, reply=None), kind=None)


def _end(c: Conduct, reason: EndReason, out: list[RoomCommand]) -> Conduct:
    c = _clear_the_floor(_drop_draft(c, out), out)
    out.append(EndRoom(reason))
    return replace(c, over=True, agenda=(), reading=())


# --- questions --------------------------------------------------------------------------------------


def hushed(c: Conduct) -> bool:
    """Rule 8: what people say now is nobody's business."""
    return c.rules.discreet and c.dialogue.crisis is None


def _addressed(c: Conduct, seat: SeatId, text: str, at_ms: int) -> bool:
    if c.led is not None:
        return False
    called_ms = c.called.get(seat)
    called = called_ms is not None and at_ms - called_ms <= CALLED_FOR_MS
    names, phrase = c.rules.wake_names, c.rules.wake_phrase
    return is_addressed(c.address, c.roles.get(seat), text, names, called=called, phrase=phrase)


def _is_answered(c: Conduct, seat: SeatId, text: str, at_ms: int) -> bool:
    """As `_addressed`; and rule 7."""
    if _addressed(c, seat, text, at_ms):
        return True
    cared_for = c.dialogue.crisis is not None and len(c.roles) <= 1
    return c.led is None and (cared_for or judged(c.watch, seat, text).level is Level.DANGER)


def _may_greet(c: Conduct) -> bool:
    """Rule 3."""
    if c.address is Address.NOBODY:
        return c.rules.opens_silence
    return c.address is not Address.WHEN_CALLED


def _called(c: Conduct, seat: SeatId, text: str, at_ms: int, *, addressed: bool) -> Mapping[SeatId, int]:
    """Who only called, after these words."""
    calls = c.address is Address.WHEN_CALLED or c.roles.get(seat) is Role.COACH
    if not calls or not addressed:
        return c.called
    others = {known: since for known, since in c.called.items() if known != seat}
    return {**others, seat: at_ms} if only_calls(text, c.rules.wake_names, c.rules.wake_phrase) else others


def _still(called: Mapping[SeatId, int], at_ms: int, who: SeatId | None = None) -> Mapping[SeatId, int]:
    """Those who called a moment ago have their time anew: `who` begins to speak, or (None) the AI is done speaking."""
    if not called:
        return called
    return {
        seat: at_ms if who in (None, seat) and at_ms - since_ms <= CALLED_FOR_MS else since_ms
        for seat, since_ms in called.items()
    }


def _answers_at_once(c: Conduct) -> bool:
    """Whether an answer may be begun before the dialogue has asked for one: nothing else is due, and a plain answer
    is what will most likely be wanted."""
    usual = c.dialogue.closing is None and c.dialogue.wrap_up is not WrapUp.ASKED and c.dialogue.crisis is None
    return usual and c.draft is None and not c.agenda and not c.reading


def _drop_draft(c: Conduct, out: list[RoomCommand]) -> Conduct:
    if c.draft is None:
        return c
    out.append(DropDraft(c.draft))
    return replace(c, draft=None)


def _is_quiet(c: Conduct) -> bool:
    """Nobody speaks or thinks, and somebody is there who could."""
    waiting = c.agenda or c.reading or c.draft is not None or c.resumption is not None
    nudges = c.address not in (Address.WHEN_CALLED, Address.NOBODY) and c.dialogue.closing is None and c.led is None
    return c.floor.free and not waiting and nudges and c.attended and not _only_coaches(c)


def _only_coaches(c: Conduct) -> bool:
    """Nobody has come yet but human coaches: who is to be greeted and nudged is not there."""
    return bool(c.roles) and all(role is Role.COACH for role in c.roles.values())
