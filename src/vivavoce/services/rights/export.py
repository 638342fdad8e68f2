"""All that is kept about a person, as one ZIP file, written while it is read: one entry at a time is in memory.

What is in it is described in the README that goes with it, and in docs/privacy.md.
"""

import io
import json
import zipfile
from collections.abc import AsyncGenerator, Mapping, Sequence
from datetime import datetime
from typing import Final

from anyio import to_thread

from vivavoce.base.ids import SeatId
from vivavoce.domain.errors import MediaNotFound, NotAllowed, PersonaNotFound
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.codec import encode, time_to_text, to_dict
from vivavoce.domain.sessions.events import shown_to
from vivavoce.domain.sessions.rights import role_of
from vivavoce.domain.sessions.session import Session
from vivavoce.domain.sessions.transcript import Transcript, Utterance, extend
from vivavoce.services.container import Services
from vivavoce.services.people.profiles import folder_of
from vivavoce.services.ports import SYSTEM
from vivavoce.services.stored_log import whole_log

SCHEMA: Final = 1
README: Final = """All that Vivavoce keeps about you
=================================

Written at {at}, schema {schema}. All texts are UTF-8, all times ISO 8601 in UTC.

export.json           schema, when it was written, your account and community
<subject>.json        a list of rows of one subject: account, profile, goals, projects, memories, notes, feedback, days,
                      credits, purchases, personas, invitations, sign_ins, api_keys, identities, audit, attendances
sessions.json         the sessions you opened or had a seat in
sessions/<id>/transcript.json   what was said, as it was heard: who, words, times in ms since the start
sessions/<id>/events.json       the log of the session, as you may see it
sessions/<id>/report.json       the last report, where there is one
sessions/<id>/recordings/       your own voice (Ogg/Opus), where you agreed to be recorded
avatar/               a picture you uploaded

Passwords and the secret part of keys and links are kept only as one-way hashes, and are left out.
"""


async def export_of(viewer: Viewer, *, use: Services) -> AsyncGenerator[bytes]:
    """The ZIP file in pieces. Raises NotAllowed for a guest of one session, before the first piece."""
    if viewer.only is not None:
        raise NotAllowed("You came for one session: only people with an account have an export.")
    async with use.records.change() as change:
        await change.audit(viewer, "person.exported", viewer.account)
        at = change.at
    return _pieces(viewer, at, use)


async def _pieces(viewer: Viewer, at: datetime, use: Services) -> AsyncGenerator[bytes]:
    zip = _Zip(at)
    async for name, content in _entries(viewer, at, use):
        yield await to_thread.run_sync(zip.add, name, content)
    yield zip.end()


class _Zip:
    """A ZIP file that is handed out as it grows."""

    def __init__(self, at: datetime) -> None:
        self._out = _Pipe()
        self._zip = zipfile.ZipFile(self._out, "w", zipfile.ZIP_DEFLATED)
        self._at = at

    def add(self, name: str, content: bytes) -> bytes:
        info = zipfile.ZipInfo(name, self._at.timetuple()[:6])
        info.compress_type = zipfile.ZIP_STORED if name.endswith((".ogg", ".png", ".webp")) else zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        self._zip.writestr(info, content)
        return self._out.taken()

    def end(self) -> bytes:
        self._zip.close()
        return self._out.taken()


class _Pipe(io.RawIOBase):
    """What is written to it, to be taken."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes | bytearray | memoryview, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        self._waiting += data
        return len(data)

    def taken(self) -> bytes:
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken


async def _entries(viewer: Viewer, at: datetime, use: Services) -> AsyncGenerator[tuple[str, bytes]]:
    account, community = viewer.account, viewer.community
    yield "README.txt", README.format(at=time_to_text(at), schema=SCHEMA).encode()
    yield "export.json", _json({"schema": SCHEMA, "at": time_to_text(at), "account": account, "community": community})
    async with use.store.reading() as tx:
        rows = await tx.personal.exported(SYSTEM, community, account)
        sessions = await tx.personal.sessions_of(SYSTEM, community, account)
    for subject, found in rows.items():
        yield f"{subject}.json", _json(found)
    yield "sessions.json", _json([_session(viewer, session) for session in sessions])
    for session in sessions:
        async for entry in _of_session(viewer, session, use):
            yield entry
    for key in await use.files.list(f"{folder_of(community, account)}/"):
        yield f"avatar/{key.rsplit('/', 1)[-1]}", await use.files.get(key)


async def _of_session(viewer: Viewer, session: Session, use: Services) -> AsyncGenerator[tuple[str, bytes]]:
    folder, role = f"sessions/{session.id}", role_of(viewer, session)
    async with use.store.reading() as tx:
        events = [shown_to(event, role) for event in await whole_log(viewer, session.id, tx)]
        report = await tx.reports.get(viewer, session.id)
    name = await _persona_name(viewer, session, use)
    told = extend(Transcript(name), events)
    yield f"{folder}/transcript.json", _json([_entry(entry) for entry in told.entries])
    yield f"{folder}/events.json", _json([encode(event) for event in events])
    if report is not None:
        yield f"{folder}/report.json", _json({"status": report.status, **report.document})
    for key in await use.files.list(f"{session.id}/recordings/"):
        file = key.rsplit("/", 1)[-1]
        if any(file.startswith(f"{seat}-") for seat in _own_seats(viewer, session)):
            try:
                yield f"{folder}/recordings/{file}", await use.files.get(key)
            except MediaNotFound:
                continue  # erased meanwhile


async def _persona_name(viewer: Viewer, session: Session, use: Services) -> str:
    try:
        return (await use.personas.get(viewer, session.persona)).name
    except PersonaNotFound:
        return session.persona


def _own_seats(viewer: Viewer, session: Session) -> list[SeatId]:
    return [seat.id for seat in session.seats if seat.account == viewer.account]


def _entry(entry: Utterance) -> dict[str, object]:
    return {
        "id": entry.id,
        "seat": entry.seat,
        "name": entry.name,
        "text": entry.text,
        "start_ms": entry.start_ms,
        "end_ms": entry.end_ms,
        "words": [to_dict(word) for word in entry.words],
        "source": entry.source,
        "kind": entry.kind,
        "interrupted": entry.interrupted,
    }


def _session(viewer: Viewer, session: Session) -> dict[str, object]:
    """The session, without who else's account is on its seats."""
    told = to_dict(session)
    told["seats"] = [
        {"id": seat.id, "name": seat.name, "role": seat.role.value, "you": seat.account == viewer.account}
        for seat in session.seats
    ]
    if session.owner != viewer.account:
        for name in ("owner", "variables", "plan"):
            told.pop(name, None)
    return told


def _json(value: Mapping[str, object] | Sequence[object]) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=False, default=str).encode("utf-8", "replace")
