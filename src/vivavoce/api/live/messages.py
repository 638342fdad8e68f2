"""The live protocol's messages (docs/protocol.md): parses what clients send, and describes what they get."""

import json
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from vivavoce.api.http.event_shapes import StoredEvent
from vivavoce.api.http.shapes import MAX_TEXT, PLAIN, SessionOut
from vivavoce.domain.errors import Invalid
from vivavoce.services.guiding.lead import MAX_WORDS
from vivavoce.services.together.focus import MAX_MINUTES
from vivavoce.services.together.tasks import MAX_TEXT as MAX_TASK

PROTOCOL: Final = 1
HEARTBEAT_S: Final = 2
RATES_HZ: Final = (16_000, 24_000, 48_000)
VOICE_HZ: Final = 24_000  # what the AI's voice is sent at unless another rate is asked for
MAX_TOOLS: Final = 16  # of one client
MAX_TOOL_TEXT: Final = 16_384  # characters of JSON: of a tool's parameters, and of what it answers
MAX_SIGNAL: Final = 32_768  # characters of JSON handed from one device to others
_LAST_SEQ: Final = 2**53 - 1

Rate = Literal[16000, 24000, 48000]
InputMode = Literal["open", "ptt"]
SeatName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,64}$")]


# --- client to server -------------------------------------------------------------------------------


class AudioChoice(BaseModel):
    """Rates of the binary frames. Over WebRTC, which has its own, an empty object."""

    up_hz: Rate = 16000
    down_hz: Rate = 24000


def _one_or_ours(audio: AudioChoice | None) -> AudioChoice | None:
    if audio is not None and audio.down_hz not in (audio.up_hz, VOICE_HZ):
        raise ValueError(f"down_hz is {VOICE_HZ} or the same as up_hz")
    return audio


def _small(value: Any) -> Any:
    if len(json.dumps(value, ensure_ascii=False)) > MAX_TOOL_TEXT:
        raise ValueError(f"at most {MAX_TOOL_TEXT} characters of JSON")
    return value


def _object_schema(schema: dict[str, Any]) -> dict[str, Any]:
    if schema.get("type") != "object":
        raise ValueError("a JSON schema of type object")
    return schema


class DeclaredTool(BaseModel):
    """A function of the client that the AI may call."""

    name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_-]{0,47}$")]
    description: Annotated[str, StringConstraints(min_length=1, max_length=2000)] = Field(description="For the model.")
    parameters: Annotated[dict[str, Any], AfterValidator(_object_schema), AfterValidator(_small)] = Field(
        description="JSON schema, of type object."
    )


def _named_apart(tools: list[DeclaredTool]) -> list[DeclaredTool]:
    if len({tool.name for tool in tools}) < len(tools):
        raise ValueError("each name once")
    return tools


class Hello(BaseModel):
    """Must be first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "hello",
                    "seat": "sea_01k9z0c0v5g2m4q8r1t3w6y9b2",
                    "after": 0,
                    "audio": {"up_hz": 16000, "down_hz": 24000},
                    "input": "open",
                }
            ]
        }
    )

    type: Literal["hello"]
    seat: SeatName | None = Field(default=None, description="Left out: one's own, joined now.")
    after: int = Field(
        default=0, ge=0, le=_LAST_SEQ, description="The last `seq` one has; the log behind it comes first."
    )
    audio: Annotated[AudioChoice | None, AfterValidator(_one_or_ours)] = Field(
        default=None, description="Left out or null: text only."
    )
    input: InputMode = "open"
    tools: Annotated[list[DeclaredTool], Field(max_length=MAX_TOOLS), AfterValidator(_named_apart)] = Field(
        default_factory=list[DeclaredTool], description="What the AI may have this client do, while it is connected."
    )


class Text(BaseModel):
    """A typed turn."""

    type: Literal["text"]
    text: Annotated[str, StringConstraints(min_length=1, max_length=MAX_TEXT, strip_whitespace=True, pattern=PLAIN)]
    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,64}$")] | None = Field(
        default=None, description="Makes a resend harmless."
    )


class PushToTalk(BaseModel):
    """The key is down or up; up ends the turn at once."""

    type: Literal["ptt"]
    on: bool


class InputSwitch(BaseModel):
    """How turns are found from now on."""

    type: Literal["input"]
    mode: InputMode


class Mute(BaseModel):
    """The seat's microphone is off: what arrives is not heard."""

    type: Literal["mute"]
    on: bool


