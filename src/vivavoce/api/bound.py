"""The use cases with all they need in hand: `UseCases` over `services/`."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime

from vivavoce.api.wiring import Seated
from vivavoce.base.ids import ReplyId, SeatId, SessionId
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.events import Event
from vivavoce.domain.sessions.session import Address, Phase, Seat, Session
from vivavoce.domain.sessions.transcript import Transcript
from vivavoce.engine.ports import Connection
from vivavoce.services import (
    end_session,
    find,
    live,
    open_session,
    prepare_session,
    read_log,
    send_message,
    spoken,
    start_session,
    status,
    steer_assistant,
    take_seat,
    transcripts,
)
from vivavoce.services.container import Services
from vivavoce.services.live import LiveHello
from vivavoce.services.open_session import NewSession
from vivavoce.services.ports import Cursor, Page, Signal
from vivavoce.services.prepare_session import Upload
from vivavoce.services.send_message import Exchange
from vivavoce.services.spoken import Kind
from vivavoce.services.transcripts import Recording


@dataclass(frozen=True, slots=True)
class BoundUseCases:
    services: Services

    async def open_session(self, viewer: Viewer, new: NewSession) -> Session:
        return await open_session.open_session(viewer, new, use=self.services)

    async def get_session(self, viewer: Viewer, id: SessionId) -> Session:
        return await find.get_session(viewer, id, use=self.services)

    async def list_sessions(
        self, viewer: Viewer, *, after: Cursor | None, limit: int, phases: frozenset[Phase] | None, listed: bool
    ) -> Page:
        use = self.services
        return await find.list_sessions(viewer, use=use, after=after, limit=limit, phases=phases, listed=listed)

    async def setup_session(
        self, viewer: Viewer, id: SessionId, answers: Mapping[str, str], document: Upload | None = None
    ) -> Session:
        return await prepare_session.setup_session(viewer, id, answers, use=self.services, document=document)

    async def start_session(self, viewer: Viewer, id: SessionId, mic_on_at: datetime | None = None) -> Session:
        return await start_session.start_session(viewer, id, use=self.services, mic_on_at=mic_on_at)

    async def join(self, viewer: Viewer, id: SessionId, *, name: str | None, record: bool) -> tuple[Session, Seat]:
        return await take_seat.join(viewer, id, use=self.services, name=name, record=record)

    async def leave(self, viewer: Viewer, id: SessionId, seat: SeatId | None) -> Session:
        return await take_seat.leave(viewer, id, seat, use=self.services)

    async def end_session(self, viewer: Viewer, id: SessionId) -> Session:
        return await end_session.end_session(viewer, id, use=self.services)

    async def set_address(self, viewer: Viewer, id: SessionId, address: Address) -> Session:
        return await steer_assistant.set_address(viewer, id, address, use=self.services)

    async def switch_assistant(self, viewer: Viewer, id: SessionId, *, on: bool) -> Session:
        return await steer_assistant.switch_assistant(viewer, id, on=on, use=self.services)

    async def send_text(self, viewer: Viewer, id: SessionId, text: str, *, message_id: str | None) -> Exchange:
        return await send_message.send_text(viewer, id, text, use=self.services, message_id=message_id)

    async def send_audio(self, viewer: Viewer, id: SessionId, content: bytes, *, message_id: str | None) -> Exchange:
        return await send_message.send_audio(viewer, id, content, use=self.services, message_id=message_id)

    async def events_after(self, viewer: Viewer, id: SessionId, seq: int, limit: int) -> list[Event]:
        return await read_log.events_after(viewer, id, seq, limit, use=self.services)

    def follow(
        self, viewer: Viewer, id: SessionId, seq: int, *, signals: bool
    ) -> AbstractAsyncContextManager[AsyncIterator[Event | Signal]]:
        return read_log.follow(viewer, id, seq, signals=signals, use=self.services)

    async def transcript_of(self, viewer: Viewer, id: SessionId) -> Transcript:
        return await transcripts.transcript_of(viewer, id, use=self.services)

    async def recordings(self, viewer: Viewer, id: SessionId) -> list[Recording]:
        return await transcripts.recordings(viewer, id, use=self.services)

    async def recording(self, viewer: Viewer, id: SessionId, name: str) -> bytes:
        return await transcripts.recording(viewer, id, name, use=self.services)

    async def reply_audio(self, viewer: Viewer, id: SessionId, reply: ReplyId, kind: Kind) -> bytes:
        return await spoken.reply_audio(viewer, id, reply, kind, use=self.services)

    def attach(
        self, viewer: Viewer, id: SessionId, hello: LiveHello, connection: Connection
    ) -> AbstractAsyncContextManager[Seated]:
        return live.attach(viewer, id, hello, connection, use=self.services)

    async def status(self) -> Mapping[str, object]:
        return await status.status(use=self.services)

    async def readiness(self) -> Sequence[str]:
        return await status.readiness(use=self.services)
