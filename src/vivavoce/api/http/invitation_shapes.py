"""What goes over the wire of invitations to a session, and of tokens for a room."""

from datetime import datetime
from typing import Any, Final, Literal, Self

from pydantic import BaseModel, Field

from vivavoce.api.http.access_shapes import (
    LATER,
    TOKEN_EXAMPLE,
    WHEN,
    Token,
    taken,
)
from vivavoce.api.http.shapes import Name, shown
from vivavoce.domain.people.invitation import Invitation
from vivavoce.domain.sessions.session import Role
from vivavoce.services.access.room_tokens import LONGEST_S

_INVITATION: Final[dict[str, Any]] = {
    "id": "inv_01k9z0c0v5g2m4q8r1t3w6y9b0",
    "session": "ses_01k9z0c0v5g2m4q8r1t3w6y9b0",
    "role": "guest",
    "name": "Gus",
    "created_at": WHEN,
    "expires_at": LATER,
    "most_uses": 1,
    "uses": 0,
    "anyone_coaches": False,
    "revoked_at": None,
}
Invited = Literal[Role.GUEST, Role.MEMBER, Role.COACH]


class InvitationIn(BaseModel):
    model_config = taken({"role": "guest", "name": "Gus"}, {"role": "coach", "lasts_hours": 2})

    role: Invited = Role.GUEST
    name: Name | None = Field(default=None, description="What the guest is called unless they say otherwise.")
    lasts_hours: int = Field(default=7 * 24, ge=1, le=90 * 24)
    most_uses: int = Field(default=1, ge=1, le=100)
    anyone_coaches: bool = Field(
        default=False, description="With the role coach: also who is no coach of the community, or has no account."
    )


class InvitationOut(BaseModel):
    model_config = shown(_INVITATION)

    id: str
    session: str
    role: Role
    name: str
    created_at: datetime
    expires_at: datetime
    most_uses: int
    uses: int
    anyone_coaches: bool
    revoked_at: datetime | None

    @classmethod
    def of(cls, invitation: Invitation) -> Self:
        return cls(
            id=invitation.id,
            session=invitation.session,
            role=invitation.role,
            name=invitation.name,
            created_at=invitation.created_at,
            expires_at=invitation.expires_at,
            most_uses=invitation.most_uses,
            uses=invitation.uses,
            anyone_coaches=invitation.anyone_coaches,
            revoked_at=invitation.revoked_at,
        )


class NewInvitationOut(InvitationOut):
    """An invitation just made, with its link: the only time that it is shown."""

    model_config = shown(
        {**_INVITATION, "token": TOKEN_EXAMPLE, "url": f"https://live.example.org/sign-in#join={TOKEN_EXAMPLE}"}
    )

    token: str
    url: str


class InvitationList(BaseModel):
    model_config = shown({"items": [_INVITATION], "next_cursor": None})

    items: list[InvitationOut]
    next_cursor: None = None


class InvitationLookIn(BaseModel):
    model_config = taken({"token": TOKEN_EXAMPLE})

    token: Token


class InvitationShownOut(BaseModel):
    """What a link is for: for who holds it, before they accept."""

    model_config = shown(
        {
            "role": "guest",
            "name": "Gus",
            "invited_by": "Ana",
            "title": "Ask for the promotion",
            "format": "coaching_room",
            "scheduled_for": None,
            "expires_at": LATER,
        }
    )

    role: Role
    name: str
    invited_by: str
    title: str
    format: str
    scheduled_for: datetime | None
    expires_at: datetime


class AcceptIn(BaseModel):
    model_config = taken({"token": TOKEN_EXAMPLE, "name": "Gus"})

    token: Token
    name: Name | None = Field(default=None, description="What to be called.")
    cookie: bool = Field(default=True, description="Whether a guest is signed in here by a cookie.")


class RoomTokenOut(BaseModel):
    """For `Authorization: Bearer`, or `?token=` where no header can be set: one session, for a short time."""

    model_config = shown({"token": "eyJhbGciOiJIUzI1NiJ9.eyJjb20iOiJsdW1lbiJ9.c2lnbmVk", "expires_at": WHEN})

    token: str
    expires_at: datetime


class AcceptedOut(BaseModel):
    """The seat that a link gave."""

    model_config = shown(
        {
            "session": "ses_01k9z0c0v5g2m4q8r1t3w6y9b0",
            "seat": "sea_01k9z0c0v5g2m4q8r1t3w6y9b2",
            "role": "guest",
            "account": "acc_01k9z0c0v5g2m4q8r1t3w6y9b0",
            "room": {"token": "eyJhbGciOiJIUzI1NiJ9.eyJjb20iOiJsdW1lbiJ9.c2lnbmVk", "expires_at": WHEN},
            "csrf_token": TOKEN_EXAMPLE,
        }
    )

    session: str
    seat: str
    role: Role
    account: str
    room: RoomTokenOut
    csrf_token: str | None = Field(description="Of a guest who was signed in by a cookie.")


class RoomTokenIn(BaseModel):
    model_config = taken({"lasts_s": 600})

    lasts_s: int = Field(default=LONGEST_S, ge=1, le=LONGEST_S)
