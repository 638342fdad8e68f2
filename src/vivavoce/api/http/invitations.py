"""Links that give a seat in one session, and short-lived tokens for one's own seat."""

from datetime import timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Body, Path, Request, Response

from vivavoce.api.access import Asker, From, PerhapsSignedIn, SignedIn, Use, csrf_token
from vivavoce.api.cookies import set_cookie
from vivavoce.api.errors import problems
from vivavoce.api.http.entering import address
from vivavoce.api.http.invitation_shapes import (
    AcceptedOut,
    AcceptIn,
    InvitationIn,
    InvitationList,
    InvitationLookIn,
    InvitationOut,
    InvitationShownOut,
    NewInvitationOut,
    RoomTokenIn,
    RoomTokenOut,
)
from vivavoce.api.http.parameters import Id
from vivavoce.api.wiring import wiring_of
from vivavoce.base.ids import InvitationId
from vivavoce.domain.errors import (
    IllegalTransition,
    Invalid,
    InvitationNotFound,
    InvitationOver,
    NotAllowed,
    NotSignedIn,
    SessionNotFound,
    TooMany,
)
from vivavoce.services.access import invitations, room_tokens
from vivavoce.services.access.invitations import NewInvitation
from vivavoce.services.access.room_tokens import RoomToken

router = APIRouter(prefix="/api", tags=["invitations"])
_HOSTS: Final = (NotSignedIn, SessionNotFound, NotAllowed)
_INVITATION: Final = Path(
    description="The invitation's id.", examples=["inv_01k9z0c0v5g2m4q8r1t3w6y9b0"], max_length=200
)


@router.post(
    "/sessions/{id}/invitations",
    status_code=201,
    operation_id="inviteToSession",
    responses=problems(*_HOSTS, IllegalTransition, Invalid),
)
async def invite(
    *,
    id: Id,
    request: Request,
    response: Response,
    viewer: Asker,
    use: Use,
    given: Annotated[InvitationIn, Body(default_factory=InvitationIn)],
) -> NewInvitationOut:
    """Make a link to a seat in this session. It is shown this once."""
    new = NewInvitation(
        role=given.role,
        name=given.name or "",
        lasts=timedelta(hours=given.lasts_hours),
        most_uses=given.most_uses,
        anyone_coaches=given.anyone_coaches,
    )
    made, token = await invitations.invite_to(viewer, id, new, use=use)
    response.headers["Cache-Control"] = "no-store"
    url = address(request, f"/sign-in#join={token}", use)
    return NewInvitationOut(**InvitationOut.of(made).model_dump(), token=token, url=url)


@router.get("/sessions/{id}/invitations", operation_id="listInvitations", responses=problems(*_HOSTS))
async def list_invitations(id: Id, viewer: Asker, use: Use) -> InvitationList:
    """The session's links, newest first: for its host."""
    found = await invitations.invitations_to(viewer, id, use=use)
    return InvitationList(items=[InvitationOut.of(one) for one in found])


@router.delete(
    "/sessions/{id}/invitations/{invitation}",
    status_code=204,
    operation_id="revokeInvitation",
    responses=problems(*_HOSTS, InvitationNotFound),
)
async def revoke(id: Id, invitation: Annotated[str, _INVITATION], viewer: Asker, use: Use) -> None:
    """Take a link back. Who used it keeps their seat. Safe to repeat."""
    await invitations.revoke_invitation(viewer, id, InvitationId(invitation), use=use)


@router.post(
    "/invitations/look",
    operation_id="lookAtInvitation",
    responses=problems(InvitationNotFound, InvitationOver, TooMany),
)
async def look(given: InvitationLookIn, origin: From, use: Use) -> InvitationShownOut:
    """What a link is for. Nobody needs to be signed in to ask."""
    found, session, host = await invitations.look_at(given.token, origin, use=use)
    return InvitationShownOut(
        role=found.role,
        name=found.name,
        invited_by=host.name,
        title=session.title,
        format=session.format,
        scheduled_for=session.scheduled_for,
        expires_at=found.expires_at,
    )


@router.post(
    "/invitations/accept",
    operation_id="acceptInvitation",
    responses=problems(InvitationNotFound, InvitationOver, IllegalTransition, NotAllowed, Invalid, TooMany),
)
async def accept(
    *, given: AcceptIn, request: Request, response: Response, signed: PerhapsSignedIn, origin: From, use: Use
) -> AcceptedOut:
    """Take the seat that a link gives: as oneself if one is signed in to its community, else as a guest.

    A guest gets an account for this session only. Then join the session as usual.
    """
    accepted = await invitations.accept(given.token, given.name, signed, origin, use=use)
    entered = accepted.entered if given.cookie else None
    if entered is not None:
        set_cookie(request, response, wiring_of(request).settings, entered.token, expires_at=entered.sign_in.expires_at)
    response.headers["Cache-Control"] = "no-store"
    return AcceptedOut(
        session=accepted.session.id,
        seat=accepted.seat.id,
        role=accepted.seat.role,
        account=accepted.account,
        room=_out(accepted.token),
        csrf_token=csrf_token(entered.token) if entered is not None else None,
    )


@router.post("/sessions/{id}/token", operation_id="makeRoomToken", responses=problems(*_HOSTS, Invalid))
async def make_token(
    id: Id,
    response: Response,
    signed: SignedIn,
    use: Use,
    how: Annotated[RoomTokenIn, Body(default_factory=RoomTokenIn)],
) -> RoomTokenOut:
    """Make a token with which a device takes one's own seat in this session, and does nothing else: for embedding."""
    response.headers["Cache-Control"] = "no-store"
    return _out(await room_tokens.room_token(signed, id, use=use, lasts_s=how.lasts_s))


def _out(token: RoomToken) -> RoomTokenOut:
    return RoomTokenOut(token=token.token, expires_at=token.expires_at)
