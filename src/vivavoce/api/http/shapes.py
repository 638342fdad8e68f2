"""What goes over the wire of sessions and messages. Others: *_shapes.py beside this, and live/messages.py."""

from datetime import datetime
from typing import Annotated, Any, Final, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator

from vivavoce.domain.sessions.session import Address, EndReason, Phase, Role, Seat, Session, WrapUp
from vivavoce.services.prepare_session import MOST_CHARACTERS

MAX_TEXT: Final = 8_000  # characters of a typed message
SESSION_EXAMPLE: Final[dict[str, Any]] = {
    "id": "ses_01k9z0c0v5g2m4q8r1t3w6y9b0",
    "format": "coaching",
    "phase": "active",
    "end_reason": None,
    "persona": "ada",
    "persona_version": None,
    "title": "Ask for the promotion",
    "created_at": "2026-03-02T09:00:00Z",
    "scheduled_for": None,
    "started_at": "2026-03-02T09:00:04Z",
    "ended_at": None,
    "elapsed_s": 312,
    "message_count": 9,
    "seats": [
        {
            "id": "sea_01k9z0c0v5g2m4q8r1t3w6y9b2",
            "name": "You",
            "role": "host",
            "present": True,
            "joined_at": "2026-03-02T09:00:03Z",
            "left_at": None,
            "record": False,
        }
    ],
    "wrap_up": "none",
    "address": "everyone",
    "project": None,
    "max_participants": 1,
    "listed": False,
    "led_by": None,
    "mic_on_at": None,
    "variables": {},
    "plan": {},
    "time_limit_s": 1800,
    "error": None,
    "last_seq": 41,
}


def taken(*values: JsonValue) -> ConfigDict:
    """Of what is sent to us: nothing that is not described. Built when it is first used, as all shapes."""
    return ConfigDict(extra="forbid", json_schema_extra={"examples": list(values)})


def shown(*values: JsonValue) -> ConfigDict:
    """Of an answer; more fields may come with later versions."""
    return ConfigDict(json_schema_extra={"examples": list(values)})


PLAIN: Final = r"^[^\x00-\x08\x0B\x0C\x0E-\x1F]*$"
"""No control characters but line breaks and tabs: PostgreSQL cannot store a NUL, and nobody can see the others."""
Name = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True, pattern=PLAIN)]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,63}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,64}$")]


# --- sessions ---------------------------------------------------------------------------------------


class SeatOut(BaseModel):
    """One participant's place in a session."""

    model_config = shown(SESSION_EXAMPLE["seats"][0])

    id: str
    name: str
    role: Role
    present: bool = Field(description="Joined and not left.")
    joined_at: datetime | None
    left_at: datetime | None
    record: bool = Field(description="Agreed to being recorded.")

    @classmethod
    def of(cls, seat: Seat) -> Self:
        return cls(
            id=seat.id,
            name=seat.name,
            role=seat.role,
            present=seat.present,
            joined_at=seat.joined_at,
            left_at=seat.left_at,
            record=seat.record,
        )


class SessionOut(BaseModel):
    """One planned, live and later reviewed meeting."""

    model_config = shown(SESSION_EXAMPLE)

    id: str
    format: str
    phase: Phase
    end_reason: EndReason | None
    persona: str
    persona_version: int | None = Field(description="Of a persona that people here wrote: the one it runs with.")
    title: str
    created_at: datetime
    scheduled_for: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    elapsed_s: int = Field(description="Seconds since the start, until the end.")
    message_count: int = Field(description="Turns that people said or wrote.")
    seats: list[SeatOut]
    wrap_up: WrapUp
    address: Address = Field(description="Who may address the AI.")
    project: str | None
    max_participants: int
    listed: bool = Field(description="Everybody of the community may find and join it.")
    led_by: str | None = Field(description="The seat of the human coach who took over.")
    mic_on_at: datetime | None = Field(description="When the first microphone went on.")
    variables: dict[str, str] = Field(description="What was chosen and answered.")
    plan: dict[str, object] = Field(description="What the format's set-up made, an interview's questions for one.")
    time_limit_s: int | None
    error: str | None = Field(description="Why the preparation failed, if it did.")
    last_seq: int = Field(description="The last event's `seq`.")

    @classmethod
    def of(cls, session: Session, now: datetime) -> Self:
        return cls(
            id=session.id,
            format=session.format,
            phase=session.phase,
            end_reason=session.end_reason,
            persona=session.persona_id,
            persona_version=session.persona_version,
            title=session.title,
            created_at=session.created_at,
            scheduled_for=session.scheduled_for,
            started_at=session.started_at,
            ended_at=session.ended_at,
            elapsed_s=session.elapsed_s(now),
            message_count=session.message_count,
            seats=[SeatOut.of(seat) for seat in session.seats],
            wrap_up=session.wrap_up,
            address=session.address,
            project=session.project,
            max_participants=session.max_participants,
            listed=session.listed,
            led_by=session.led_by,
            mic_on_at=session.mic_on_at,
            variables=dict(session.variables),
            plan=dict(session.plan),
            time_limit_s=session.time_limit_s,
            error=session.error,
            last_seq=session.last_seq,
        )


