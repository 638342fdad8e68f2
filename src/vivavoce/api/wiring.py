"""What the interface is handed by `bootstrap.py`: the use cases, and the few parts it needs beside them."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Final, Protocol

from fastapi.requests import HTTPConnection

from vivavoce.base.clock import Clock
from vivavoce.base.ids import ReplyId, SeatId, SessionId
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.codec import WireTexts
from vivavoce.domain.sessions.events import Event
from vivavoce.domain.sessions.session import Address, Phase, Seat, Session
from vivavoce.domain.sessions.transcript import Transcript
from vivavoce.engine.audio.frame import AudioFrame
from vivavoce.engine.ports import Connection
from vivavoce.engine.room import Input
from vivavoce.services.format import Format
from vivavoce.services.live import LiveHello
from vivavoce.services.open_session import NewSession
from vivavoce.services.persona import Persona, Personas
from vivavoce.services.ports import Cursor, Page, Signal, Store
from vivavoce.services.prepare_session import Upload
from vivavoce.services.send_message import Exchange
from vivavoce.services.spoken import Kind
from vivavoce.services.transcripts import Recording

LOOPBACK_NAMES: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})


class Seated(Protocol):
    """A device's hold on its seat in a live room: what `services.live.LiveSeat` offers."""

    @property
    def seat(self) -> SeatId: ...
    @property
    def session(self) -> Session: ...
    @property
    def persona(self) -> Persona: ...
    @property
    def voiced(self) -> bool: ...

    def hear(self, frame: AudioFrame) -> None: ...
    async def say_text(self, text: str, client_id: str | None = None) -> None: ...
    def push_to_talk(self, on: bool) -> None: ...
    def set_input(self, mode: Input) -> None: ...
    def mute(self, on: bool) -> None: ...
    def interrupt(self) -> None: ...
    def signal(self, to: SeatId, data: object) -> None: ...
    async def whisper(self, text: str) -> None: ...
    async def take_over(self) -> None: ...
    async def hand_back(self, briefing: str) -> None: ...
    async def declare(self, text: str, task: str | None) -> None: ...
    async def report(self, task: str, done: str, text: str) -> None: ...
    async def focus(self, minutes: int) -> None: ...
    async def leave(self) -> None: ...
    async def end(self) -> None: ...
    async def wait_over(self) -> bool: ...


class UseCases(Protocol):
    """The use cases by name, as `services/` defines them, with all they need already in hand (see `bound.py`)."""

    async def open_session(self, viewer: Viewer, new: NewSession) -> Session: ...
    async def get_session(self, viewer: Viewer, id: SessionId) -> Session: ...
    async def list_sessions(
        self, viewer: Viewer, *, after: Cursor | None, limit: int, phases: frozenset[Phase] | None, listed: bool
    ) -> Page: ...
    async def setup_session(
        self, viewer: Viewer, id: SessionId, answers: Mapping[str, str], document: Upload | None = None
    ) -> Session: ...
    async def start_session(self, viewer: Viewer, id: SessionId, mic_on_at: datetime | None = None) -> Session: ...
    async def join(self, viewer: Viewer, id: SessionId, *, name: str | None, record: bool) -> tuple[Session, Seat]: ...
    async def leave(self, viewer: Viewer, id: SessionId, seat: SeatId | None) -> Session: ...
    async def end_session(self, viewer: Viewer, id: SessionId) -> Session: ...
    async def set_address(self, viewer: Viewer, id: SessionId, address: Address) -> Session: ...
    async def switch_assistant(self, viewer: Viewer, id: SessionId, *, on: bool) -> Session: ...
    async def send_text(self, viewer: Viewer, id: SessionId, text: str, *, message_id: str | None) -> Exchange: ...
    async def send_audio(
        self, viewer: Viewer, id: SessionId, content: bytes, *, message_id: str | None
    ) -> Exchange: ...
    async def events_after(self, viewer: Viewer, id: SessionId, seq: int, limit: int) -> list[Event]: ...
    def follow(
        self, viewer: Viewer, id: SessionId, seq: int, *, signals: bool
    ) -> AbstractAsyncContextManager[AsyncIterator[Event | Signal]]: ...
    async def transcript_of(self, viewer: Viewer, id: SessionId) -> Transcript: ...
    async def recordings(self, viewer: Viewer, id: SessionId) -> list[Recording]: ...
    async def recording(self, viewer: Viewer, id: SessionId, name: str) -> bytes: ...
    async def reply_audio(self, viewer: Viewer, id: SessionId, reply: ReplyId, kind: Kind) -> bytes: ...
    def attach(
        self, viewer: Viewer, id: SessionId, hello: LiveHello, connection: Connection
    ) -> AbstractAsyncContextManager[Seated]: ...
    async def status(self) -> Mapping[str, object]: ...
    async def readiness(self) -> Sequence[str]: ...


class WebRtc(Protocol):
    """Makes WebRTC connections; `transports/aiortc` has it."""

    async def answer(self, offer_sdp: str, *, room: str) -> tuple[str, Connection]:
        """The SDP answer to an offer, and the connection, which must then be pumped or closed.

        Raises Invalid for an offer that makes no sense, Unavailable when no connection is to be had.
        """
        ...


@dataclass(frozen=True, slots=True)
class ApiSettings:
    """local: no sign-in, so that only loopback host names are answered. secure: people come by https.

    hosts: further host names (without port) that may stand in `Host`; origins: further web origins
    (`https://app.example.org`) that may send requests. max_json_bytes bounds every body but an upload,
    max_upload_bytes an audio message. pages: folder of the built web pages.
    """

    local: bool = True
    secure: bool = False
    hosts: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()
    max_json_bytes: int = 256 * 1024
    max_upload_bytes: int = 25 * 1024 * 1024
    metrics: bool = True
    pages: Path = field(default_factory=lambda: Path(str(files("vivavoce") / "pages")))
    version: str = field(default_factory=lambda: version("vivavoce"))
    keepalive_s: float = 15.0  # of a silent event stream; proxies often close after 30 s or more
    hello: timedelta = timedelta(seconds=10)
    heartbeat: timedelta = timedelta(seconds=5)
    look: timedelta = timedelta(seconds=15)  # between two looks whether who is connected is still signed in


@dataclass(frozen=True, slots=True)
class Wiring:
    use: UseCases
    store: Store
    clock: Clock
    formats: Mapping[str, Format]
    personas: Personas
    webrtc: WebRtc | None = None
    settings: ApiSettings = field(default_factory=ApiSettings)
    texts: WireTexts = field(default_factory=WireTexts)


def wiring_of(connection: HTTPConnection) -> Wiring:
    return connection.app.state.wiring


async def wiring(connection: HTTPConnection) -> Wiring:
    """As a dependency; async because FastAPI sends others to a thread."""
    return wiring_of(connection)
