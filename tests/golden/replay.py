"""Replays a conversation file through the pure machines and writes it again, with what they decided.

A file is a few `#` lines on what it shows, lines `given NAME VALUE` with the room's rules, and timed lines:

    ms who what                                   | decision; decision

who is a person, or `-` for the room and the AI. what is one of
    joins [ROLE]            connects                disconnects
    speaks                  stops [done]            says "WORDS" [lost]     begins "WORDS"  (partial words)
    types "WORDS"           interrupts              address POLICY          end REASON [goodbye]
    leads                   hands back              whispers                focus over "TEXT"
    notes danger
    waits                   sounds "SENTENCE"       is done   (the AI's current reply plays a sentence; came to its end)
`tick` lines are not read but written: they are the moments when the machines asked to be woken and decided something.
Speech that `stops` ended 200 ms before. Intents are read at once, by the rules that serve where no model does.
"""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field

from vivavoce.base.ids import SeatId, TurnId
from vivavoce.domain.safety.kinds import Kind
from vivavoce.domain.sessions.crisis import Danger, noticed
from vivavoce.domain.sessions.dialogue import ASK_TO_CLOSE, Dialogue, Say
from vivavoce.domain.sessions.events import CrisisNoticed, Noticed, ReplyKind, WrapUpChanged
from vivavoce.domain.sessions.intents import Intent, answer_to_close, wants_to_stop
from vivavoce.domain.sessions.session import Address, EndReason, IdleStages, Role, WrapUp
from vivavoce.engine.turns import events as on
from vivavoce.engine.turns.conduct import Conduct, Resumption, Rules, due_ms, opening, step
from vivavoce.engine.turns.endpointing import Endpointing
from vivavoce.engine.turns.watch import Watch

STOP_MS = 200
WHAT_WIDTH = 46


@dataclass
class Given:
    """A file's `given` lines."""

    address: Address = Address.EVERYONE
    names: tuple[str, ...] = ()
    rules: dict[str, object] = field(default_factory=dict[str, object])
    dialogue: Dialogue = field(default_factory=Dialogue)
    resumption: Resumption | None = None
    told: frozenset[int] = frozenset()
    start_ms: int = 0
    watch: Watch = field(default_factory=Watch)
    led: SeatId | None = None

    def read(self, name: str, values: list[str]) -> None:
        match name, values:
            case "address", [policy]:
                self.address = Address(policy)
            case "names", names:
                self.rules["wake_names"] = tuple(names)
            case "greeting", [text]:
                self.rules["greeting"] = text
            case "uninterruptible", []:
                self.rules["interruptible"] = False
            case "no_wrap_up", []:
                self.rules["wrap_up"] = False
            case "fixed_ms", [ms]:
                self.rules["endpointing"] = Endpointing(fixed_ms=int(ms))
            case "patience", [patience]:
                self.rules["endpointing"] = Endpointing(patience=float(patience))
            case "unhurried", []:
                self.rules["endpointing"] = Endpointing(speculative=False)
            case "idle", [nudge, ask, end]:
                self.rules["idle"] = IdleStages(float(nudge), float(ask), float(end))
            case "limit_s", [seconds, *left]:
                self.rules["time_limit_s"] = int(seconds)
                self.rules["time_left_s"] = tuple(int(each) for each in left)
            case "opens_silence", []:
                self.rules["opens_silence"] = True
            case "discreet", []:
                self.rules["discreet"] = True
            case "told_left", told:
                self.told = frozenset(int(each) for each in told)
            case "opened", []:
                self.dialogue = Dialogue(opened=True)
            case "asked", []:
                self.dialogue = Dialogue(WrapUp.ASKED, opened=True)
            case "safety", [country]:
                self.watch = Watch(True, country=country)
            case "start_ms", [ms]:
                self.start_ms = int(ms)
            case "phrase", [text]:
                self.rules["wake_phrase"] = text
            case "led_by", [seat]:
                self.led = SeatId(seat)
            case "restarted", ["unanswered", text]:
                self.resumption = Resumption(unread=((TurnId("t0"), text),))
            case "restarted", [kind]:
                text = ASK_TO_CLOSE if kind == "wrap_up_ask" else None
                if kind == "goodbye":
                    self.dialogue = Dialogue(WrapUp.CONFIRMED, True, EndReason.WRAPPED_UP)
                self.resumption = Resumption((Say(ReplyKind(kind), text=text),))
            case _:
                raise ValueError(f"given {name} {values}?")

    def opening(self) -> Conduct:
        rules = Rules(**self.rules)  # pyright: ignore[reportArgumentType] - checked by `read`
        return opening(
            rules,
            self.address,
            self.dialogue,
            at_ms=self.start_ms,
            told_left=self.told,
            resumption=self.resumption,
            watch=self.watch,
            led=self.led,
        )