class Interrupt(BaseModel):
    """Stop the AI's reply."""

    type: Literal["interrupt"]


class Ping(BaseModel):
    """Answered by `pong` with the same id."""

    type: Literal["ping"]
    id: int | Annotated[str, StringConstraints(max_length=64)]
    rtt_ms: float | None = Field(default=None, ge=0, description="Of the ping before.")


class ToolResult(BaseModel):
    """The answer to `tool.call`. With `error`, the call failed."""

    type: Literal["tool.result"]
    call: Annotated[str, StringConstraints(max_length=64)]
    result: Annotated[Any, AfterValidator(_small)] = Field(default=None, description="Any JSON value.")
    error: Annotated[str, StringConstraints(min_length=1, max_length=2000)] | None = Field(
        default=None, description="Told to the model."
    )


class Whisper(BaseModel):
    """Tell the AI something that nobody but coaches sees (human coaches)."""

    type: Literal["whisper"]
    text: Annotated[str, StringConstraints(min_length=1, max_length=MAX_WORDS, strip_whitespace=True, pattern=PLAIN)]


class TakeOver(BaseModel):
    """Lead the session; the AI falls silent at once (human coaches)."""

    type: Literal["take_over"]


class HandBack(BaseModel):
    """Let the AI lead again (human coaches)."""

    type: Literal["hand_back"]
    briefing: Annotated[str, StringConstraints(max_length=MAX_WORDS, pattern=PLAIN)] = Field(
        default="", description="For the AI; shown to coaches only."
    )


class DeclareTask(BaseModel):
    """What one means to do in this session."""

    type: Literal["task"]
    text: Annotated[str, StringConstraints(min_length=1, max_length=MAX_TASK, strip_whitespace=True, pattern=PLAIN)]
    task: SeatName | None = Field(default=None, description="One of one's own, to put it in other words.")


class ReportTask(BaseModel):
    """How one's task went."""

    type: Literal["task.report"]
    task: SeatName
    done: Literal["yes", "partly", "no"]
    text: Annotated[str, StringConstraints(max_length=MAX_TASK, pattern=PLAIN)] = ""


class FocusTimer(BaseModel):
    """Start the timer of all."""

    type: Literal["focus"]
    minutes: int = Field(ge=0, le=MAX_MINUTES, description="0 stops it.")


def _fits(value: Any) -> Any:
    if len(json.dumps(value, ensure_ascii=False)) > MAX_SIGNAL:
        raise ValueError(f"at most {MAX_SIGNAL} characters of JSON")
    return value


class PeerSignal(BaseModel):
    """For the devices of another seat, as it is: how browsers find each other for people's own video."""

    type: Literal["signal"]
    to: SeatName
    data: Annotated[Any, AfterValidator(_fits)] = Field(description="Any JSON value.")


class Leave(BaseModel):
    """Leave the session; the connection is closed."""

    type: Literal["leave"]


class End(BaseModel):
    """End the session at once (hosts)."""

    type: Literal["end"]


ClientMessage = Annotated[
    Hello
    | Text
    | PushToTalk
    | InputSwitch
    | Mute
    | Interrupt
    | Ping
    | ToolResult
    | PeerSignal
    | Whisper
    | TakeOver
    | HandBack
    | DeclareTask
    | ReportTask
    | FocusTimer
    | Leave
    | End,
    Field(discriminator="type"),
]
CLIENT: Final[TypeAdapter[ClientMessage]] = TypeAdapter(ClientMessage)


