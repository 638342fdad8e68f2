"""What happens in a room, and what its driver must do about it: the alphabet of the pure machines.

All times are on the session's clock, in ms since it became active. `at_ms` is when the event happens.
A reply is named here by its number in the room, `no`, counted from 1; a turn by its id.
"""

from dataclasses import dataclass

from vivavoce.base.ids import SeatId, TurnId
from vivavoce.domain.safety.kinds import Kind
from vivavoce.domain.sessions.events import CrisisNoticed, Fact, ReplyKind
from vivavoce.domain.sessions.intents import Intent
from vivavoce.domain.sessions.session import Address, EndReason, Role

# --- what happens ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """First solid evidence of speech, or the push-to-talk key went down. turn: the one it belongs to or begins."""

    seat: SeatId
    at_ms: int
    turn: TurnId


@dataclass(frozen=True, slots=True)
class SpeechStopped:
    """Speech since the last start is over; its words will follow. until_ms: its last sample.

    done: nothing more will come (key released, microphone muted, gone): the turn ends with these words.
    """

    seat: SeatId
    at_ms: int
    until_ms: int
    done: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """All words of the turn so far. final: those of the last stretch of speech are complete.

    likely: 0..1, a model's opinion that the speaker is done. lost: some of it could not be recognised.
    """

    seat: SeatId
    at_ms: int
    text: str
    final: bool = False
    likely: float | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """A whole turn at once: typed, or an audio message."""

    seat: SeatId
    at_ms: int
    turn: TurnId
    text: str


@dataclass(frozen=True, slots=True)
class IntentRead:
    turn: TurnId
    at_ms: int
    intent: Intent


@dataclass(frozen=True, slots=True)
class DangerSeen:
    """A second opinion on a turn that was a concern says that it is danger."""

    seat: SeatId
    turn: TurnId
    at_ms: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Warned:
    """Danger was noticed in a note: that is recorded, and help is shown."""

    at_ms: int
    fact: CrisisNoticed


@dataclass(frozen=True, slots=True)
class ReplyBegan:
    """protected: it is said to its end, whoever speaks."""

    no: int
    at_ms: int
    protected: bool


@dataclass(frozen=True, slots=True)
class SentenceBegan:
    """The first sample of a sentence is out. asking: it ends with a question mark."""

    no: int
    at_ms: int
    asking: bool = False


@dataclass(frozen=True, slots=True)
class ReplyOver:
    """The reply came to its end by itself, said or failed."""

    no: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class Silenced:
    """Stop the AI now, unless what it says is protected. cause: as in `ReplyEnded`."""

    at_ms: int
    cause: str


@dataclass(frozen=True, slots=True)
class Seated:
    """country: where the person is, if that is known."""

    seat: SeatId
    at_ms: int
    role: Role
    country: str = ""


@dataclass(frozen=True, slots=True)
class Attended:
    """Devices are connected now (`yes`), or none is any more."""

    at_ms: int
    yes: bool


@dataclass(frozen=True, slots=True)
class AddressSet:
    at_ms: int
    address: Address


@dataclass(frozen=True, slots=True)
class Led:
    """A human coach took over (`seat`), and the AI is silent; None: it was handed back to the AI."""

    at_ms: int
    seat: SeatId | None


@dataclass(frozen=True, slots=True)
class Advised:
    """The AI was told something that its next reply must know."""

    at_ms: int


@dataclass(frozen=True, slots=True)
class FocusOver:
    """The shared timer ran down: a chime, and `text` where the AI may speak."""

    at_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class EndAsked:
    at_ms: int
    reason: EndReason
    goodbye: bool


@dataclass(frozen=True, slots=True)
class Tick:
    at_ms: int


FloorEvent = SpeechStarted | SpeechStopped | Words | ReplyBegan | SentenceBegan | ReplyOver | Silenced | Tick
RoomEvent = (
    FloorEvent
    | Typed
    | IntentRead
    | DangerSeen
    | Warned
    | Seated
    | Attended
    | AddressSet
    | Led
    | Advised
    | FocusOver
    | EndAsked
)

# --- what the driver must do --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HoldReply:
    no: int


@dataclass(frozen=True, slots=True)
class ResumeReply:
    """Nobody wanted the floor: go on from the start of the word at which the reply was held."""

    no: int


@dataclass(frozen=True, slots=True)
class StopReply:
    no: int
    cause: str


@dataclass(frozen=True, slots=True)
class CurtailReply:
    """End the reply after the sentence that is being said."""

    no: int


@dataclass(frozen=True, slots=True)
class TurnOver:
    """The seat's turn is complete. backchannel: it claimed no turn. Of the floor to its owner."""

    seat: SeatId
    turn: TurnId
    text: str
    backchannel: bool = False
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """Begin an answer as if the turn ended with these words; say nothing of it yet."""

    seat: SeatId
    turn: TurnId
    text: str


@dataclass(frozen=True, slots=True)
class DropDraft:
    turn: TurnId


@dataclass(frozen=True, slots=True)
class TakeTurn:
    """Record what the seat said as a turn."""

    seat: SeatId
    turn: TurnId
    addressed: bool


@dataclass(frozen=True, slots=True)
class ForgetTurn:
    """What the seat's microphone caught was no speech, could not be recognised, or is nobody's business."""

    seat: SeatId
    turn: TurnId


@dataclass(frozen=True, slots=True)
class ReadIntent:
    turn: TurnId
    text: str
    asked: bool


@dataclass(frozen=True, slots=True)
class Weigh:
    """Get a second opinion on this turn, if a language model can give one: is the person in danger?"""

    seat: SeatId
    turn: TurnId
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Note:
    fact: Fact


@dataclass(frozen=True, slots=True)
class StartReply:
    """Say this now; a draft for the same turn is what is said. text: as it is; None: the model writes it.

    chime: a chime sounds before it.
    """

    no: int
    kind: ReplyKind
    answers: TurnId | None = None
    text: str | None = None
    chime: bool = False


@dataclass(frozen=True, slots=True)
class EndRoom:
    reason: EndReason


FloorCommand = HoldReply | ResumeReply | StopReply | TurnOver | Draft
RoomCommand = (
    HoldReply
    | ResumeReply
    | StopReply
    | CurtailReply
    | Draft
    | DropDraft
    | TakeTurn
    | ForgetTurn
    | ReadIntent
    | Weigh
    | Note
    | StartReply
    | EndRoom
)
