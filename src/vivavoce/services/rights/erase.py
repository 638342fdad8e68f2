"""Erase a person in one call: their rows, their sessions, their files, and what of them is in others' sessions.

1. Whoever sits in a session that goes on leaves it first. A session of theirs in which nobody else has a seat ends.
   While others go on in one, nothing is erased yet: it would still be in the room's memory (SessionsGoOn).
2. Sessions of theirs in which nobody else had a seat are gone whole. From others' they are taken out (forgetting.py).
3. All rows in one transaction, by storage/personal.py; then the files. Files of a run that broke off go in the next.
"""

from dataclasses import dataclass, replace

from vivavoce.base.ids import AccountId, CommunityId, ReplyId, SeatId, SessionId
from vivavoce.base.new_id import new_id
from vivavoce.domain.errors import Conflict, NotAllowed
from vivavoce.domain.people.viewer import LOCAL, Standing, Viewer
from vivavoce.domain.sessions.session import EndReason, Phase, Seat, Session
from vivavoce.domain.webhooks.news import News
from vivavoce.services.access.local import ensure_local
from vivavoce.services.changes import Change
from vivavoce.services.container import Services
from vivavoce.services.end_session import end_at_once
from vivavoce.services.people.profiles import folder_of
from vivavoce.services.ports import SYSTEM
from vivavoce.services.rights.forgetting import ERASED, without
from vivavoce.services.stored_log import whole_log
from vivavoce.services.take_seat import stand_up


class SessionsGoOn(Conflict):
    """Others are still in sessions with the person. Members: `sessions`, their ids."""

    code = "sessions_go_on"


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done: sessions that are gone, and others' that the person was taken out of."""

    sessions: int
    left: int


async def erase_me(viewer: Viewer, *, use: Services) -> Erased:
    """Raises NotAllowed for an API key with named scopes and for a guest of one session; SessionsGoOn."""
    if viewer.scopes is not None or viewer.only is not None:
        raise NotAllowed("You may not erase a person this way: sign in, or use a key with all rights.")
    return await _erase(viewer, viewer.account, use)


async def erase_account(viewer: Viewer, account: AccountId, *, use: Services) -> Erased:
    """An admin erases somebody of their community. Raises AccountNotFound, NotAllowed, SessionsGoOn."""
    if not viewer.standing.covers(Standing.ADMIN):
        raise NotAllowed("You may not erase people: only admins may.")
    async with use.store.reading() as tx:
        await tx.people.account(viewer, account)
    return await _erase(viewer, account, use)


async def _erase(by: Viewer, account: AccountId, use: Services) -> Erased:
    await _leave_all(by.community, account, use)
    async with use.records.change() as change:
        found = await change.tx.personal.sessions_of(SYSTEM, by.community, account)
        if any(session.phase is Phase.ACTIVE for session in found):
            raise SessionsGoOn(
                "Others are still in a session with this person. Whoever opened it can end it, else it ends by itself:"
                " try again then.",
                sessions=[session.id for session in found if session.phase is Phase.ACTIVE],
            )
        as_ = AccountId(new_id("era"))
        gone = [session for session in found if _is_theirs(session, account)]
        kept = [session for session in found if not _is_theirs(session, account)]
        emptied = {session.id: await _take_out(change, session, account, as_) for session in kept}
        for session in gone:
            await change.tx.personal.erase_session(SYSTEM, session.id)
        await change.audit(by, "person.erased", account)
        await change.tx.personal.erase(SYSTEM, by.community, account, as_)
        await change.tell(by.community, News.ACCOUNT_ERASED, {"account": account})  # so that others erase them too
    for session in found:
        use.transcripts.forget(session.id)
    await use.store.scrub()
    await use.files.delete(folder_of(by.community, account))
    for session in gone:
        await use.files.delete(session.id)
    for id, (seats, replies) in emptied.items():
        await _drop_files(id, seats, replies, use)
    if account == LOCAL.account:
        await ensure_local(use)
    return Erased(len(gone), len(kept))


def _is_theirs(session: Session, account: AccountId) -> bool:
    """Whether nobody else had a seat in it."""
    return session.owner == account and not _others(session, account)


def _others(session: Session, account: AccountId) -> list[Seat]:
    return [seat for seat in session.seats if seat.account != account and seat.joined_at is not None]


async def _leave_all(community: CommunityId, account: AccountId, use: Services) -> None:
    """Rule 1."""
    async with use.store.reading() as tx:
        found = await tx.personal.sessions_of(SYSTEM, community, account)
    for session in found:
        if session.phase is not Phase.ACTIVE:
            continue
        for seat in _seats_of(session, account):
            await stand_up(session.id, seat.id, "removed", use=use)
            live = use.rooms.find(session.id)
            for connection in live.leave(seat.id, "removed") if live is not None else []:
                await connection.close(1000, "you left")
        if not any(seat.present for seat in _others(session, account)):
            await end_at_once(SYSTEM, session.id, EndReason.EVERYONE_LEFT, use=use)


def _seats_of(session: Session, account: AccountId) -> list[Seat]:
    return [seat for seat in session.seats if seat.account == account]


async def _take_out(
    change: Change, session: Session, account: AccountId, as_: AccountId
) -> tuple[frozenset[SeatId], frozenset[ReplyId]]:
    """Rule 2, for a session that others were in. The seats that lost their name, and the replies that were emptied."""
    seats = frozenset(seat.id for seat in _seats_of(session, account))
    facts, replies = without(await whole_log(SYSTEM, session.id, change.tx), seats)
    await change.tx.personal.rewrite(SYSTEM, session.id, facts)
    renamed = tuple(
        replace(seat, name=ERASED, account=None, record=False) if seat.id in seats else seat for seat in session.seats
    )
    session = replace(session, seats=renamed, version=session.version + 1)
    if session.owner == account:
        session = replace(session, owner=as_, title="", variables={}, plan={}, project=None)
    await change.tx.sessions.save(session)
    return seats, replies


async def _drop_files(id: SessionId, seats: frozenset[SeatId], replies: frozenset[ReplyId], use: Services) -> None:
    """Of a session that others were in: their track, the AI's, and the AI's replies as sound."""
    theirs = (*(f"{seat}-" for seat in seats), "assistant-", *(f"{reply}." for reply in replies))
    for key in await use.files.list(f"{id}/"):
        if key.rsplit("/", 1)[-1].startswith(theirs) or "/recordings/" not in key:
            await use.files.delete(key)