def read_message(text: str) -> ClientMessage | None:
    """What a client sent; None for a type that is not known here, which is passed over by agreement.

    Raises Invalid with a sentence that does not repeat what was sent.
    """
    try:
        return CLIENT.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    match first["type"]:
        case "union_tag_invalid":
            return None
        case "json_invalid" | "model_attributes_type" | "union_tag_not_found" | "dict_type":
            raise Invalid("A message is a JSON object with a `type`.")
        case _:
            where = ".".join(str(part) for part in first["loc"])
            raise Invalid(f"{where}: {first['msg']}".removesuffix("."))


# --- server to client -------------------------------------------------------------------------------


class LivePersona(BaseModel):
    id: str
    name: str
    title: str
    look: str


class DownAudio(BaseModel):
    down_hz: Rate
    frame_ms: int


class Welcome(BaseModel):
    """The answer to `hello`."""

    type: Literal["welcome"] = "welcome"
    protocol: int = PROTOCOL
    seat: str
    session: SessionOut
    persona: LivePersona
    audio: DownAudio | None = Field(description="Null: text only.")
    heartbeat_s: int = HEARTBEAT_S
    input: InputMode


class State(BaseModel):
    """What the AI is doing."""

    type: Literal["state"]
    state: Literal["listening", "thinking", "speaking", "off"]
    reply: str | None = None


class Speaking(BaseModel):
    """A person began or stopped to speak."""

    type: Literal["speaking"]
    seat: str
    on: bool


class Partial(BaseModel):
    """Words so far of a turn that is not over."""

    type: Literal["partial"]
    seat: str
    text: str


class MouthMove(BaseModel):
    """For the sentence that begins to play now. Times in ms from this message."""

    type: Literal["mouth"]
    reply: str
    at_ms: int = Field(description="Where the sentence lies in the reply.")
    shapes: list[tuple[int, str]]
    words: list[tuple[int, int, str]]


class Hold(BaseModel):
    """The AI paused because somebody began to speak, or goes on."""

    type: Literal["hold"]
    reply: str
    on: bool


class Flush(BaseModel):
    """Throw away voice that is not played yet."""

    type: Literal["flush"] = "flush"


class HopTimes(BaseModel):
    """Milliseconds since the person's end of speech."""

    end_of_turn: float | None = None
    first_token: float | None = None
    first_sentence: float | None = None
    first_audio: float | None = None
    first_frame: float | None = None


class Hops(BaseModel):
    """How long each hop of a reply took."""

    type: Literal["hops"]
    turn: str
    ms: HopTimes


class ToolCall(BaseModel):
    """The AI calls a tool that this client declared. To be answered by `tool.result` with the same `call`."""

    type: Literal["tool.call"] = "tool.call"
    call: str
    name: str
    arguments: dict[str, Any]


class PeerSignalled(BaseModel):
    """What a device of another seat sent to this seat."""

    model_config = ConfigDict(populate_by_name=True)

    type: Literal["signal"]
    sender: str = Field(alias="from", description="Its seat.")
    data: Any


class Pong(BaseModel):
    type: Literal["pong"] = "pong"
    id: int | str


class Failure(BaseModel):
    """The last message could not be carried out; the connection goes on."""

    type: Literal["error"] = "error"
    code: str
    detail: str


class Closed(BaseModel):
    """Over WebRTC: the close code and reason, which a WebSocket has of its own."""

    type: Literal["closed"]
    code: int
    reason: str


Signalled = Annotated[
    Welcome
    | State
    | Speaking
    | Partial
    | MouthMove
    | Hold
    | Flush
    | Hops
    | ToolCall
    | PeerSignalled
    | Pong
    | Failure
    | Closed,
    Field(discriminator="type"),
]
ServerMessage = StoredEvent | Signalled
SERVER: Final[TypeAdapter[Any]] = TypeAdapter(ServerMessage)
EVENT: Final[TypeAdapter[Any]] = TypeAdapter(StoredEvent)
