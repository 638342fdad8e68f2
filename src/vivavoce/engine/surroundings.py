"""What a conversation works with and upon: models, devices, people, log, and what was said so far."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from vivavoce.base.ids import SeatId, TurnId
from vivavoce.domain.sessions.guidance import Guidance
from vivavoce.domain.sessions.work import Work
from vivavoce.engine.ports import ClientTool, Connection, Line, Models, Samples
from vivavoce.engine.pulse import Pulse
from vivavoce.engine.scribe import Scribe
from vivavoce.engine.thinking import Aside, Setting

Signal = Callable[[dict[str, object]], None]
Tap = Callable[[SeatId | None, Samples, int, int], None]
_TURNS_REMEMBERED: Final = 16


class History:
    """What was heard, oldest first, and whose the recent turns were."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = list(lines)
        self._turns: dict[TurnId, tuple[str, int]] = {}

    def add_turn(self, turn: TurnId, name: str, text: str, end_ms: int) -> None:
        self.lines.append(Line(name, text))
        self._turns[turn] = (name, end_ms)
        if len(self._turns) > _TURNS_REMEMBERED:
            del self._turns[next(iter(self._turns))]

    def speaker(self, turn: TurnId | None) -> str | None:
        """Whose turn it was; None for one that is not known (any more)."""
        known = None if turn is None else self._turns.get(turn)
        return None if known is None else known[0]

    def ended_ms(self, turn: TurnId | None) -> int | None:
        known = None if turn is None else self._turns.get(turn)
        return None if known is None else known[1]


@dataclass(slots=True)
class Surroundings:
    """Owned by the room, which keeps it up to date. connections: whose, which, and whether it plays the voice."""

    setting: Setting
    models: Models
    pulse: Pulse
    scribe: Scribe
    signal: Signal
    clock_ms: Callable[[], int]
    voice: str
    history: History
    time_limit_s: int | None = None
    tap: Tap | None = None
    names: dict[SeatId, str] = field(default_factory=dict[SeatId, str])
    present: set[SeatId] = field(default_factory=set[SeatId])
    connections: list[tuple[SeatId, Connection, bool]] = field(default_factory=list[tuple[SeatId, Connection, bool]])
    tools: list[tuple[Connection, ClientTool]] = field(default_factory=list[tuple[Connection, ClientTool]])
    guidance: Guidance = field(default_factory=Guidance)
    work: Work = field(default_factory=Work)

    def now_ms(self) -> int:
        """On the session's clock."""
        return self.clock_ms()

    def name(self, seat: SeatId) -> str:
        return self.names.get(seat, "")

    def people(self) -> list[str]:
        """The names of who is there."""
        return [self.names[seat] for seat in self.names if seat in self.present]

    def left_s(self) -> int | None:
        """Seconds until the time limit, if there is one."""
        return None if self.time_limit_s is None else self.time_limit_s - self.now_ms() // 1000

    def aside(self) -> Aside:
        """What the AI knows of beside the conversation."""
        return Aside(self.work, self.guidance, self.now_ms())

    def voiced(self) -> bool:
        """Whether anybody can hear the AI's voice."""
        return any(audio for _, _, audio in self.connections)
