"""Links that give a seat in one session: made and taken back by its host, accepted by whoever holds them."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from vivavoce.base.ids import AccountId, InvitationId, SeatId, SessionId
from vivavoce.base.new_id import new_id
from vivavoce.base.tokens import hash_of, new_token
from vivavoce.domain.errors import IllegalTransition, Invalid, InvitationNotFound, InvitationOver, NotAllowed
from vivavoce.domain.people.account import Account
from vivavoce.domain.people.invitation import Invitation
from vivavoce.domain.people.sign_ins import Signed, Way
from vivavoce.domain.people.viewer import Standing, Viewer
from vivavoce.domain.sessions.lifecycle import OVER
from vivavoce.domain.sessions.rights import Right, require
from vivavoce.domain.sessions.session import Role, Seat, Session
from vivavoce.services.access.by_password import usual_name
from vivavoce.services.access.entering import Entered, Origin, enter
from vivavoce.services.access.limits import LINKS_OF_ADDRESS
from vivavoce.services.access.news import tell_made
from vivavoce.services.access.room_tokens import RoomToken, make_token
from vivavoce.services.changes import Change
from vivavoce.services.confined import as_platform
from vivavoce.services.container import Services
from vivavoce.services.ports import SYSTEM

ROLES: Final = frozenset({Role.GUEST, Role.MEMBER, Role.COACH})
LONGEST: Final = timedelta(days=90)
_MOST_USES: Final = 100


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """lasts: until the link runs out. most_uses: by how many people it can be used."""

    role: Role
    name: str = ""
    lasts: timedelta = timedelta(days=7)
    most_uses: int = 1
    anyone_coaches: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """entered: of a guest, who got an account for this session only. token: for their devices."""

    session: Session
    seat: Seat
    account: AccountId
    token: RoomToken
    entered: Entered | None = None


async def invite_to(viewer: Viewer, id: SessionId, new: NewInvitation, *, use: Services) -> tuple[Invitation, str]:
    """The invitation, and the secret text of its link, which is not kept.

    Raises SessionNotFound, NotAllowed, IllegalTransition when the session is over, Invalid.
    """
    if new.role not in ROLES:
        raise Invalid("A link is for a guest, a member or a coach.")
    if not timedelta(0) < new.lasts <= LONGEST or not 1 <= new.most_uses <= _MOST_USES:
        raise Invalid(f"A link lasts at most {LONGEST.days} days and is used 1 to {_MOST_USES} times.")
    token = new_token()
    async with use.records.change() as change:
        session = await change.tx.sessions.lock(viewer, id)
        require(viewer, session, Right.INVITE)
        if session.phase in OVER:
            raise IllegalTransition(f"Nobody can be invited to a session that is {session.phase}.")
        if new.role is Role.COACH and not use.format(session.format).coached:
            raise Invalid("This kind of session has no seat for a human coach.")
        made = Invitation(
            id=InvitationId(new_id("inv")),
            community=session.community,
            session=id,
            role=new.role,
            name=usual_name(new.name) if new.name else "",
            created_by=viewer.account,
            created_at=change.at,
            expires_at=change.at + new.lasts,
            most_uses=new.most_uses,
            anyone_coaches=new.anyone_coaches,
        )
        await change.tx.invitations.add(made, hash_of(token))
        await change.audit(viewer, "invitation.made", made.id, session=id, role=new.role.value)
        return made, token


async def invitations_to(viewer: Viewer, id: SessionId, *, use: Services) -> list[Invitation]:
    """Newest first. Raises SessionNotFound, NotAllowed."""
    async with use.store.reading() as tx:
        require(viewer, await tx.sessions.get(viewer, id), Right.INVITE)
        return await tx.invitations.of(viewer, id)


async def revoke_invitation(viewer: Viewer, id: SessionId, invitation: InvitationId, *, use: Services) -> None:
    """The link opens nothing any more; who used it keeps their seat. Safe to repeat.

    Raises SessionNotFound, NotAllowed, InvitationNotFound.
    """
    async with use.records.change() as change:
        require(viewer, await change.tx.sessions.get(viewer, id), Right.INVITE)
        found = await change.tx.invitations.get(viewer, id, invitation)
        if found.revoked_at is None:
            await change.tx.invitations.save(replace(found, revoked_at=change.at))
            await change.audit(viewer, "invitation.revoked", found.id, session=id)


async def look_at(token: str, origin: Origin, *, use: Services) -> tuple[Invitation, Session, Account]:
    """What a link is for, and who made it. Raises InvitationNotFound, InvitationOver, TooMany."""
    use.access.limits.take(f"link from {origin.address}", LINKS_OF_ADDRESS, use.clock.monotonic_ms())
    with as_platform():
        async with use.records.change() as change:
            found = await _valid(change, token)
            session = await change.tx.sessions.get(SYSTEM, found.session)
            return found, session, await change.tx.people.account(SYSTEM, found.created_by)


async def accept(token: str, name: str | None, signed: Signed | None, origin: Origin, *, use: Services) -> Accepted:
    """A seat in the session: for the account that is signed in to its community, else for a guest who is made for it.

    name: what to be called. Who has such a seat already keeps it, and the link is not used up.
    Raises InvitationNotFound, InvitationOver, IllegalTransition, NotAllowed for a coach's seat, Invalid, TooMany.
    """
    use.access.limits.take(f"link from {origin.address}", LINKS_OF_ADDRESS, use.clock.monotonic_ms())
    with as_platform():
        async with use.records.change() as change:
            found = await _known(change, token)
            session = await change.tx.sessions.lock(SYSTEM, found.session)
            if session.phase in OVER:
                raise IllegalTransition(f"The session is {session.phase}.")
            mine = signed is not None and signed.way is not Way.LOCAL and signed.viewer.community == found.community
            viewer = signed.viewer if mine and signed is not None and _fits(signed.viewer, session) else None
            _check_coach(found, viewer)
            seat = next((one for one in session.seats if viewer and one.account == viewer.account), None)
            if viewer is not None and seat is not None and seat.role in (found.role, Role.HOST):
                return Accepted(session, seat, viewer.account, await make_token(change, viewer, session.id))
            _check_open(found, change)
            await change.tx.invitations.save(replace(found, uses=found.uses + 1))
            entered = None
            if viewer is None:
                entered = await _guest(change, found, name, origin, use=use)
                viewer = entered.account.viewer
            session, seat = await _seated(change, session, seat or _new_seat(viewer, name), found.role)
            await change.audit(viewer, "invitation.accepted", found.id, session=session.id, role=found.role.value)
            made = await make_token(change, viewer, session.id)
            return Accepted(session, seat, viewer.account, made, entered)


def _fits(viewer: Viewer, session: Session) -> bool:
    """A guest of another session comes to this one as somebody else."""
    return viewer.only in (None, session.id)


def _check_coach(invitation: Invitation, viewer: Viewer | None) -> None:
    coaches = viewer is not None and viewer.standing.covers(Standing.COACH)
    if invitation.role is Role.COACH and not (coaches or invitation.anyone_coaches):
        raise NotAllowed("This link is for a coach of the community: sign in with a coach's account first.")


async def _known(change: Change, token: str) -> Invitation:
    found = await change.tx.invitations.by_hash(SYSTEM, hash_of(token))
    if found is None:
        raise InvitationNotFound("There is no such invitation.")
    return found


async def _valid(change: Change, token: str) -> Invitation:
    found = await _known(change, token)
    _check_open(found, change)
    return found


def _check_open(invitation: Invitation, change: Change) -> None:
    why = invitation.refusal(change.at)
    if why is not None:
        raise InvitationOver(why)


async def _guest(change: Change, invitation: Invitation, name: str | None, origin: Origin, *, use: Services) -> Entered:
    account = Account(
        AccountId(new_id("acc")),
        invitation.community,
        usual_name(name or invitation.name or "Guest"),
        Standing.GUEST,
        created_at=change.at,
        only=invitation.session,
    )
    await change.tx.people.add(account)
    await change.audit(account.viewer, "account.made", account.id, standing=account.standing.value)
    await tell_made(change, account)
    return await enter(change, account, Way.GUEST, origin, use=use)


def _new_seat(viewer: Viewer, name: str | None) -> Seat:
    return Seat(SeatId(new_id("sea")), usual_name(name or viewer.name or "Guest"), Role.GUEST, viewer.account)


async def _seated(change: Change, session: Session, seat: Seat, role: Role) -> tuple[Session, Seat]:
    """The session with this seat in that role, new or known; a new one is nobody's presence yet."""
    seat = replace(seat, role=role)
    others = tuple(one for one in session.seats if one.id != seat.id)
    session = replace(session, seats=(*others, seat), version=session.version + 1)
    await change.tx.sessions.save(session)
    return session, seat
