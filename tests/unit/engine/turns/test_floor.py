"""Laws of the floor, for any order of events. Single situations are golden conversations."""

from hypothesis import given
from hypothesis import strategies as st

from vivavoce.base.ids import SeatId, TurnId
from vivavoce.engine.turns.endpointing import Endpointing
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
from vivavoce.engine.turns.floor import Floor, due_ms, step

RULES = Endpointing()
SEATS = st.sampled_from([SeatId("ana"), SeatId("ben"), SeatId("cleo")])
TEXTS = st.sampled_from(["", "mm-hm", "yes", "I think so.", "well because", "What is it?", "no"])
MOVES = st.lists(
    st.tuples(
        st.integers(0, 1500),  # ms since the move before
        st.sampled_from(["start", "stop", "words", "partial", "tick", "reply", "sentence", "over", "silence"]),
        SEATS,
        TEXTS,
        st.booleans(),
    ),
    max_size=60,
)


Move = tuple[int, str, SeatId, str, bool]
Played = tuple[FloorEvent, Floor, list[FloorCommand]]


class Driver:
    """Turns moves into events that can follow each other, as hearing and speaking would send them."""

    def __init__(self) -> None:
        self.floor = Floor()
        self.now_ms = 0
        self.speaking: set[SeatId] = set()
        self.waiting: dict[SeatId, int] = {}
        self.turns: dict[SeatId, TurnId] = {}
        self.begun = 0
        self.counted = 0

    def play(self, moves: list[Move]) -> list[Played]:
        played: list[Played] = []
        for wait_ms, move, seat, text, flag in moves:
            self.now_ms += wait_ms
            event = self._event(move, seat, text, flag)
            if event is None:
                continue
            before = self.floor
            self.floor, commands = step(self.floor, event, RULES)
            for command in commands:
                if isinstance(command, TurnOver):
                    del self.turns[command.seat]
            played.append((event, before, commands))
        return played

    def _event(self, move: str, seat: SeatId, text: str, flag: bool) -> FloorEvent | None:
        now_ms = self.now_ms
        match move:
            case "start" if seat not in self.speaking:
                self.speaking.add(seat)
                self.counted += seat not in self.turns
                self.turns.setdefault(seat, TurnId(f"t{self.counted}"))
                return SpeechStarted(seat, now_ms, self.turns[seat])
            case "stop" if seat in self.speaking:
                self.speaking.discard(seat)
                self.waiting[seat] = self.waiting.get(seat, 0) + 1
                return SpeechStopped(seat, now_ms, now_ms - 200, flag)
            case "words" if self.waiting.get(seat):
                self.waiting[seat] -= 1
                return Words(seat, now_ms, text, final=True, lost=flag)
            case "partial" if seat in self.speaking:
                return Words(seat, now_ms, text)
            case "tick":
                return Tick(now_ms)
            case "reply" if self.floor.free:
                self.begun += 1
                return ReplyBegan(self.begun, now_ms, protected=flag)
            case "sentence":
                return SentenceBegan(self.begun, now_ms, asking=flag)
            case "over" if self.floor.reply is not None and self.floor.reply.held_ms is None:
                return ReplyOver(self.begun, now_ms)
            case "silence":
                return Silenced(now_ms, "host")
            case _:
                return None


@given(MOVES)
def test_a_turn_ends_only_when_its_seat_is_silent_and_its_words_are_there(moves: list[Move]) -> None:
    driver = Driver()
    for wait_ms, move, seat, text, flag in moves:
        for _, _, commands in driver.play([(wait_ms, move, seat, text, flag)]):
            for command in commands:
                if isinstance(command, TurnOver):
                    assert command.seat not in driver.speaking
                    assert not driver.waiting.get(command.seat)


@given(MOVES)
def test_every_turn_ends_exactly_once_when_all_fall_silent(moves: list[Move]) -> None:
    driver = Driver()
    played = driver.play(moves)
    closing = [(0, "stop", seat, "", False) for seat in sorted(driver.speaking)]
    played += driver.play(closing)
    for seat, missing in list(driver.waiting.items()):
        played += driver.play([(0, "words", seat, "I think so.", False)] * missing)
    played += driver.play([(5000, "tick", SeatId("ana"), "", False)] * 2)
    begun = {event.turn for event, _, _ in played if isinstance(event, SpeechStarted)}
    over = [command.turn for _, _, commands in played for command in commands if isinstance(command, TurnOver)]
    assert sorted(over) == sorted(begun)
    assert not driver.floor.talkers


@given(MOVES)
def test_a_protected_reply_is_neither_held_nor_stopped(moves: list[Move]) -> None:
    for _, before, commands in Driver().play(moves):
        if before.reply is not None and before.reply.protected:
            assert not [command for command in commands if isinstance(command, HoldReply | ResumeReply | StopReply)]


@given(MOVES)
def test_a_reply_is_held_before_it_resumes_and_never_twice(moves: list[Move]) -> None:
    held = False
    for event, _, commands in Driver().play(moves):
        if isinstance(event, ReplyBegan):
            held = False
        for command in commands:
            match command:
                case HoldReply():
                    assert not held
                    held = True
                case ResumeReply():
                    assert held
                    held = False
                case StopReply():
                    held = False
                case _:
                    pass


@given(MOVES)
def test_nobody_is_talked_over(moves: list[Move]) -> None:
    """While somebody has begun to speak, an unprotected reply is held."""
    driver = Driver()
    for move in moves:
        for event, _, _ in driver.play([move]):
            reply = driver.floor.reply
            if isinstance(event, SpeechStarted) and reply is not None and not reply.protected:
                assert reply.held_ms is not None


@given(MOVES)
def test_nothing_is_drafted_while_another_seat_has_the_floor(moves: list[Move]) -> None:
    driver = Driver()
    for move in moves:
        for _, _, commands in driver.play([move]):
            if any(isinstance(command, Draft) for command in commands):
                assert len(driver.floor.talkers) == 1


@given(MOVES)
def test_a_tick_at_the_due_time_always_changes_something(moves: list[Move]) -> None:
    """Otherwise the driver's alarm would ring for ever."""
    driver = Driver()
    driver.play(moves)
    for _ in range(20):
        due = due_ms(driver.floor)
        if due is None:
            return
        driver.now_ms = max(due, driver.now_ms)
        driver.play([(0, "tick", SeatId("ana"), "", False)])
        assert due_ms(driver.floor) != due
    raise AssertionError("the floor never came to rest")
