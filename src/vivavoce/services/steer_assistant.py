"""Change, while a session runs, who may address the AI."""

from dataclasses import replace

from vivavoce.base.ids import SessionId
from vivavoce.domain.errors import IllegalTransition
from vivavoce.domain.people.viewer import Viewer
from vivavoce.domain.sessions.events import AssistantChanged
from vivavoce.domain.sessions.lifecycle import OVER
from vivavoce.domain.sessions.rights import Right, require
from vivavoce.domain.sessions.session import Address, Session
from vivavoce.services.container import Services


async def switch_assistant(viewer: Viewer, id: SessionId, *, on: bool, use: Services) -> Session:
    """Off: nobody may address the AI, and it falls silent. On: whoever may by the format. As `set_address`."""
    async with use.store.reading() as tx:
        session = await tx.sessions.get(viewer, id)
    return await set_address(viewer, id, use.format(session.format).address if on else Address.NOBODY, use=use)


async def set_address(viewer: Viewer, id: SessionId, address: Address, *, use: Services) -> Session:
    """Safe to repeat. Raises SessionNotFound, NotAllowed, IllegalTransition when the session is over."""
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(viewer, id)
        require(viewer, session, Right.STEER)
        format = use.format(session.format)
        if not format.steered:
            raise IllegalTransition(f"{format.title} has its own rule for who may address the AI; it stays.")
        if session.phase in OVER:
            raise IllegalTransition(f"A session that is {session.phase} has no assistant any more.")
        if session.address is not address:
            session = replace(session, address=address, version=session.version + 1)
            await change.tx.sessions.save(session)
            await change.record(id, AssistantChanged(address))
    live = use.rooms.find(id)
    if live is not None:
        live.room.set_address(address)
    return session
