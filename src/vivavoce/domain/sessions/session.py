"""A session: one planned, live and later reviewed meeting."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from vivavoce.base.ids import AccountId, CommunityId, ProjectId, SeatId, SessionId


class Phase(StrEnum):
    SCHEDULED = "scheduled"
    PREPARING = "preparing"
    READY = "ready"
    ACTIVE = "active"
    ANALYZING = "analyzing"
    COMPLETE = "complete"
    CANCELLED = "cancelled"


class EndReason(StrEnum):
    WRAPPED_UP = "wrapped_up"
    ENDED_BY_HOST = "ended_by_host"
    TIME_LIMIT = "time_limit"
    EVERYONE_LEFT = "everyone_left"
    IDLE = "idle"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    SAFETY = "safety"
    PLATFORM_FAULT = "platform_fault"


class WrapUp(StrEnum):
    """Where the agreed ending stands."""

    NONE = "none"
    ASKED = "asked"
    CONFIRMED = "confirmed"


class Address(StrEnum):
    """Who may address the AI: a policy of the format, changeable live by the host."""

    EVERYONE = "everyone"
    WHEN_CALLED = "when_called"
    HOSTS = "hosts"
    NOBODY = "nobody"


class Role(StrEnum):
    HOST = "host"
    MEMBER = "member"
    COACH = "coach"
    GUEST = "guest"  # came by a one-time link
    ASSISTANT = "assistant"  # the AI's own seat


@dataclass(frozen=True, slots=True)
class IdleStages:
    """Seconds without anybody speaking until the AI nudges, asks, and ends a live session."""

    nudge_s: float
    ask_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Seat:
    """One participant's place in a session."""

    id: SeatId
    name: str
    role: Role
    account: AccountId | None = None
    joined_at: datetime | None = None
    left_at: datetime | None = None
    record: bool = False  # consented to being recorded

    @property
    def present(self) -> bool:
        return self.joined_at is not None and self.left_at is None


@dataclass(frozen=True, slots=True)
class Session:
    """A session as stored. `entered` dates each phase; `version` counts changes.

    persona: as `per_...@3` where a version was pinned when the session was opened.
    """

    id: SessionId
    community: CommunityId
    owner: AccountId
    format: str
    persona: str
    phase: Phase
    created_at: datetime
    title: str = ""
    project: ProjectId | None = None
    scheduled_for: datetime | None = None
    max_participants: int = 8
    variables: Mapping[str, str] = field(default_factory=dict[str, str])
    time_limit_s: int | None = None
    entered: Mapping[Phase, datetime] = field(default_factory=dict[Phase, datetime])
    end_reason: EndReason | None = None
    wrap_up: WrapUp = WrapUp.NONE
    address: Address = Address.EVERYONE
    listed: bool = False  # everybody of the community may find and join it
    led_by: SeatId | None = None  # the human coach who took over: the AI is silent
    mic_on_at: datetime | None = None
    rescheduled: int = 0  # how often its planned time was moved
    plan: Mapping[str, object] = field(default_factory=dict[str, object])  # what the format's set-up made; JSON
    seats: tuple[Seat, ...] = ()
    message_count: int = 0
    last_seq: int = 0
    error: str | None = None  # why preparation failed, for a person to read
    version: int = 0

    @property
    def persona_id(self) -> str:
        return self.persona.partition("@")[0]

    @property
    def persona_version(self) -> int | None:
        """None for a built-in persona, which has no versions."""
        number = self.persona.partition("@")[2]
        return int(number) if number else None

    @property
    def started_at(self) -> datetime | None:
        return self.entered.get(Phase.ACTIVE)

    @property
    def ended_at(self) -> datetime | None:
        return self.entered.get(Phase.ANALYZING) or self.entered.get(Phase.CANCELLED)

    def clock_ms(self, now: datetime) -> int:
        """The session's clock: ms since it became active; 0 before."""
        since = self.started_at
        return 0 if since is None else max(0, round((now - since).total_seconds() * 1000))

    def elapsed_s(self, now: datetime) -> int:
        """Whole seconds since the start, until the end; 0 before the start."""
        if self.started_at is None:
            return 0
        return max(0, int(((self.ended_at or now) - self.started_at).total_seconds()))