class Replay:
    def __init__(self, given: Given) -> None:
        self.conduct = given.opening()
        self._turns: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._counted = 0
        self._reply = 0
        self.now_ms = given.start_ms

    def happen(self, event: on.RoomEvent) -> list[str]:
        """Feed one event, answer intents at once, and say what was decided."""
        self.now_ms = event.at_ms
        decided: list[str] = []
        pending: list[on.RoomEvent] = [event]
        while pending:
            self.conduct, commands = step(self.conduct, pending.pop(0))
            for command in commands:
                if isinstance(command, on.ReadIntent):
                    pending.append(on.IntentRead(command.turn, event.at_ms, _intent(command)))
                else:
                    decided.append(self._tell(command))
        return decided

    def event(self, at_ms: int, who: str, what: list[str]) -> on.RoomEvent:
        seat = SeatId(who)
        match what:
            case ["joins", *role]:
                return on.Seated(seat, at_ms, Role(role[0]) if role else Role.MEMBER)
            case ["connects" | "disconnects" as verb]:
                return on.Attended(at_ms, verb == "connects")
            case ["speaks"]:
                return on.SpeechStarted(seat, at_ms, self._turn(who))
            case ["stops", *done]:
                return on.SpeechStopped(seat, at_ms, at_ms if done else at_ms - STOP_MS, bool(done))
            case ["says", text, *lost]:
                self._texts[self._turn(who)] = text
                return on.Words(seat, at_ms, text, final=True, lost=bool(lost))
            case ["begins", text]:
                return on.Words(seat, at_ms, text)
            case ["types", text]:
                self._turns.pop(who, None)
                turn = self._turn(who)
                self._texts[turn] = text
                return on.Typed(seat, at_ms, turn, text)
            case ["interrupts"]:
                return on.Silenced(at_ms, "barge_in")
            case ["address", policy]:
                return on.AddressSet(at_ms, Address(policy))
            case ["end", reason, *goodbye]:
                return on.EndAsked(at_ms, EndReason(reason), bool(goodbye))
            case ["leads"]:
                return on.Led(at_ms, seat)
            case ["hands", "back"]:
                return on.Led(at_ms, None)
            case ["whispers"]:
                return on.Advised(at_ms)
            case ["notes", "danger"]:
                danger = Danger(Kind.SUICIDE, self.conduct.watch.country)
                return on.Warned(at_ms, noticed(danger, None, again=self.conduct.dialogue.crisis is not None))
            case ["focus", "over", text]:
                return on.FocusOver(at_ms, text)
            case ["sounds", text]:
                return on.SentenceBegan(self._reply, at_ms, text.endswith("?"))
            case ["waits"]:
                return on.Tick(at_ms)
            case ["is", "done"]:
                return on.ReplyOver(self._reply, at_ms)
            case _:
                raise ValueError(f"{what}?")

    def _turn(self, who: str) -> TurnId:
        if who not in self._turns:
            self._counted += 1
            self._turns[who] = f"t{self._counted}"
        return TurnId(self._turns[who])

    def _tell(self, command: on.RoomCommand) -> str:
        match command:
            case on.HoldReply(no):
                return f"hold {no}"
            case on.ResumeReply(no):
                return f"resume {no}"
            case on.StopReply(no, cause):
                return f"stop {no} ({cause})"
            case on.CurtailReply(no):
                return f"end {no} after this sentence"
            case on.Draft(_, turn):
                return f"draft for {turn}"
            case on.DropDraft(turn):
                return f"drop draft for {turn}"
            case on.TakeTurn(seat, turn, addressed):
                self._turns.pop(seat, None)
                return f"turn {turn} of {seat}{'' if addressed else ', not for the AI'}"
            case on.ForgetTurn(seat, turn):
                self._turns.pop(seat, None)
                return f"nothing from {seat}"
            case on.Note(fact):
                return _note(fact)
            case on.StartReply(no, kind, answers, text, chime):
                self._reply = no
                sound = " with a chime" if chime else ""
                said = f' "{text}"' if text is not None else ""
                return f"say {no}: {kind}{f' to {answers}' if answers else ''}{said}{sound}"
            case on.Weigh(turn=turn, kind=kind):
                return f"ask for a second opinion on {turn}: {kind}"
            case on.EndRoom(reason):
                return f"end: {reason}"
            case on.ReadIntent():
                raise AssertionError("answered by happen")


def replay(script: str) -> str:
    """The script as it would be written after running it."""
    head, timed = _parse(script)
    given = Given()
    for line in head:
        if line.startswith("given "):
            _, name, *values = shlex.split(line)
            given.read(name, values)
    running = Replay(given)
    lines = [*head]
    for at_ms, who, what in timed:
        lines += _ticks(running, at_ms)
        decided = running.happen(running.event(at_ms, who, shlex.split(what)))
        lines.append(_line(at_ms, who, what, decided))
    return "\n".join(lines) + "\n"


def _ticks(running: Replay, until_ms: int) -> Iterator[str]:
    """The wake-ups before `until_ms` at which something was decided."""
    while (due := due_ms(running.conduct)) is not None and (at_ms := max(due, running.now_ms + 1)) < until_ms:
        decided = running.happen(on.Tick(at_ms))
        if decided:
            yield _line(at_ms, "-", "tick", decided)


def _parse(script: str) -> tuple[list[str], list[tuple[int, str, str]]]:
    head: list[str] = []
    timed: list[tuple[int, str, str]] = []
    for line in script.splitlines():
        if not line.strip() or line.startswith(("#", "given ")):
            head.append(line)
            continue
        at_ms, who, what = line.split("|")[0].split(maxsplit=2)
        if what.strip() != "tick":
            timed.append((int(at_ms), who, what.strip()))
    return head, timed


def _line(at_ms: int, who: str, what: str, decided: list[str]) -> str:
    return f"{at_ms:>7} {who:<4} {what:<{WHAT_WIDTH}} | {'; '.join(decided)}".rstrip(" |")


def _intent(command: on.ReadIntent) -> Intent:
    if command.asked:
        return answer_to_close(command.text)
    return Intent.STOP if wants_to_stop(command.text) else Intent.NONE


def _note(fact: object) -> str:
    match fact:
        case CrisisNoticed(state, kind, again=again, country=country):
            of = f": {kind}, help of {country or 'the world'}{', again' if again else ''}" if kind else ""
            return f"crisis {state}{of}"
        case Noticed(kind, value):
            return f"note {kind}{'' if value is None else f' {value}'}"
        case WrapUpChanged(state):
            return f"wrap-up {state}"
        case _:
            raise ValueError(f"{type(fact).__name__}?")
