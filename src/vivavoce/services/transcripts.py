"""What was said in a session, and the recordings that go with it."""

import re
from dataclasses import dataclass
from typing import Final

from vivavoce.base.ids import SeatId, SessionId
from vivavoce.domain.errors import MediaNotFound
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.transcript import Transcript
from vivavoce.services.container import Services
from vivavoce.services.rights.seen import note_seen
from vivavoce.services.stored_log import transcript_from

_RECORDING: Final = re.compile(r"(?P<who>sea_[0-9a-z]+|assistant)-(?P<start_ms>\d+)\.ogg")


@dataclass(frozen=True, slots=True)
class Recording:
    """A piece of one seat's recording. seat: None for the AI. start_ms: on the session's clock."""

    seat: SeatId | None
    name: str
    start_ms: int


async def transcript_of(viewer: Viewer, id: SessionId, *, use: Services) -> Transcript:
    """Raises SessionNotFound."""
    async with use.store.reading() as tx:
        session = await tx.sessions.get(viewer, id)
        persona = await use.personas.get(viewer, session.persona)
        told = await transcript_from(viewer, session, persona.name, tx)
    await note_seen(viewer, session, "transcript.seen", use=use)
    return told


async def recordings(viewer: Viewer, id: SessionId, *, use: Services) -> list[Recording]:
    """What was recorded, with the consent of each, oldest first. Raises SessionNotFound."""
    async with use.store.reading() as tx:
        await tx.log.after(viewer, id, 0, 1)  # what was said is for those who were in it, also where all may find it
    found: list[Recording] = []
    for key in await use.files.list(f"{id}/recordings/"):
        name = key.rsplit("/", 1)[-1]
        match = _RECORDING.fullmatch(name)
        if match is not None:
            who = match["who"]
            found.append(Recording(None if who == "assistant" else SeatId(who), name, int(match["start_ms"])))
    return sorted(found, key=lambda recording: (recording.start_ms, recording.name))


async def recording(viewer: Viewer, id: SessionId, name: str, *, use: Services) -> bytes:
    """One recording's Ogg/Opus file. Raises SessionNotFound, MediaNotFound."""
    async with use.store.reading() as tx:
        await tx.log.after(viewer, id, 0, 1)  # as above
        session = await tx.sessions.get(viewer, id)
    if _RECORDING.fullmatch(name) is None:
        raise MediaNotFound("There is no such recording.")
    content = await use.files.get(f"{id}/recordings/{name}")
    await note_seen(viewer, session, "recording.heard", use=use)
    return content
