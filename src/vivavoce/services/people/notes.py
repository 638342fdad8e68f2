"""Written notes that people keep with a session, during it and after. Everybody sees their own and nobody else's."""

from dataclasses import replace

from vivavoce.base.ids import NoteId, SessionId
from vivavoce.base.new_id import new_id
from vivavoce.domain.errors import Conflict, IllegalTransition
from vivavoce.domain.people.notes import MAX_NOTES, Note, checked_note
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.events import NoteKept
from vivavoce.domain.sessions.session import Phase
from vivavoce.services.container import Services
from vivavoce.services.safety.noting import look_at_note
from vivavoce.services.take_seat import own_seat

_OPEN: frozenset[Phase] = frozenset({Phase.ACTIVE, Phase.ANALYZING, Phase.COMPLETE})


async def keep_note(viewer: Viewer, id: SessionId, text: str, *, use: Services) -> Note:
    """The note, kept. The log says that there is one, and not what it says.

    Raises SessionNotFound, NotAllowed without a seat in it, IllegalTransition where the format keeps no notes or the
    session has not begun, Invalid, Conflict for too many.
    """
    text = checked_note(text)
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(viewer, id)
        seat, format = own_seat(viewer, session, None), use.format(session.format)
        if not format.notes:
            raise IllegalTransition(f"{format.title} keeps no notes.")
        if session.phase not in _OPEN:
            raise IllegalTransition(f"A session that is {session.phase} takes no notes: start it first.")
        if await change.tx.notes.count(id, viewer.account) >= MAX_NOTES:
            raise Conflict(f"You have {MAX_NOTES} notes in this session: change one instead.")
        key = NoteId(new_id("not"))
        note = Note(key, viewer.community, id, viewer.account, seat.id, text, change.at, change.at)
        await change.tx.notes.add(note)
        await change.record(id, NoteKept(seat.id))
        await look_at_note(change, session, seat, text, use=use)
    return note


async def own_notes(viewer: Viewer, id: SessionId, *, use: Services) -> list[Note]:
    """Oldest first. Raises SessionNotFound."""
    async with use.store.reading() as tx:
        await tx.sessions.get(viewer, id)
        return await tx.notes.of(viewer, id, viewer.account)


async def change_note(viewer: Viewer, id: SessionId, note: NoteId, text: str, *, use: Services) -> Note:
    """The note in other words. Raises SessionNotFound, NoteNotFound, Invalid."""
    text = checked_note(text)
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(viewer, id)
        old = await change.tx.notes.get(viewer, id, note)
        found = replace(old, text=text, updated_at=change.at)
        await change.tx.notes.save(found)
        seat = next((seat for seat in session.seats if seat.id == found.seat), None)
        if seat is not None:
            await look_at_note(change, session, seat, text, before=old.text, use=use)
    return found


async def remove_note(viewer: Viewer, id: SessionId, note: NoteId, *, use: Services) -> None:
    """Raises SessionNotFound, NoteNotFound."""
    async with use.store.transaction() as tx:
        await tx.sessions.get(viewer, id)
        await tx.notes.remove(viewer, id, note)
