"""What the golden conversations cannot show: intents that take time, in any order of events."""

from vivavoce.base.ids import SeatId, TurnId
from vivavoce.domain.sessions.dialogue import Dialogue
from vivavoce.domain.sessions.intents import Intent
from vivavoce.domain.sessions.session import Address
from vivavoce.engine.turns.conduct import Conduct, Rules, due_ms, opening, step
from vivavoce.engine.turns.events import (
    AddressSet,
    Attended,
    DropDraft,
    IntentRead,
    ReadIntent,
    RoomCommand,
    RoomEvent,
    SpeechStarted,
    SpeechStopped,
    StartReply,
    Typed,
    Words,
)

ANA, T1, T2 = SeatId("ana"), TurnId("t1"), TurnId("t2")


def room(dialogue: Dialogue = Dialogue(opened=True)) -> Conduct:  # noqa: B008 - immutable
    return opening(Rules(), Address.EVERYONE, dialogue, at_ms=0)


def after(conduct: Conduct, *events: RoomEvent) -> tuple[Conduct, list[RoomCommand]]:
    commands: list[RoomCommand] = []
    for event in events:
        conduct, commands = step(conduct, event)
    return conduct, commands


def test_nothing_is_said_before_the_intent_is_read() -> None:
    conduct, commands = after(room(), Typed(ANA, 0, T1, "Let's stop."))
    assert not [command for command in commands if isinstance(command, StartReply)]
    _, commands = after(conduct, IntentRead(T1, 300, Intent.STOP))
    assert [command.text for command in commands if isinstance(command, StartReply)] == ["Shall we close here?"]


def test_intents_are_read_one_after_the_other() -> None:
    conduct, commands = after(room(), Typed(ANA, 0, T1, "Let's stop."), Typed(ANA, 100, T2, "Yes."))
    assert not [command for command in commands if isinstance(command, ReadIntent)]
    conduct, commands = after(conduct, IntentRead(T1, 300, Intent.STOP))
    assert [(command.turn, command.asked) for command in commands if isinstance(command, ReadIntent)] == [(T2, True)]
    assert not [command for command in commands if isinstance(command, StartReply)]


def test_an_intent_of_a_turn_that_was_given_up_means_nothing() -> None:
    conduct, _ = after(room(), Typed(ANA, 0, T1, "Let's stop."), AddressSet(100, Address.NOBODY))
    assert after(conduct, IntentRead(T1, 300, Intent.STOP)) == (conduct, [])


def test_a_draft_is_dropped_when_she_goes_on_while_the_intent_is_read() -> None:
    conduct, _ = after(
        room(),
        SpeechStarted(ANA, 0, T1),
        SpeechStopped(ANA, 1000, 800),
        Words(ANA, 3000, "I had a good week.", final=True),
    )
    assert conduct.draft == T1
    conduct, commands = after(conduct, SpeechStarted(ANA, 3100, T2))
    assert commands == [DropDraft(T1)]
    _, commands = after(conduct, IntentRead(T1, 3200, Intent.NONE))
    assert commands == []


def test_a_room_at_rest_wants_no_wake_up() -> None:
    conduct, _ = after(room(), Attended(0, True))
    assert due_ms(conduct) is None