class SessionIn(BaseModel):
    """A session to open."""

    model_config = taken(
        {"format": "coaching"},
        {
            "format": "coaching",
            "persona": "ada",
            "title": "Ask for the promotion",
            "scheduled_for": "2026-03-02T09:00:00Z",
            "variables": {"goal": "a clear next step"},
        },
    )

    format: Slug = Field(description="One of `GET /api/formats`.")
    persona: Slug | None = Field(default=None, description="One of `GET /api/personas`; left out: the format's own.")
    project: Slug | None = Field(default=None, description="The project that the session belongs to.")
    title: Annotated[str, StringConstraints(max_length=200, pattern=PLAIN)] = Field(
        default="", description="Left out: made up."
    )
    scheduled_for: AwareDatetime | None = Field(default=None, description="With a time zone; left out: now.")
    max_participants: int | None = Field(default=None, ge=1, le=1000, description="Left out: the format's own.")
    variables: dict[Key, Annotated[str, StringConstraints(max_length=4000, pattern=PLAIN)]] = Field(
        default_factory=dict, max_length=50, description="What the persona's instructions may refer to."
    )


class SessionPage(BaseModel):
    """Sessions, newest first."""

    model_config = shown({"items": [SESSION_EXAMPLE], "next_cursor": None})

    items: list[SessionOut]
    next_cursor: str | None = Field(description="For `cursor` of the next page; null on the last one.")


class AnswersIn(BaseModel):
    """What a format's set-up asks for."""

    model_config = taken({"answers": {"description": "We look for a data engineer ..."}})

    answers: dict[Key, Annotated[str, StringConstraints(max_length=MOST_CHARACTERS, pattern=PLAIN)]] = Field(
        default_factory=dict, max_length=50
    )


class StartIn(BaseModel):
    """How a session starts."""

    model_config = taken({"mic_on_at": "2026-03-02T09:00:04Z"}, {})

    mic_on_at: AwareDatetime | None = Field(
        default=None,
        description="When a microphone went on, with a time zone: at most a minute before the session's start, and not"
        " in the future (up to a minute of it is taken as now). The first one counts; later ones change nothing.",
    )


class JoinIn(BaseModel):
    """How one takes one's seat."""

    model_config = taken({"name": "Sam", "record": True}, {})

    name: Name | None = Field(default=None, description="Left out: the account's name.")
    record: bool = Field(default=False, description="Agree to being recorded.")


class JoinOut(BaseModel):
    """The seat that was taken."""

    model_config = shown({"seat": SESSION_EXAMPLE["seats"][0], "session": SESSION_EXAMPLE})

    seat: SeatOut
    session: SessionOut


class LeaveIn(BaseModel):
    """Which seat is left."""

    model_config = taken({"seat": "sea_01k9z0c0v5g2m4q8r1t3w6y9b2"}, {})

    seat: Slug | None = Field(default=None, description="Left out: one's own.")


class AssistantIn(BaseModel):
    """How the AI is to behave from now on."""

    model_config = taken({"address": "when_called"}, {"on": False})

    address: Address | None = Field(default=None, description="Who may address the AI.")
    on: bool | None = Field(
        default=None,
        description="Instead of `address`. False: nobody may address the AI, and it falls silent. True: as the format "
        "has it.",
    )

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.address is None) == (self.on is None):
            raise ValueError("give either address or on")
        return self


# --- messages ---------------------------------------------------------------------------------------


class MessageIn(BaseModel):
    """A typed turn."""

    model_config = taken({"text": "I want to ask for a promotion, and I keep putting it off."})

    text: Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT, strip_whitespace=True, pattern=PLAIN)]


# --- live -------------------------------------------------------------------------------------------


class OfferIn(BaseModel):
    """A WebRTC offer."""

    model_config = taken({"sdp": "v=0\r\no=- 4611731400430051336 2 IN IP4 127.0.0.1\r\n...", "seat": None})

    sdp: str = Field(min_length=1, max_length=60_000, description="SDP: one microphone, one data channel `events`.")
    seat: Slug | None = Field(default=None, description="For a `hello` that names none.")


class AnswerOut(BaseModel):
    """The answer to a WebRTC offer."""

    model_config = shown({"sdp": "v=0\r\no=- 3950000000 3950000000 IN IP4 127.0.0.1\r\n..."})

    sdp: str
